import { describe, expect, test } from 'vitest';
import type { StoredFieldId } from '../../src/cloudtrail/fields.ts';
import { findFuzzy, MAX_MATCHES } from '../../src/query/fuzzy.ts';
import { createFuzzyMatcher } from '../../src/query/fuzzy-client.ts';
import { fuzzyWords } from '../../src/query/fuzzy-matches.ts';
import { partStarts } from '../../src/query/fuzzy-rank.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { EVENT_NAMES } from './event-names.ts';
import { CLOCK } from './queries.ts';

const counted = (...values: string[]) => values.map((value, index) => ({ value, count: index + 1 }));

const VALUES = new Map<StoredFieldId, readonly { value: string; count: number }[]>([
  ['name', EVENT_NAMES.map((value) => ({ value, count: 1000 - value.length }))],
  [
    'source',
    counted(
      'ec2.amazonaws.com',
      'ec2-instance-connect.amazonaws.com',
      's3.amazonaws.com',
      'signin.amazonaws.com',
      'kms.amazonaws.com',
    ),
  ],
  ['who', counted('Admin/alice', 'Ops/bob', 'ci-deploy/run-4711', 'root', 'carol@example.com', 'José')],
  ['user', counted('alice', 'bob', 'terraform', 'carol@example.com', 'malice')],
  ['role', counted('Admin', 'Ops', 'AWSReservedSSO_PowerUserAccess_0123456789abcdef')],
  ['error', counted('AccessDenied', 'Client.UnauthorizedOperation', 'ThrottlingException')],
  ['region', counted('eu-west-1', 'us-east-1')],
  ['readOnly', counted('true', 'false')],
  ['type', counted('AssumedRole', 'IAMUser', 'Root')],
]);

const found = (word: string) => findFuzzy(word, VALUES).map(({ value }) => value);

describe('a word stands for', () => {
  test('enough names to go astray in', () => expect(EVENT_NAMES.length).toBeGreaterThan(550));

  test.each<[string, readonly string[]]>([
    ['runinstances', ['RunInstances']],
    ['ALICE', ['alice']],
    ['ec2', ['ec2.amazonaws.com']],
    ['root', ['root']],
    ['AssumeRole', ['AssumeRole']],
    ['admin', ['Admin']],
  ])('the value it is, and no other: %s', (word, values) => expect(found(word)).toEqual(values));

  test.each<[string, readonly string[]]>([
    ['runinst', ['RunInstances']],
    ['throttl', ['ThrottlingException']],
    ['unauth', ['Client.UnauthorizedOperation']],
    ['deploy', ['ci-deploy/run-4711']],
    ['josÉ', ['José']],
  ])('those that hold it, before any that resemble it: %s', (word, values) => expect(found(word)).toEqual(values));

  test.each<[string, readonly string[]]>([
    ['rnin', ['RunInstances']],
    [
      'termnate',
      ['TerminateSession', 'TerminateJobFlows', 'TerminateInstances', 'TerminateInstanceInAutoScalingGroup'],
    ],
    ['termnateinstances', ['TerminateInstances']],
    ['alcie', ['alice', 'Admin/alice']],
    ['lalice', ['alice', 'Admin/alice']],
    ['assumrole', ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity', 'UpdateAssumeRolePolicy']],
    ['consolelogn', ['ConsoleLogin']],
    ['conslelogin', ['ConsoleLogin']],
    ['getsecretvlaue', ['GetSecretValue', 'BatchGetSecretValue']],
    ['stoplgging', ['StopLogging']],
    ['putbuckpol', ['PutBucketPolicy']],
    ['acessdenied', ['AccessDenied']],
    ['terrafrom', ['terraform']],
    ['crtbkt', ['CreateBucket']],
    ['mutliple', []],
    ['trmntinstnces', ['TerminateInstances']],
    ['xyzzy', []],
    ['203.0.113.9', []],
    ['i-0ab12cd34ef567890', []],
    ['123456789012', []],
    ['fale', []],
    ['zz', []],
  ])('those that resemble it: %s', (word, values) => expect(found(word)).toEqual(values));

  test('what it holds at its start first, at most fifty', () => {
    const holding = found('instance');
    expect(holding[0]).toMatch(/^(Run|ec2-)?Instance/i);
    expect(found('describe').length).toBeLessThanOrEqual(MAX_MATCHES);
    expect(found('e').length).toBe(MAX_MATCHES);
  });

  test('one field only, when it names one', () => {
    expect(findFuzzy('user:~alcie', VALUES).map(({ field, value }) => [field, value])).toEqual([['user', 'alice']]);
    expect(findFuzzy('type:~assumd', VALUES).map(({ value }) => value)).toEqual(['AssumedRole']);
  });

  test('hostile words and values are no harm', () => {
    const hostile = new Map<StoredFieldId, readonly { value: string; count: number }[]>([
      ['name', counted('a'.repeat(2000), '(((', '\\', 'İİİİ', '😀', '')],
    ]);
    for (const word of ['(', '\\', 'İ', '😀😀😀😀', '*', 'ab'.repeat(5000), 'aaab'.repeat(16), '$'])
      findFuzzy(word, hostile);
  });
});

test('partStarts', () => {
  const parts = (name: string) =>
    partStarts(name)
      .map((at) => name.charAt(at))
      .join('');
  expect(parts('RunInstances')).toBe('RI');
  expect(parts('CreateDBInstance')).toBe('CDI');
  expect(parts('SendSSHPublicKey')).toBe('SSPK');
  expect(parts('Admin/alice')).toBe('Aa');
  expect(parts('eu-west-1')).toBe('ew1');
});

test('fuzzyWords: what must be asked, each once', () => {
  const { query } = parseQuery("rnin 'x ^y !(alcie | rnin) role:~admn ip:~10 id:~q name:z", CLOCK);
  expect(query === null ? null : fuzzyWords(query)).toEqual(['rnin', 'alcie', 'role:~admn']);
});

describe('the matcher in its thread', () => {
  test('answers over what it was given so far', async () => {
    const matcher = createFuzzyMatcher();
    matcher.update('name', counted('RunInstances'));
    expect(await matcher.match(['rnin', 'alcie'])).toEqual(
      new Map([
        ['rnin', [{ field: 'name', value: 'RunInstances', count: 1 }]],
        ['alcie', []],
      ]),
    );
    matcher.update('user', counted('bob', 'alice'));
    matcher.update('name', [{ value: 'RunInstances', count: 9 }]);
    const [later, same] = await Promise.all([matcher.match(['alcie']), matcher.match(['rnin'])]);
    expect(later.get('alcie')).toEqual([{ field: 'user', value: 'alice', count: 2 }]);
    expect(same.get('rnin')).toEqual([{ field: 'name', value: 'RunInstances', count: 9 }]);
    matcher.close();
  });

  test('closing settles what is still asked', async () => {
    const matcher = createFuzzyMatcher();
    const asked = matcher.match(['x']);
    matcher.close();
    expect(await asked).toEqual(new Map());
    expect(await matcher.match(['x'])).toEqual(new Map());
  });

  test('a worker that cannot start rejects', async () => {
    const matcher = createFuzzyMatcher(new URL('./no-such-worker.ts', import.meta.url));
    await expect(matcher.match(['x'])).rejects.toThrow();
    matcher.close();
  });
});
