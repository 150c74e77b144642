import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { objectOf, textOf } from '../../../src/cloudtrail/json-value.ts';
import { resourcesOf } from '../../../src/cloudtrail/resources.ts';
import { summarize } from '../../../src/cloudtrail/summary.ts';
import { parseTime } from '../../../src/cloudtrail/time.ts';
import { identityCells } from '../../../src/cloudtrail/user-identity.ts';
import { generateSample, type SampleOptions } from '../../../src/sources/sample/generate-sample.ts';

const END = Date.UTC(2026, 10, 22, 16, 20, 30);
const HOUR = 3_600_000;
const sample = (options: Partial<SampleOptions> = {}) => [...generateSample({ end: END, ...options })];
const TEXTS = sample();

type SampleRecord = Readonly<Record<string, unknown>> & { readonly eventName?: string };
const RECORDS = TEXTS.map((text) => JSON.parse(text) as SampleRecord);
const named = (name: string) => RECORDS.filter((record) => record.eventName === name);
const who = (record: SampleRecord) => identityCells(record.userIdentity).who;
const time = (record: SampleRecord) => parseTime(record.eventTime) ?? 0;
const isOk = (record: SampleRecord) => record.errorCode === undefined && record.errorMessage === undefined;

describe('the sample as a whole', () => {
  test('is the same for the same seed and end, and another for another', () => {
    expect(sample()).toEqual(TEXTS);
    expect(sample({ seed: 2 })).not.toEqual(TEXTS);
  });

  test('has as many events as asked for, oldest first, within its days', () => {
    expect(TEXTS).toHaveLength(3000);
    const times = RECORDS.map(time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBeLessThanOrEqual(END);
    expect(times[0]).toBeGreaterThan(END - 31 * 24 * HOUR);
    expect(sample({ events: 50 })).toEqual(sample({ events: 100 }).slice(-50));
    expect(sample({ events: 10_000, days: 90 })).toHaveLength(10_000);
  });

  test.each(Array.from({ length: 12 }, (_, i) => END + i * 7 * HOUR * 13))(
    'ends before its end, whenever that is: %d',
    (end) => {
      const newest = JSON.parse(sample({ end }).at(-1) ?? '{}') as SampleRecord;
      expect(end - time(newest)).toBeGreaterThanOrEqual(0);
      expect(end - time(newest)).toBeLessThan(HOUR);
    },
  );

  test('fits the package: under 400 KB as a gzipped log file', () => {
    expect(gzipSync(`{"Records":[${TEXTS.join(',')}]}`).length).toBeLessThan(400 * 1024);
  });

  test('holds three accounts, five Regions, and no event twice', () => {
    expect(new Set(RECORDS.map((record) => record.recipientAccountId)).size).toBe(3);
    expect(new Set(RECORDS.map((record) => record.awsRegion)).size).toBe(5);
    expect(new Set(RECORDS.map((record) => record.eventID)).size).toBe(3000);
  });

  test('shows documentation addresses and accounts only, and one address of the company’s own network', () => {
    const addresses = new Set(RECORDS.map((record) => textOf(record.sourceIPAddress)));
    for (const address of addresses)
      expect(address).toMatch(/^$|^203\.0\.113\.|^198\.51\.100\.|^2001:db8:|^10\.20\.|\.amazonaws\.com$/);
    const accounts = new Set(TEXTS.flatMap((text) => text.match(/(?<=[":])\d{12}(?=[":])/g) ?? []));
    expect([...accounts].sort()).toEqual([
      '111122223333',
      '222233334444',
      '444455556666',
      '777788889999',
      '999900001111',
    ]);
  });

  test('every record names a caller and reads as a sentence', () => {
    for (const record of RECORDS) {
      if (record.eventCategory !== 'Insight' && record.eventType !== 'AwsServiceEvent')
        expect(who(record)).not.toBe('');
      expect(summarize(record)).not.toMatch(/undefined|not stated\)|called /);
    }
  });

  test('has the members of a record in CloudTrail’s order', () => {
    const order = Object.keys(named('TerminateInstances')[0] ?? {});
    expect(order.slice(0, 8)).toEqual([
      'eventVersion',
      'userIdentity',
      'eventTime',
      'eventSource',
      'eventName',
      'awsRegion',
      'sourceIPAddress',
      'userAgent',
    ]);
  });
});

describe('what there is to find', () => {
  test('root signs in without MFA and terminates an instance', () => {
    const [signIn] = named('ConsoleLogin').filter((record) => who(record) === 'root');
    expect(summarize(signIn)).toMatch(/^root \(account \d{12}\) signed in to the console without MFA/);
    expect(named('TerminateInstances').some((record) => who(record) === 'root' && isOk(record))).toBe(true);
  });

  test('sign-ins with MFA, without, and failed', () => {
    const used = named('ConsoleLogin').map((record) => objectOf(record.additionalEventData).MFAUsed);
    expect(new Set(used)).toEqual(new Set(['Yes', 'No']));
    expect(named('ConsoleLogin').some((record) => record.errorMessage === 'Failed authentication')).toBe(true);
  });

  test.each([
    'SendSSHPublicKey',
    'SendSerialConsoleSSHPublicKey',
    'OpenTunnel',
    'StartSession',
    'AuthorizeSecurityGroupIngress',
    'StartSnapshot',
    'PutSnapshotBlock',
    'CreateVolume',
    'ScheduleKeyDeletion',
    'GetSecretValue',
    'GetObject',
    'SharedSnapshotVolumeCreated',
    'AssumeRoleWithWebIdentity',
  ])('%s is there', (name) => {
    expect(named(name).length).toBeGreaterThan(0);
  });

  test.each(['no identity-based policy', 'explicit deny in an identity-based policy', 'service control policy'])(
    'denied: %s',
    (reason) => {
      expect(RECORDS.some((record) => textOf(record.errorMessage).includes(reason))).toBe(true);
    },
  );

  test('deletions in the last two hours, the newest termination with its instance', () => {
    const recent = RECORDS.filter(
      (record) => END - time(record) <= 2 * HOUR && /^(?:Delete|Terminate)/.test(record.eventName ?? ''),
    );
    expect(recent.length).toBeGreaterThanOrEqual(6);
    const terminated = recent.find((record) => record.eventName === 'TerminateInstances' && isOk(record));
    expect(summarize(terminated)).toMatch(
      /^alice \(role Admin, account 111122223333\) terminated i-[0-9a-f]{17} in eu-west-1 from 203\.0\.113\.9$/,
    );
    expect(resourcesOf(terminated as never)[0]).toMatch(/^i-/);
  });

  test('several people change things in the half hour before 14:30 of the last full day', () => {
    const until = Date.UTC(2026, 10, 21, 14, 30);
    const changes = RECORDS.filter(
      (record) => record.readOnly === false && until - time(record) <= HOUR / 2 && time(record) <= until,
    );
    expect(changes.length).toBeGreaterThanOrEqual(8);
    expect(new Set(changes.map(who)).size).toBeGreaterThanOrEqual(3);
  });

  test('the attack: one address, from a leaked key to a shared snapshot', () => {
    const attack = RECORDS.filter((record) => record.sourceIPAddress === '198.51.100.230').map(
      (record) => record.eventName,
    );
    const story = [
      'GetCallerIdentity',
      'ListUsers',
      'CreateUser',
      'AttachUserPolicy',
      'CreateAccessKey',
      'StopLogging',
      'RunInstances',
      'GetSecretValue',
      'ModifySnapshotAttribute',
    ];
    expect(story.map((name) => attack.indexOf(name))).toEqual(
      story.map((name) => attack.indexOf(name)).sort((a, b) => a - b),
    );
    expect(story.every((name) => attack.includes(name))).toBe(true);
    expect(named('StopLogging').every((record) => record.errorCode === 'AccessDenied')).toBe(true);
    expect(RECORDS.filter((record) => record.eventCategory === 'Insight')).toHaveLength(2);
  });

  test('names that differ by a letter', () => {
    const people = new Set(RECORDS.map(who));
    expect(people).toContain('Developer/katarina');
    expect(people).toContain('Ops/katharina');
  });
});
