import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policyMeaning } from '../../src/cloudtrail/policy-meaning.ts';

const policy = (...statements: readonly unknown[]) => ({ Version: '2012-10-17', Statement: statements });
const ALLOW_ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
const OWN = '111122223333';
const OTHER = '999999999999';
const READ = { Effect: 'Allow', Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::examplebucket/*' };

const ORG = { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } };

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
    'anyone may s3:GetObject on arn:aws:s3:::examplebucket/*; allows * on *; and 1 more and 1 that denies',
  ],
  [policy({ Effect: 'Allow' }), 'an Allow without an Action'],
  [policy({ Effect: 'Deny', Principal: '*' }), 'a Deny for anyone without an Action'],
  // Whose role it is decides whether it is a door.
  [
    policy({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OTHER}:role/Admin` }, Action: 'sts:AssumeRole' }),
    `role Admin of account ${OTHER} may sts:AssumeRole`,
  ],
  [
    policy({
      Effect: 'Allow',
      Principal: { AWS: [`arn:aws:iam::${OWN}:role/a`, `arn:aws:iam::${OWN}:role/b`, `arn:aws:iam::${OTHER}:root`] },
      Action: 'sts:AssumeRole',
    }),
    `account ${OTHER}, role a and 1 more may sts:AssumeRole`,
  ],
  [
    policy({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OTHER}:role/${'x'.repeat(64)}` }, Action: 'a:b' }),
    `role ${'x'.repeat(43)}… of account ${OTHER} may a:b`,
  ],
  // The broadest is not folded away.
  [
    policy({ Effect: 'Allow', Action: ['s3:a', 's3:b', 'iam:*', '*'], Resource: ['arn:aws:s3:::a', 'b', '*'] }),
    'allows *, iam:* and 2 more on *, arn:aws:s3:::a and 1 more',
  ],
  [
    policy(
      { ...READ, Action: 's3:Get*', Principal: '*', Condition: ORG },
      { ...READ, Action: 's3:List*', Principal: '*', Condition: ORG },
      { ...READ, Principal: '*', Resource: '*' },
    ),
    'anyone may s3:GetObject on *; anyone may s3:Get* on arn:aws:s3:::examplebucket/*, with conditions; and 1 more',
  ],
  [
    policy(
      { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
      { Effect: 'Allow', Principal: { Service: 'ssm.amazonaws.com' }, Action: 'sts:AssumeRole' },
      { Effect: 'Allow', Principal: { AWS: OTHER }, Action: 'sts:AssumeRole' },
    ),
    `account ${OTHER} may sts:AssumeRole; ec2.amazonaws.com may sts:AssumeRole; and 1 more`,
  ],
  [
    policy(...Array.from({ length: 600 }, () => READ), { ...READ, Principal: '*' }),
    'anyone may s3:GetObject on arn:aws:s3:::examplebucket/*; allows s3:GetObject on arn:aws:s3:::examplebucket/*; and 599 more',
  ],
  // What denies everything is told; other denials are counted.
  [policy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }), 'nobody may s3:* on *'],
  [
    policy(READ, { ...READ, Action: 's3:List*' }, { Effect: 'Deny', Action: '*', Resource: '*' }),
    'denies * on *; allows s3:GetObject on arn:aws:s3:::examplebucket/*; and 1 more',
  ],
  [
    policy(READ, READ, READ, { ...READ, Effect: 'Deny' }, { ...READ, Effect: 'Deny' }),
    'allows s3:GetObject on arn:aws:s3:::examplebucket/*; allows s3:GetObject on arn:aws:s3:::examplebucket/*; and 1 more and 2 that deny',
  ],
  [
    policy({ Effect: 'Allow', Principal: { Federated: '*' }, Action: 'sts:AssumeRoleWithSAML' }),
    'anyone may sts:AssumeRoleWithSAML',
  ],
  // The spelling matters to AWS, which takes no such policy.
  [policy({ Effect: 'allow', Action: '*', Resource: '*' }), 'invalid Effect allow for * on *'],
  [policy(), ''],
  [{ Statement: ['x', null, 3] }, ''],
  [['Statement'], ''],
  [null, ''],
])('%j: %s', (value, expected) => {
  expect(policyMeaning(value, OWN)).toBe(expected);
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
      expect(typeof policyMeaning({ Statement }, OWN)).toBe('string');
    }),
  );
});

test('of a policy of nobody knows whom the accounts are said', () => {
  const value = policy({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OWN}:user/bob` }, Action: 'a:b' });
  expect(policyMeaning(value)).toBe(`user bob of account ${OWN} may a:b`);
});
