// created and issued as readers find them: the session's own creationDate among others, the key in an answer.

import { describe, expect, test } from 'vitest';
import { batchesOf } from '../../store/events.ts';
import { recordWith, unpack } from './read.ts';

const FIRST = '2026-05-19T10:00:00Z';
const SECOND = '2026-05-19T11:30:00Z';
const KEY = 'ASIAEXAMPLEKEY000001';

function cellsOf(records: readonly string[], field: 'created' | 'issued'): readonly string[] {
  return unpack(batchesOf(records)).rows.map((row) => row[field]);
}

function identity(creationDate: unknown, more: object = {}): object {
  return {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::111122223333:assumed-role/Admin/alice',
    sessionContext: { attributes: { creationDate, mfaAuthenticated: 'false' }, ...more },
  };
}

function withDate(creationDate: unknown, more: object = {}): string {
  return JSON.stringify(recordWith({ userIdentity: identity(creationDate), ...more }));
}

describe('created', () => {
  test('differs from event to event of one caller, in every spelling', () => {
    const dates = [FIRST, SECOND, '20260519T100000Z', '', FIRST, '2026-05-19T10:00:00.123+02:00'];
    expect(
      cellsOf(
        dates.map((date) => withDate(date)),
        'created',
      ),
    ).toEqual(dates);
  });

  test('is not another creationDate of the record, before or after', () => {
    const bucket = { requestParameters: { creationDate: SECOND }, responseElements: { creationDate: SECOND } };
    const { userIdentity, ...rest } = JSON.parse(withDate(FIRST, bucket)) as Record<string, unknown>;
    const records = [
      withDate(FIRST, bucket),
      JSON.stringify({ ...rest, userIdentity }),
      withDate(SECOND),
      withDate(FIRST),
    ];
    expect(cellsOf(records, 'created')).toEqual([FIRST, FIRST, SECOND, FIRST]);
    const none = JSON.stringify(recordWith({ userIdentity: { type: 'Root' }, ...bucket }));
    expect(cellsOf([none], 'created')).toEqual(['']);
  });

  test('is not a member of that name elsewhere in userIdentity', () => {
    const fake = (date: string, other: string) =>
      JSON.stringify(recordWith({ userIdentity: identity(date, { webIdFederationData: { creationDate: other } }) }));
    expect(cellsOf([fake(FIRST, SECOND), fake(SECOND, FIRST), fake(FIRST, FIRST)], 'created')).toEqual([
      FIRST,
      SECOND,
      FIRST,
    ]);
  });

  test('is decoded where it is escaped, and known from others by its text', () => {
    const escaped = (date: string) => withDate(date).replace(`"creationDate":"2026`, '"creationDate":"\\u00326');
    const odd = (date: string) => withDate(date).replace('"creationDate":"2026', '"creationDate":"\\u0032026');
    expect(cellsOf([odd(FIRST), odd(SECOND), withDate(FIRST)], 'created')).toEqual([FIRST, SECOND, FIRST]);
    expect(cellsOf([withDate(FIRST), odd(SECOND)], 'created')).toEqual([FIRST, SECOND]);
    expect(cellsOf([escaped(FIRST)], 'created')[0]).toBe(`26${FIRST.slice(4)}`);
    expect(cellsOf([withDate('a "quote" \\ and more')], 'created')).toEqual(['a "quote" \\ and more']);
  });

  test('of the wrong type, too long, or in another case', () => {
    expect(cellsOf([withDate(null), withDate({}), withDate(['x']), withDate(1_779_184_800)], 'created')).toEqual([
      '',
      '',
      '',
      '1779184800',
    ]);
    expect(cellsOf([withDate('9'.repeat(5000))], 'created')[0]?.length).toBeLessThan(100);
    const lower = withDate(FIRST).replace('sessionContext', 'sessioncontext').replace('creationDate', 'creationdate');
    expect(cellsOf([lower], 'created')).toEqual([FIRST]);
  });

  test('of identities of a text that says no creationDate at all', () => {
    const plain = recordWith({ userIdentity: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' } });
    expect(cellsOf([JSON.stringify(plain), JSON.stringify({ ...plain, userIdentity: null })], 'created')).toEqual([
      '',
      '',
    ]);
  });
});

describe('issued', () => {
  const answering = (responseElements: unknown, more: object = {}): string =>
    JSON.stringify(recordWith({ responseElements, ...more }));
  const credentials = { accessKeyId: KEY, sessionToken: 'TOKEN', expiration: 'May 20, 2026, 3:00:00 PM' };

  test.each([
    ['AssumeRole', { credentials, assumedRoleUser: { arn: 'arn' } }, KEY],
    ['after other members', { packedPolicySize: 4, assumedRoleUser: { arn: 'arn' }, credentials }, KEY],
    [
      'CreateAccessKey',
      { accessKey: { userName: 'x', accessKeyId: 'AKIAEXAMPLEKEY000001', status: 'Active' } },
      'AKIAEXAMPLEKEY000001',
    ],
    [
      'IAM Roles Anywhere',
      { credentialSet: [{ assumedRoleUser: { arn: 'arn' }, credentials }], subjectArn: 'arn' },
      KEY,
    ],
    ['Cognito', { identityId: 'eu-west-1:1', credentials: { ...credentials, sessionToken: '***' } }, KEY],
    ['two keys: the first', { credentials, other: { accessKeyId: 'ASIAEXAMPLEKEY000002' } }, KEY],
    ['none', { instancesSet: { items: [] } }, ''],
    ['hidden', { credentials: { accessKeyId: 'HIDDEN_DUE_TO_SECURITY_REASONS' } }, ''],
    ['hidden, with another', { accessKeyId: '***', credentials }, KEY],
    ['wrong types', { credentials: { accessKeyId: { accessKeyId: [KEY] } } }, ''],
    ['too deep', { a: { b: { c: { d: credentials } } } }, ''],
    ['a text', 'accessKeyId', ''],
    ['null', null, ''],
  ])('%s', (_, responseElements, key) => {
    expect(cellsOf([answering(responseElements)], 'issued')).toEqual([key]);
  });

  test('only of the answer, not of the request or the caller', () => {
    expect(cellsOf([answering(null, { requestParameters: { accessKeyId: KEY } })], 'issued')).toEqual(['']);
    expect(cellsOf([answering({ requestParameters: null }, { additionalEventData: credentials })], 'issued')).toEqual([
      '',
    ]);
  });

  test('lists in lists without end are no trouble', () => {
    const deep = `${'['.repeat(50_000)}{"accessKeyId":"${KEY}"}${']'.repeat(50_000)}`;
    const record = answering('DEEP').replace('"DEEP"', `{"x":${deep},"credentials":{"accessKeyId":"${KEY}"}}`);
    expect(cellsOf([record], 'issued')).toEqual([KEY]);
  });

  test('escaped text, white space between tokens', () => {
    const record = answering({ credentials }).replace(KEY, 'ASIA\\u0045XAMPLEKEY000001');
    expect(cellsOf([record], 'issued')).toEqual([KEY]);
    expect(cellsOf([JSON.stringify(JSON.parse(answering({ credentials })), null, 2)], 'issued')).toEqual([KEY]);
  });
});
