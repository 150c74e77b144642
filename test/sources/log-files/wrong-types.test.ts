// Records whose values are not of the type that CloudTrail documents: read, kept as they are, shown as well as can be.

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { StoredFieldId } from '../../../src/cloudtrail/fields.ts';
import { parseTime } from '../../../src/cloudtrail/time.ts';
import { makeFolder } from './files.ts';
import { readHere, recordWith } from './read.ts';

const { write } = makeFolder();

type Cells = Partial<Record<StoredFieldId, string>>;

const NOBODY: Cells = { who: '', user: '', role: '', session: '', type: '', key: '', caller: '', arn: '', mfa: '' };

const CASES: readonly (readonly [string, Readonly<Record<string, unknown>>, Cells])[] = [
  ['sourceIPAddress an object', { sourceIPAddress: { ip: '203.0.113.9' } }, { ip: '203.0.113.9' }],
  ['sourceIPAddress a list', { sourceIPAddress: ['203.0.113.9'] }, { ip: '203.0.113.9' }],
  ['sourceIPAddress null', { sourceIPAddress: null }, { ip: '' }],
  ['sourceIPAddress absent', { sourceIPAddress: undefined }, { ip: '' }],
  ['readOnly true', { readOnly: true }, { readOnly: 'true' }],
  ['readOnly "true"', { readOnly: 'true' }, { readOnly: 'true' }],
  ['readOnly "yes"', { readOnly: 'yes' }, { readOnly: '' }],
  ['readOnly "null"', { readOnly: 'null' }, { readOnly: '' }],
  ['readOnly null', { readOnly: null }, { readOnly: '' }],
  ['readOnly 1', { readOnly: 1 }, { readOnly: '' }],
  ['userIdentity absent', { userIdentity: undefined }, NOBODY],
  ['userIdentity null', { userIdentity: null }, NOBODY],
  ['userIdentity a list', { userIdentity: ['alice'] }, NOBODY],
  ['userIdentity a number', { userIdentity: 7 }, NOBODY],
  ['userIdentity empty', { userIdentity: {} }, NOBODY],
  [
    'userIdentity with members of wrong types',
    { userIdentity: { type: ['IAMUser'], arn: {}, userName: null, accessKeyId: 5, sessionContext: 'no' } },
    { type: '', arn: '', user: '', role: '', session: '' },
  ],
  ['eventName absent', { eventName: undefined }, { name: '' }],
  ['eventName null', { eventName: null }, { name: '' }],
  ['eventName a number', { eventName: 12 }, { name: '12' }],
  ['eventName an object', { eventName: { a: [1] } }, { name: '{"a":[1]}' }],
  ['eventSource a boolean', { eventSource: false }, { source: 'false' }],
  ['errorCode a number', { errorCode: 403 }, { error: '403' }],
  ['errorMessage alone', { errorMessage: 'Failed authentication' }, { error: 'Failed authentication' }],
  ['requestParameters a string', { requestParameters: 'i-0ab12cd34ef567890' }, { name: 'TerminateInstances' }],
  ['requestParameters a list', { requestParameters: [1, null, 'x'] }, { name: 'TerminateInstances' }],
  ['resources an object', { resources: { ARN: 'arn:aws:s3:::b' } }, { name: 'TerminateInstances' }],
  ['resources with odd members', { resources: [null, 1, 'x', { ARN: 5 }] }, { name: 'TerminateInstances' }],
  ['account as a number', { recipientAccountId: 111122223333 }, { account: '111122223333' }],
  ['account absent', { recipientAccountId: undefined }, { account: '111122223333' }],
  ['awsRegion null', { awsRegion: null }, { region: '' }],
  ['eventTime absent', { eventTime: undefined }, { name: 'TerminateInstances' }],
];

const NOON = Date.UTC(2026, 4, 19, 12, 2, 11);
const TIMES: readonly (readonly [unknown, number | null])[] = [
  ['2026-05-19T12:02:11Z', NOON],
  ['2026-05-19T14:02:11+02:00', NOON],
  ['2026-05-19 14:02:11+02:00', NOON],
  ['2026-05-19T05:02:11-0700', NOON],
  ['2026-05-19T12:02:11.345Z', NOON + 345],
  ['2026-05-19T12:02:11', NOON],
  [NOON, NOON],
  [NOON / 1000, NOON],
  [String(NOON), NOON],
  ['2026-02-30T12:02:11Z', null],
  ['2026-05-19T25:02:11Z', null],
  ['2026-05-19T12:99:11Z', null],
  ['yesterday', null],
  ['', null],
  [null, null],
  [true, null],
  [{ at: 1 }, null],
  [[], null],
  [-5, null],
];

let read: Awaited<ReturnType<typeof readHere>>;
const given = [
  ...CASES.map(([, parts]) => JSON.stringify(recordWith(parts))),
  ...TIMES.map(([eventTime]) => JSON.stringify(recordWith({ eventTime }))),
];
beforeAll(async () => {
  read = await readHere([write(given.join('\n'))]);
});

test('every record is an event, and its text is what it was', () => {
  expect(read.records).toEqual(given);
  expect(read.problems).toEqual([]);
});

describe('what the columns say', () => {
  test.each(CASES.map(([title, , cells], k) => [title, k, cells] as const))('%s', (_, k, cells) => {
    expect(read.rows[k]).toMatchObject(cells);
  });
});

describe('eventTime', () => {
  test.each(TIMES.map(([value, time], k) => [JSON.stringify(value), k, time] as const))('%s', (_, k, time) => {
    expect(read.times[CASES.length + k]).toEqual(time ?? Number.NaN);
  });

  test('read from bytes as from text', async () => {
    const two = fc.integer({ min: 0, max: 99 }).map((n) => String(n).padStart(2, '0'));
    const text = fc
      .tuple(fc.constantFrom('19', '20'), two, two, two, two, two, two)
      .map(([c, y, mo, d, h, mi, s]) => `${c}${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
    const times = fc.sample(fc.oneof(text, fc.date({ noInvalidDate: true }).map(String)), { numRuns: 500, seed: 7 });
    const here = await readHere([
      write(times.map((eventTime) => JSON.stringify(recordWith({ eventTime }))).join('\n')),
    ]);
    expect(here.times).toEqual(times.map((time) => parseTime(time) ?? Number.NaN));
  });
});

test('events whose eventID is missing, null or empty are the same as no other', async () => {
  const twice = [undefined, null, ''].flatMap((eventID) => {
    const text = JSON.stringify(recordWith({ eventID }));
    return [text, text];
  });
  const { identities } = await readHere([write(twice.join('\n'))]);
  expect(identities).toEqual(twice.map(() => '0,0'));
});

test('whatever the types, a record comes out as it went in', async () => {
  const keys = Object.keys(recordWith());
  const value = fc.jsonValue({ maxDepth: 3 });
  const records = fc.sample(
    fc.dictionary(fc.constantFrom(...keys), value).map((parts) => JSON.stringify({ ...recordWith(), ...parts })),
    { numRuns: 300, seed: 11 },
  );
  const { records: out, problems } = await readHere([write(`{"Records":[${records.join(',')}]}`)]);
  // With eventSource "aws:…" it would be a notification; the generator makes none.
  expect(out).toEqual(records);
  expect(problems).toEqual([]);
});
