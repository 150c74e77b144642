import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BIN, startTerminal, type TestTerminal } from '../helpers/terminal.ts';
import type { Bench } from './bench.ts';
import { writeCachedHistory } from './cached-history.ts';
import { hasRows } from './history-screen.ts';
import { ACCOUNT, REGIONS, serverEnvironment, startServer } from './history-server.ts';
import { quantile, runNode } from './measure.ts';
import type { Line } from './report.ts';
import { helpTimes } from './screen.ts';

const PATIENCE_MS = 120_000;

/** The explorer on a cache of months: the list, all of it, and keys meanwhile; then keys while 17 Regions load and follow. */
export async function* measureCachedStart(bench: Bench): AsyncIterable<Line> {
  const { stdout } = await runNode([BIN, 'query', '--sample', '--format', 'ndjson'], bench.env);
  const records = stdout.trimEnd().split('\n');
  const cases = [
    { count: 1, eventsPerRegion: bench.events },
    { count: REGIONS.length, eventsPerRegion: Math.floor(bench.events / REGIONS.length) },
    // As a day leaves it, not worth packing yet.
    { count: REGIONS.length, eventsPerRegion: Math.min(3000, bench.events), pageEvents: 50 },
  ];
  for (const { count, eventsPerRegion, pageEvents } of cases) {
    const regions = REGIONS.slice(0, count);
    const home = mkdtempSync(join(bench.folder, 'home-'));
    const folder = join(home, '.cache', 'trailx', 'events');
    await writeCachedHistory(folder, records, { account: ACCOUNT, regions, eventsPerRegion, pageEvents }, Date.now());
    const kept = pageEvents === undefined ? 'cached events' : 'events in journals';
    const what = count === 1 ? `${eventsPerRegion} ${kept}` : `${count} × ${eventsPerRegion} ${kept}`;
    yield* openCached(home, regions, what, eventsPerRegion * count);
    rmSync(home, { recursive: true });
  }
  yield* keysWhileLoading(mkdtempSync(join(bench.folder, 'home-')));
}

async function* openCached(
  home: string,
  regions: readonly string[],
  what: string,
  total: number,
): AsyncGenerator<Line> {
  const server = await startServer({ regions, eventsPerRegion: 10, stepMs: 1000 });
  // The account is known by the key, and the compile cache is there, from the second start on.
  for (const isFirst of [true, false]) {
    const started = performance.now();
    const terminal = open(home, regions, server.url);
    try {
      await terminal.until(hasRows, PATIENCE_MS);
      const listMs = performance.now() - started;
      if (isFirst) {
        await terminal.until((picture) => eventsIn(picture) >= total, PATIENCE_MS);
      } else {
        yield { what: `${what}: list on screen`, value: listMs, unit: 'ms', budget: { most: 1000 } };
        const keys = await helpTimes(terminal, 20);
        await terminal.until((picture) => eventsIn(picture) >= total, PATIENCE_MS);
        yield { what: '  all of them there', value: (performance.now() - started) / 1000, unit: 's' };
        const afterwards = await helpTimes(terminal, 20);
        yield {
          what: '  ? → help while they are taken in, 95 %',
          value: quantile(keys, 0.95),
          unit: 'ms',
          budget: { most: 33 },
          note: `worst ${Math.max(...keys).toFixed(0)} ms; 95 % afterwards ${quantile(afterwards, 0.95).toFixed(0)} ms`,
        };
      }
      terminal.press('ctrl+c');
      await terminal.exit;
    } finally {
      await terminal.dispose();
    }
  }
  server.stop();
}

async function* keysWhileLoading(home: string): AsyncGenerator<Line> {
  const server = await startServer({ regions: REGIONS, eventsPerRegion: 4000, stepMs: 20_000 });
  const debugFile = join(home, 'debug.log');
  const terminal = open(home, REGIONS, server.url, ['--debug', debugFile]);
  try {
    await terminal.until(hasRows, PATIENCE_MS);
    terminal.press('f');
    await terminal.until(/follow/, PATIENCE_MS);
    const times = await helpTimes(terminal, 60);
    yield {
      what: `? → help, ${REGIONS.length} Regions loading and following, 95 %`,
      value: quantile(times, 0.95),
      unit: 'ms',
      budget: { most: 33 },
      note: `median ${quantile(times, 0.5).toFixed(0)} ms, worst ${Math.max(...times).toFixed(0)} ms`,
    };
    const frames = framesIn(readFileSync(debugFile, 'utf8'));
    yield {
      what: '  a frame meanwhile, 95 %',
      value: quantile(frames, 0.95),
      unit: 'ms',
      budget: { most: 16 },
      note: `median ${quantile(frames, 0.5).toFixed(1)} ms`,
    };
  } finally {
    await terminal.dispose();
    server.stop();
  }
}

/** What React and Ink took for each frame after the first few, ms. */
function framesIn(log: string): number[] {
  const times = [...log.matchAll(/"what":"frame".*?"renderMs":([\d.]+)/g)].map(([, ms]) => Number(ms));
  return times.slice(5);
}

function open(home: string, regions: readonly string[], url: string, more: readonly string[] = []): TestTerminal {
  const args = ['-r', regions.join(','), ...more];
  return startTerminal({ args, columns: 200, rows: 50, home, env: serverEnvironment(url) });
}

/** What the header says is there. */
function eventsIn(picture: string): number {
  return Number(/([\d,]+) events/.exec(picture)?.[1]?.replaceAll(',', '') ?? 0);
}
