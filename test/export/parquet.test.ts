import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Cells, RESOURCE_SEPARATOR, STORED_FIELDS } from '../../src/cloudtrail/fields.ts';
import { parquet, type RecordedEvent } from '../../src/export/parquet.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailx-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const EMPTY = Object.fromEntries(STORED_FIELDS.map((field) => [field, ''])) as Cells;

function recorded(row: number, cells: Partial<Cells>, record: object, time: number | null = 0): RecordedEvent {
  return { event: { row, time, cells: { ...EMPTY, ...cells } }, text: JSON.stringify(record) };
}

async function roundTrip(events: readonly RecordedEvent[], size: number, sql: string): Promise<unknown> {
  async function* batches() {
    for (let at = 0; at < events.length; at += size) yield events.slice(at, at + size);
  }
  const path = join(folder, 'out.parquet');
  const chunks: Uint8Array[] = [];
  for await (const chunk of parquet(batches())) chunks.push(chunk);
  writeFileSync(path, Buffer.concat(chunks));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql.replace('FILE', `'${path}'`))).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

test('every field under the name CloudTrail has for it, and the record', async () => {
  const record = { eventID: 'e-1', errorCode: 'AccessDenied', big: 1.688560107857e9, text: 'é\u{1f600}' };
  const cells = {
    name: 'GetObject',
    who: 'root',
    resource: `a${RESOURCE_SEPARATOR}b`,
    error: 'AccessDenied',
    arn: 'x',
  };
  const rows = await roundTrip(
    [recorded(0, cells, record, Date.UTC(2026, 4, 19, 14, 2, 11)), recorded(1, { error: 'only a message' }, {}, null)],
    1,
    'SELECT eventTime, eventName, who, resources, errorCode, eventID, "userIdentity.arn", userAgent, record FROM FILE',
  );
  expect(rows).toEqual([
    {
      eventTime: '2026-05-19 14:02:11',
      eventName: 'GetObject',
      who: 'root',
      resources: ['a', 'b'],
      errorCode: 'AccessDenied',
      eventID: 'e-1',
      'userIdentity.arn': 'x',
      userAgent: null,
      record: JSON.stringify(record),
    },
    {
      eventTime: null,
      eventName: null,
      who: null,
      resources: [],
      errorCode: null,
      eventID: null,
      'userIdentity.arn': null,
      userAgent: null,
      record: '{}',
    },
  ]);
});

test('thousands of events in their order, and nothing left in the temporary folder', async () => {
  const events = Array.from({ length: 5000 }, (_, row) => recorded(row, { name: `n${row}` }, { row }, row * 1000));
  const [found] = (await roundTrip(
    events,
    3000,
    "SELECT count(*)::INT AS n, bool_and(eventName = 'n' || file_row_number) AS ordered FROM read_parquet(FILE, file_row_number = true)",
  )) as readonly object[];
  expect(found).toEqual({ n: 5000, ordered: true });
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`trailx-${process.pid}-`))).toEqual([]);
});

test('no events make a file without rows', async () => {
  expect(await roundTrip([], 1, 'SELECT count(*)::INT AS n FROM FILE')).toEqual([{ n: 0 }]);
});
