// From the selected event to the next one of a kind.

import { literalPattern } from '../query/pattern.ts';
import type { Query } from '../query/query.ts';
import { writesQuery } from '../query/writes.ts';
import type { ListMove } from '../state/list.ts';
import type { Store } from '../store/store.ts';
import type { Client } from './client.ts';
import { messageOf } from './fetcher.ts';

/** Whose list it is. */
type FindClient = Client & { batch(run: () => void): void };

export class FindNext {
  readonly #client: FindClient;
  readonly #storeOf: () => Store | null;
  /** What is looked for now, and how the list has been moved since: from there, not from here. */
  #underWay: { readonly moves: ListMove[] } | null = null;
  #fieldQuery: Query | null = null;
  #writes: { readonly revision: number; readonly query: Query } | null = null;

  constructor(client: FindClient, storeOf: () => Store | null) {
    this.#client = client;
    this.#storeOf = storeOf;
  }

  /** Events whose field has exactly this value. The same object for the same question: the store remembers what it
   *  found for it, so that going from one to the next costs nothing. */
  fieldQuery(path: string, value: string): Query {
    const known = this.#fieldQuery;
    if (known?.kind === 'field' && known.path === path && known.values[0] === literalPattern(value)) return known;
    this.#fieldQuery = { kind: 'field', path, values: [literalPattern(value)] };
    return this.#fieldQuery;
  }

  /** Events that change something. The same object while the store stays as it is, as with fieldQuery. */
  writesQuery(): Query {
    const revision = this.#storeOf()?.revision ?? 0;
    if (this.#writes?.revision !== revision) {
      const names =
        this.#storeOf()
          ?.distinct('name')
          .map(({ value }) => value) ?? [];
      this.#writes = { revision, query: writesQuery(names) };
    }
    return this.#writes.query;
  }

  get isUnderWay(): boolean {
    return this.#underWay !== null;
  }

  /** Another question is asked: whoever asks it wants to see its answer. */
  stop(): void {
    this.#underWay = null;
  }

  /** The list has been moved. Whoever goes to a place of their own does not want to be taken away from it. */
  onMoved(move: ListMove): void {
    const isPlace = move === 'first' || move === 'last' || (typeof move === 'object' && move.kind === 'to');
    if (isPlace) this.#underWay = null;
    else this.#underWay?.moves.push(move);
  }

  /** Moves to the nearest event of the list that also matches `query`, and says when there is none. */
  async goToNext(query: Query, step: 1 | -1, what: string): Promise<void> {
    const { result, list } = this.#client.state.results;
    const store = this.#storeOf();
    if (store === null || result === null) return;
    const underWay = { moves: [] as ListMove[] };
    this.#underWay = underWay;
    try {
      // In a folded list from the end of the run under the cursor that lies in the way.
      const whole = result.folded?.whole ?? result;
      const row = result.rows[list.selected] as number;
      const rest = step > 0 ? (result.folded?.counts[list.selected] ?? 1) - 1 : 0;
      const from = result.folded === undefined ? list.selected : store.positionOf(whole, row) + rest;
      const index = await store.findNext(whole, from, step, query);
      if (underWay !== this.#underWay) return;
      this.#underWay = null;
      const current = this.#client.state.results.result;
      if (current === null) return;
      // The list may have grown meanwhile: the event found is what counts, not its place.
      const position = index < 0 ? -1 : store.positionOf(current, whole.rows[index] as number);
      if (position < 0) {
        this.#client.dispatch({ kind: 'said', text: `no ${step > 0 ? 'older' : 'newer'} ${what} in this list` });
        return;
      }
      this.#client.batch(() => {
        this.#client.dispatch({ kind: 'listMoved', move: { kind: 'to', index: position } });
        for (const move of underWay.moves) this.#client.dispatch({ kind: 'listMoved', move });
      });
    } catch (error) {
      if (underWay === this.#underWay) this.#underWay = null;
      if (!this.#client.isClosed) this.#client.dispatch({ kind: 'said', text: messageOf(error), isWarning: true });
    }
  }
}
