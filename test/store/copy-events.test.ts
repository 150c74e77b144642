import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import type { CopiedPage } from '../../src/store/copied.ts';
import { recordWith } from '../sources/log-files/read.ts';
import { query, withStore } from './events.ts';

const HOSTILE = ['x\ud800y', '\udc00', 'a\u0000b', '\u001e', '\u001b', '"\\', 'a,\nb', '😀', "o'", 'plain'];

test('values that are no JSON to the database are copied, and so is what is made of them', async () => {
  const file = join(tmpdir(), `trailx-test-copy-${process.pid}.parquet`);
  const records = HOSTILE.map((errorCode, k) => JSON.stringify(recordWith({ eventID: `e${k}`, errorCode })));
  try {
    await withStore(records, async (store) => {
      const { rows } = await store.search(query(''));
      const given = Array.from(rows, (row) => HOSTILE[row] as string);
      async function* pages(): AsyncGenerator<CopiedPage> {
        yield { rows, given: [given] };
      }
      await store.copyTo(file, pages(), [
        { name: 'error', source: { kind: 'field', id: 'error' } },
        { name: 'mapped', source: { kind: 'mapped', id: 'error', map: (value) => `${value}!` } },
        { name: 'given', source: { kind: 'given' } },
        { name: 'id', source: { kind: 'member', key: 'eventID' } },
      ]);
    });
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const read = await connection.runAndReadAll(`SELECT id, error, mapped, given FROM '${file}' ORDER BY id`);
    connection.closeSync();
    const well = HOSTILE.map((text) => text.toWellFormed());
    expect(read.getRows()).toEqual(well.map((text, k) => [`e${k}`, text, `${text}!`, text]));
  } finally {
    rmSync(file, { force: true });
  }
});
