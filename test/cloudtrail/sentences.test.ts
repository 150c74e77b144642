import { describe, expect, test } from 'vitest';
import { SERVICES } from '../../src/cloudtrail/sentences/services.ts';
import { summarize } from '../../src/cloudtrail/summary.ts';

const ALICE = {
  type: 'AssumedRole',
  arn: 'arn:aws:sts::111122223333:assumed-role/Admin/alice',
  accountId: '111122223333',
};
const START = 'alice (role Admin, account 111122223333) ';
const END = ' in eu-west-1 from 203.0.113.9';
const I1 = 'i-0ab12cd34ef567890';
const I2 = 'i-0ff12cd34ef567890';
const VOL = 'vol-0ab12cd34ef567890';
const SNAP = 'snap-0ab12cd34ef567890';
const SG = 'sg-0ab12cd34ef567890';
const items = (...all: readonly unknown[]) => ({ items: all });
const instances = (...ids: readonly string[]) => ({
  instancesSet: items(...ids.map((instanceId) => ({ instanceId }))),
});

/** What was done, of a call by alice. */
function done(service: string, eventName: string, requestParameters: unknown, rest: object = {}): string {
  const sentence = summarize({
    userIdentity: ALICE,
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: 'eu-west-1',
    sourceIPAddress: '203.0.113.9',
    recipientAccountId: '111122223333',
    requestParameters,
    ...rest,
  });
  expect(sentence.startsWith(START)).toBe(true);
  expect(sentence.endsWith(END)).toBe(true);
  return sentence.slice(START.length, -END.length);
}

type Row = readonly [eventName: string, request: unknown, words: string, answer?: unknown];

function table(service: string, rows: readonly Row[]): void {
  describe(service, () => {
    test.each(rows.map(([eventName, request, words, answer]) => ({ eventName, request, words, answer })))(
      '$eventName: $words',
      ({ eventName, request, words, answer: responseElements }) => {
        expect(done(service, eventName, request, { responseElements })).toBe(words);
      },
    );
  });
}

const ingress = (...rules: readonly object[]) => ({ groupId: SG, ipPermissions: items(...rules) });
const tcp = (port: number, cidrIp: string) => ({
  ipProtocol: 'tcp',
  fromPort: port,
  toPort: port,
  ipRanges: items({ cidrIp }),
});

table('ec2', [
  ['TerminateInstances', instances(I1, I2), `terminated ${I1} and ${I2}`],
  ['StopInstances', { ...instances(I1), force: true }, `stopped ${I1} by force`],
  [
    'RunInstances',
    {
      instancesSet: items({ imageId: 'ami-0ab12cd34ef567890', minCount: 1, maxCount: 1, keyName: 'ops' }),
      instanceType: 'm7g.large',
      iamInstanceProfile: { arn: 'arn:aws:iam::111122223333:instance-profile/web' },
    },
    `launched an instance ${I1} (m7g.large, AMI ami-0ab12cd34ef567890, key pair ops, instance profile web)`,
    instances(I1),
  ],
  ['RunInstances', { instancesSet: items({ maxCount: 3 }) }, `launched 3 instances`],
  ['RunInstances', {}, `launched 3 instances: ${I1}, ${I2} and 1 more`, instances(I1, I2, 'i-0ee12cd34ef567890')],
  [
    'AuthorizeSecurityGroupIngress',
    ingress(tcp(22, '0.0.0.0/0')),
    `opened port 22/tcp of ${SG} to the world (0.0.0.0/0)`,
  ],
  [
    'AuthorizeSecurityGroupIngress',
    ingress(tcp(22, '198.51.100.0/24'), tcp(80, '::/0'), tcp(81, '192.0.2.0/24')),
    `opened port 80/tcp of ${SG} to the world (::/0) and port 22/tcp of ${SG} to 198.51.100.0/24, with 1 more rule`,
  ],
  [
    'AuthorizeSecurityGroupIngress',
    ingress({ ipProtocol: '-1', groups: items({ groupId: 'sg-01234567', userId: '444455556666' }) }),
    `opened all ports of ${SG} to sg-01234567 (account 444455556666)`,
  ],
  [
    'RevokeSecurityGroupIngress',
    { groupId: SG, ipProtocol: 'udp', fromPort: 5000, toPort: 5010, cidrIp: '192.0.2.0/24' },
    `closed ports 5000–5010/udp of ${SG} to 192.0.2.0/24`,
  ],
  [
    'RevokeSecurityGroupEgress',
    { groupId: SG, securityGroupRuleIds: items({ securityGroupRuleId: 'sgr-01234567' }) },
    `removed rules from ${SG} (sgr-01234567)`,
  ],
  [
    'ModifyInstanceAttribute',
    { instanceId: I1, disableApiTermination: { value: false } },
    `turned off termination protection of ${I1}`,
  ],
  [
    'ModifyInstanceAttribute',
    { instanceId: I1, instanceType: { value: 'm7g.xlarge' } },
    `changed the instance type of ${I1} to m7g.xlarge`,
  ],
  [
    'ModifyInstanceAttribute',
    { instanceId: I1, attribute: 'userData', value: '<sensitiveDataRemoved>' },
    `replaced the user data of ${I1} (it may run as root at the next start)`,
  ],
  [
    'ModifyInstanceAttribute',
    { instanceId: I1, groupSet: items({ groupId: SG }) },
    `changed the security groups of ${I1} to ${SG}`,
  ],
  [
    'CreateTags',
    { resourcesSet: items({ resourceId: I1 }), tagSet: items({ key: 'team', value: 'shop' }, { key: 'env' }) },
    `tagged ${I1} with team=shop and env`,
  ],
  ['GetPasswordData', { instanceId: I1 }, `read the Windows administrator password of ${I1}`],
  [
    'CreateVolume',
    { size: '100', volumeType: 'gp3', zone: 'eu-west-1a', snapshotId: SNAP, encrypted: true },
    `created ${VOL} (100 GiB gp3, encrypted, eu-west-1a) from ${SNAP}`,
    { volumeId: VOL },
  ],
  ['AttachVolume', { volumeId: VOL, instanceId: I1, device: '/dev/sdf' }, `attached ${VOL} to ${I1} as /dev/sdf`],
  [
    'ModifySnapshotAttribute',
    { snapshotId: SNAP, createVolumePermission: { add: items({ userId: '999900001111' }) } },
    `shared ${SNAP} with account 999900001111`,
  ],
  [
    'ModifySnapshotAttribute',
    { snapshotId: SNAP, createVolumePermission: { add: items({ group: 'all' }) } },
    `made ${SNAP} public`,
  ],
  [
    'ModifyImageAttribute',
    {
      imageId: 'ami-0ab12cd34ef567890',
      launchPermission: { remove: items({ userId: '444455556666' }, { userId: '777788889999' }) },
    },
    'stopped sharing ami-0ab12cd34ef567890 with accounts 444455556666 and 777788889999',
  ],
  ['DescribeSnapshots', {}, 'looked at snapshots'],
  [
    'ModifyInstanceMetadataOptions',
    { instanceId: I1, httpTokens: 'optional' },
    `let ${I1} answer IMDSv1 again (tokens are optional)`,
  ],
]);

table('ebs', [
  ['GetSnapshotBlock', { snapshotId: SNAP, blockIndex: 7 }, `read block 7 of ${SNAP}`],
  ['ListSnapshotBlocks', { snapshotId: SNAP }, `listed the blocks of ${SNAP}`],
]);

table('ec2-instance-connect', [
  [
    'SendSSHPublicKey ',
    { instanceId: I1, instanceOSUser: 'ec2-user', sSHPublicKey: 'ssh-ed25519 AAAAC3Nza' },
    `pushed an ed25519 SSH key for ec2-user to ${I1}`,
  ],
  [
    'SendSerialConsoleSSHPublicKey',
    { instanceId: I1, serialPort: 0, sSHPublicKey: 'ssh-rsa AAAA' },
    `pushed an RSA SSH key for the serial console (port 0) of ${I1}`,
  ],
  [
    'OpenTunnel',
    { instanceConnectEndpointId: 'eice-0ab12cd34ef567890', privateIpAddress: '10.0.0.7', remotePort: '22' },
    'opened a tunnel to 10.0.0.7 port 22 through eice-0ab12cd34ef567890',
  ],
]);

table('iam', [
  [
    'AttachRolePolicy',
    { roleName: 'Deploy', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    'attached policy AdministratorAccess to role Deploy',
  ],
  [
    'CreateAccessKey',
    { userName: 'bob' },
    'created access key AKIAEXAMPLE0000001 for bob',
    { accessKey: { accessKeyId: 'AKIAEXAMPLE0000001' } },
  ],
  [
    'UpdateAccessKey',
    { userName: 'bob', accessKeyId: 'AKIAEXAMPLE0000001', status: 'Inactive' },
    'deactivated access key AKIAEXAMPLE0000001 of bob',
  ],
  ['CreateUser', null, 'created user'],
  [
    'CreatePolicyVersion',
    { policyArn: 'arn:aws:iam::111122223333:policy/p', setAsDefault: true },
    'wrote a new version of policy p (in force at once)',
  ],
  [
    'UpdateAssumeRolePolicy',
    { roleName: 'r', policyDocument: '{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}' },
    'changed who may take on role r (everybody may)',
  ],
  [
    'DeactivateMFADevice',
    { userName: 'bob', serialNumber: 'arn:aws:iam::111122223333:mfa/bob' },
    'turned off MFA device bob of bob',
  ],
]);

table('sts', [
  [
    'AssumeRole',
    { roleArn: 'arn:aws:iam::444455556666:role/Deploy', roleSessionName: 'ci' },
    'took on role Deploy of account 444455556666 as session ci',
  ],
  ['GetSessionToken', { serialNumber: 'arn:aws:iam::111122223333:mfa/alice' }, 'got session credentials with MFA'],
  ['GetSessionToken', null, 'got session credentials'],
  ['GetCallerIdentity', null, 'asked who the credentials belong to'],
]);

table('s3', [
  ['GetObject', { bucketName: 'example-data', key: 'a/b.csv' }, 'read example-data/a/b.csv'],
  [
    'PutBucketPolicy',
    {
      bucketName: 'example-data',
      bucketPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:GetObject' }] },
    },
    'set the bucket policy of example-data (open to everybody)',
  ],
  [
    'PutBucketPolicy',
    {
      bucketName: 'example-data',
      bucketPolicy: { Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*' }] },
    },
    'set the bucket policy of example-data',
  ],
  [
    'PutBucketPublicAccessBlock',
    { bucketName: 'example-data', PublicAccessBlockConfiguration: { BlockPublicAcls: false, BlockPublicPolicy: true } },
    'weakened the public access block of example-data (BlockPublicAcls off)',
  ],
  [
    'PutBucketAcl',
    { bucketName: 'example-data', 'x-amz-acl': ['public-read'] },
    'set the ACL of example-data to public-read (public, where that is not blocked)',
  ],
  [
    'PutBucketLogging',
    { bucketName: 'example-data', BucketLoggingStatus: {} },
    'turned off the access logging of example-data',
  ],
]);

table('kms', [
  ['Decrypt', { keyId: 'k-1' }, 'decrypted data with key k-1'],
  [
    'Decrypt',
    { keyId: 'k-1', encryptionContext: { 'aws:ebs:id': VOL } },
    `decrypted data with key k-1 for aws:ebs:id=${VOL}`,
  ],
  ['ScheduleKeyDeletion', { keyId: 'k-1', pendingWindowInDays: 7 }, 'planned to delete key k-1 in 7 days'],
  ['CancelKeyDeletion', { keyId: 'k-1' }, 'cancelled the deletion of key k-1'],
  [
    'CreateGrant',
    { keyId: 'k-1', granteePrincipal: 'arn:aws:iam::444455556666:role/Reader', operations: ['Decrypt', 'DescribeKey'] },
    'granted Reader the use of key k-1 (Decrypt and DescribeKey)',
  ],
]);

table('lambda', [
  [
    'UpdateFunctionCode20150331v2',
    { functionName: 'arn:aws:lambda:eu-west-1:111122223333:function:resize' },
    'replaced the code of function resize',
  ],
  [
    'AddPermission20150331v2',
    { functionName: 'resize', principal: '*', action: 'lambda:InvokeFunctionUrl', functionUrlAuthType: 'NONE' },
    'allowed everybody to call the URL of function resize (without credentials)',
  ],
  [
    'AddPermission20150331v2',
    { functionName: 'resize', principal: '444455556666' },
    'allowed account 444455556666 to call function resize',
  ],
  [
    'CreateFunctionUrlConfig',
    { functionName: 'resize', authType: 'NONE' },
    'gave function resize a URL (open to everybody whom its resource policy allows)',
  ],
]);

table('cloudtrail', [
  [
    'StopLogging',
    { name: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/org-trail' },
    'stopped the logging of trail org-trail',
  ],
  ['UpdateTrail', { name: 'org-trail', isMultiRegionTrail: false }, 'changed trail org-trail (without other Regions)'],
  [
    'PutEventSelectors',
    { trailName: 'org-trail', eventSelectors: [{ includeManagementEvents: false }] },
    'changed what org-trail records (no management events)',
  ],
]);

table('organizations', [
  [
    'CreateAccount',
    { accountName: 'sandbox' },
    'created account sandbox (222233334444) in the organization',
    { createAccountStatus: { accountId: '222233334444' } },
  ],
  ['LeaveOrganization', null, 'took the account out of its organization'],
  [
    'AttachPolicy',
    { policyId: 'p-examplescp', targetId: '444455556666' },
    'attached organization policy p-examplescp to 444455556666',
  ],
]);

table('rds', [
  [
    'ModifyDBSnapshotAttribute',
    { dBSnapshotIdentifier: 'nightly', attributeName: 'restore', valuesToAdd: ['all'] },
    'made database snapshot nightly public',
  ],
  [
    'ModifyDBInstance',
    { dBInstanceIdentifier: 'orders', publiclyAccessible: true, masterUserPassword: '****' },
    'made database orders publicly accessible (where its security groups allow), with a new master password',
  ],
  [
    'DeleteDBInstance',
    { dBInstanceIdentifier: 'orders', skipFinalSnapshot: true },
    'deleted database orders without a final snapshot',
  ],
]);

table('ssm', [
  ['StartSession', { target: I1 }, `started a session on ${I1}`],
  [
    'SendCommand',
    { documentName: 'AWS-RunShellScript', instanceIds: [I1, I2] },
    `ran AWS-RunShellScript on ${I1} and ${I2}`,
  ],
  [
    'SendCommand',
    { documentName: 'AWS-RunShellScript', targets: [{ key: 'tag:env', values: ['prod'] }] },
    'ran AWS-RunShellScript on tag:env=prod',
  ],
  ['GetParameter', { name: '/shop/key', withDecryption: true }, 'read parameter /shop/key (decrypted)'],
  ['ModifyDocumentPermission', { name: 'run', accountIdsToAdd: ['all'] }, 'made document run public'],
]);

table('secretsmanager', [
  ['GetSecretValue', { secretId: 'prod/orders' }, 'read the value of secret prod/orders'],
  [
    'DeleteSecret',
    { secretId: 'prod/orders', forceDeleteWithoutRecovery: true },
    'deleted secret prod/orders at once (no recovery)',
  ],
  ['DeleteSecret', { secretId: 'prod/orders', recoveryWindowInDays: 30 }, 'deleted secret prod/orders in 30 days'],
]);

table('glue', [
  ['GetJobs', {}, 'read jobs (glue)'],
  ['StartJobRun', { jobName: 'orders' }, 'started job run of orders (glue)'],
  ['ConfigureThing', { name: 'x' }, 'called ConfigureThing on glue for x'],
]);

describe('signin', () => {
  const more = (additionalEventData: object, rest: object = {}) => ({ additionalEventData, ...rest });
  test.each([
    ['ConsoleLogin', more({ MFAUsed: 'Yes' }), 'signed in to the console with MFA'],
    ['ConsoleLogin', more({ MFAUsed: 'No' }), 'signed in to the console without MFA'],
    [
      'ConsoleLogin',
      more({ MFAUsed: 'No', SamlProviderArn: 'arn:aws:iam::111122223333:saml-provider/idp' }),
      'signed in to the console through an identity provider',
    ],
    ['ConsoleLogin', more({}), 'signed in to the console (MFA not stated)'],
    [
      'SwitchRole',
      more({ SwitchFrom: 'arn:aws:iam::444455556666:user/alice' }),
      'switched to role Admin in the console, coming from alice',
    ],
    [
      'UserAuthentication',
      more({ CredentialType: 'PASSWORD,TOTP' }),
      'signed in to IAM Identity Center with PASSWORD,TOTP',
    ],
  ])('%s %j', (eventName, rest, words) => {
    expect(done('signin', eventName, null, rest)).toBe(words);
  });
});

test('hidden and giant values are short and on one line', () => {
  expect(done('secretsmanager', 'GetSecretValue', { secretId: 'HIDDEN_DUE_TO_SECURITY_REASONS' })).toBe(
    'read the value of secret (hidden)',
  );
  const words = done('secretsmanager', 'GetSecretValue', { secretId: `a\n\n b${'x'.repeat(1e6)}` });
  expect(words).toMatch(/^read the value of secret a b{1}x+…$/);
  expect(words.length).toBeLessThan(150);
});

/** Values that a template may meet in any place. */
const ODD = [null, 7, true, '', 'x', [], [null], ['x', 7], {}, { items: 'x' }, { items: [null, { userId: {} }] }];

describe('every template', () => {
  test.each(Object.keys(SERVICES))('%s takes any parameters, or none', (service) => {
    for (const eventName of Object.keys(SERVICES[service] ?? {})) {
      for (const odd of ODD) {
        const parameters = new Proxy({} as Record<string, unknown>, {
          // Whatever is asked for stands there.
          get: (_, key) => (typeof key === 'string' ? odd : undefined),
          has: () => true,
          getOwnPropertyDescriptor: (_, key) =>
            typeof key === 'string' && key !== 'items'
              ? { configurable: true, enumerable: true, value: odd }
              : undefined,
        });
        for (const requestParameters of [parameters, odd]) {
          const sentence = summarize({
            eventSource: `${service}.amazonaws.com`,
            eventName,
            requestParameters,
            responseElements: requestParameters,
            additionalEventData: requestParameters,
          });
          expect(sentence).not.toMatch(/undefined|\[object|NaN| {2}|\s$|\(\)|\{|\}/);
          expect(sentence.length).toBeLessThanOrEqual(400);
        }
      }
    }
  });
});
