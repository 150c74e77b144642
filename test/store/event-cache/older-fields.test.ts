// Files that a trailx wrote which stored fewer fields: what their texts tell is found in them.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { STORED_FIELDS } from '../../../src/cloudtrail/fields.ts';
import { entriesOf, entryOf, readHead } from '../../../src/store/event-cache/cache-file.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { batchesOf, query } from '../events.ts';
import { assuming, call, roleSession, user } from '../session-records.ts';
import { ALL, filesOf, heldIn, LANE, laneFolderOf, makeCacheFolder, openCache, spanOf } from './cache-helpers.ts';

const KEY = 'ASIAEXAMPLEKEY000001';
const NEW_FIELDS = ['created', 'issued'];

/** Makes a file of the cache one that lists, and holds, only the fields that stay. */
function withoutFields(path: string, gone: readonly string[]): void {
  const bytes = readFileSync(path);
  const opened = readHead(bytes);
  if (opened.kind !== 'readable') throw new Error(opened.kind);
  const kept = STORED_FIELDS.filter((field) => !gone.includes(field));
  const json = JSON.stringify({ ...opened.head, fields: kept });
  const sum = crc32(json).toString(16).padStart(8, '0');
  const entries = entriesOf(bytes, opened.start).contents.map((content) => entryOf(olderEntry(content, gone)));
  writeFileSync(path, Buffer.concat([Buffer.from(`trailx-event-cache 1 ${sum} ${json}\n`), ...entries]));
}

function olderEntry(content: Uint8Array, gone: readonly string[]): Uint8Array {
  const bytes = inflateRawSync(content);
  let at = 4 + bytes.readUInt32LE(0);
  const { values, ...summary } = JSON.parse(bytes.toString('utf8', 4, at)) as {
    readonly count: number;
    readonly values: Record<string, readonly string[]>;
  };
  const take = (size: number): Uint8Array => {
    at += size * summary.count;
    return bytes.subarray(at - size * summary.count, at);
  };
  const sections = [take(24)];
  for (const field of STORED_FIELDS) {
    const distinct = values[field]?.length ?? 0;
    const section = take(distinct <= 0x100 ? 1 : distinct <= 0x1_0000 ? 2 : 4);
    if (!gone.includes(field)) sections.push(section);
  }
  const kept = Object.fromEntries(Object.entries(values).filter(([field]) => !gone.includes(field)));
  const json = Buffer.from(JSON.stringify({ ...summary, values: kept }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return deflateRawSync(Buffer.concat([length, json, ...sections, bytes.subarray(at)]));
}

function fieldsOf(path: string): readonly string[] {
  const opened = readHead(readFileSync(path));
  return opened.kind === 'readable' ? opened.fields : [];
}

/** A cache of these records, `size` at a time, in journals or, of enough runs, a segment. */
async function write(folder: string, records: readonly string[], runs = 1): Promise<void> {
  const size = Math.ceil(records.length / runs);
  for (let start = 0; start < records.length; start += size) {
    const { cache } = openCache(folder);
    const lane = await cache.lane(LANE);
    for (const batch of batchesOf(records.slice(start, start + size))) await lane.write(batch, [spanOf(0, 10)]);
    await cache.close();
  }
}

const RECORDS = [
  call(0, 'sts:AssumeRole', user('alice', 'AKIAEXAMPLEKEY000001'), assuming('Deploy', 'ci', KEY)),
  ...Array.from({ length: 15 }, (_, k) =>
    call(10 + k, `Call${k}`, roleSession('Deploy', 'ci', { key: KEY, created: 0 })),
  ),
];

async function cellsIn(
  folder: string,
): Promise<{ readonly cells: readonly unknown[]; readonly links: readonly string[] }> {
  const { cache, notices } = openCache(folder);
  const store = await openStore();
  for await (const batch of (await cache.lane(LANE)).batches(1)) await store.append(batch);
  expect(notices).toEqual([]);
  const all = await store.search(ALL);
  const cells = (await store.window(all, 0, all.total)).map((event) => [event.time, event.cells]);
  const last = await store.search(query('name:Call14'));
  const { steps } = await store.callers.chainOf(last.rows[0] as number);
  await store.close();
  await cache.close();
  return { cells, links: steps.map(({ origin }) => (origin.kind === 'call' ? origin.link : origin.kind)) };
}

describe('without the fields of sessions', () => {
  test.each([
    ['a journal', 1, '.journal'],
    ['a segment', 8, '.index'],
  ])('%s: the same events, with all their cells', async (_, runs, ending) => {
    const folder = makeCacheFolder();
    await write(folder, RECORDS, runs);
    const before = await cellsIn(folder);
    expect(before.cells).toHaveLength(16);
    expect(before.links).toEqual(['key', 'source']);
    const files = filesOf(folder, ending);
    expect(files).toHaveLength(1);
    for (const file of files) withoutFields(join(laneFolderOf(folder), file), NEW_FIELDS);
    expect(await cellsIn(folder)).toEqual(before);
    const { spans, notices } = await heldIn(folder);
    expect([spans, notices]).toEqual([[spanOf(0, 10)], []]);
  });

  test('small segments are merged into one with all fields', async () => {
    const folder = makeCacheFolder();
    const whole = makeCacheFolder();
    await write(whole, RECORDS);
    for (let part = 0; part < 8; part++) {
      // Eight runs make a segment, whatever they hold: here the same events, which count once.
      const records = RECORDS.slice(part * 2, part * 2 + 2);
      for (let run = 0; run < 8; run++) await write(folder, records);
      if (part === 7) break;
      for (const file of filesOf(folder, '.index')) {
        const path = join(laneFolderOf(folder), file);
        if (fieldsOf(path).includes('issued')) withoutFields(path, NEW_FIELDS);
      }
    }
    const indexes = filesOf(folder, '.index');
    expect(indexes.map((file) => fieldsOf(join(laneFolderOf(folder), file)))).toEqual([STORED_FIELDS]);
    expect(await cellsIn(folder)).toEqual(await cellsIn(whole));
  });

  test('fields that are in no text: left alone', async () => {
    const folder = makeCacheFolder();
    await write(folder, RECORDS);
    const [journal = ''] = filesOf(folder, '.journal');
    withoutFields(join(laneFolderOf(folder), journal), ['created', 'issued', 'who']);
    const { texts, notices } = await heldIn(folder);
    expect(texts).toEqual([]);
    expect(notices).toEqual([expect.stringMatching(/holds what an older trailx wrote; that is left alone/)]);
    expect(filesOf(folder, '.journal')).toEqual([journal]);
  });
});
