import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startTerminal, type TestTerminal } from '../helpers/terminal.ts';
import type { Bench } from './bench.ts';
import { makeCorpus } from './ingest.ts';
import { quantile } from './measure.ts';
import type { Line } from './report.ts';

const PATIENCE_MS = 120_000;
const KEYS = 200;

/** The explorer on the large corpus, in a terminal of 200×50: first rows, keys while reading and after, searches. */
export async function* measureScreen(bench: Bench): AsyncIterable<Line> {
  const corpus = await makeCorpus(bench, {
    name: 'screen',
    files: Math.ceil(bench.events / 2000),
    events: bench.events,
  });
  const home = mkdtempSync(join(bench.folder, 'home-'));
  const started = performance.now();
  const terminal = startTerminal({ args: [corpus.folder], columns: 200, rows: 50, home });
  try {
    await terminal.until(/UTC · 1\/[1-9]/, PATIENCE_MS);
    yield { what: 'first rows of the folder', value: performance.now() - started, unit: 'ms', budget: { most: 1000 } };

    const whileReading = await helpTimes(terminal, 30);
    const p95 = quantile(whileReading, 0.95);
    yield { what: '? → help while reading, 95 %', value: p95, unit: 'ms', budget: { most: 33 } };

    const total = corpus.events.toLocaleString('en-US');
    await terminal.until(new RegExp(`read in .*/${total}\\b`, 's'), PATIENCE_MS);
    yield { what: 'all of it read', value: (performance.now() - started) / 1000, unit: 's' };

    const after = await keyTimes(terminal, KEYS);
    yield { what: 'key → frame, median', value: quantile(after, 0.5), unit: 'ms', budget: { most: 8 } };
    yield { what: 'key → frame, 95 %', value: quantile(after, 0.95), unit: 'ms', budget: { most: 16 } };
  } finally {
    await terminal.dispose();
    rmSync(corpus.folder, { recursive: true });
  }
}

/** Opens and closes the help, again and again: rows that arrive meanwhile cannot be taken for the answer to a key. */
export async function helpTimes(terminal: TestTerminal, count: number): Promise<number[]> {
  const isHelp = (picture: string) => picture.includes('next event of the same session');
  const times: number[] = [];
  for (let key = 0; key < count; key++) {
    for (const [name, isDone] of [['?', isHelp] as const, ['q', (picture: string) => !isHelp(picture)] as const]) {
      const pressed = performance.now();
      terminal.press(name);
      await terminal.until(isDone, PATIENCE_MS);
      times.push(performance.now() - pressed);
    }
  }
  return times;
}

/** Presses j and waits until the position in the list has gone up, again and again. */
async function keyTimes(terminal: TestTerminal, count: number): Promise<number[]> {
  const position = () => Number(/UTC · ([\d,]+)\/[\d,]+/.exec(terminal.picture())?.[1]?.replaceAll(',', ''));
  const times: number[] = [];
  for (let key = 0; key < count; key++) {
    const before = position();
    const pressed = performance.now();
    terminal.press('j');
    await terminal.until(() => position() > before, PATIENCE_MS);
    times.push(performance.now() - pressed);
  }
  return times;
}
