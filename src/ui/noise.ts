// Noise in the list: the query that leaves it out, and how much that hides, counted when the list has its answer.

import { NOISE_KINDS, type NoiseKind, noiseQueries, withoutNoise } from '../query/noise.ts';
import type { Query } from '../query/query.ts';
import { changeNoise, type Noise, type NoiseChange } from '../state/noise.ts';
import type { Result } from '../store/result.ts';
import type { Store } from '../store/store.ts';
import type { Client as StateClient } from './client.ts';
import { Pace } from './pace.ts';

/** Rows looked at before other work gets its turn. */
const SLICE = 250_000;

/** What is hidden, as a query. The same object for the same question: the store remembers what it found for it. */
export class NoiseFilter {
  readonly #store: Pick<Store, 'revision' | 'distinct'>;
  #revision = -1;
  #names: readonly string[] = [];
  #last: { readonly noise: Noise; readonly names: readonly string[]; readonly query: Query } | null = null;

  constructor(store: Pick<Store, 'revision' | 'distinct'>) {
    this.#store = store;
  }

  /** All events while noise is shown. */
  queryFor(noise: Noise): Query {
    if (!noise.isOn) return EVERYTHING;
    const names = this.names();
    if (this.#last?.noise !== noise || this.#last.names !== names) {
      this.#last = { noise, names, query: withoutNoise(noise, names) };
    }
    return this.#last.query;
  }

  /** The event names there are; none ever goes away, so as many as before are the same. */
  names(): readonly string[] {
    const { revision } = this.#store;
    if (this.#revision !== revision) {
      this.#revision = revision;
      const names = this.#store.distinct('name');
      if (names.length !== this.#names.length) this.#names = names.map(({ value }) => value);
    }
    return this.#names;
  }
}

const EVERYTHING: Query = { kind: 'all' };

type Client = StateClient & { origins(): ReadonlySet<number> | undefined };

/** How the list's question is asked without what noise adds to it. */
type Unhidden = { readonly filter: NoiseFilter; searchUnhidden(signal: AbortSignal): Promise<Result> };

export class NoiseCounter {
  readonly #store: Store;
  readonly #client: Client;
  readonly #list: Unhidden;
  #abort = new AbortController();
  /** Of counts of one question. */
  readonly #pace = new Pace(1000, 3);

  constructor(store: Store, client: Client, list: Unhidden) {
    this.#store = store;
    this.#client = client;
    this.#list = list;
  }

  /** The list has its answer: to another question, or to the same one over more events. */
  want(isSameQuestion: boolean): void {
    if (isSameQuestion && this.#pace.isWaiting) return;
    this.close();
    if (!this.#client.state.noise.isOn) return;
    const count = () => void this.#count();
    if (isSameQuestion) this.#pace.whenDue(count);
    else this.#pace.now(count);
  }

  close(): void {
    this.#pace.stop();
    this.#abort.abort();
  }

  async #count(): Promise<void> {
    const { noise, results } = this.#client.state;
    const { result } = results;
    if (result === null || this.#client.isClosed) return;
    const abort = new AbortController();
    this.#abort = abort;
    this.#pace.begin();
    try {
      const whole = await this.#list.searchUnhidden(abort.signal);
      const queries = noiseQueries(noise, this.#list.filter.names());
      const found = new Map<NoiseKind, Int32Array>();
      for (const kind of NOISE_KINDS) {
        const query = queries[kind];
        const options = { signal: abort.signal, origins: this.#client.origins() };
        if (query !== null) found.set(kind, (await this.#store.search(query, options)).rows);
      }
      const isHidden = new Uint8Array(this.#store.total);
      await inSlices(whole.rows, abort.signal, (row) => {
        isHidden[row] = 1;
      });
      await inSlices(result.rows, abort.signal, (row) => {
        isHidden[row] = 0;
      });
      const count = { reads: 0, services: 0, names: 0 };
      for (const [kind, rows] of found) {
        await inSlices(rows, abort.signal, (row) => {
          count[kind] += isHidden[row] ?? 0;
          isHidden[row] = 0;
        });
      }
      if (abort.signal.aborted) return;
      this.#pace.end();
      this.#client.dispatch({ kind: 'noiseCounted', count });
    } catch {
      // Ended by another question; a store that cannot answer has said so for the list.
    }
  }
}

/** By the person: the list follows, and it is said what has become of it. */
export function setNoise(client: Pick<Client, 'state' | 'dispatch'>, change: NoiseChange): void {
  const { noise, said } = changeNoise(client.state.noise, change);
  if (noise !== client.state.noise) client.dispatch({ kind: 'noiseChanged', noise });
  client.dispatch({ kind: 'said', text: said });
}

/** What is asked for now means the reads too: noise is shown, which is said. */
export function showNoise(client: Pick<Client, 'state' | 'dispatch'>): void {
  if (client.state.noise.isOn) setNoise(client, { kind: 'toggle' });
}

async function inSlices(rows: Int32Array, signal: AbortSignal, each: (row: number) => void): Promise<void> {
  for (let start = 0; start < rows.length; start += SLICE) {
    const end = Math.min(start + SLICE, rows.length);
    for (let k = start; k < end; k++) each(rows[k] as number);
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  }
}
