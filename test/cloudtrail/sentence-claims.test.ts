// A sentence claims no more than its record proves, and no less than an analyst has to see: tables of record → sentence.

import { describe, expect, test } from 'vitest';
import { addressMeaning } from '../../src/cloudtrail/address-meaning.ts';
import { kindLines } from '../../src/cloudtrail/event-summary.ts';
import { chainText, identityChain } from '../../src/cloudtrail/identity-chain.ts';
import { numberMeaning } from '../../src/cloudtrail/number-meaning.ts';
import { groupCallOf } from '../../src/cloudtrail/security-group-rules.ts';
import { stateChangesOf } from '../../src/cloudtrail/state-changes.ts';
import { summarize } from '../../src/cloudtrail/summary.ts';

const ACCOUNT = '111122223333';
const ALICE = { type: 'IAMUser', userName: 'alice', accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/alice` };

function event(service: string, eventName: string, requestParameters: unknown, rest: object = {}): object {
  return {
    userIdentity: ALICE,
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: 'eu-west-1',
    sourceIPAddress: '203.0.113.9',
    recipientAccountId: ACCOUNT,
    requestParameters,
    ...rest,
  };
}

/** Without the place and the address, and without alice. */
function said(record: object): string {
  return summarize(record)
    .replace(' in eu-west-1 from 203.0.113.9', '')
    .replace(/^alice \(account 111122223333\) /, '');
}

const answered = (responseElements: unknown) => ({ responseElements });

describe('a sign-in that failed', () => {
  const center = (eventName: string, outcome: object) =>
    event('signin', eventName, null, {
      eventType: 'AwsServiceEvent',
      userIdentity: {
        type: 'Unknown',
        accountId: ACCOUNT,
        onBehalfOf: { userId: '94482488-3041-7014-0000-000000000000' },
      },
      additionalEventData: { CredentialType: 'PASSWORD', UserName: 'carol' },
      ...outcome,
    });
  const root = { type: 'Root', accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root` };
  test.each<[string, object, string, string]>([
    [
      'in the details of Identity Center',
      center('CredentialVerification', { serviceEventDetails: { CredentialVerification: 'Failure' } }),
      'carol (account 111122223333) tried to prove a credential (PASSWORD) to IAM Identity Center; failed',
      'carol?',
    ],
    [
      'as a whole',
      center('UserAuthentication', { serviceEventDetails: { UserAuthentication: 'Failure' } }),
      'carol (account 111122223333) tried to sign in to IAM Identity Center with PASSWORD; failed',
      'carol?',
    ],
    [
      'in the answer',
      center('UserAuthentication', answered({ UserAuthentication: 'Failure' })),
      'carol (account 111122223333) tried to sign in to IAM Identity Center with PASSWORD; failed',
      'carol?',
    ],
    [
      'one that worked',
      center('UserAuthentication', { serviceEventDetails: { UserAuthentication: 'Success' } }),
      'carol (account 111122223333) signed in to IAM Identity Center with PASSWORD',
      'carol',
    ],
    [
      'a recovery',
      event('signin', 'PasswordRecoveryCompleted', null, {
        userIdentity: root,
        ...answered({ PasswordRecoveryCompleted: 'Failure' }),
      }),
      'root (account 111122223333) tried to recover the root password; failed',
      'root?',
    ],
    [
      'the outcome of another call proves nothing',
      event('signin', 'PasswordRecoveryCompleted', null, {
        userIdentity: root,
        ...answered({ ConsoleLogin: 'Failure' }),
      }),
      'root (account 111122223333) recovered the root password',
      'root',
    ],
  ])('%s', (_, record, sentence, chain) => {
    expect(said(record)).toBe(sentence);
    expect(chainText(identityChain(record))).toBe(chain);
  });
});

describe('who did it', () => {
  const assumed = (role: string, session: string, issuerPath = '') => ({
    type: 'AssumedRole',
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${session}`,
    accountId: ACCOUNT,
    ...(issuerPath === ''
      ? {}
      : {
          sessionContext: {
            sessionIssuer: { arn: `arn:aws:iam::${ACCOUNT}:role/${issuerPath}${role}`, userName: role },
          },
        }),
  });
  const SET = 'AWSReservedSSO_Admin_0123456789abcdef';
  test.each<[string, unknown, string]>([
    ['a permission set', assumed(SET, 'erin', 'aws-reserved/sso.amazonaws.com/'), 'erin (role Admin, account'],
    ['a role that only bears its name', assumed(SET, 'erin', 'team/'), `erin (role ${SET}, account`],
    ['a session called root', assumed('Admin', 'root'), 'session root of role Admin (account'],
    ['a session called as an account', assumed('Admin', '444455556666'), 'session 444455556666 of role Admin (account'],
    [
      'a session called as a service',
      assumed('Admin', 'ec2.amazonaws.com'),
      'session ec2.amazonaws.com of role Admin (account',
    ],
    ['a user called root', { ...ALICE, userName: 'root' }, 'IAM user root (account'],
    ['root', { type: 'Root', accountId: ACCOUNT }, 'root (account'],
    ['JSON in a text', JSON.stringify(ALICE), 'alice (account'],
    ['a bare ARN', ALICE.arn, `${ALICE.arn} stopped`],
    ['another spelling', { Type: 'iamuser', UserName: 'alice', AccountId: ACCOUNT }, 'alice (account'],
  ])('%s', (_, userIdentity, start) => {
    const sentence = summarize(event('ec2', 'StopInstances', null, { userIdentity }));
    expect(sentence.slice(0, start.length)).toBe(start);
  });

  test.each<[string, string, object, string]>([
    [
      'AssumeRole',
      'sts',
      { roleArn: `arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/${SET}` },
      'took on role Admin of account 444455556666',
    ],
    [
      'AssumeRole',
      'sts',
      { roleArn: `arn:aws:iam::444455556666:role/${SET}` },
      `took on role ${SET} of account 444455556666`,
    ],
    ['AssumeRoot', 'sts', { targetPrincipal: '444455556666' }, 'took on root of account 444455556666'],
    [
      'AssumeRoot',
      'sts',
      {
        targetPrincipal: 'arn:aws:iam::444455556666:root',
        taskPolicyArn: { arn: 'arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy' },
      },
      'took on root of account 444455556666 for the task S3UnlockBucketPolicy',
    ],
    ['AssumeRoot', 'sts', { targetPrincipal: '{taskPolicyArn}' }, 'took on root of account {taskPolicyArn}'],
  ])('%s of %s %j', (eventName, service, request, words) => {
    expect(said(event(service, eventName, request))).toBe(words);
  });

  test('in the console the set is told by its path as well', () => {
    const userIdentity = assumed(SET, 'erin', 'team/');
    expect(summarize(event('signin', 'SwitchRole', null, { userIdentity }))).toContain(`switched to role ${SET} in`);
  });
});

describe('MFA of a sign-in: the same in the sentence and in its lines', () => {
  const login = (userIdentity: object, additionalEventData: object) =>
    event('signin', 'ConsoleLogin', null, {
      eventType: 'AwsConsoleSignIn',
      userIdentity,
      additionalEventData,
      ...answered({ ConsoleLogin: 'Success' }),
    });
  const role = { type: 'AssumedRole', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Ops/erin`, accountId: ACCOUNT };
  const federated = { type: 'FederatedUser', arn: `arn:aws:sts::${ACCOUNT}:federated-user/erin`, accountId: ACCOUNT };
  const SAML = { MFAUsed: 'No', SamlProviderArn: `arn:aws:iam::${ACCOUNT}:saml-provider/idp` };
  const ELSEWHERE = 'not asked by AWS; the identity provider may have';
  test.each<[string, object, string, string]>([
    ['a role, no provider stated', login(role, { MFAUsed: 'No' }), 'console without MFA', 'not used'],
    ['a role through SAML', login(role, SAML), 'console through an identity provider', ELSEWHERE],
    ['a federated user', login(federated, { MFAUsed: 'No' }), 'console without MFA', 'not used'],
    ['with MFA', login(role, { ...SAML, MFAUsed: 'Yes' }), 'console with MFA', 'used'],
    ['not stated', login(ALICE, {}), 'console (MFA not stated)', 'not stated'],
  ])('%s', (_, record, words, told) => {
    expect(summarize(record)).toContain(`signed in to the ${words} in`);
    expect(kindLines(record).find(({ label }) => label === 'MFA')?.text).toBe(told);
  });
});

const SNAP = 'snap-0123456789abcdef0';
const SG = 'sg-0123456789abcdef0';

describe('rules of a security group', () => {
  const asked = (ipProtocol: string, port: number | null, ...ranges: readonly string[]) => ({
    ipProtocol,
    ...(port === null ? {} : { fromPort: port, toPort: port }),
    ipRanges: { items: ranges.map((cidrIp) => ({ cidrIp })) },
  });
  const permissions = (...items: readonly object[]) => ({ groupId: SG, ipPermissions: { items } });
  const modified = (SecurityGroupRule: unknown) => ({
    ModifySecurityGroupRulesRequest: { GroupId: SG, SecurityGroupRule },
  });
  const open = 'AuthorizeSecurityGroupIngress';
  const close = 'RevokeSecurityGroupIngress';
  const ssh = asked('tcp', 22, '0.0.0.0/0');
  const none = (...items: readonly object[]) => answered({ _return: true, unknownIpPermissionSet: { items } });
  test.each<[string, object, string]>([
    [open, permissions(asked('-1', 22, '0.0.0.0/0')), `opened all ports of ${SG} to the world (0.0.0.0/0)`],
    [open, permissions(asked('-1', -1, '0.0.0.0/0')), `opened all ports of ${SG} to the world (0.0.0.0/0)`],
    [open, permissions(asked('tcp', 22, '1.2.3.4/0')), `opened port 22/tcp of ${SG} to the world (1.2.3.4/0)`],
    [
      open,
      permissions(asked('tcp', 22, '0.0.0.0/1', '128.0.0.0/1')),
      `opened port 22/tcp of ${SG} to much of the internet (0.0.0.0/1, 128.0.0.0/1)`,
    ],
    [
      open,
      { groupId: SG, ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIpv6: '0::0/0' },
      `opened port 22/tcp of ${SG} to the world (0::0/0)`,
    ],
    [
      open,
      permissions(
        asked('tcp', 1, '10.0.0.0/8'),
        asked('tcp', 2, '10.0.0.0/8'),
        asked('tcp', 3, '192.0.2.0/24', '0.0.0.0/0'),
      ),
      `opened port 3/tcp of ${SG} to the world (0.0.0.0/0) and 1 more and port 1/tcp of ${SG} to 10.0.0.0/8, with 1 more rule`,
    ],
    [
      'ModifySecurityGroupRules',
      modified({
        SecurityGroupRuleId: 'sgr-1',
        SecurityGroupRule: { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '0.0.0.0/0' },
      }),
      `changed rules of ${SG}: port 22/tcp for the world (0.0.0.0/0)`,
    ],
    [
      'ModifySecurityGroupRules',
      modified([{ SecurityGroupRuleId: 'sgr-1', SecurityGroupRule: { IpProtocol: '-1', CidrIpv6: '::/0' } }]),
      `changed rules of ${SG}: all ports for the world (::/0)`,
    ],
    ['ModifySecurityGroupRules', modified([{ SecurityGroupRuleId: 'sgr-1' }]), `changed rules of ${SG}`],
  ])('%s %j', (eventName, request, words) => {
    expect(said(event('ec2', eventName, request))).toBe(words);
  });

  test('there was no such rule: nothing was closed', () => {
    const record = event('ec2', close, permissions(ssh), none(ssh));
    expect(said(record)).toBe(`asked to close port 22/tcp of ${SG} to the world (0.0.0.0/0); no such rule`);
    expect(stateChangesOf(record, SG)).toEqual(['nothing closed: no such rule as 22/tcp to 0.0.0.0/0']);
    expect(groupCallOf(record).change).toBe('closed nothing');
  });

  test('of many rules the world is told, not counted', () => {
    const ranges = Array.from({ length: 9 }, (_, at) => `10.0.${at}.0/24`);
    const record = event('ec2', open, permissions(asked('tcp', 443, ...ranges), asked('tcp', 22, '0.0.0.0/0')));
    expect(said(record)).toMatch(/^opened port 22\/tcp of sg-\w+ to the world \(0\.0\.0\.0\/0\) and port 443/);
    expect(stateChangesOf(record, SG)[0]).toMatch(/^opened 22\/tcp to 0\.0\.0\.0\/0, .* and 5 more$/);
  });

  test('one of two was there', () => {
    const record = event('ec2', close, permissions(ssh, asked('tcp', 80, '0.0.0.0/0')), none(ssh));
    expect(said(record)).toBe(`closed port 80/tcp of ${SG} to the world (0.0.0.0/0)`);
    expect(stateChangesOf(record, SG)).toEqual(['closed 80/tcp to 0.0.0.0/0']);
  });
});

test.each([
  ['1.2.3.4/0', 'everybody (IPv4)'],
  ['169.254.169.254/0', 'everybody (IPv4)'],
  ['0.0.0.0/00', 'everybody (IPv4)'],
  ['0::0/0', 'everybody (IPv6)'],
  ['2001:db8::/0', 'everybody (IPv6)'],
  ['0.0.0.0', 'any address'],
  ['999.2.3.4/0', ''],
  ['0.0.0.0/1', ''],
])('%s: %s', (range, meaning) => {
  expect(addressMeaning(range)).toBe(meaning);
});

test.each([
  ['-1', 'all protocols'],
  [6, 'TCP'],
  ['58', 'ICMPv6'],
  ['50', ''],
  ['constructor', ''],
])('protocol %s: %s', (number, meaning) => {
  expect(numberMeaning('ipProtocol', number)).toBe(meaning);
});

test.each<[string, object, string]>([
  [
    'SendSSHPublicKey',
    answered({ success: false }),
    'tried to push an SSH key for root to i-0123456789abcdef0; refused',
  ],
  ['SendSSHPublicKey', answered({ success: true }), 'pushed an SSH key for root to i-0123456789abcdef0'],
])('%s %j', (eventName, rest, words) => {
  const request = { instanceId: 'i-0123456789abcdef0', instanceOSUser: 'root' };
  expect(said(event('ec2-instance-connect', eventName, request, rest))).toBe(words);
});

test.each(['Client.DryRunOperation', 'DryRunOperation'])('%s', (errorCode) => {
  const record = event('ec2', 'RunInstances', null, { errorCode, errorMessage: 'Request would have succeeded' });
  expect(said(record)).toBe('tried to launch an instance as a dry run; it would have been allowed');
});

describe('what is public: the same in the sentence and in what has changed', () => {
  const policy = (...Statement: readonly object[]) => ({ Statement });
  const ALL = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' };
  const WORLD = 'http://acs.amazonaws.com/groups/global/AllUsers';
  const grant = (URI: string) => ({ AccessControlPolicy: { AccessControlList: { Grant: { Grantee: { URI } } } } });
  const PUBLIC = '(public, where that is not blocked)';
  const AWS = '(for every AWS account, where that is not blocked)';
  const b = (request: object) => ({ bucketName: 'b', ...request });
  const block = (settings: object) => b({ PublicAccessBlockConfiguration: settings });
  const invoke = (request: object) => ({ functionName: 'f', action: 'lambda:InvokeFunction', ...request });
  const snapshot = (createVolumePermission: object) => ({ snapshotId: SNAP, createVolumePermission });
  const items = (...all: readonly object[]) => ({ items: all });
  const [EVERYBODY, OTHER] = [{ group: 'all' }, { userId: '444455556666' }];

  test.each<[string, string, object, string, string, string]>([
    ['s3', 'PutBucketAcl', b(grant(WORLD)), 'b', `set the ACL of b ${PUBLIC}`, `ACL set ${PUBLIC}`],
    [
      's3',
      'PutBucketAcl',
      b({ 'x-amz-acl': 'authenticated-read' }),
      'b',
      `set the ACL of b to authenticated-read ${AWS}`,
      `ACL authenticated-read ${AWS}`,
    ],
    [
      's3',
      'PutBucketAcl',
      b({ 'x-amz-grant-read': `uri="${WORLD}"` }),
      'b',
      `set the ACL of b ${PUBLIC}`,
      `ACL set ${PUBLIC}`,
    ],
    ['s3', 'PutBucketAcl', b({ 'x-amz-acl': ['private'] }), 'b', 'set the ACL of b to private', 'ACL private'],
    ['s3', 'PutObject', b({ key: 'k', 'x-amz-acl': 'public-read' }), 'b/k', `wrote b/k ${PUBLIC}`, `written ${PUBLIC}`],
    ['s3', 'PutObject', b({ key: 'k' }), 'b/k', 'wrote b/k', 'written'],
    [
      's3',
      'PutBucketPublicAccessBlock',
      block({ BlockPublicAcls: true }),
      'b',
      'set the public access block of b (only BlockPublicAcls)',
      'public access block on: only BlockPublicAcls',
    ],
    [
      's3',
      'PutBucketPublicAccessBlock',
      block({ BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true }),
      'b',
      'blocked public access to b',
      'public access block on',
    ],
    [
      's3',
      'PutBucketPolicy',
      b({ bucketPolicy: policy(ALL) }),
      'b',
      'set the bucket policy of b (open to everybody)',
      'made public: its policy allows everyone',
    ],
    [
      's3',
      'PutBucketPolicy',
      b({ bucketPolicy: policy(ALL, { ...ALL, Effect: 'Deny' }) }),
      'b',
      'set the bucket policy of b (open to everybody but for what it denies)',
      'bucket policy set: it allows everyone but for what it denies',
    ],
    [
      's3',
      'PutBucketPolicy',
      b({ bucketPolicy: policy({ Effect: 'Allow', NotPrincipal: { AWS: ALICE.arn }, Action: 's3:*' }) }),
      'b',
      'set the bucket policy of b (open to everybody)',
      'made public: its policy allows everyone',
    ],
    [
      's3',
      'PutBucketPolicy',
      b({ bucketPolicy: JSON.stringify(policy({ ...ALL, Condition: {} })) }),
      'b',
      'set the bucket policy of b (open to everybody)',
      'made public: its policy allows everyone',
    ],
    [
      's3',
      'PutBucketPolicy',
      b({ bucketPolicy: policy({ ...ALL, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a' } } }) }),
      'b',
      'set the bucket policy of b',
      'bucket policy set',
    ],
    [
      'iam',
      'UpdateAssumeRolePolicy',
      {
        roleName: 'r',
        policyDocument: encodeURIComponent(JSON.stringify(policy({ ...ALL, Action: 'sts:AssumeRole' }))),
      },
      'r',
      'changed who may take on role r (everybody may)',
      'trust policy changed: everybody may take it on',
    ],
    [
      'lambda',
      'AddPermission20150331v2',
      invoke({ principal: '*' }),
      'f',
      'allowed everybody to call function f',
      'made public: everyone may call it',
    ],
    [
      'lambda',
      'AddPermission20150331v2',
      invoke({ principal: '*', principalOrgID: 'o-abc' }),
      'f',
      'allowed callers of organization o-abc to call function f',
      'callers of organization o-abc may call it',
    ],
    [
      'lambda',
      'AddPermission20150331v2',
      invoke({ principal: '*', sourceAccount: '444455556666' }),
      'f',
      'allowed callers of account 444455556666 to call function f',
      'callers of account 444455556666 may call it',
    ],
    [
      'lambda',
      'AddPermission20150331v2',
      invoke({ principal: 's3.amazonaws.com', sourceArn: 'arn:aws:s3:::b' }),
      'f',
      'allowed s3.amazonaws.com to call function f from b',
      's3.amazonaws.com may call it',
    ],
    [
      'lambda',
      'CreateFunctionUrlConfig',
      { functionName: 'f', authType: 'NONE' },
      'f',
      'gave function f a URL (open to everybody whom its resource policy allows)',
      'URL without authentication: open to everybody whom its resource policy allows',
    ],
    [
      'rds',
      'ModifyDBInstance',
      { dBInstanceIdentifier: 'db1', publiclyAccessible: true },
      'db1',
      'made database db1 publicly accessible (where its security groups allow)',
      'publicly accessible on',
    ],
    [
      'rds',
      'ModifyDBSnapshotAttribute',
      { dBSnapshotIdentifier: 's', valuesToRemove: ['all'], valuesToAdd: ['444455556666'] },
      's',
      'shared database snapshot s with account 444455556666 (no longer public)',
      'shared with 444455556666, no longer public',
    ],
    [
      'ec2',
      'ModifySnapshotAttribute',
      snapshot({ add: items(OTHER), remove: items(EVERYBODY) }),
      SNAP,
      `shared ${SNAP} with account 444455556666 (no longer public)`,
      'shared with 444455556666, no longer public',
    ],
    [
      'ec2',
      'ModifySnapshotAttribute',
      snapshot({ remove: items(EVERYBODY) }),
      SNAP,
      `made ${SNAP} no longer public`,
      'no longer public',
    ],
    [
      'ec2',
      'ModifySnapshotAttribute',
      { snapshotId: SNAP, operationType: 'remove', userIds: items({ userId: '444455556666' }) },
      SNAP,
      `stopped sharing ${SNAP} with account 444455556666`,
      'no longer shared with 444455556666',
    ],
  ])('%s %s %j', (service, eventName, request, resource, words, change) => {
    const record = event(service, eventName, request);
    expect(said(record)).toBe(words);
    expect(stateChangesOf(record, resource)).toEqual([change]);
  });

  test.each<[string, string, object, string]>([
    ['s3', 'CreateBucket', b({ 'x-amz-acl': 'public-read-write' }), `created bucket b ${PUBLIC}`],
    ['ssm', 'ModifyDocumentPermission', { name: 'doc', accountIdsToAdd: ['All'] }, 'made document doc public'],
    [
      'lambda',
      'AddLayerVersionPermission',
      { layerName: 'l', principal: '*', organizationId: 'o-abc' },
      'shared layer l with organization o-abc',
    ],
    [
      'lambda',
      'AddPermission20150331v2',
      invoke({ principal: '{functionName}' }),
      'allowed {functionName} to call function f',
    ],
    ['ssm', 'SendCommand', { documentName: 'd', instanceIds: ['{documentName}'] }, 'ran d on {documentName}'],
  ])('%s %s %j', (service, eventName, request, words) => {
    expect(said(event(service, eventName, request))).toBe(words);
  });
});

describe('what it was about', () => {
  const arn = 'arn:aws:glue:eu-west-1:111122223333:table/orders';
  test.each<[string, string, unknown, string, object?]>([
    ['glue', 'CreateJob', { databaseName: 'etl' }, 'created job of etl (glue)'],
    ['glue', 'CreateJob', { jobName: 'nightly' }, 'created job nightly (glue)'],
    ['glue', 'DeleteTable', null, 'deleted table orders (glue)', { resources: [{ ARN: arn }] }],
    ['glue', 'UpdateTableVersion', null, 'updated table version of orders (glue)', { resources: [{ ARN: arn }] }],
    ['bedrock', 'CreateModelCustomizationJob', { jobName: 'a' }, 'created model customization job a (bedrock)'],
    ['rds', 'DescribeDBLogFiles', { dBInstanceIdentifier: 'db1' }, 'looked at DB log files of db1'],
    ['s3', 'GetBucketCors', { bucketName: 'b' }, 'read bucket CORS of b'],
    ['ec2', 'EnableEbsThing', null, 'enabled EBS thing'],
    ['cognito-idp', 'AdminDeleteUser', { userPoolId: 'p' }, 'deleted user of p (cognito-idp)'],
    [
      'ec2',
      'MonitorInstances',
      { instancesSet: { items: [{ instanceId: 'i-0ab12cd34ef567890' }] } },
      'turned on detailed monitoring of i-0ab12cd34ef567890',
    ],
  ])('%s %s %j', (service, eventName, request, words, rest = {}) => {
    expect(said(event(service, eventName, request, rest))).toBe(words);
  });
});

describe('organizations: an account is made later than it is asked for', () => {
  const status = (state: string, more: object = {}) => ({ createAccountStatus: { state, ...more } });
  const result = (state: string) => ({
    eventType: 'AwsServiceEvent',
    serviceEventDetails: status(state, { accountName: 'x', failureReason: 'EMAIL_ALREADY_EXISTS' }),
  });
  test.each<[string, object, string]>([
    ['CreateAccount', answered(status('IN_PROGRESS')), 'asked to create account x in the organization'],
    [
      'CreateAccount',
      answered(status('FAILED', { failureReason: 'ACCOUNT_LIMIT_EXCEEDED' })),
      'tried to create account x in the organization; failed: ACCOUNT_LIMIT_EXCEEDED',
    ],
    ['CreateAccountResult', result('FAILED'), 'reported that account x could not be made: EMAIL_ALREADY_EXISTS'],
    ['CreateAccountResult', result('SUCCEEDED'), 'reported that account x was made'],
    ['CreateAccountResult', result('IN_PROGRESS'), 'reported on the creation of account x (IN_PROGRESS)'],
  ])('%s %j', (eventName, rest, words) => {
    expect(said(event('organizations', eventName, { accountName: 'x' }, rest))).toBe(words);
  });
});

describe('what a trail records', () => {
  const advanced = (...fieldSelectors: readonly object[]) => ({ advancedEventSelectors: [{ fieldSelectors }] });
  const equal = (field: string, ...equals: readonly string[]) => ({ field, equals });
  test.each<[object, string]>([
    [{ eventSelectors: [{ includeManagementEvents: false }] }, 'no management events'],
    [
      { eventSelectors: [{ readWriteType: 'ReadOnly', includeManagementEvents: true }] },
      'management events: reads only',
    ],
    [{ eventSelectors: [{ readWriteType: 'WriteOnly' }] }, 'management events: writes only'],
    [{ eventSelectors: [{ readWriteType: 'ReadOnly' }, { readWriteType: 'WriteOnly' }] }, ''],
    [{ eventSelectors: [{ readWriteType: 'All' }] }, ''],
    [advanced(equal('eventCategory', 'Data')), 'no management events'],
    [advanced(equal('eventCategory', 'Management')), ''],
    [advanced(equal('eventCategory', 'Management'), equal('readOnly', 'true')), 'management events: reads only'],
    [{}, ''],
  ])('%j: %s', (selectors, loss) => {
    const record = event('cloudtrail', 'PutEventSelectors', { trailName: 't', ...selectors });
    expect(said(record)).toBe(`changed what t records${loss && ` (${loss})`}`);
    expect(stateChangesOf(record, 't')).toEqual([`what it records changed${loss && `, ${loss}`}`]);
  });
});

test('an Insights event without a state says neither that it began nor that it ended', () => {
  const record = {
    eventCategory: 'Insight',
    insightDetails: { eventName: 'RunInstances', eventSource: 'ec2.amazonaws.com', insightType: 'ApiCallRateInsight' },
  };
  expect(summarize(record)).toBe('CloudTrail Insights: unusual call rate of RunInstances on ec2');
  expect(kindLines(record)[0]?.text).toBe('not stated: whether it began or ended');
});

test('what takes its time is not done yet', () => {
  const deleting = (responseElements: object) =>
    stateChangesOf(event('rds', 'DeleteDBInstance', { dBInstanceIdentifier: 'db1' }, { responseElements }), 'db1');
  expect(deleting({ dBInstanceStatus: 'deleting' })).toEqual(['being deleted']);
  expect(deleting({ dBInstanceStatus: 'deleted' })).toEqual(['deleted']);
  const cluster = event(
    'eks',
    'DeleteCluster',
    { clusterName: 'c' },
    answered({ cluster: { name: 'c', status: 'DELETING' } }),
  );
  expect(stateChangesOf(cluster, 'c')).toEqual(['being deleted']);
});

test.each([
  ['ssh-ed25519 AAAAC3', 'an ed25519 SSH key'],
  ['ecdsa-sha2-nistp256 AAAA', 'an ECDSA SSH key'],
  ['sk-ssh-ed25519@openssh.com AAAA', 'a hardware ed25519 SSH key'],
  ['constructor AAAA', 'an SSH key'],
  ['', 'an SSH key'],
])('the type of a key is told even where it was cut: %s', (publicKey, words) => {
  const request = { instanceId: 'i-0ab12cd34ef567890', osUser: 'root', SSHKey: { publicKey } };
  expect(said(event('ec2-instance-connect', 'SendSSHPublicKey', request))).toContain(`pushed ${words} for root`);
});
