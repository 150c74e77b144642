import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readColumns } from '../../src/export/columns.ts';
import { formatEvents } from '../../src/export/format-events.ts';
import { appendAll, query, withStore } from '../store/events.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailx-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Choice = {
  readonly columns?: readonly string[];
  readonly noteOf?: (row: number) => string | null;
  readonly oldestFirst?: boolean;
  readonly limit?: number;
  readonly queries?: readonly string[];
};

/** The records in a store, written, and read back by DuckDB. */
async function roundTrip(records: readonly object[], sql: string, choice: Choice = {}): Promise<unknown> {
  const texts = records.map((record) => JSON.stringify(record));
  return await withStore(texts.slice(0, texts.length >> 1), async (store) => {
    await appendAll(store, texts.slice(texts.length >> 1), 1);
    const { columns, queries = [''], oldestFirst = false, limit = Number.POSITIVE_INFINITY, noteOf = null } = choice;
    const results = await Promise.all(queries.map((text) => store.search(query(text))));
    const written: number[] = [];
    const chunks: Uint8Array[] = [];
    const bytes = formatEvents(store, results, {
      format: 'parquet',
      columns: columns === undefined ? null : readColumns(columns),
      noteOf,
      oldestFirst,
      limit,
      caption: null,
      isForTerminal: false,
      width: 0,
      zone: 'utc',
      signal: new AbortController().signal,
      onWritten: (events) => written.push(events),
    });
    for await (const chunk of bytes) chunks.push(chunk as Uint8Array);
    const path = join(folder, 'out.parquet');
    writeFileSync(path, Buffer.concat(chunks));
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    try {
      const [count] = (await connection.runAndReadAll(`SELECT count(*)::INT FROM '${path}'`)).getRows()[0] ?? [];
      expect(written.at(-1)).toBe(count);
      expect(written).toEqual(written.toSorted((a, b) => a - b));
      return (await connection.runAndReadAll(sql.replace('FILE', `'${path}'`))).getRowObjectsJson();
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  });
}

const VERSION = { eventVersion: '1.11' };
const NAMED = {
  ...VERSION,
  eventTime: '2026-05-19T14:02:11Z',
  eventName: 'GetObject',
  eventSource: 's3.amazonaws.com',
  userIdentity: { type: 'Root', arn: 'arn:aws:iam::111122223333:root', accountId: '111122223333' },
  resources: [{ ARN: 'arn:aws:s3:::a' }, { ARN: 'arn:aws:s3:::b' }],
  errorCode: 'AccessDenied',
  eventID: 'e-1',
  text: 'é\u{1f600}',
};
const NAMELESS = { ...VERSION, errorMessage: 'only a message', eventID: { odd: true }, requestID: 7 };

test('every field under the name CloudTrail has for it, and the record', async () => {
  const rows = await roundTrip(
    [NAMELESS, NAMED],
    `SELECT eventTime, eventName, who, resources, errorCode, errorMessage, eventID, requestID, "userIdentity.arn",
       userAgent, record FROM FILE`,
  );
  expect(rows).toEqual([
    {
      eventTime: '2026-05-19 14:02:11',
      eventName: 'GetObject',
      who: 'root',
      resources: ['a', 'arn:aws:s3:::a', 'arn:aws:s3:::b'],
      errorCode: 'AccessDenied',
      errorMessage: null,
      eventID: 'e-1',
      requestID: null,
      'userIdentity.arn': 'arn:aws:iam::111122223333:root',
      userAgent: null,
      record: JSON.stringify(NAMED),
    },
    {
      eventTime: null,
      eventName: null,
      who: null,
      resources: [],
      errorCode: null,
      errorMessage: 'only a message',
      eventID: null,
      requestID: '7',
      'userIdentity.arn': null,
      userAgent: null,
      record: JSON.stringify(NAMELESS),
    },
  ]);
});

test('a record that is no JSON to DuckDB keeps its eventID', async () => {
  const sql = 'SELECT eventID, errorCode, requestID FROM FILE';
  const record = { ...VERSION, eventID: 'e-1', errorCode: 'AccessDenied', userAgent: 'half a pair: \ud800' };
  expect(await roundTrip([record], sql)).toEqual([{ eventID: 'e-1', errorCode: 'AccessDenied', requestID: null }]);
});

/** Times go up and down again, so that neighbours in the list came far apart. */
const MANY = Array.from({ length: 5000 }, (_, k) => ({
  ...VERSION,
  eventID: `e-${k}`,
  eventName: k % 2 === 0 ? 'GetObject' : 'PutObject',
  eventTime: new Date(Date.UTC(2026, 4, 19) + ((k * 7919) % 5000) * 1000).toISOString(),
}));

test.each([
  ['newest first', {}, 5000],
  ['oldest first', { oldestFirst: true }, 5000],
  ['no more than asked for', { limit: 3210 }, 3210],
  ['with a note', { noteOf: (row: number) => `row ${row}` }, 5000],
  ['several results one after another', { queries: ['name:PutObject', 'name:GetObject'], limit: 4000 }, 4000],
] satisfies [string, Choice, number][])('thousands of events in their order: %s', async (_, choice, limit) => {
  const { oldestFirst = false, queries }: Choice = choice;
  const newestFirst = MANY.toSorted((a, b) => (a.eventTime < b.eventTime ? 1 : -1));
  const ordered = oldestFirst ? newestFirst.toReversed() : newestFirst;
  const expected =
    queries === undefined
      ? ordered
      : ['PutObject', 'GetObject'].flatMap((name) => ordered.filter(({ eventName }) => eventName === name));
  const rows = (await roundTrip(MANY, 'SELECT record FROM FILE', choice)) as readonly { readonly record: string }[];
  expect(rows.map(({ record }) => record)).toEqual(expected.slice(0, limit).map((record) => JSON.stringify(record)));
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`trailx-${process.pid}-`))).toEqual([]);
});

test('so many long records that they are sorted part by part', async () => {
  const records = MANY.concat(MANY, MANY.slice(0, 2000)).map((record, k) => {
    return { ...record, eventID: `e-${k}`, requestParameters: { text: 'x'.repeat(7000) } };
  });
  const sql = 'SELECT eventTime::VARCHAR AS time, eventID, length(record)::INT AS length FROM FILE';
  const rows = (await roundTrip(records, sql)) as readonly { time: string; eventID: string; length: number }[];
  expect(rows.map(({ time }) => time)).toEqual(
    rows
      .map(({ time }) => time)
      .sort()
      .reverse(),
  );
  const lengths = new Map(records.map((record) => [record.eventID, JSON.stringify(record).length]));
  expect(new Map(rows.map(({ eventID, length }) => [eventID, length]))).toEqual(lengths);
});

test('no events make a file without rows', async () => {
  expect(await roundTrip([], 'SELECT count(*)::INT AS n FROM FILE')).toEqual([{ n: 0 }]);
});

test('no column for what is in no record', async () => {
  const columns = await roundTrip([], 'SELECT column_name AS name FROM (DESCRIBE SELECT * FROM FILE)');
  const names = (columns as readonly { readonly name: string }[]).map(({ name }) => name);
  expect(names).toContain('record');
  expect(names).not.toContain('family');
  expect(names).not.toContain('first');
  expect(names).not.toContain('note');
});

test('the columns that were asked for, typed, and a note', async () => {
  const records = [{ ...NAMED, requestParameters: { bucketName: 'b' } }, NAMELESS];
  const columns = [
    'time',
    'resource',
    'requestParameters.bucketName',
    'NAME',
    'name',
    'error',
    'result',
    'first',
    'id',
  ];
  const noteOf = (row: number) => (row === 1 ? 'look here' : null);
  expect(await roundTrip(records, 'SELECT * FROM FILE', { columns, noteOf })).toEqual([
    {
      time: '2026-05-19 14:02:11',
      resource: ['b', 'arn:aws:s3:::a', 'arn:aws:s3:::b'],
      'requestParameters.bucketName': 'b',
      NAME: 'GetObject',
      error: 'AccessDenied',
      result: 'denied',
      first: 'who',
      id: 'e-1',
      note: null,
    },
    {
      time: null,
      resource: [],
      'requestParameters.bucketName': null,
      NAME: null,
      error: 'only a message',
      result: 'failed',
      first: null,
      id: '{"odd":true}',
      note: 'look here',
    },
  ]);
});

test('persons, in a column of their own, whether the label names them or not', async () => {
  const user = { type: 'IAMUser', userName: 'alice', accountId: '111122223333', accessKeyId: 'AKIAEXAMPLEALICE' };
  const session = {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::111122223333:assumed-role/deploy/ci',
    accountId: '111122223333',
    accessKeyId: 'ASIAEXAMPLEONE',
  };
  const credentials = { accessKeyId: 'ASIAEXAMPLEONE' };
  const records = [
    { ...VERSION, eventID: 'a', eventName: 'AssumeRole', userIdentity: user, responseElements: { credentials } },
    { ...VERSION, eventID: 'b', eventName: 'ListBuckets', userIdentity: session },
    {
      ...VERSION,
      eventID: 'c',
      eventName: 'RunTask',
      userIdentity: { type: 'AWSService', invokedBy: 'ecs.amazonaws.com' },
    },
  ];
  const columns = ['name', 'person'];
  const rows = await roundTrip(records, 'SELECT * FROM FILE ORDER BY name', { columns });
  expect(rows).toEqual([
    { name: 'AssumeRole', person: 'alice' },
    { name: 'ListBuckets', person: 'alice' },
    { name: 'RunTask', person: null },
  ]);
});

test('kinds of user agents, in a column of their own', async () => {
  const records = [
    { ...VERSION, eventID: 'a', userAgent: 'aws-cli/2.1 Python' },
    { ...VERSION, eventID: 'b' },
  ];
  const rows = await roundTrip(records, 'SELECT * FROM FILE ORDER BY family NULLS LAST', { columns: ['family'] });
  expect(rows).toEqual([{ family: 'aws-cli' }, { family: null }]);
});
