import { Worker } from 'node:worker_threads';
import type { StoredFieldId } from '../cloudtrail/fields.ts';
import type { NameValue } from './fuzzy.ts';
import type { FuzzyMatches } from './fuzzy-matches.ts';
import type { FuzzyAnswer, FuzzyRequest } from './fuzzy-worker.ts';

/** Fuzzy matching in a thread of its own: typing never waits for it. */
export type FuzzyMatcher = {
  /** Adds values of a field, or gives known ones a new count. Cheap: nothing is computed before the next `match`. */
  update(field: StoredFieldId, values: readonly NameValue[]): void;
  /** Starts the thread and sends what is known: the first word need not wait for it. */
  start(): void;
  /** What each word of `fuzzyWords` stands for among the values so far; counts are those last given to `update`. */
  match(words: readonly string[]): Promise<FuzzyMatches>;
  /** Ends the thread. What is still asked settles without matches. */
  close(): void;
};

type Pending = {
  readonly words: readonly string[];
  readonly settle: (matches: FuzzyMatches) => void;
  readonly fail: (error: Error) => void;
};

/** Beside this module: as TypeScript in the sources, bundled under its own name in dist/. */
const WORKER_URL = new URL(
  import.meta.url.endsWith('.ts') ? './fuzzy-worker.ts' : './fuzzy-worker.js',
  import.meta.url,
);

/** The thread starts with the first `match`, so that a program that never searches by words does not pay for it. */
export function createFuzzyMatcher(workerUrl: URL = WORKER_URL): FuzzyMatcher {
  const pending = new Map<number, Pending>();
  const unsent: FuzzyRequest[] = [];
  let worker: Worker | null = null;
  let isClosed = false;
  let lastId = 0;

  const post = (request: FuzzyRequest) => worker?.postMessage(request);

  const start = (): void => {
    if (isClosed || worker !== null) return;
    const started = new Worker(workerUrl);
    started.unref();
    started.on('message', ({ id, matches }: FuzzyAnswer) => {
      const asked = pending.get(id);
      pending.delete(id);
      asked?.settle(new Map(asked.words.map((word, index) => [word, matches[index] ?? []])));
    });
    started.on('error', (error: Error) => {
      worker = null;
      for (const asked of pending.values()) asked.fail(error);
      pending.clear();
    });
    worker = started;
    for (const request of unsent.splice(0)) post(request);
  };

  return {
    update(field, values) {
      if (isClosed || values.length === 0) return;
      if (worker === null) unsent.push({ kind: 'update', field, values });
      else post({ kind: 'update', field, values });
    },
    start,
    match(words) {
      if (isClosed || words.length === 0) return Promise.resolve(new Map());
      start();
      const id = ++lastId;
      return new Promise((settle, fail) => {
        pending.set(id, { words, settle, fail });
        post({ kind: 'match', id, words });
      });
    },
    close() {
      isClosed = true;
      for (const asked of pending.values()) asked.settle(new Map());
      pending.clear();
      void worker?.terminate();
      worker = null;
    },
  };
}
