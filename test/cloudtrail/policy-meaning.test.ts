import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policyMeaning } from '../../src/cloudtrail/policy-meaning.ts';

const policy = (...statements: readonly unknown[]) => ({ Version: '2012-10-17', Statement: statements });
const ALLOW_ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
const READ = { Effect: 'Allow', Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::examplebucket/*' };

test.each([
  [policy(ALLOW_ALL), 'allows * on *'],
  [{ Statement: ALLOW_ALL }, 'allows * on *'],
  [policy(READ), 'allows s3:GetObject on arn:aws:s3:::examplebucket/*'],
  [policy({ ...READ, Principal: '*' }), 'anyone may s3:GetObject on arn:aws:s3:::examplebucket/*'],
  [policy({ ...READ, Principal: { AWS: ['*'] }, Resource: [] }), 'anyone may s3:GetObject'],
  [
    policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    'ec2.amazonaws.com may sts:AssumeRole',
  ],
  [
    policy({
      Effect: 'Allow',
      Principal: { AWS: ['arn:aws:iam::444455556666:root', 'arn:aws:iam::111122223333:role/Admin'] },
      Action: 'sts:AssumeRole',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    }),
    'account 444455556666, role Admin may sts:AssumeRole, with conditions',
  ],
  [policy({ Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }), 'denies everything but iam:* on *'],
  [
    policy({ Effect: 'Deny', NotPrincipal: { AWS: '111122223333' }, Action: ['a:b', 'c:d', 'e:f'], Resource: '*' }),
    'all but account 111122223333 may not a:b, c:d and 1 more on *',
  ],
  // What opens the most comes first.
  [
    policy({ ...READ, Effect: 'Deny' }, READ, { ...READ, Principal: '*' }, ALLOW_ALL),
    'anyone may s3:GetObject on arn:aws:s3:::examplebucket/*; allows * on *; and 2 more',
  ],
  [policy({ Effect: 'Allow' }), 'allows what is not stated'],
  [policy(), ''],
  [{ Statement: ['x', null, 3] }, ''],
  [['Statement'], ''],
  [null, ''],
])('%j: %s', (value, expected) => {
  expect(policyMeaning(value)).toBe(expected);
});

test('statements may be anything', () => {
  const statement = fc.record(
    {
      Effect: fc.oneof(fc.constantFrom('Allow', 'Deny'), fc.jsonValue()),
      Principal: fc.jsonValue(),
      NotPrincipal: fc.jsonValue(),
      Action: fc.jsonValue(),
      NotAction: fc.jsonValue(),
      Resource: fc.jsonValue(),
      Condition: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(statement, fc.array(statement), fc.jsonValue()), (Statement) => {
      expect(typeof policyMeaning({ Statement })).toBe('string');
    }),
  );
});
