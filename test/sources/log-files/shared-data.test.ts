// Real records, where the folder with them lies beside the repository: nothing is lost, nothing is changed.
// The other reading is as plain as can be: JSON.parse of whole files, and a walk by the shapes that are there.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ReadEvents, readAll, readHere } from './read.ts';

const DATA = fileURLToPath(new URL('../../../../shared/data', import.meta.url));

const FOLDERS = existsSync(DATA) ? readdirSync(DATA).filter((name) => !name.endsWith('.md')) : [];

/** With copies. */
const COUNTS: Readonly<Record<string, number>> = {
  s3: 6877,
  's3-org': 185,
  flat: 2900,
  arrays: 146,
  lookup: 18,
  eventbridge: 9,
  notifications: 0,
};

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

function textOf(path: string): string {
  const bytes = readFileSync(path);
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
}

type Value = Readonly<Record<string, unknown>>;

/** Everything in a JSON value that has the marks of a record. */
function recordsIn(value: unknown): readonly Value[] {
  if (Array.isArray(value)) return value.flatMap(recordsIn);
  if (typeof value !== 'object' || value === null) return [];
  const item = value as Value;
  if (typeof item.CloudTrailEvent === 'string') return recordsIn(JSON.parse(item.CloudTrailEvent));
  const marks = ['eventTime', 'eventName', 'eventSource', 'eventID', 'userIdentity', 'eventVersion'];
  if (marks.filter((key) => key in item).length >= 2) return String(item.eventSource).startsWith('aws:') ? [] : [item];
  return recordsIn(item.Records ?? item.Events ?? item.detail);
}

function parsedValues(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line)]));
  }
}

describe.runIf(existsSync(DATA))('real records', () => {
  let whole: ReadEvents;
  beforeAll(async () => {
    whole = await readAll({ paths: [DATA] });
  });

  test('how many there are', () => {
    expect(whole.report).toMatchObject({ events: 10_524, wasCancelled: false });
    expect(whole.report.problems).toEqual([
      {
        path: join(DATA, 'odd', 'cloudgrep_bad_cloudtrail.json'),
        reason: 'the JSON breaks off in the middle',
        kept: 0,
      },
    ]);
    // Two READMEs and logs of load balancers and of CloudFront.
    expect(whole.report.passedOver.otherFiles).toBe(5);
  });

  test.each(Object.entries(COUNTS))('%s: %i, each as it was', async (folder, count) => {
    const files = filesIn(join(DATA, folder));
    const read = await readHere(files, { isNamed: false });
    expect(read.records).toHaveLength(count);
    expect(read.problems).toEqual([]);
    const logs = files.filter((path) => !path.endsWith('.md'));
    const expected = logs.map(textOf).flatMap(parsedValues).flatMap(recordsIn);
    expect(read.records.map((record) => JSON.parse(record) as unknown)).toEqual(expected);
    // Read through threads, the same.
    const inWhole = new Set(whole.records);
    expect(read.records.every((record) => inWhole.has(record))).toBe(true);
  });

  test.each(FOLDERS)('%s: spelling of numbers, order of keys and escapes are those of the file', async (folder) => {
    const files = filesIn(join(DATA, folder));
    const { records } = await readHere(files, { isNamed: false });
    // One after the other, each text is a part of the files, white space aside.
    const all = squeeze(files.map(textOf).join(''));
    let at = 0;
    for (const record of records) {
      const inText = folder === 'lookup' ? JSON.stringify(record).slice(1, -1) : record;
      at = all.indexOf(squeeze(inText), at);
      if (at < 0) expect.fail(record);
    }
  });

  test('a record of a compact file is a part of it, byte for byte', async () => {
    const files = filesIn(join(DATA, 's3'));
    const { records } = await readHere(files);
    const all = files.map(textOf).join('');
    let at = 0;
    let found = 0;
    for (const record of records) {
      const next = all.indexOf(record, at);
      if (next >= 0) found++;
      at = Math.max(at, next);
    }
    expect(found).toBe(COUNTS.s3);
  });
});

function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}
