import { Worker } from 'node:worker_threads';
import type { WorkerInput } from './reader-protocol.ts';

/** Beside this module: as TypeScript in the sources, bundled under its own name in dist/. */
const WORKER_URL = new URL(
  import.meta.url.endsWith('.ts') ? './reader-worker.ts' : './reader-worker.js',
  import.meta.url,
);

/** Starts the thread of reader-worker.ts in one of its roles. */
export function startWorker(workerData: WorkerInput): Worker {
  return new Worker(WORKER_URL, {
    workerData,
    stdin: false,
    // V8 lets a heap grow as long as there is room; reading needs little, and two readers must stay below a gigabyte.
    resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 },
  });
}
