import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identityCard } from '../../src/cloudtrail/identity-card.ts';
import { identityChain } from '../../src/cloudtrail/identity-chain.ts';
import { identityCells } from '../../src/cloudtrail/user-identity.ts';

const identities = JSON.parse(
  readFileSync(new URL('../../fixtures/records/identities.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;

const NOTHING = {
  who: '',
  user: '',
  role: '',
  session: '',
  type: '',
  key: '',
  caller: '',
  arn: '',
  service: '',
  mfa: '',
};

describe('identityCells', () => {
  test.each([
    ['root from the console', { who: 'root', user: 'root', role: '', mfa: 'false', key: 'ASIAROOTEXAMPLE00001' }],
    ['IAM user with a long-term key', { who: 'deploy', user: 'deploy', caller: '111122223333', mfa: '' }],
    [
      'permission set of Identity Center',
      {
        who: 'Admin/alice',
        user: 'alice',
        role: 'AWSReservedSSO_Admin_0123456789abcdef',
        session: 'alice',
        mfa: 'true',
      },
    ],
    ['EC2 instance role', { who: 'web/i-0ab12cd34ef567890', role: 'web', session: 'i-0ab12cd34ef567890' }],
    ['web identity session', { who: 'ci-deploy/build-4711', service: 'cloudformation.amazonaws.com' }],
    ['role session with nothing but an ARN', { who: 'Ops/bob', user: 'bob', role: 'Ops', session: 'bob', key: '' }],
    ['federated user', { who: 'broker/visitor', user: 'visitor', role: 'broker', session: 'visitor' }],
    ['another account', { who: '444455556666', session: 'partner', user: '' }],
    ['anonymous', { who: 'anonymous' }],
    ['a service', { who: 'autoscaling.amazonaws.com', service: 'autoscaling.amazonaws.com', user: '' }],
    ['Identity Center user', { who: '90676-EXAMPLE' }],
    ['SAML', { who: 'dave@example.com', user: 'dave@example.com' }],
    ['web identity', { who: 'repo:shop' }],
    ['service event without a type', { who: 'ec2.amazonaws.com', type: '', caller: '111122223333' }],
    ['hidden user name', { who: 'HIDDEN_DUE_TO_SECURITY_REASONS' }],
    ['console CSV', { who: 'erin', user: 'erin', key: 'AKIAEXAMPLEERIN00001', type: '' }],
  ])('%s', (name, expected) => {
    expect(identities[name]).toBeDefined();
    expect(identityCells(identities[name])).toMatchObject(expected);
  });

  test.each([
    ['AWSReservedSSO_Admin_abc', 'Admin/alice'],
    ['AWSReservedSSO_Power_Users_0123456789abcdef', 'Power_Users/alice'],
    ['AWSReservedSSO_Admin', 'Admin/alice'],
    ['Admin_abc', 'Admin_abc/alice'],
  ])('role %s reads %s', (role, who) => {
    const arn = `arn:aws:sts::111122223333:assumed-role/${role}/alice`;
    expect(identityCells({ type: 'AssumedRole', arn })).toMatchObject({ who, role });
  });

  test.each([null, undefined, '', true, [], [1], ['alice'], {}])('%j states nothing', (value) => {
    expect(identityCells(value)).toEqual(NOTHING);
  });

  test('any value gives ten strings', () => {
    const shape = fc.record(
      {
        type: fc.oneof(fc.anything(), fc.constantFrom('AssumedRole', 'Root', 'IAMUser', 'AWSAccount', 'SAMLUser')),
        arn: fc.oneof(
          fc.anything(),
          fc.string().map((text) => `arn:aws:sts::1:assumed-role/${text}`),
        ),
        principalId: fc.anything(),
        userName: fc.anything(),
        sessionContext: fc.oneof(fc.anything(), fc.record({ sessionIssuer: fc.anything(), attributes: fc.anything() })),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(shape, (value) => {
        const cells = identityCells(value);
        expect(Object.keys(cells).sort()).toEqual(Object.keys(NOTHING).sort());
        expect(Object.values(cells).every((cell) => typeof cell === 'string')).toBe(true);
        expect(identityCard({ userIdentity: value })).toHaveLength(4);
      }),
    );
  });
});

describe('identityCard', () => {
  test.each([
    // [identity, root or IAM user, role or federated user, Identity Center, service]
    ['root from the console', 'yes', 'no', 'not stated', 'not stated'],
    ['IAM user with a long-term key', 'yes', 'no', 'not stated', 'not stated'],
    ['permission set of Identity Center', 'no', 'yes', 'yes', 'not stated'],
    ['EC2 instance role', 'no', 'yes', 'not stated', 'not stated'],
    ['web identity session', 'no', 'yes', 'not stated', 'yes'],
    ['federated user', 'no', 'yes', 'not stated', 'not stated'],
    ['another account', 'no', 'yes', 'not stated', 'not stated'],
    ['anonymous', 'no', 'no', 'not stated', 'not stated'],
    ['a service', 'no', 'no', 'not stated', 'yes'],
    ['Identity Center user', 'no', 'no', 'yes', 'not stated'],
    ['SAML', 'no', 'no', 'not stated', 'not stated'],
    ['service event without a type', 'not stated', 'not stated', 'not stated', 'yes'],
    ['console CSV', 'yes', 'not stated', 'not stated', 'not stated'],
  ])('%s', (name, ...answers) => {
    expect(identityCard({ userIdentity: identities[name] }).map(({ answer }) => answer)).toEqual(answers);
  });

  test('tells key, MFA, issuer and where the session came from', () => {
    const details = (name: string) =>
      identityCard({ userIdentity: identities[name] }).flatMap((answer) => answer.details);
    expect(details('root from the console')).toEqual([
      'root of the account',
      'session key ASIAROOTEXAMPLE00001 (console, GetSessionToken or AssumeRoot)',
      'without MFA',
    ]);
    expect(details('IAM user with a long-term key')).toContain('long-term access key AKIAEXAMPLEDEPLOY001');
    expect(details('IAM user with a long-term key')).toContain('MFA not stated');
    expect(details('EC2 instance role')).toContain('EC2 instance, IMDSv1');
    expect(details('web identity session')).toEqual(
      expect.arrayContaining([
        'source identity carol',
        'web identity from arn:aws:iam::111122223333:oidc-provider/ci.example.com',
        'by cloudformation.amazonaws.com',
      ]),
    );
    expect(details('federated user')).toContain('issued by IAM user broker');
    expect(details('permission set of Identity Center')).toContain('user a1b2c3d4-5678-90ab-cdef-EXAMPLE11111');
  });

  test('a sign-in shows MFAUsed and that no key was involved', () => {
    const record = {
      eventType: 'AwsConsoleSignIn',
      userIdentity: { type: 'IAMUser', userName: 'alice', accountId: '111122223333' },
      additionalEventData: { MFAUsed: 'Yes' },
    };
    expect(identityCard(record)[0]).toMatchObject({
      answer: 'yes',
      details: ['IAM user alice', 'no key: console sign-in', 'with MFA'],
    });
  });

  test('the chain goes from the person to the service', () => {
    expect(identityChain({ userIdentity: identities['web identity session'] })).toEqual([
      { kind: 'source identity', text: 'carol', isHint: false },
      { kind: 'person', text: 'build-4711', isHint: true },
      { kind: 'role', text: 'ci-deploy', isHint: false },
      { kind: 'service', text: 'cloudformation.amazonaws.com', isHint: false },
    ]);
    expect(identityChain(null)).toEqual([]);
  });
});
