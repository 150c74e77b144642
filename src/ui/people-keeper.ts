// The persons behind callers are looked for while events come, now and then, and when loading has come to rest; the rows
// on the screen then name them.

import { asks } from '../query/compile-derived.ts';
import { isLoading } from '../state/live.ts';
import type { Store } from '../store/store.ts';
import type { Client } from './client.ts';
import { messageOf } from './fetcher.ts';
import { Pace } from './pace.ts';

/** After the last batch, so that a pause between two files is no rest. */
const REST_MS = 300;
/** While events keep coming: what is found then changes with the next of them. */
const GROWING_MS = 3000;
/** While files are read, which takes all that the machine has: seldom before they are at their end. */
const READING_MS = 30_000;

export class PeopleKeeper {
  readonly #store: Store;
  readonly #client: Client;
  readonly #names: ReadonlyMap<string, string>;
  /** Of the page that is open: its rows may name other persons now. */
  readonly #fillAgain: () => void;
  #revision = 0;
  #isFinding = false;
  /** What waits was put off because events came. */
  #isPutOff = false;
  readonly #pace = new Pace(5000, 11);
  readonly #abort = new AbortController();

  readonly #searchAgain: () => void;

  /** `names`: Identity Center userId → name; known to searches from now on. `searchAgain`: the list's query over the same
   *  events. */
  constructor(
    store: Store,
    client: Client,
    names: Readonly<Record<string, string>>,
    searchAgain: () => void,
    fillAgain: () => void,
  ) {
    this.#fillAgain = fillAgain;
    this.#store = store;
    this.#client = client;
    this.#names = new Map(Object.entries(names));
    this.#searchAgain = searchAgain;
    store.callers.namePeople(this.#names);
  }

  /** Begins to look where there are new events. */
  serve(): void {
    if (this.#isFinding || this.#revision === this.#store.revision) return;
    const { loading, live, results } = this.#client.state;
    if (results.result === null) return;
    const isGrowing = loading.kind === 'reading' || (live !== null && isLoading(live));
    if (this.#pace.isWaiting && (isGrowing || !this.#isPutOff)) return;
    this.#isPutOff = isGrowing;
    this.#pace.whenDue(
      () => void this.#find(),
      loading.kind === 'reading' ? READING_MS : isGrowing ? GROWING_MS : REST_MS,
    );
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
      const hasChanged = await this.#store.callers.findPeople(this.#names, this.#abort.signal);
      this.#pace.end();
      this.#revision = revision;
      const { results, search } = this.#client.state;
      const { result, list } = results;
      if (hasChanged && asks(search.query, 'person') && !this.#client.isClosed) this.#searchAgain();
      if (hasChanged && result !== null && !this.#client.isClosed) {
        const start = Math.max(0, list.top - 2 * list.height);
        const events = await this.#store.window(result, start, list.top + 3 * list.height - start);
        this.#fillAgain();
        this.#client.dispatch({ kind: 'peopleFound', events });
      }
    } catch (error) {
      // A list without persons is a list all the same, until more events come.
      this.#revision = revision;
      this.#pace.end();
      if (!this.#client.isClosed && !this.#abort.signal.aborted) {
        const text = `the persons behind callers could not be found: ${messageOf(error)}`;
        this.#client.dispatch({ kind: 'said', text, isWarning: true });
      }
    }
    this.#isFinding = false;
    if (!this.#client.isClosed) this.serve();
  }
}
