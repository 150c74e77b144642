// Corpora for the benchmark: the sample's records again and again, each with an eventID, a requestID and a time of its
// own, laid out as CloudTrail delivers them. Seeded, so every run measures the same bytes.

import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

export type Shape = {
  readonly name: string;
  readonly files: number;
  readonly events: number;
};

export type Corpus = {
  readonly folder: string;
  readonly files: number;
  readonly events: number;
  readonly gzippedBytes: number;
};

const REGIONS = ['eu-west-1', 'us-east-1', 'us-west-2'];
const NEWEST = Date.UTC(2026, 4, 20, 15);
const DAYS = 15;
/** Files in flight: enough to keep every core at gzip, few enough for memory. */
const WIDTH = 8;

/** A record's text, cut where what is its own goes in. */
type Template = readonly string[];

/** Writes the corpus below `folder`; `records` are the sample's, one text each. */
export async function writeCorpus(folder: string, records: readonly string[], shape: Shape): Promise<Corpus> {
  const templates = records.map(cut);
  const random = mulberry32(20260520);
  let gzippedBytes = 0;
  let next = 0;
  const write = async () => {
    while (next < shape.files) {
      const file = next++;
      const first = Math.floor((file * shape.events) / shape.files);
      const last = Math.floor(((file + 1) * shape.events) / shape.files);
      const texts: string[] = [];
      for (let event = first; event < last; event++) {
        const template = templates[Math.floor(random() * templates.length)] as Template;
        texts.push(fill(template, NEWEST - (event / shape.events) * DAYS * 86_400_000, random));
      }
      const bytes = await promisify(gzip)(`{"Records":[${texts.join(',')}]}`, { level: 5 });
      gzippedBytes += bytes.length;
      const path = pathOf(folder, file, NEWEST - (first / shape.events) * DAYS * 86_400_000);
      await writeFile(path, bytes);
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, write));
  return { folder, files: shape.files, events: shape.events, gzippedBytes };
}

/** Text and marks in turn: t stands for eventTime, i for an id. */
function cut(record: string): Template {
  return record
    .replace(/"eventTime":"[^"]*"/, '"eventTime":"\u0000t\u0000"')
    .replace(/"eventID":"[^"]*"/, '"eventID":"\u0000i\u0000"')
    .replace(/"requestID":"[^"]*"/, '"requestID":"\u0000i\u0000"')
    .split('\u0000');
}

function fill(template: Template, time: number, random: () => number): string {
  const at = `${new Date(time).toISOString().slice(0, 19)}Z`;
  return template.map((piece, index) => (index % 2 === 0 ? piece : piece === 't' ? at : uuid(random))).join('');
}

function pathOf(folder: string, file: number, time: number): string {
  const region = REGIONS[file % REGIONS.length] as string;
  const [date = '', clock = ''] = new Date(time).toISOString().split('T');
  const day = join(folder, 'AWSLogs', '111122223333', 'CloudTrail', region, ...date.split('-'));
  mkdirSync(day, { recursive: true });
  const stamp = `${date.replaceAll('-', '')}T${clock.slice(0, 5).replace(':', '')}Z`;
  return join(day, `111122223333_CloudTrail_${region}_${stamp}_${file.toString(36).padStart(16, '0')}.json.gz`);
}

function uuid(random: () => number): string {
  const word = () =>
    Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  const hex = word() + word() + word() + word();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** A small seeded generator (public domain, by Tommy Ettinger). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
