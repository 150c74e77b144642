// Corpora for the benchmark: the sample's records again and again, laid out as CloudTrail delivers them. Each record is
// cut once into a template; what differs from event to event (ids, times, people, keys, addresses, resources) is
// filled in, from pools that grow with the corpus as they do in real trails: a dictionary of a few hundred values
// would flatter every search. Seeded, so every run measures the same bytes. No event occurs twice.

import { mkdirSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { GLOBAL_REGION, PEOPLE } from '../../src/sources/sample/company.ts';
import { Random } from '../../src/sources/sample/random.ts';
import { cut, fill, type Template } from './template.ts';

export type Shape = {
  readonly name: string;
  readonly files: number;
  readonly events: number;
};

/** What was written, exactly; also as `<folder>.MANIFEST.json` beside the folder. */
export type Corpus = {
  readonly folder: string;
  readonly files: number;
  readonly events: number;
  /** Events that are not copies of another: all of them. */
  readonly distinct: number;
  readonly gzippedBytes: number;
  readonly rawBytes: number;
};

const REGIONS = ['eu-west-1', GLOBAL_REGION, 'us-west-2', 'eu-central-1', 'ap-northeast-1'];
const ACCOUNTS = ['111122223333', '444455556666', '777788889999', '101010101010', '202020202020', '303030303030'];
const NEWEST = Date.UTC(2026, 4, 20, 15);
const DAYS = 90;
/** Files in flight: enough to keep every core at gzip, few enough for memory (a giant one holds 130 MB). */
const WIDTH = 3;
/** Most of gzip's gain, at a third of the time of its default. */
const LEVEL = 3;

const compress = promisify(gzip);

/** Writes the corpus below `folder`, newest events in the first file; `records` are the sample's, one text each. */
export async function writeCorpus(folder: string, records: readonly string[], shape: Shape): Promise<Corpus> {
  const people = PEOPLE.map((person) => person.name);
  const templates = records.map((record) => cut(record, people));
  const everywhere = templates.filter((template) => !template.isGlobal);
  const random = new Random(20260520);
  let gzippedBytes = 0;
  let rawBytes = 0;
  let next = 0;
  const write = async () => {
    while (next < shape.files) {
      const file = next++;
      const region = REGIONS[file % REGIONS.length] as string;
      const account = ACCOUNTS[Math.floor(file / REGIONS.length) % ACCOUNTS.length] as string;
      const first = Math.floor((file * shape.events) / shape.files);
      const last = Math.floor(((file + 1) * shape.events) / shape.files);
      const choice = region === GLOBAL_REGION ? templates : everywhere;
      let text = '{"Records":[';
      for (let event = first; event < last; event++) {
        const time = NEWEST - Math.floor((event / shape.events) * DAYS * 86_400) * 1000;
        if (event > first) text += ',';
        text += fill(random.pick(choice) as Template, { random, time, region, account, events: shape.events });
      }
      const raw = Buffer.from(`${text}]}`);
      const bytes = await compress(raw, { level: LEVEL });
      rawBytes += raw.length;
      gzippedBytes += bytes.length;
      await writeFile(
        pathOf(folder, file, NEWEST - (first / shape.events) * DAYS * 86_400_000, region, account),
        bytes,
      );
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, write));
  const { files, events } = shape;
  const corpus: Corpus = { folder, files, events, distinct: events, gzippedBytes, rawBytes };
  writeFileSync(`${folder}.MANIFEST.json`, `${JSON.stringify(corpus, null, 2)}\n`);
  return corpus;
}

function pathOf(folder: string, file: number, time: number, region: string, account: string): string {
  const [date = '', clock = ''] = new Date(time).toISOString().split('T');
  const day = join(folder, 'AWSLogs', account, 'CloudTrail', region, ...date.split('-'));
  mkdirSync(day, { recursive: true });
  const stamp = `${date.replaceAll('-', '')}T${clock.slice(0, 5).replace(':', '')}Z`;
  return join(day, `${account}_CloudTrail_${region}_${stamp}_${file.toString(36).padStart(16, '0')}.json.gz`);
}
