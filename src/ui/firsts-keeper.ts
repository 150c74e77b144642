// What events are the first of is looked for when loading has come to rest, and the rows on the screen then tell it.

import type { Action } from '../state/actions.ts';
import type { AppState } from '../state/app-state.ts';
import { isLoading } from '../state/live.ts';
import type { Store } from '../store/store.ts';

/** After the last batch, so that a pause between two files is no rest. */
const REST_MS = 400;
/** A history that is followed grows all the time, by a few events. */
const PACE_MS = 5000;

type Client = {
  readonly state: AppState;
  readonly isClosed: boolean;
  dispatch(action: Action): void;
};

export class FirstsKeeper {
  readonly #store: Store;
  readonly #client: Client;
  #revision = 0;
  #isFinding = false;
  #foundAt = Number.NEGATIVE_INFINITY;
  #tookMs = 0;
  #timer: NodeJS.Timeout | null = null;
  readonly #abort = new AbortController();

  constructor(store: Store, client: Client) {
    this.#store = store;
    this.#client = client;
  }

  /** Begins to look where there are new events and nothing is being loaded. */
  serve(): void {
    if (this.#timer !== null || this.#isFinding || this.#revision === this.#store.revision) return;
    const { loading, live, results } = this.#client.state;
    const isGrowing = loading.kind === 'reading' || (live !== null && isLoading(live));
    if (isGrowing || results.result === null) return;
    const dueInMs = Math.max(REST_MS, this.#foundAt + Math.max(PACE_MS, 10 * this.#tookMs) - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#find();
    }, dueInMs);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#abort.abort();
  }

  async #find(): Promise<void> {
    if (this.#client.isClosed) return;
    const { revision } = this.#store;
    const startedAt = performance.now();
    this.#isFinding = true;
    try {
      await this.#store.findFirsts(this.#abort.signal);
      this.#foundAt = performance.now();
      this.#tookMs = this.#foundAt - startedAt;
      this.#revision = revision;
      const { result, list } = this.#client.state.results;
      if (result !== null && !this.#client.isClosed) {
        const start = Math.max(0, list.top - 2 * list.height);
        const events = await this.#store.window(result, start, list.top + 3 * list.height - start);
        this.#client.dispatch({ kind: 'firstsFound', events });
      }
    } catch {
      // Closing ends it; a list without these marks is a list all the same.
      this.#revision = revision;
    }
    this.#isFinding = false;
    if (!this.#client.isClosed) this.serve();
  }
}
