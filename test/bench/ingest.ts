import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BIN } from '../helpers/terminal.ts';
import type { Bench } from './bench.ts';
import { type Corpus, type Shape, writeCorpus } from './corpus.ts';
import { run, runNode } from './measure.ts';
import type { Line } from './report.ts';

const MB = 1024 * 1024;

/** Three folders with the same kind of events: as CloudTrail usually delivers them, in a few giant files, in many tiny ones. */
export async function* measureIngest(bench: Bench): AsyncIterable<Line> {
  const { events } = bench;
  const shapes: readonly Shape[] = [
    { name: 'normal', files: Math.ceil(events / 2000), events },
    { name: 'giant', files: Math.ceil(events / 100_000), events },
    { name: 'tiny', files: Math.ceil((events / 200_000) * 5200), events: Math.ceil(events / 5) },
  ];
  for (const shape of shapes) {
    const corpus = await makeCorpus(bench, shape);
    const what = `${corpus.events} events in ${corpus.files} ${shape.name} files`;
    const zcat = await run('/bin/sh', ['-c', `find '${corpus.folder}' -name '*.gz' -print0 | xargs -0 zcat | wc -c`]);
    const read = await runNode([BIN, 'query', corpus.folder, '--count'], bench.env);
    if (Number(read.stdout) !== corpus.events) throw new Error(`${what}: counted ${read.stdout}${read.stderr}`);

    const note = `${(read.ms / 1000).toFixed(1)} s; zcat | wc -c: ${(zcat.ms / 1000).toFixed(1)} s`;
    if (shape.name === 'tiny') {
      yield { what, value: corpus.files / (read.ms / 1000), unit: 'files/s', budget: { least: 8000 }, note };
    } else {
      yield { what, value: read.ms / zcat.ms, unit: 'ratio', budget: { most: 1.5 }, note };
    }
    yield { what: '  peak memory', value: read.peakRss / MB, unit: 'MB', budget: { most: 1024 } };
    rmSync(corpus.folder, { recursive: true });
  }
}

/** A corpus made of the sample's records. */
export async function makeCorpus(bench: Bench, shape: Shape): Promise<Corpus> {
  const folder = join(bench.folder, shape.name);
  mkdirSync(folder);
  const { stdout } = await runNode([BIN, 'query', '--sample', '--format', 'ndjson'], bench.env);
  return await writeCorpus(folder, stdout.trimEnd().split('\n'), shape);
}
