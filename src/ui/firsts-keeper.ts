// What events are the first of is looked for when loading has come to rest, and the rows on the screen then tell it.

import { isLoading } from '../state/live.ts';
import type { Store } from '../store/store.ts';
import type { Client } from './client.ts';
import { Pace } from './pace.ts';

/** After the last batch, so that a pause between two files is no rest. */
const REST_MS = 400;

export class FirstsKeeper {
  readonly #store: Store;
  readonly #client: Client;
  #revision = 0;
  #isFinding = false;
  /** A history that is followed grows all the time, by a few events. */
  readonly #pace = new Pace(5000, 11);
  readonly #abort = new AbortController();

  constructor(store: Store, client: Client) {
    this.#store = store;
    this.#client = client;
  }

  /** Begins to look where there are new events and nothing is being loaded. */
  serve(): void {
    if (this.#pace.isWaiting || this.#isFinding || this.#revision === this.#store.revision) return;
    const { loading, live, results } = this.#client.state;
    const isGrowing = loading.kind === 'reading' || (live !== null && isLoading(live));
    if (isGrowing || results.result === null) return;
    this.#pace.whenDue(() => void this.#find(), REST_MS);
  }

  close(): void {
    this.#pace.stop();
    this.#abort.abort();
  }

  async #find(): Promise<void> {
    if (this.#client.isClosed) return;
    const { revision } = this.#store;
    this.#pace.begin();
    this.#isFinding = true;
    try {
      await this.#store.findFirsts(this.#abort.signal);
      this.#pace.end();
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
