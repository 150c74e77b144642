import { begunByAll, NOTHING_BEGUN } from './begun-sessions.ts';
import { countPeople } from './count-people.ts';
import { OwnKeys } from './own-keys.ts';
import type { Parts } from './parts.ts';
import { selectionOf } from './row-selection.ts';
import { SessionCalls } from './session-calls.ts';
import { type ChainParts, chainOf } from './session-chain.ts';
import { type EventsOf, SessionFacts } from './session-facts.ts';
import type { SessionChain, Sessions } from './sessions.ts';

const DEFAULT_LIMIT = 1000;
const DEFAULT_BEGUN = 100;

/** Sessions as the columns of the events tell them. */
export class CallerSessions implements Sessions {
  readonly #parts: Parts;
  readonly #ownKeys: OwnKeys;
  readonly #facts: SessionFacts;
  readonly #chains: ChainParts;

  constructor(parts: Parts, eventsOf: EventsOf) {
    this.#parts = parts;
    this.#ownKeys = new OwnKeys(parts.table.dictionaries);
    this.#facts = new SessionFacts(parts, eventsOf);
    this.#chains = { parts, ownKeys: this.#ownKeys, calls: new SessionCalls(parts), facts: this.#facts };
  }

  /** Takes in the keys of a batch that was appended. */
  grow(): void {
    this.#ownKeys.grow();
  }

  chainOf(row: number, signal?: AbortSignal): Promise<SessionChain> {
    return chainOf(this.#chains, row, signal);
  }

  async begunBy(...[session, options = {}]: Parameters<Sessions['begunBy']>): ReturnType<Sessions['begunBy']> {
    const { limit = DEFAULT_BEGUN, signal } = options;
    const begun = await begunByAll(this.#chains, [session], { limit, atMost: limit, signal });
    return begun.get(session.id) ?? NOTHING_BEGUN;
  }

  begunByAll(...[sessions, options]: Parameters<Sessions['begunByAll']>): ReturnType<Sessions['begunByAll']> {
    return begunByAll(this.#chains, sessions, options);
  }

  async sessions(...[result, options = {}]: Parameters<Sessions['sessions']>): ReturnType<Sessions['sessions']> {
    const { limit = DEFAULT_LIMIT, signal } = options;
    const { rows } = result.folded?.whole ?? result;
    if (rows.length === 0) return { sessions: [], total: 0 };
    const selection = await selectionOf(rows, signal);
    const request = { ...selection, limit, order: 'newest' } as const;
    const { sessions, total } = await this.#facts.of(this.#ownKeys.now(), request, signal);
    return { sessions: [...sessions.values()], total };
  }

  people(...[result, options]: Parameters<Sessions['people']>): ReturnType<Sessions['people']> {
    return countPeople(this.#parts, this.#ownKeys, result, options);
  }

  namePeople(...[names]: Parameters<Sessions['namePeople']>): void {
    this.#parts.people.name(names);
  }

  findPeople(...[names, signal]: Parameters<Sessions['findPeople']>): Promise<boolean> {
    return this.#parts.people.find(names, signal);
  }

  knownPeople(): ReturnType<Sessions['knownPeople']> {
    return this.#parts.people.known;
  }
}
