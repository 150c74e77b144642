// Where the texts come to lie: a tail for small batches, files for large ones, files taken over from elsewhere.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import type { Query } from '../../src/query/query.ts';
import type { Batch, RecordsFile } from '../../src/store/batch.ts';
import { openStore } from '../../src/store/open-store.ts';
import { recordWith } from '../sources/log-files/read.ts';
import { batchesOf, query, textsOf } from './events.ts';

const ALL: Query = { kind: 'all' };

function records(from: number, to: number, parts: Readonly<Record<string, unknown>> = {}): readonly string[] {
  return Array.from({ length: to - from }, (_, k) =>
    JSON.stringify(
      recordWith({
        eventID: `event-${from + k}`,
        requestID: `request-${from + k}`,
        eventTime: new Date(1.78e12 - (from + k) * 1000).toISOString(),
        requestParameters: { text: `needle${from + k}` },
        ...parts,
      }),
    ),
  );
}

/** What the event cache hands over: a batch whose texts are in a Parquet file. */
async function inFile(folder: string, name: string, texts: readonly string[], rowsPerBatch: number): Promise<Batch[]> {
  const file = join(folder, `${name}.parquet`);
  const source = join(folder, `${name}.txt`);
  writeFileSync(source, texts.join('\n'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT unnest(string_split(content, chr(10))) AS raw FROM read_text('${source}')) TO '${file}'
      (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048)`,
  );
  connection.closeSync();
  instance.closeSync();
  let firstRow = 0;
  return batchesOf(texts, 0, rowsPerBatch).map((batch) => {
    const taken = { ...batch, records: { file, firstRow } };
    firstRow += batch.count;
    return taken;
  });
}

test('thousands of small batches make few files, and each is searchable at once', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'parent-'));
  const store = await openStore({ tempParent: parent });
  const texts = records(0, 10_000);
  let sent = 0;
  for (const [k, batch] of batchesOf(texts, 0, 50).entries()) {
    await store.append(batch);
    sent += batch.count;
    if (k % 60 === 0) {
      const result = await store.search(query(`requestParameters.text:needle${sent - 1}`));
      expect(result.total).toBe(1);
      expect(await store.record(result.rows[0] as number)).toBe(texts[sent - 1]);
    }
    // Large ones come in between.
    if (k === 100) for (const large of batchesOf(records(20_000, 22_000), 1)) await store.append(large);
  }
  const folder = join(parent, readdirSync(parent)[0] as string);
  expect(readdirSync(folder).filter((name) => name.endsWith('.parquet')).length).toBeLessThanOrEqual(4);
  const result = await store.search(ALL);
  expect(await textsOf(store, result)).toEqual([...texts, ...records(20_000, 22_000)]);
  expect((await store.search(query('requestParameters.text:needle*'))).total).toBe(12_000);
  await store.close();
});

test('reading on while the tail is packed', async () => {
  const store = await openStore();
  const texts = records(0, 3000);
  for (const batch of batchesOf(texts, 0, 50)) await store.append(batch);
  const result = await store.search(ALL);
  const read: string[] = [];
  let next = 3000;
  for await (const page of store.records(result)) {
    read.push(...page);
    const more = batchesOf(records(next, next + 1500), next, 100);
    for (const batch of more) await store.append(batch);
    next += 1500;
  }
  expect(read).toEqual(texts);
  expect(next).toBeGreaterThan(5000);
  await store.close();
});

test('a records file is taken over: read, searched and in order, also when the original is gone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cache-'));
  const store = await openStore();
  const texts = records(0, 9000);
  const batches = await inFile(folder, 'segment', texts, 2500);
  for (const batch of batches) {
    await store.append(batch);
    if (batch === batches[0]) rmSync(folder, { recursive: true });
  }
  expect(await textsOf(store, await store.search(ALL))).toEqual(texts);
  const found = await store.search(query('requestParameters.text:needle77'));
  expect(await store.record(found.rows[0] as number)).toBe(texts[77]);
  expect((await store.search(query('requestParameters.text:needle88*'))).total).toBe(111);
  await store.close();
});

test('events of a records file that are there already are left out, whatever arrives in between', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cache-'));
  const store = await openStore();
  for (const batch of batchesOf(records(100, 130, { note: 'first' }), 5)) await store.append(batch);
  for (const batch of batchesOf(records(4000, 5500, { note: 'first' }), 6)) await store.append(batch);
  const taken = await inFile(folder, 'one', records(0, 6000), 1000);
  let added = 0;
  for (const [k, batch] of taken.entries()) {
    added += (await store.append(batch)).added;
    for (const small of batchesOf(records(7000 + k * 50, 7050 + k * 50), 7)) await store.append(small);
  }
  // Overlaps both the file before and what comes in between.
  for (const batch of await inFile(folder, 'two', records(5000, 7100), 700)) added += (await store.append(batch)).added;
  expect(added).toBe(6000 - 30 - 1500 + 1000);
  const expected = [
    ...records(0, 100),
    ...records(100, 130, { note: 'first' }),
    ...records(130, 4000),
    ...records(4000, 5500, { note: 'first' }),
    ...records(5500, 7300),
  ];
  const all = await store.search(ALL);
  expect(await textsOf(store, all)).toEqual(expected);
  for (const k of [0, 99, 100, 129, 130, 3999, 4000, 5500, 5999, 6000, 6999, 7000, 7299]) {
    expect(await store.record(all.rows[k] as number)).toBe(expected[k]);
    expect((await store.search(query(`requestParameters.text:needle${k}`))).rows).toEqual(all.rows.slice(k, k + 1));
  }
  await store.close();
});

test('a records file that is not there: append rejects, the store goes on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cache-'));
  const store = await openStore();
  const [gone] = await inFile(folder, 'gone', records(0, 10), 10);
  rmSync(join(folder, 'gone.parquet'));
  await expect(store.append(gone as Batch)).rejects.toThrow(/gone\.parquet/);
  for (const batch of batchesOf(records(20, 30))) await store.append(batch);
  expect(await textsOf(store, await store.search(ALL))).toEqual(records(20, 30));
  await store.close();
});

test('records that a file lacks are missed by whoever needs them all, not left out', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cache-'));
  const store = await openStore();
  const [batch] = await inFile(folder, 'short', records(0, 300), 300);
  const { file } = (batch as Batch).records as RecordsFile;
  await store.append({ ...(batch as Batch), records: { file, firstRow: 3 } });
  const all = await store.search(ALL);
  const error = 'only 297 of 300 records could be read back';
  await expect(store.countBy(all, ['requestParameters.text'])).rejects.toThrow(error);
  await expect(store.countBy(store.pick([5, 298]), ['requestParameters.text'])).rejects.toThrow('only 1 of 2 records');
  await expect(textsOf(store, all)).rejects.toThrow(error);
  expect((await store.countBy(store.pick([5, 8]), ['requestParameters.text'])).looked).toBe(2);
  expect((await store.countBy(all, ['name'])).looked).toBe(300);
  await store.close();
});
