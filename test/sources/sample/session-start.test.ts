// Every session of the sample has its beginning in the sample, as AWS records it.

import { describe, expect, test } from 'vitest';
import { listOf, objectOf, textOf } from '../../../src/cloudtrail/json-value.ts';
import { parseTime } from '../../../src/cloudtrail/time.ts';
import { identityCells } from '../../../src/cloudtrail/user-identity.ts';
import { generateSample } from '../../../src/sources/sample/generate-sample.ts';

type SampleRecord = Readonly<Record<string, unknown>>;

const END = Date.UTC(2026, 10, 22, 16, 20, 30);
const RECORDS = [...generateSample({ end: END, events: 6000 })].map((text) => JSON.parse(text) as SampleRecord);

const identity = (record: SampleRecord) => objectOf(record.userIdentity);
const answer = (record: SampleRecord) => objectOf(record.responseElements);
const keyOf = (record: SampleRecord) => textOf(identity(record).accessKeyId);
const issuedBy = (record: SampleRecord) => textOf(objectOf(answer(record).credentials).accessKeyId);
const issuer = (record: SampleRecord) => objectOf(objectOf(identity(record).sessionContext).sessionIssuer);
const created = (record: SampleRecord) =>
  textOf(objectOf(objectOf(identity(record).sessionContext).attributes).creationDate);
const isFromConsole = (record: SampleRecord) => record.sessionCredentialFromConsole === 'true';
const callsByKey = Map.groupBy(
  RECORDS.filter((record) => issuedBy(record) !== ''),
  issuedBy,
);

/** The call that handed out the record's key, as the caller's account has it. The console draws keys of its own from one
 *  sign-in: those are known by the session's ARN and creationDate only. */
function beginningOf(record: SampleRecord): SampleRecord {
  const byKey = callsByKey.get(keyOf(record)) ?? [];
  const calls =
    byKey.length > 0 || !isFromConsole(record)
      ? byKey
      : RECORDS.filter(
          (call) =>
            call.eventTime === created(record) && objectOf(answer(call).assumedRoleUser).arn === identity(record).arn,
        );
  const call = calls.find((candidate) => identity(candidate).type !== 'AWSAccount') ?? calls[0];
  if (call === undefined) throw new Error(`nothing began ${textOf(identity(record).arn)}`);
  return call;
}

describe('a role session', () => {
  const sessions = RECORDS.filter((record) => identity(record).type === 'AssumedRole' && keyOf(record) !== '');

  test('has the call that handed out its key, in the second of its creationDate', () => {
    expect(sessions.length).toBeGreaterThan(2000);
    for (const record of sessions) {
      const call = beginningOf(record);
      expect(call.eventTime).toBe(created(record));
      expect(objectOf(call.requestParameters).roleArn).toBe(issuer(record).arn);
      expect(objectOf(answer(call).assumedRoleUser).arn).toBe(identity(record).arn);
      expect(parseTime(record.eventTime)).toBeGreaterThanOrEqual(parseTime(call.eventTime) ?? Number.NaN);
    }
  });

  test.each([
    ['a person', /AWSReservedSSO_Admin/, 'SAMLUser', 'AssumeRoleWithSAML'],
    ['a pipeline', /ci-deploy/, 'WebIdentityUser', 'AssumeRoleWithWebIdentity'],
    ['an instance', /^web$/, 'AWSService', 'AssumeRole'],
    ['a function', /^order-worker-role$/, 'AWSService', 'AssumeRole'],
    ['a service', /^AWSServiceRoleForECS$/, 'AWSService', 'AssumeRole'],
    ['a supplier', /^SupplierReadOnly$/, 'AWSAccount', 'AssumeRole'],
    ['a script', /^backup-agent$/, 'IAMUser', 'AssumeRole'],
    ['an auditor', /^AuditReader$/, 'AssumedRole', 'AssumeRole'],
  ])('of %s begins as AWS has it', (_, role, type, name) => {
    const own = sessions.filter((record) => role.test(textOf(issuer(record).userName)));
    expect(own.length).toBeGreaterThan(0);
    expect(new Set(own.map((record) => identity(beginningOf(record)).type))).toEqual(new Set([type]));
    expect(new Set(own.map((record) => beginningOf(record).eventName))).toEqual(new Set([name]));
  });

  test('keeps the source identity that it was taken on with', () => {
    const audit = sessions.filter((record) => issuer(record).userName === 'AuditReader');
    for (const record of audit) {
      expect(objectOf(identity(record).sessionContext).sourceIdentity).toBe('erin');
      expect(objectOf(beginningOf(record).requestParameters).sourceIdentity).toBe('erin');
    }
  });
});

test('a page of the console calls under several keys of one sign-in, in one second', () => {
  const drawn = RECORDS.filter((record) => isFromConsole(record) && !callsByKey.has(keyOf(record)));
  const page = drawn.filter((record) => identityCells(record.userIdentity).who === 'Admin/alice');
  expect(new Set(page.map(keyOf)).size).toBe(7);
  expect(new Set(page.map(created)).size).toBe(1);
  const times = page.map((record) => parseTime(record.eventTime) ?? Number.NaN);
  expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1000);
});

test('a user exchanges a key and a code for a session, which is theirs still', () => {
  const [call] = RECORDS.filter((record) => record.eventName === 'GetSessionToken');
  const session = RECORDS.filter((record) => keyOf(record) === issuedBy(call ?? {}));
  expect(session.length).toBeGreaterThan(1);
  for (const record of session) expect(identity(record)).toMatchObject({ type: 'IAMUser', userName: 'contractor' });
});

describe('two roles, one above the other', () => {
  const byRole = (role: string) => RECORDS.filter((record) => identityCells(record.userIdentity).role === role);
  const admin = byRole('data-admin');
  const denied = admin.filter((record) => record.errorCode !== undefined);

  test('the denied call leads by two keys to the person and the address of the laptop', () => {
    const [first] = denied;
    const second = beginningOf(first ?? {});
    expect(identityCells(second.userIdentity).who).toBe('etl-runner/nightly-etl');
    const laptop = beginningOf(second);
    expect(identityCells(laptop.userIdentity).who).toBe('DataAnalyst/dave');
    expect([first, second, laptop].map((record) => record?.sourceIPAddress)).toEqual([
      '203.0.113.177',
      '203.0.113.177',
      '198.51.100.44',
    ]);
    const portal = beginningOf(laptop);
    expect([portal.eventName, identity(portal).userName]).toEqual(['AssumeRoleWithSAML', 'dave']);
    const signIn = RECORDS.find(
      (record) => record.eventName === 'GetRoleCredentials' && record.eventTime === portal.eventTime,
    );
    expect(signIn?.sourceIPAddress).toBe('198.51.100.44');
  });

  test('is denied by a service control policy, the same call more often than any other', () => {
    expect(denied).toHaveLength(9);
    expect(denied.filter((record) => record.eventName === 'PutBucketPolicy')).toHaveLength(7);
    for (const record of denied) expect(record.errorMessage).toContain('explicit deny in a service control policy');
    expect(admin.some((record) => record.eventName === 'ModifySnapshotAttribute')).toBe(true);
  });

  test('has the name of the job that a server runs on every other night', () => {
    expect(new Set(admin.map((record) => identityCells(record.userIdentity).session))).toEqual(
      new Set(['nightly-etl']),
    );
    const jobs = admin.filter((record) => record.eventName === 'PutObject');
    expect(jobs.length).toBeGreaterThan(5);
    for (const record of jobs) {
      expect(identityCells(beginningOf(beginningOf(record)).userIdentity).who).toMatch(/^batch\/i-/);
    }
  });

  test('the second one begins in another account, which both accounts record', () => {
    const pairs = [...Map.groupBy(RECORDS, (record) => textOf(record.sharedEventID)).entries()].filter(
      ([id, records]) => id !== '' && records.some(({ eventName }) => eventName === 'AssumeRole') && records.length > 1,
    );
    expect(pairs.length).toBeGreaterThan(5);
    for (const [, records] of pairs) {
      expect(new Set(records.map(issuedBy)).size).toBe(1);
      expect(new Set(records.map((record) => record.recipientAccountId)).size).toBe(2);
      expect(records.map((record) => identity(record).type).sort()).toEqual(['AWSAccount', 'AssumedRole']);
      expect(listOf(records[0]?.resources)).toHaveLength(1);
    }
  });
});
