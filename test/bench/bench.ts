// `npm run bench`: measures trailx against its budgets and prints each with the reference it is held to, measured in the
// same run. Not a test: a busy machine is slow. `npm run bench -- start ingest` runs only these parts,
// `--events 100000` shrinks the corpora.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleIfStale } from '../../src/build/bundle.ts';
import { childEnvironment } from '../helpers/environment.ts';
import { measureAnalysis } from './analysis.ts';
import { measureExport } from './export.ts';
import { measureHistory } from './history.ts';
import { measureIngest } from './ingest.ts';
import type { Line } from './report.ts';
import { printLine, printTitle } from './report.ts';
import { measureScreen } from './screen.ts';
import { measureSearch } from './search.ts';
import { measureSessions } from './sessions.ts';
import { measureStart } from './start.ts';

export type Bench = {
  /** Everything that the benchmark writes is below it. */
  readonly folder: string;
  readonly env: Record<string, string>;
  /** Events in the large corpora. */
  readonly events: number;
};

const PARTS: Readonly<Record<string, (bench: Bench) => AsyncIterable<Line>>> = {
  start: measureStart,
  ingest: measureIngest,
  search: measureSearch,
  analysis: measureAnalysis,
  sessions: measureSessions,
  export: measureExport,
  screen: measureScreen,
  history: measureHistory,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { events: { type: 'string', default: '1000000' } },
});
const unknown = positionals.filter((name) => !(name in PARTS));
if (unknown.length > 0 || !(Number(values.events) >= 1000)) {
  process.stderr.write(`usage: npm run bench -- [${Object.keys(PARTS).join('|')}…] [--events N, 1000 at least]\n`);
  process.exit(2);
}

await bundleIfStale();
const folder = mkdtempSync(join(tmpdir(), 'trailx-bench-'));
try {
  const home = join(folder, 'home');
  mkdirSync(home);
  const bench: Bench = { folder, env: childEnvironment(home), events: Number(values.events) };
  for (const [name, measure] of Object.entries(PARTS)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    printTitle(name);
    for await (const line of measure(bench)) printLine(line);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
