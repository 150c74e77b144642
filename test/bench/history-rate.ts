import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { BIN } from '../helpers/terminal.ts';
import type { Bench } from './bench.ts';
import { REGIONS, type SeenRequest, serverEnvironment, startServer } from './history-server.ts';
import type { Line } from './report.ts';

const SECONDS = 30;
const QUOTA = 2;

/** How much of the quota `trailx query` makes use of, and whether it ever asks for more. */
export async function* measureRate(bench: Bench): AsyncIterable<Line> {
  const cases = [
    { what: 'one Region', regions: REGIONS.slice(0, 1), latencyMs: 0 },
    { what: 'one Region, answers after 700 ms', regions: REGIONS.slice(0, 1), latencyMs: 700 },
    { what: `${REGIONS.length} Regions`, regions: REGIONS, latencyMs: 0 },
  ];
  for (const { what, regions, latencyMs } of cases) {
    const requests = await requestsOf(bench, regions, latencyMs);
    const rates = regions.map((region) => rateOf(requests.filter((request) => request.region === region)));
    const throttled = requests.filter(({ isThrottled }) => isThrottled).length;
    yield {
      what: `${what}: part of ${QUOTA} requests/s`,
      value: Math.min(...rates),
      unit: 'ratio',
      budget: { least: 0.98 },
      note: `${(Math.min(...rates) * 100).toFixed(1)} % in the slowest Region, over ${SECONDS} s; ${requests.length} requests`,
    };
    yield { what: '  throttled answers', value: throttled, unit: 'count', budget: { most: 0 } };
  }
}

async function requestsOf(
  bench: Bench,
  regions: readonly string[],
  latencyMs: number,
): Promise<readonly SeenRequest[]> {
  // More than can be read meanwhile.
  const eventsPerRegion = SECONDS * QUOTA * 50 * 2;
  const stepMs = Math.floor((80 * 86_400_000) / eventsPerRegion);
  const server = await startServer({ regions, eventsPerRegion, stepMs, latencyMs });
  const args = ['query', '--no-cache', '--since', '89d', '-r', regions.join(','), '--count'];
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { ...bench.env, ...serverEnvironment(server.url) },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  try {
    await Promise.race([setTimeout((SECONDS + 3) * 1000), ended]);
    return await server.requests();
  } finally {
    child.kill('SIGKILL');
    await ended;
    server.stop();
  }
}

/** Starts from the first to the last within the time, against what the quota allows. */
function rateOf(requests: readonly SeenRequest[]): number {
  const [first] = requests;
  if (first === undefined) return 0;
  const inTime = requests.filter(({ at }) => at <= first.at + SECONDS * 1000);
  const last = inTime.at(-1) as SeenRequest;
  // One that stopped halfway was slow to its end.
  const span = Math.max(last.at - first.at, (SECONDS - 1) * 1000);
  return (inTime.length - 1) / ((span / 1000) * QUOTA);
}
