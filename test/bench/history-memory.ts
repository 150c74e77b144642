// An hour of following in a minute: all Regions, a fast quota. What is measured runs in a process of its own.

import { fork } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createEventHistory } from '../../src/sources/event-history/event-history.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Bench } from './bench.ts';
import { REGIONS, serverEnvironment, startServer } from './history-server.ts';
import type { Line } from './report.ts';

const MB = 1024 * 1024;
/** Looks of an hour at one every five seconds. */
const LOOKS = 720;
/** A hundred times AWS's quota, and so everything else that goes by it. */
const REQUESTS_PER_SECOND = 200;
const PATIENCE_MS = 180_000;

type Footprint = { readonly heap: number; readonly rss: number; readonly requests: number };

/** The memory of following must not grow with time: at the end as after a tenth of it. */
export async function* measureMemory(bench: Bench): AsyncIterable<Line> {
  const server = await startServer({
    regions: REGIONS,
    eventsPerRegion: 200,
    stepMs: 60_000,
    requestsPerSecond: REQUESTS_PER_SECOND,
  });
  const child = fork(fileURLToPath(import.meta.url), [], {
    env: { ...bench.env, ...serverEnvironment(server.url) },
    execArgv: ['--expose-gc'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const seen: Footprint[] = [];
  child.on('message', (footprint) => seen.push(footprint as Footprint));
  await ended;
  server.stop();
  const [early, late] = seen;
  if (early === undefined || late === undefined) throw new Error('the follower ended early');
  const looks = Math.floor(late.requests / REGIONS.length);
  yield {
    what: `${REGIONS.length} Regions followed, heap against a tenth of the time`,
    value: late.heap / early.heap,
    unit: 'ratio',
    budget: { most: 1.1 },
    note: `${(early.heap / MB).toFixed(0)} → ${(late.heap / MB).toFixed(0)} MB, ${looks} requests in each`,
  };
  yield {
    what: '  resident memory against a tenth of the time',
    value: late.rss / early.rss,
    unit: 'ratio',
    budget: { most: 1.1 },
    note: `${(early.rss / MB).toFixed(0)} → ${(late.rss / MB).toFixed(0)} MB`,
  };
}

async function follow(): Promise<void> {
  const store = await openStore();
  const source = createEventHistory({
    scope: { profiles: [null], regions: REGIONS, isInsights: false },
    range: { kind: 'recent' },
    attribute: null,
    env: process.env,
    cache: null,
    requestsPerSecond: REQUESTS_PER_SECOND,
  });
  source.start((batch) => store.append(batch), { onStatus: () => {}, askMfaCode: async () => null });
  source.setFollowing(true);
  const requests = () => source.status().lanes.reduce((sum, lane) => sum + lane.requests, 0);
  const end = performance.now() + PATIENCE_MS;
  for (const share of [0.1, 1]) {
    while (requests() < share * LOOKS * REGIONS.length) {
      if (performance.now() > end) throw new Error('too slow');
      await setTimeout(50);
    }
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    process.send?.({ heap: heapUsed, rss, requests: requests() } satisfies Footprint);
  }
  await source.close();
  await store.close();
  process.disconnect();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await follow();
