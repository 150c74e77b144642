import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { startTerminal } from '../helpers/terminal.ts';
import type { Bench } from './bench.ts';
import { hasRows } from './history-screen.ts';
import { REGIONS, serverEnvironment, startServer } from './history-server.ts';
import { quantile } from './measure.ts';
import type { Line } from './report.ts';

const ROUNDS = 5;
/** Long enough for the store to be there when the answer comes, as with AWS. */
const LATENCY_MS = 300;
const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 200, rows: 50 },
];

/** From the server's answer to the first rows on the screen; cold: without Node.js's compile cache. */
export async function* measureFirstPage(bench: Bench): AsyncIterable<Line> {
  for (const size of SIZES) {
    const cold: Times[] = [];
    const warm: Times[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const home = mkdtempSync(join(bench.folder, 'home-'));
      cold.push(await firstPage(home, size));
      warm.push(await firstPage(home, size));
    }
    for (const [name, times] of [['cold', cold] as const, ['warm', warm] as const]) {
      const total = quantile(
        times.map(({ startMs }) => startMs),
        0.5,
      );
      yield {
        what: `answer → first rows, ${size.columns}×${size.rows}, ${name}`,
        value: quantile(
          times.map(({ answerMs }) => answerMs),
          0.5,
        ),
        unit: 'ms',
        budget: { most: 300 },
        note: `${total.toFixed(0)} ms from the start, ${LATENCY_MS} ms of it the server's`,
      };
    }
  }
}

type Times = { readonly startMs: number; readonly answerMs: number };

async function firstPage(home: string, size: { columns: number; rows: number }): Promise<Times> {
  const setup = { regions: REGIONS.slice(0, 1), eventsPerRegion: 500, stepMs: 60_000, latencyMs: LATENCY_MS };
  const server = await startServer(setup);
  const started = Date.now();
  const terminal = startTerminal({ ...size, home, args: ['--no-cache'], env: serverEnvironment(server.url) });
  try {
    await terminal.until(hasRows, 30_000);
    const seen = performance.timeOrigin + performance.now();
    const [first] = await server.requests();
    const answered = (first?.at ?? Number.NaN) + LATENCY_MS;
    // As a person leaves: Node.js writes its compile cache at the end.
    terminal.press('ctrl+c');
    await terminal.exit;
    return { startMs: seen - started, answerMs: seen - answered };
  } finally {
    await terminal.dispose();
    server.stop();
  }
}
