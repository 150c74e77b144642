import type { Source } from '../sources/source.ts';
import type { Action } from '../state/actions.ts';
import type { Store } from '../store/store.ts';

export type ReadSourceOptions = {
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly dispatch: (action: Action) => void;
  /** The store holds more than before. */
  readonly onAppended: () => void;
};

/** Reads a source to its end into the store and tells how it goes. Rejects where nothing at all could be read. */
export async function readSource(source: Source, store: Store, options: ReadSourceOptions): Promise<void> {
  const { signal, now, dispatch, onAppended } = options;
  dispatch({ kind: 'readingStarted', label: source.label, now: now() });
  try {
    const report = await source.read(
      async (batch) => {
        await store.append(batch);
        onAppended();
      },
      { signal, onProgress: (progress) => dispatch({ kind: 'progressed', progress, now: now() }) },
    );
    dispatch({ kind: 'readingEnded', report, now: now() });
  } catch (error) {
    // What is already in the store stays useful: a full disk must not take it away.
    if (store.total === 0 || !(error instanceof Error) || error.name !== 'StoreError') throw error;
    dispatch({ kind: 'readingFailed', reason: error.message });
  }
}
