import { BIN, startTerminal } from '../helpers/terminal.ts';
import type { Bench } from './bench.ts';
import { quantile, run } from './measure.ts';
import type { Line } from './report.ts';

const ROUNDS = 15;

/** Warm starts, each the median of interleaved rounds, so that a busy moment of the machine hits all alike. */
export async function* measureStart({ env, folder }: Bench): AsyncIterable<Line> {
  const nothing: number[] = [];
  const version: number[] = [];
  const frame: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const times = [
      (await run(process.execPath, ['-e', '0'], env)).ms,
      (await run(process.execPath, [BIN, '--version'], env)).ms,
      await firstFrame(folder),
    ] as const;
    // The first round warms the caches.
    if (round === 0) continue;
    nothing.push(times[0]);
    version.push(times[1]);
    frame.push(times[2]);
  }
  const reference = quantile(nothing, 0.5);
  const note = `${quantile(version, 0.5).toFixed(0)} ms; node -e 0: ${reference.toFixed(0)} ms`;
  yield {
    what: 'trailx --version',
    value: quantile(version, 0.5) / reference,
    unit: 'ratio',
    budget: { most: 1.5 },
    note,
  };
  yield {
    what: 'first frame, trailx --sample, 120×30',
    value: quantile(frame, 0.5) / reference,
    unit: 'ratio',
    budget: { most: 3.5 },
    note: `${quantile(frame, 0.5).toFixed(0)} ms`,
  };
}

async function firstFrame(folder: string): Promise<number> {
  const started = performance.now();
  const terminal = startTerminal({ args: ['--sample'], home: `${folder}/home` });
  try {
    await terminal.until('trailx');
    const ms = performance.now() - started;
    // Leaves as a person does: Node.js writes its compile cache at the end.
    terminal.press('ctrl+c');
    await terminal.exit;
    return ms;
  } finally {
    await terminal.dispose();
  }
}
