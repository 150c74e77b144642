// :denied over the real store: every denied event is in one row, and each row's search finds exactly its events.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { denialOf } from '../../src/cloudtrail/denial.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { BatchBuilder } from '../../src/sources/log-files/batch-builder.ts';
import { RecordReader } from '../../src/sources/log-files/record-reader.ts';
import type { TableRow } from '../../src/state/table-panel.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { DENIED, DENIED_FIELDS, deniedRows } from '../../src/ui/denied-page.ts';
import { record } from './open-explorer.ts';

const ROLE = 'arn:aws:sts::111122223333:assumed-role/Admin/alice';

function message(action: string, resource: string, because: string): string {
  return `User: ${ROLE} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
}

const SCP = 'with an explicit deny in a service control policy';
const NO_IDENTITY = (action: string) => `because no identity-based policy allows the ${action} action`;
const BUCKET = 'arn:aws:s3:::example-bucket';
const alice = { type: 'IAMUser', userName: 'alice', accountId: '111122223333' };

function sessionOf(role: string, session: string): Readonly<Record<string, unknown>> {
  const accountId = '111122223333';
  return {
    type: 'AssumedRole',
    arn: `arn:aws:sts::${accountId}:assumed-role/${role}/${session}`,
    accountId,
    sessionContext: { sessionIssuer: { type: 'Role', userName: role, accountId } },
  };
}

/** What one person asked of two buckets, for two reasons; who else has her name; what states no reason;
 *  a machine whose sessions are numbered; other codes. */
const DENIALS: readonly Readonly<Record<string, unknown>>[] = [
  { eventName: 'GetObject', errorMessage: message('s3:GetObject', `${BUCKET}/a`, SCP) },
  { eventName: 'GetObject', errorMessage: message('s3:GetObject', `${BUCKET}/a`, SCP) },
  { eventName: 'GetObject', errorMessage: message('s3:GetObject', `${BUCKET}/b`, SCP) },
  { eventName: 'GetObject', errorMessage: message('s3:GetObject', `${BUCKET}/a`, NO_IDENTITY('s3:GetObject')) },
  { eventName: 'GetObject', errorMessage: 'Access Denied' },
  { eventName: 'GetObject', errorMessage: undefined },
  { eventName: 'GetObject', errorMessage: 'Access Denied', userIdentity: alice },
  { eventName: 'GetObject', errorMessage: 'Access Denied', eventSource: 'other.amazonaws.com' },
  {
    eventName: 'RunInstances',
    errorMessage: message('iam:PassRole', 'arn:aws:iam::111122223333:role/x', NO_IDENTITY('iam:PassRole')),
  },
  {
    eventName: 'RunInstances',
    requestParameters: null,
    errorMessage: 'You are not authorized to perform this operation. Encoded authorization failure message: abc',
  },
  {
    eventName: 'RunInstances',
    requestParameters: null,
    errorMessage: 'You are not authorized to perform this operation. Encoded authorization failure message: def',
  },
  ...['run-1779262800', 'run-1779349200', 'run-now'].map((session) => ({
    eventName: 'PutObject',
    errorMessage: message('s3:PutObject', `${BUCKET}/c`, SCP),
    userIdentity: sessionOf('report-export', session),
  })),
  ...['alice', 'bob'].map((session) => ({
    eventName: 'PutObject',
    errorMessage: message('s3:PutObject', `${BUCKET}/c`, SCP),
    userIdentity: sessionOf('Admin', session),
  })),
  { eventName: 'Odd*Name', errorMessage: 'says * and ? and "quotes" and \\', errorCode: 'AccessDeniedException' },
  { eventName: 'Odd*Name', errorMessage: 'says nothing', errorCode: 'AccessDeniedException', userIdentity: null },
];

const RECORDS = [
  ...DENIALS.map((changes, k) => record(k, { errorCode: 'AccessDenied', resources: undefined, ...changes })),
  record(50, { eventName: 'GetObject' }),
  record(51, { eventName: 'GetObject', errorCode: 'NoSuchKey', errorMessage: 'The key does not exist' }),
];

let store: Store;
beforeAll(async () => {
  store = await openStore();
  const builder = new BatchBuilder();
  const reader = new RecordReader(builder);
  reader.beginFile(0);
  for (const value of RECORDS) reader.text(JSON.stringify(value));
  await store.append(builder.take());
});
afterAll(() => store.close());

async function rows(): Promise<readonly TableRow[]> {
  const denied = await store.search(DENIED);
  const { groups } = await store.groups(denied, DENIED_FIELDS, { limit: 5000 });
  return deniedRows(groups, 'utc');
}

async function found(query: string): Promise<readonly number[]> {
  const parsed = parseQuery(query, { now: 0, zone: 'utc' });
  if (parsed.error !== null) throw new Error(`${query}: ${parsed.error.reason}`);
  return [...(await store.search(parsed.query)).rows];
}

describe('denials', () => {
  test('each is in one row, which finds exactly its events', async () => {
    const all = await rows();
    const seen: number[] = [];
    for (const { cells, query } of all) {
      const events = await found(query);
      expect([query, events.length]).toEqual([query, Number(cells[0])]);
      seen.push(...events);
      const shown = await store.window(
        await store.search(parseQuery(query, { now: 0, zone: 'utc' }).query ?? DENIED),
        0,
        50,
      );
      const reasons = shown.map(({ cells: { error, message: said } }) => denialOf({ error, message: said })?.reason);
      expect(new Set(reasons).size).toBe(1);
    }
    expect(seen.toSorted((a, b) => a - b)).toEqual([...(await store.search(DENIED)).rows].toSorted((a, b) => a - b));
  });

  test('the most first, of as many the newest; messages that say the same are one row', async () => {
    const all = await rows();
    const counts = all.map(({ cells }) => Number(cells[0]));
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(all[0]?.cells).toEqual(['2', '05-19 14:00', 'Admin/alice', 's3:GetObject', 'SCP denies', `${BUCKET}/a`]);
    expect(all.find(({ cells }) => cells[4] === 'in the encoded message')?.cells[0]).toBe('2');
  });

  test('sessions of a machine are one caller, those of people and of words are not', async () => {
    const puts = (await rows()).filter(({ cells }) => cells[3] === 's3:PutObject');
    expect(puts.map(({ cells }) => [cells[0], cells[2]]).toSorted()).toEqual([
      ['1', 'Admin/alice'],
      ['1', 'Admin/bob'],
      ['1', 'report-export/run-now'],
      ['2', 'report-export/run-*'],
    ]);
    expect(puts.find(({ cells }) => cells[0] === '2')?.query).toBe(
      'who:report-export/run-* !who:report-export/run-now name:PutObject error:denied',
    );
  });

  test('what is not stated is said so', async () => {
    const reasons = (await rows()).map(({ cells }) => cells[4]);
    expect(reasons).toContain('not stated');
    expect(reasons).toContain('no identity policy allows');
  });
});
