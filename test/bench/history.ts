// Event history against the simulator: the real program, the real SDK over HTTP, AWS's quotas.

import type { Bench } from './bench.ts';
import { measureCachedStart } from './history-cache.ts';
import { measureFirstPage } from './history-first-page.ts';
import { measureMemory } from './history-memory.ts';
import { measureRate } from './history-rate.ts';
import type { Line } from './report.ts';

export async function* measureHistory(bench: Bench): AsyncIterable<Line> {
  yield* measureRate(bench);
  yield* measureFirstPage(bench);
  yield* measureCachedStart(bench);
  yield* measureMemory(bench);
}
