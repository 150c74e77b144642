import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Cells, RESOURCE_SEPARATOR, STORED_FIELDS } from '../../src/cloudtrail/fields.ts';
import type { TrailEvent } from '../../src/cloudtrail/trail-event.ts';
import { type ExportColumn, readColumns } from '../../src/export/columns.ts';
import type { Page } from '../../src/export/export-rows.ts';
import { parquet } from '../../src/export/parquet.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailx-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const EMPTY = Object.fromEntries(STORED_FIELDS.map((field) => [field, ''])) as Cells;

type RecordedEvent = { readonly event: TrailEvent; readonly text: string };

function recorded(row: number, cells: Partial<Cells>, record: object, time: number | null = 0): RecordedEvent {
  return { event: { row, time, cells: { ...EMPTY, ...cells } }, text: JSON.stringify(record) };
}

type Choice = {
  readonly columns?: readonly ExportColumn[];
  readonly noteOf?: (row: number) => string | null;
};

async function roundTrip(
  events: readonly RecordedEvent[],
  size: number,
  sql: string,
  { columns, noteOf }: Choice = {},
): Promise<unknown> {
  async function* pages(): AsyncGenerator<Page> {
    for (let at = 0; at < events.length; at += size) {
      const page = events.slice(at, at + size);
      yield {
        rows: Int32Array.from(page, ({ event }) => event.row),
        events: page.map(({ event }) => event),
        texts: page.map(({ text }) => text),
      };
    }
  }
  const path = join(folder, 'out.parquet');
  const chunks: Uint8Array[] = [];
  for await (const chunk of parquet(pages(), { columns: columns ?? null, noteOf: noteOf ?? null, zone: 'utc' }))
    chunks.push(chunk);
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

test('no column for what is in no record', async () => {
  const columns = await roundTrip([], 1, 'SELECT column_name AS name FROM (DESCRIBE SELECT * FROM FILE)');
  const names = (columns as readonly { readonly name: string }[]).map(({ name }) => name);
  expect(names).toContain('record');
  expect(names).not.toContain('family');
  expect(names).not.toContain('first');
  expect(names).not.toContain('note');
});

test('the columns that were asked for, typed, and a note', async () => {
  const events = [
    recorded(
      0,
      { name: 'GetObject', resource: `a${RESOURCE_SEPARATOR}b` },
      { requestParameters: { bucketName: 'b' } },
      1000,
    ),
    recorded(1, {}, {}, null),
  ];
  const columns = readColumns(['time', 'resource', 'requestParameters.bucketName', 'NAME', 'name']);
  const noteOf = (row: number) => (row === 1 ? 'look here' : null);
  expect(await roundTrip(events, 2, 'SELECT * FROM FILE', { columns, noteOf })).toEqual([
    {
      time: '1970-01-01 00:00:01',
      resource: ['a', 'b'],
      'requestParameters.bucketName': 'b',
      NAME: 'GetObject',
      note: null,
    },
    { time: null, resource: [], 'requestParameters.bucketName': null, NAME: null, note: 'look here' },
  ]);
});
