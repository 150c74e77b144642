import { describe, expect, test } from 'vitest';
import {
  isIdOrArn,
  isSameResource,
  isSpecificName,
  mentions,
  otherNamesIn,
  plainNameOf,
  resourceMatcher,
} from '../../src/cloudtrail/resource-names.ts';

const IN = 'eu-west-1:111122223333';
const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';

describe('plainNameOf', () => {
  test.each([
    [`arn:aws:ec2:${IN}:instance/i-0ab12cd34ef567890`, 'i-0ab12cd34ef567890'],
    ['arn:aws:s3:::example-logs', 'example-logs'],
    ['arn:aws:s3:::example-logs/*', 'example-logs'],
    ['arn:aws:s3:::example-logs/a/b', 'example-logs/a/b'],
    ['arn:aws:iam::111122223333:role/service/Admin', 'Admin'],
    ['arn:aws:sts::111122223333:assumed-role/Admin/alice', 'Admin'],
    [`arn:aws:lambda:${IN}:function:ship:PROD`, 'ship'],
    [`arn:aws:kms:${IN}:key/${KEY}`, KEY],
    [`arn:aws:kms:${IN}:alias/orders`, 'alias/orders'],
    [`arn:aws:secretsmanager:${IN}:secret:prod/db-AbCdEf`, 'prod/db'],
    [`arn:aws:elasticloadbalancing:${IN}:loadbalancer/app/web/50dc6c495c0c9188`, 'web'],
    [`arn:aws:cloudformation:${IN}:stack/web/0a-1b`, 'web'],
    [`arn:aws:rds:${IN}:db:orders`, 'orders'],
    [`arn:aws:sns:${IN}:alarms`, 'alarms'],
    [`arn:aws-cn:ec2:cn-north-1:111122223333:volume/vol-12345678`, 'vol-12345678'],
    [' web ', 'web'],
    ['', ''],
    ['arn:', 'arn:'],
  ])('%s', (name, plain) => {
    expect(plainNameOf(name)).toBe(plain);
  });
});

describe('one resource, however it is spelled', () => {
  test.each([
    [`arn:aws:ec2:${IN}:instance/i-0ab12cd34ef567890`, 'I-0AB12CD34EF567890', true],
    ['arn:aws:s3:::example-logs', 'example-logs', true],
    [`arn:aws:secretsmanager:${IN}:secret:prod/db-AbCdEf`, 'prod/db', true],
    [`arn:aws:secretsmanager:${IN}:secret:prod/db-AbCdEf`, 'prod/db-AbCdEf', true],
    [`arn:aws:lambda:${IN}:function:ship`, `arn:aws:lambda:${IN}:function:ship:3`, true],
    [`arn:aws:ssm:${IN}:parameter/plain`, 'plain', true],
    ['arn:aws:iam::111122223333:role/web', 'arn:aws:iam::111122223333:user/web', false],
    ['arn:aws:iam::111122223333:role/web', 'arn:aws:iam::444455556666:role/web', false],
    ['web', 'web-2', false],
    ['', '', false],
  ])('%s and %s: %s', (a, b, isSame) => {
    expect(isSameResource(a, b)).toBe(isSame);
    expect(isSameResource(b, a)).toBe(isSame);
  });

  test('values of records are told by all of its names, and never by what is no text', () => {
    const is = resourceMatcher(['Admin', 'arn:aws:iam::111122223333:role/Admin', 'AROAEXAMPLEEXAMPLE12']);
    const yes = ['admin', 'AROAEXAMPLEEXAMPLE12', 'arn:aws:iam::111122223333:role/Admin'];
    expect(yes.map(is)).toEqual([true, true, true]);
    const no = ['arn:aws:iam::111122223333:user/Admin', 'Admin2', '', null, {}, ['Admin'], undefined];
    expect(no.map(is)).toEqual(no.map(() => false));
  });
});

test('short names and plain words are looked for whole only', () => {
  expect(
    ['i-12345678', 'example-logs', 'AWSReservedSSO_Admin_0a1b', `arn:aws:sns:${IN}:a`].map(isSpecificName),
  ).toEqual([...[true, true, true, true]]);
  expect(['web', 'production', 'Administrator', ''].map(isSpecificName)).toEqual([false, false, false, false]);
});

test('ids and ARNs are told from other texts', () => {
  expect(['i-0ab12cd34ef567890', 'AROAEXAMPLEEXAMPLE12', 'arn:aws:s3:::b'].map(isIdOrArn)).toEqual([true, true, true]);
  expect(['web', 'see i-12345678', '', 'arn:', '2026-05-19'].map(isIdOrArn)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});

test('a longer name does not mention a shorter one', () => {
  expect(mentions('{"a":"arn:aws:s3:::example-logs/x"}', 'example-logs')).toBe(true);
  expect(mentions('{"a":"example-logs-2"}', 'example-logs')).toBe(false);
  expect(mentions('example-logs-2 example-logs', 'example-logs')).toBe(true);
  expect(mentions('x', '')).toBe(false);
});

describe('otherNamesIn', () => {
  test.each<[string, object, string, readonly string[]]>([
    [
      'a role’s id',
      { responseElements: { role: { roleName: 'Admin', roleId: 'AROAEXAMPLE', arn: 'arn:aws:iam::1:role/x/Admin' } } },
      'Admin',
      ['AROAEXAMPLE'],
    ],
    ['a key’s alias', { requestParameters: { aliasName: 'alias/orders', targetKeyId: KEY } }, KEY, ['alias/orders']],
    [
      'the key behind an alias',
      {
        eventSource: 'kms.amazonaws.com',
        requestParameters: { keyId: 'alias/orders' },
        resources: [{ ARN: `arn:aws:kms:${IN}:key/${KEY}` }],
      },
      'alias/orders',
      [`arn:aws:kms:${IN}:key/${KEY}`],
    ],
    [
      'a secret’s ARN',
      {
        requestParameters: { secretId: 'db' },
        responseElements: { aRN: `arn:aws:secretsmanager:${IN}:secret:other-AbCdEf` },
      },
      'db',
      [`arn:aws:secretsmanager:${IN}:secret:other-AbCdEf`],
    ],
    ['others stay others', { requestParameters: { roleName: 'Ops', roleId: 'AROA2' } }, 'Admin', []],
  ])('%s', (_, record, name, names) => {
    expect(otherNamesIn(record, resourceMatcher([name])).toSorted()).toEqual(names.toSorted());
  });

  test('odd records tell none', () => {
    const is = resourceMatcher(['x']);
    for (const record of [null, 1, [], { requestParameters: [null, 'x'], responseElements: 'x', resources: [3] }])
      expect(otherNamesIn(record, is)).toEqual([]);
  });
});
