// The questions that the README answers on the sample: what there is to find must be there whenever the sample ends.

import { describe, expect, test } from 'vitest';
import { denialOf } from '../../../src/cloudtrail/denial.ts';
import { isObject, objectOf, textOf } from '../../../src/cloudtrail/json-value.ts';
import { resourcesOf } from '../../../src/cloudtrail/resources.ts';
import { parseTime } from '../../../src/cloudtrail/time.ts';
import { identityCells } from '../../../src/cloudtrail/user-identity.ts';
import { generateSample } from '../../../src/sources/sample/generate-sample.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type SampleRecord = Readonly<Record<string, unknown>>;
const who = (record: SampleRecord) => identityCells(record.userIdentity).who;
const time = (record: SampleRecord) => parseTime(record.eventTime) ?? 0;
const isOk = (record: SampleRecord) => record.errorCode === undefined && record.errorMessage === undefined;
const parameters = (record: SampleRecord) => objectOf(record.requestParameters);
const distinct = (values: readonly unknown[]) => [...new Set(values.map(textOf))].sort();

describe.each([
  ['a Sunday afternoon', Date.UTC(2026, 10, 22, 16, 20, 30)],
  ['a Wednesday night', Date.UTC(2026, 10, 25, 1, 5)],
  ['the first of January', Date.UTC(2027, 0, 1, 0, 0, 1)],
])('on %s', (_, end) => {
  const records = [...generateSample({ end })].map((text) => JSON.parse(text) as SampleRecord);
  const named = (...names: string[]) => records.filter((record) => names.includes(textOf(record.eventName)));

  test('what was deleted or terminated in the last two hours, and by whom', () => {
    const deleted = records.filter(
      (record) => /^(?:Delete|Terminate)/.test(textOf(record.eventName)) && end - time(record) <= 2 * HOUR,
    );
    expect(deleted).toHaveLength(8);
    expect(deleted.filter(isOk)).toHaveLength(5);
    expect(distinct(deleted.map(who))).toEqual(['Admin/alice', 'Ops/bob']);
  });

  test('everything that touched the terminated instance: several people, reads and writes', () => {
    const touched = records.filter((record) => resourcesOf(record as never).includes('i-0a7c31e95b2d4f681'));
    expect(touched.length).toBeGreaterThan(20);
    expect(distinct(touched.map(who)).length).toBeGreaterThanOrEqual(5);
    expect(new Set(touched.map((record) => record.readOnly)).size).toBe(2);
  });

  test('five minutes around the termination, reads included', () => {
    const [terminated] = named('TerminateInstances').filter((record) => isOk(record) && end - time(record) < HOUR);
    const at = time(terminated ?? {});
    const around = records.filter((record) => Math.abs(time(record) - at) <= HOUR / 12);
    expect(around).toHaveLength(9);
    expect(around.filter((record) => record.readOnly === true)).toHaveLength(7);
  });

  test('what the leaked key did, and the key that it made', () => {
    const byKey = (key: string) => records.filter((record) => objectOf(record.userIdentity).accessKeyId === key);
    expect(byKey('AKIAEXAMPLE7LEAKED22')).toHaveLength(27);
    expect(byKey('AKIAEXAMPLE7PERSIST5')).toHaveLength(57);
  });

  test('a sign-in from an address that this person never had before', () => {
    const signIns = named('ConsoleLogin').filter((record) => who(record) === 'Billing/oleg');
    expect(distinct(signIns.map((record) => record.sourceIPAddress))).toEqual(['198.51.100.151', '203.0.113.9']);
    const elsewhere = signIns.filter((record) => record.sourceIPAddress === '198.51.100.151');
    expect(elsewhere).toHaveLength(1);
    const before = records.filter(
      (record) => who(record) === 'Billing/oleg' && time(record) < time(elsewhere[0] ?? {}),
    );
    expect(before.length).toBeGreaterThanOrEqual(3);
  });

  test('sign-ins of root and IAM users without MFA', () => {
    const signedIn = named('ConsoleLogin').filter(
      (record) => isOk(record) && objectOf(record.additionalEventData).MFAUsed === 'No',
    );
    const direct = signedIn.filter((record) => objectOf(record.userIdentity).type !== 'AssumedRole');
    expect(direct.map(who).sort()).toEqual(['contractor', 'root']);
  });

  test('users, keys and policies created', () => {
    const created = named('CreateUser', 'CreateAccessKey', 'CreatePolicy').filter(isOk);
    expect(created).toHaveLength(6);
    expect(distinct(created.map(who))).toEqual(['Admin/alice', 'Ops/katharina', 'deploy-legacy']);
  });

  test('which secrets were read from where', () => {
    const read = named('GetSecretValue').filter(isOk);
    expect(distinct(read.map((record) => record.sourceIPAddress))).toEqual([
      '198.51.100.230',
      '203.0.113.130',
      '203.0.113.201',
      '203.0.113.9',
    ]);
    expect(distinct(read.map((record) => parameters(record).secretId))).toHaveLength(3);
  });

  test('which calls of a role were denied, and why', () => {
    const ofRole = records.filter((record) => identityCells(record.userIdentity).role === 'report-export');
    const counts: Record<string, number> = {};
    for (const record of ofRole) {
      const denial = denialOf({ error: textOf(record.errorCode), message: textOf(record.errorMessage) });
      if (denial !== null)
        counts[`${denial.action} ${denial.reason}`] = (counts[`${denial.action} ${denial.reason}`] ?? 0) + 1;
    }
    expect(counts).toEqual({
      'dynamodb:ExportTableToPointInTime no-identity': 5,
      'sns:Publish deny-scp': 5,
      'kms:Decrypt no-session': 4,
      's3:PutObject deny-resource': 3,
      'iam:CreateServiceLinkedRole no-boundary': 2,
      'secretsmanager:GetSecretValue deny-vpce': 2,
    });
  });

  test('this week’s changes by several people', () => {
    const changes = records.filter((record) => record.readOnly === false && end - time(record) <= 7 * DAY);
    const people = ['Admin/alice', 'Developer/carol', 'Ops/bob', 'Ops/katharina'];
    expect(distinct(changes.map(who))).toEqual(expect.arrayContaining(people));
  });

  test('root activity: two accounts, days apart, with MFA and without', () => {
    const byRoot = records.filter((record) => objectOf(record.userIdentity).type === 'Root');
    expect(byRoot).toHaveLength(13);
    expect(new Set(byRoot.map((record) => textOf(record.eventTime).slice(0, 10))).size).toBe(2);
    expect(new Set(byRoot.map((record) => record.recipientAccountId)).size).toBe(2);
    const mfa = byRoot.flatMap(({ additionalEventData: data }) => (isObject(data) ? [data.MFAUsed] : []));
    expect(mfa).toEqual(['No', 'No', 'Yes']);
  });

  test('who launched instances of which type', () => {
    const types: Record<string, string[]> = {};
    for (const record of named('RunInstances').filter(isOk)) {
      types[who(record)] = distinct([...(types[who(record)] ?? []), parameters(record).instanceType]);
    }
    expect(types).toEqual({
      'AWSServiceRoleForAutoScaling/autoscaling': ['m7g.large'],
      'Admin/alice': ['m7i.large'],
      'Developer/carol': ['t3.large', 't3.medium'],
      'Developer/katarina': ['c7i.xlarge'],
      'Ops/bob': ['p4d.24xlarge'],
      'Ops/katharina': ['m7g.large'],
      'svc-backup2': ['c6i.32xlarge', 'g4dn.12xlarge', 'g5.12xlarge'],
    });
  });

  test('SSH keys sent', () => {
    expect(named('SendSSHPublicKey', 'SendSerialConsoleSSHPublicKey')).toHaveLength(8);
  });
});
