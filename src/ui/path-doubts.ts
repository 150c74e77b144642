// A search that finds nothing because no event has the path that it asks for looks like one whose value is rare: which
// of the two it is, is looked for when the list has turned out empty, and told as a mistake is. The line is not held
// open for it: events that have the path may still come.

import { askedPaths } from '../query/asked-paths.ts';
import type { QueryError } from '../query/query.ts';
import type { Store } from '../store/store.ts';
import type { Client } from './client.ts';
import { Pace } from './pace.ts';

/** Each is a look at every record that names its last key. */
const MAX_PATHS = 5;

export class PathDoubts {
  readonly #store: Store;
  readonly #client: Client;
  #abort = new AbortController();
  /** Of looks for one question. */
  readonly #pace = new Pace(1000, 3);

  constructor(store: Store, client: Client) {
    this.#store = store;
    this.#client = client;
  }

  /** The list has its answer: to another question, or to the same one over more events. */
  want(isSameQuestion: boolean): void {
    if (isSameQuestion && this.#pace.isWaiting) return;
    this.close();
    const look = () => void this.#look();
    if (isSameQuestion) this.#pace.whenDue(look);
    else this.#pace.now(look);
  }

  close(): void {
    this.#pace.stop();
    this.#abort.abort();
  }

  async #look(): Promise<void> {
    const { search, results } = this.#client.state;
    const text = search.applied;
    const isEmpty = results.result?.total === 0 && this.#store.total > 0;
    const paths = isEmpty ? askedPaths(search.query).slice(0, MAX_PATHS) : [];
    if (this.#client.isClosed || (paths.length === 0 && search.doubt === null)) return;
    const abort = new AbortController();
    this.#abort = abort;
    this.#pace.begin();
    try {
      const missing = await this.#firstMissing(paths, abort.signal);
      this.#pace.end();
      const doubt = missing === null ? null : doubtOf(text, missing);
      if (!abort.signal.aborted) this.#client.dispatch({ kind: 'pathDoubted', text, doubt });
    } catch {
      // Ended by another question; a store that cannot answer has said so for the list.
    }
  }

  async #firstMissing(paths: readonly string[], signal: AbortSignal): Promise<string | null> {
    for (const path of paths) {
      const { total } = await this.#store.search({ kind: 'present', path }, { signal });
      if (total === 0) return path;
    }
    return null;
  }
}

function doubtOf(text: string, path: string): QueryError {
  const from = Math.max(0, text.indexOf(`${path}:`));
  return { from, to: from + path.length, reason: `no event that is loaded has ${path}` };
}
