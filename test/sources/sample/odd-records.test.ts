// What the sample has for everything that is told of a record besides who, when and what.

import { describe, expect, test } from 'vitest';
import { objectOf, textOf } from '../../../src/cloudtrail/json-value.ts';
import { parseTime } from '../../../src/cloudtrail/time.ts';
import { generateSample } from '../../../src/sources/sample/generate-sample.ts';

type SampleRecord = Readonly<Record<string, unknown>>;

const RECORDS = [...generateSample({ end: Date.UTC(2026, 10, 22, 16, 20, 30) })].map(
  (text) => JSON.parse(text) as SampleRecord,
);
const named = (...names: string[]) => RECORDS.filter((record) => names.includes(textOf(record.eventName)));
const parameters = (record: SampleRecord | undefined) => objectOf(record?.requestParameters);

/** The length-prefixed fields of an SSH public key. */
function fieldsOf(key: string): readonly Buffer[] {
  const [, base64 = ''] = key.split(' ');
  const bytes = Buffer.from(base64, 'base64');
  const fields: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    fields.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return fields;
}

describe('keys pushed for SSH', () => {
  const keys = named('SendSSHPublicKey', 'SendSerialConsoleSSHPublicKey').map((record) =>
    textOf(parameters(record).sSHPublicKey),
  );

  test('ed25519: the algorithm and 32 bytes', () => {
    const found = keys.filter((key) => key.startsWith('ssh-ed25519 '));
    expect(found.length).toBeGreaterThan(4);
    for (const key of found) {
      const fields = fieldsOf(key);
      expect(fields.map(({ length }) => length)).toEqual([11, 32]);
      expect(String(fields[0])).toBe('ssh-ed25519');
    }
  });

  test('RSA: the algorithm, 65537 and a positive number of 2048 bits', () => {
    const found = keys.filter((key) => key.startsWith('ssh-rsa '));
    expect(found).toHaveLength(1);
    const [algorithm, exponent, modulus] = fieldsOf(found[0] ?? '');
    expect(String(algorithm)).toBe('ssh-rsa');
    expect(exponent).toEqual(Buffer.from([1, 0, 1]));
    expect(modulus).toHaveLength(257);
    expect([modulus?.[0], (modulus?.[1] ?? 0) >= 0x80]).toEqual([0, true]);
  });
});

test('within the hour after a key was pushed, the role of the instance reads what it never did', () => {
  const pushed = named('SendSSHPublicKey').map((record) => ({
    instance: textOf(parameters(record).instanceId),
    time: parseTime(record.eventTime) ?? 0,
  }));
  const after = RECORDS.filter(({ userIdentity, eventTime, eventName }) => {
    const arn = textOf(objectOf(userIdentity).arn);
    const time = parseTime(eventTime) ?? 0;
    return (
      eventName === 'GetObject' &&
      pushed.some((push) => arn.endsWith(`/${push.instance}`) && time > push.time && time < push.time + 3_600_000)
    );
  });
  expect(after.length).toBeGreaterThan(1);
});

test('a server from its launch to its end: what names it, its volume and the snapshot', () => {
  const launch = named('RunInstances').find(
    (record) => objectOf(parameters(record).iamInstanceProfile).name === 'reporting',
  );
  const text = JSON.stringify(launch?.responseElements);
  const [instance = ''] = /i-[0-9a-f]{17}/.exec(text) ?? [];
  const life = RECORDS.filter((record) => JSON.stringify(record).includes(instance)).map(({ eventName }) => eventName);
  for (const name of ['RunInstances', 'AttachVolume', 'StopInstances', 'StartInstances', 'CreateImage'])
    expect(life).toContain(name);
  expect(life.filter((name) => name !== 'AssumeRole').at(-1)).toBe('TerminateInstances');
  const volume = named('AttachVolume').find((record) => parameters(record).instanceId === instance);
  const snapshot = named('CreateSnapshot').find(
    (record) => parameters(record).volumeId === parameters(volume).volumeId,
  );
  const { snapshotId } = objectOf(snapshot?.responseElements);
  const [kept] = named('DeleteSnapshot').filter((record) => parameters(record).snapshotId === snapshotId);
  expect(kept?.errorCode).toBe('Client.InvalidSnapshot.InUse');
});

test('user data: a launch template keeps it, AWS takes it out of everything else', () => {
  const [template] = named('CreateLaunchTemplate');
  const request = objectOf(parameters(template).CreateLaunchTemplateRequest);
  const { UserData } = objectOf(request.LaunchTemplateData);
  expect(Buffer.from(textOf(UserData), 'base64').toString()).toMatch(/^#!\/bin\/sh\n/);
  const removed = named('RunInstances', 'ModifyInstanceAttribute').flatMap(
    (record) => parameters(record).userData ?? [],
  );
  expect(removed).toEqual(['<sensitiveDataRemoved>', '<sensitiveDataRemoved>']);
});

test('a policy document as text that allows everything', () => {
  const documents = named('CreatePolicyVersion').map((record) => textOf(parameters(record).policyDocument));
  const statements = documents.map((text) => (JSON.parse(text) as { Statement: readonly unknown[] }).Statement);
  expect(statements).toContainEqual([{ Sid: 'temporary', Effect: 'Allow', Action: '*', Resource: '*' }]);
});

test('a denial that EC2 tells in an encoded message, and one by the policy of a VPC endpoint', () => {
  const messages = RECORDS.map(({ errorMessage }) => textOf(errorMessage));
  expect(messages.some((message) => /Encoded authorization failure message: [\w-]{200,}$/.test(message))).toBe(true);
  const network = RECORDS.filter(({ eventCategory }) => eventCategory === 'NetworkActivity');
  expect(network.map(({ eventType, errorCode }) => [eventType, errorCode])).toEqual([
    ['AwsVpceEvent', 'VpceAccessDenied'],
  ]);
});
