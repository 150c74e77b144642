import type { Parts } from './parts.ts';
import type { SessionChain, Sessions } from './sessions.ts';

/** Sessions as the columns of the events tell them. */
export class CallerSessions implements Sessions {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  chainOf(row: number): Promise<SessionChain> {
    return Promise.reject(new Error(`no chain for row ${row} of ${this.#parts.order.count}`));
  }

  begunBy(): ReturnType<Sessions['begunBy']> {
    return Promise.resolve({ sessions: [], total: 0 });
  }

  sessions(): ReturnType<Sessions['sessions']> {
    return Promise.resolve({ sessions: [], total: 0 });
  }

  people(): ReturnType<Sessions['people']> {
    return Promise.resolve({ people: [], total: 0 });
  }

  findPeople(): Promise<boolean> {
    return Promise.resolve(false);
  }
}
