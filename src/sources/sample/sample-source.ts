import { startWorker } from '../log-files/log-files-source.ts';
import type { ReaderMessage } from '../log-files/reader-protocol.ts';
import type { Progress, Source, SourceReport } from '../source.ts';

/** When the sample ends: now, or the ISO time in TRAILX_SAMPLE_END (for pictures and tests that must not change). */
export function sampleEnd(env: Readonly<Record<string, string | undefined>>, now: number): number {
  const fixed = Date.parse(env.TRAILX_SAMPLE_END ?? '');
  return Number.isNaN(fixed) ? now : fixed;
}

/**
 * The built-in sample: a small company's month, made in a worker thread when it is asked for.
 * Its newest event is at `end`, ms since the epoch.
 */
export function sampleSource(end: number = sampleEnd(process.env, Date.now())): Source {
  return {
    label: 'sample',
    read: async (sink, { signal, onProgress } = {}): Promise<SourceReport> => {
      let events = 0;
      let sinking = Promise.resolve();
      const worker = startWorker({ role: 'sample', end });
      const progress = (isDone: boolean): Progress => ({
        filesDone: isDone ? 1 : 0,
        filesTotal: 1,
        bytesDone: 0,
        bytesTotal: 0,
        isListing: false,
        events,
      });
      try {
        await new Promise<void>((resolve, reject) => {
          signal?.addEventListener('abort', () => resolve(), { once: true });
          worker.on('error', reject);
          worker.on('message', (message: ReaderMessage) => {
            if (message.kind === 'ended') resolve();
            if (message.kind !== 'batch') return;
            events += message.batch.count;
            sinking = sinking.then(() => sink(message.batch));
            sinking.catch(reject);
            onProgress?.(progress(false));
          });
        });
        await sinking;
      } finally {
        await worker.terminate();
      }
      return {
        ...progress(true),
        problems: [],
        passedOver: { digests: 0, notifications: 0, otherValues: 0, otherFiles: 0 },
        wasCancelled: signal?.aborted ?? false,
      };
    },
  };
}
