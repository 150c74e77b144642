// Fuzzy words among all the names that the program knows, and among people: what one means comes first, and nothing
// comes that one would not take for it.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EVENT_NAMES, EVENT_SOURCES } from '../../src/cloudtrail/event-names.ts';
import type { StoredFieldId } from '../../src/cloudtrail/fields.ts';
import { findFuzzy } from '../../src/query/fuzzy.ts';
import { isWord } from '../../src/query/fuzzy-matches.ts';

const counted = (values: readonly string[]) => values.map((value, index) => ({ value, count: values.length - index }));

const VALUES: ReadonlyMap<StoredFieldId, readonly { value: string; count: number }[]> = new Map([
  ['name', counted(EVENT_NAMES.toSorted())],
  ['source', counted(EVENT_SOURCES)],
  [
    'who',
    counted([
      'Admin/alice',
      'Ops/bob',
      'ci-deploy/build-4711',
      'root',
      'carol@example.com',
      'deploy-legacy',
      'ReadOnly/dave',
    ]),
  ],
  ['user', counted(['alice', 'bob', 'carol@example.com', 'dave', 'terraform'])],
  ['role', counted(['Admin', 'Ops', 'ReadOnly', 'AWSServiceRoleForAutoScaling', 'ecsTaskExecutionRole'])],
  ['session', counted(['alice', 'bob', 'build-4711', 'i-0ab12cd34ef567890'])],
  ['error', counted(['AccessDenied', 'Client.UnauthorizedOperation', 'ThrottlingException', 'NoSuchEntityException'])],
  ['region', counted(['eu-west-1', 'us-east-1', 'ap-northeast-1'])],
]);

const found = (word: string) => findFuzzy(word, VALUES).map(({ value }) => value);

describe('what is meant comes first', () => {
  test.each([
    ['rnin', 'RunInstances'],
    ['runinst', 'RunInstances'],
    ['rnuinst', 'RunInstances'],
    ['runinstnaces', 'RunInstances'],
    ['termnateinst', 'TerminateInstances'],
    ['dscrbinst', 'DescribeInstances'],
    ['desinst', 'DescribeInstances'],
    ['consolelogn', 'ConsoleLogin'],
    ['assumrole', 'AssumeRole'],
    ['getsecret', 'GetSecretValue'],
    ['gtsecval', 'GetSecretValue'],
    ['stoplog', 'StopLogging'],
    ['stoploging', 'StopLogging'],
    ['creatuser', 'CreateUser'],
    ['lstusr', 'ListUsers'],
    ['crtacckey', 'CreateAccessKey'],
    ['atchrolepol', 'AttachRolePolicy'],
    ['deletrail', 'DeleteTrail'],
    ['decript', 'Decrypt'],
    ['encryt', 'Encrypt'],
    ['accesden', 'AccessDenied'],
    ['accssdenied', 'AccessDenied'],
    ['alcie', 'alice'],
    ['terrform', 'terraform'],
    ['cloudtrial', 'cloudtrail.amazonaws.com'],
    ['dynmo', 'dynamodb.amazonaws.com'],
    ['gurdduty', 'guardduty.amazonaws.com'],
    ['euwest1', 'eu-west-1'],
  ])('%s: %s', (word, first) => expect(found(word)[0]).toBe(first));

  test('termnate is every name that starts with Terminate', () => {
    expect(found('termnate')).toContain('TerminateInstances');
    expect(found('termnate').every((value) => value.startsWith('Terminate'))).toBe(true);
  });
});

describe('nothing absurd comes along', () => {
  test.each([
    ['ec2', ['ec2.amazonaws.com']],
    ['s3', ['s3.amazonaws.com']],
    ['root', ['root']],
    ['admin', ['Admin']],
    ['ops', ['Ops']],
    ['readonly', ['ReadOnly']],
    ['ruin', ['RunInstances']],
    ['accesden', ['AccessDenied']],
    ['hello', []],
    ['xyzzy', []],
    ['bobb', []],
    ['i-0ab12cd34ef567891', []],
    ['build-4712', []],
    ['203.0.113.9', []],
    ['999988887777', []],
  ])('%s', (word, values) => expect([...new Set(found(word))]).toEqual(values));

  const cases = fc.constantFrom<(text: string) => string>(
    (text) => text.toLowerCase(),
    (text) => text.toUpperCase(),
    (text) => text,
  );

  test('a word that is a value means that value', () => {
    fc.assert(
      fc.property(fc.constantFrom(...[...VALUES.values()].flat()), cases, ({ value }, spelt) => {
        const matches = findFuzzy(spelt(value), VALUES);
        expect(matches.length).toBeGreaterThan(0);
        expect(matches.every((match) => isWord(value, match))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

test('one slip in a long name, after its first letters, still finds it', () => {
  const slip = fc.constantFrom<(text: string, at: number) => string>(
    (text, at) => text.slice(0, at) + text.slice(at + 1),
    (text, at) => text.slice(0, at) + text.charAt(at) + text.slice(at),
    (text, at) => text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2),
    (text, at) => `${text.slice(0, at)}x${text.slice(at + 1)}`,
  );
  const long = EVENT_NAMES.filter((name) => name.length >= 10 && name.length <= 40 && !/\d{4}/.test(name));
  fc.assert(
    fc.property(fc.constantFrom(...long), slip, fc.nat(), (name, make, place) => {
      const word = make(name.toLowerCase(), 2 + (place % (name.length - 4)));
      expect(found(word)).toContain(name);
    }),
    { numRuns: 150 },
  );
});
