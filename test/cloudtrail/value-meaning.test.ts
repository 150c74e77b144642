// What is said beside a value: the words by table, silence where the value speaks for itself, and totality.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Scalar, valueMeaning } from '../../src/cloudtrail/value-meaning.ts';

const OWN = '111122223333';
const OTHER = '444455556666';
const OWNER = { time: Date.parse('2026-05-20T14:02:11Z'), account: OWN };

type Path = readonly (string | number)[];
const pathOf = (text: string): Path => text.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
const meaning = (path: string, value: Scalar) => valueMeaning(pathOf(path), value, 'utc', OWNER);

type Row = readonly [path: string, value: Scalar, meaning: string];

describe('ARNs and ids', () => {
  test.each<Row>([
    ['userIdentity.arn', `arn:aws:sts::${OWN}:assumed-role/Admin/alice`, 'role Admin, session alice'],
    ['a', `arn:aws:iam::${OTHER}:role/team/Deploy`, 'role Deploy, another account'],
    ['a', `arn:aws:iam::${OWN}:role/Deploy`, ''],
    ['a', `arn:aws:iam::${OWN}:root`, 'root user'],
    ['a', `arn:aws:iam::${OWN}:mfa/alice`, 'MFA device alice'],
    ['a', `arn:aws:sts::${OWN}:assumed-role/Admin`, 'role Admin'],
    ['a', `arn:aws:sts::${OWN}:federated-user/bob`, 'federated user bob'],
    ['a', `arn:aws:kms:eu-west-1:${OWN}:key/0a0a`, 'KMS key in eu-west-1'],
    ['a', `arn:aws:rds:eu-west-1:${OWN}:db:orders`, 'database in eu-west-1'],
    ['p.Principal.AWS', `arn:aws:iam::${OWN}:root`, 'the whole account'],
    ['p.Principal.AWS', `arn:aws:iam::${OTHER}:root`, 'the whole account, which is another'],
    ['requestParameters.granteePrincipal', `arn:aws:iam::${OTHER}:root`, 'the whole account, which is another'],
    ['requestParameters.principal', `arn:aws:iam::${OWN}:root`, 'the whole account'],
    ['requestParameters.targetPrincipal', `arn:aws:iam::${OTHER}:root`, 'root user, another account'],
    ['a', `arn:aws:iam::${OWN}:user/ops/bob`, 'user bob'],
    ['a', 'arn:aws:iam::aws:policy/AdministratorAccess', 'AWS managed policy AdministratorAccess'],
    [
      'a',
      `arn:aws:iam::${OWN}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
      'service-linked role of autoscaling.amazonaws.com',
    ],
    [
      'a',
      `arn:aws:iam::${OWN}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Audit_0123456789abcdef`,
      'role of the permission set Audit',
    ],
    [
      'a',
      `arn:aws:sts::${OWN}:assumed-role/AWSReservedSSO_Audit_0123456789abcdef/carol`,
      'role named as of the permission set Audit, session carol',
    ],
    ['a', `arn:aws:ec2:eu-west-1:${OWN}:instance/i-0ab`, 'instance in eu-west-1'],
    ['a', `arn:aws:ec2:eu-west-1:${OTHER}:snapshot/snap-1`, 'snapshot in eu-west-1, another account'],
    ['a', 'arn:aws:s3:::examplebucket', 'bucket'],
    ['a', 'arn:aws:s3:::examplebucket/key', 'object in a bucket'],
    ['a', 'arn:aws:s3:::examplebucket/*', 'every object in a bucket'],
    ['a', 'arn:aws:s3:::examplebucket/logs/*', 'objects in a bucket'],
    ['a', `arn:aws:s3:eu-west-1:${OWN}:accesspoint/ap1`, 'access point ap1 in eu-west-1'],
    ['a', `arn:aws:s3:eu-west-1:${OWN}:accesspoint/ap1/object/k`, 'object through access point ap1 in eu-west-1'],
    ['a', `arn:aws:s3:eu-west-1:${OWN}:storage-lens/x`, 'Storage Lens configuration in eu-west-1'],
    ['a', `arn:aws:s3:eu-west-1:${OWN}:job/0a`, 'job in eu-west-1'],
    // Anybody can call a role so.
    [
      'a',
      `arn:aws:iam::${OWN}:role/AWSReservedSSO_Audit_0123456789abcdef`,
      'role named as of the permission set Audit',
    ],
    ['a', `arn:aws:sqs:eu-west-1:${OWN}:jobs`, 'queue in eu-west-1'],
    ['a', 'arn:aws', ''],
    ['a', 'arn:aws:::', ''],
    ['userIdentity.accessKeyId', 'AKIAEXAMPLEEXAMPLE11', 'long-term access key'],
    ['userIdentity.accessKeyId', 'ASIAEXAMPLEEXAMPLE11', 'temporary access key'],
    ['userIdentity.principalId', 'AIDAEXAMPLEEXAMPLE11', 'user id'],
    ['userIdentity.principalId', 'AROAEXAMPLEEXAMPLE11:alice', 'role id and session name'],
    ['name', 'ABCDEXAMPLEEXAMPLE11', ''],
    ['requestParameters.a', 'ASIAEXAMPLEEXAMPLE22', 'temporary access key'],
    ['requestParameters.userName', 'ASIAPACIFICTEAM1', ''],
    ['requestParameters.groupName', 'AGPATEAM', ''],
    ['userIdentity.accountId', OWN, ''],
    ['userIdentity.accountId', OTHER, 'another account'],
    ['requestParameters.ownerId', OWN, "the event's account"],
    ['recipientAccountId', OWN, ''],
    ['requestParameters.accountId', OTHER, 'another account'],
    ['requestParameters.count', OTHER, ''],
    ['awsRegion', 'eu-west-1', 'Europe (Ireland)'],
    ['awsRegion', 'xx-nowhere-1', ''],
  ])('%s %s: %s', (path, value, expected) => {
    expect(meaning(path, value)).toBe(expected);
  });

  test('of an event without an account no account is another', () => {
    const nobody = { time: null, account: '' };
    expect(valueMeaning(['accountId'], OTHER, 'utc', nobody)).toBe('');
    expect(valueMeaning(['a'], `arn:aws:iam::${OTHER}:role/Deploy`, 'utc', nobody)).toBe('');
    expect(valueMeaning(['a'], `arn:aws:ec2:eu-west-1:${OTHER}:volume/vol-1`, 'utc', nobody)).toBe(
      'volume in eu-west-1',
    );
  });
});

describe('times', () => {
  test.each<Row>([
    ['eventTime', '2026-05-20T14:02:11Z', ''],
    ['userIdentity.sessionContext.attributes.creationDate', '2026-05-20T13:50:11Z', '12 min before'],
    ['a', '2026-05-20T14:02:11.4Z', 'at the event'],
    ['a', '2026-05-20T15:07:11Z', '1 h 5 min after'],
    ['a', '20260518T100211Z', '2 d 4 h before'],
    ['a', '2025-05-20T14:02:11Z', '1 year before'],
    ['a', 'May 20, 2026, 3:02:11 PM', '2026-05-20T15:02:11Z, 1 h after'],
    ['a', 'May 20, 2026 12:02:11 AM', '2026-05-20T00:02:11Z, 14 h before'],
    ['a', 'Foo 20, 2026 12:02:11 AM', ''],
    ['responseElements.expiration', 1_779_285_731, '2026-05-20T14:02:11Z, at the event'],
    ['responseElements.createdTime', '1779285731000', '2026-05-20T14:02:11Z, at the event'],
    ['responseElements.createdTime', 1.779285731e12, '2026-05-20T14:02:11Z, at the event'],
    ['responseElements.count', 1_779_285_731, ''],
    ['responseElements.timeout', 30, ''],
  ])('%s %s: %s', (path, value, expected) => {
    expect(meaning(path, value)).toBe(expected);
  });

  test('local on request, with the day where it is another', () => {
    const clock = (ms: number) => {
      const date = new Date(ms);
      return [date.getHours(), date.getMinutes(), date.getSeconds()].map((n) => String(n).padStart(2, '0')).join(':');
    };
    const near = OWNER.time - 1000;
    const far = OWNER.time - 72 * 3_600_000;
    const told = (ms: number) => valueMeaning(['a'], new Date(ms).toISOString(), 'local', OWNER);
    expect(told(near)).toBe(`${clock(near)} local, 1 s before`);
    expect(told(far)).toMatch(new RegExp(`^2026-05-1\\d ${clock(far)} local, 3 d before$`));
    expect(valueMeaning(['eventTime'], '2026-05-20T14:02:11Z', 'local', OWNER)).toContain(`${clock(OWNER.time)} local`);
  });
});

describe('addresses', () => {
  test.each([
    ['10.0.0.5', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.1', ''],
    ['192.168.1.0/24', 'private'],
    ['10.0.0.0/7', ''],
    ['100.64.0.1', 'private (shared, carrier-grade NAT)'],
    ['100.128.0.1', ''],
    ['127.0.0.1', 'loopback'],
    ['169.254.169.254', 'instance metadata service'],
    ['169.254.1.1', 'link-local'],
    ['203.0.113.9', 'documentation'],
    ['198.51.100.0/24', 'documentation'],
    ['0.0.0.0/0', 'everybody (IPv4)'],
    ['::/0', 'everybody (IPv6)'],
    ['::1', 'loopback'],
    ['fd12:3456::1', 'private'],
    ['fe80::1', 'link-local'],
    ['2001:db8::/32', 'documentation'],
    ['2001:DB8:0:0:0:0:0:1', 'documentation'],
    ['2001:db9::1', ''],
    ['2600:1f14::1', 'AWS'],
    ['fd00:ec2::254', 'instance metadata service'],
    ['::ffff:10.1.2.3', 'private'],
    ['256.0.0.1', ''],
    ['10.0.0', ''],
    ['1::2::3', ''],
    [':::', ''],
    ['8.8.8.8', ''],
  ])('%s: %s', (address, expected) => {
    expect(meaning('requestParameters.cidrIp', address)).toBe(expected);
  });

  test('a route to everywhere lets nobody in', () => {
    expect(meaning('requestParameters.destinationCidrBlock', '0.0.0.0/0')).toBe('every address');
  });

  test('AWS is named only where the record shows it', () => {
    expect(meaning('sourceIPAddress', 'autoscaling.amazonaws.com')).toBe('an AWS service');
    expect(meaning('sourceIPAddress', 'AWS Internal')).toBe('from within AWS; often the console');
    expect(meaning('sourceIPAddress', '52.94.0.1')).toBe('');
  });
});

describe('words and numbers', () => {
  test.each<Row>([
    ['requestParameters.items.0.fromPort', 22, 'SSH'],
    ['requestParameters.items.0.toPort', 3389, 'RDP'],
    ['requestParameters.dbPort', '3306', 'MySQL'],
    ['requestParameters.fromPort', -1, 'all ports; of ICMP all types'],
    ['requestParameters.toPort', -1, 'all ports; of ICMP all codes'],
    ['requestParameters.timeoutMilliseconds', 5000, '5 s'],
    ['requestParameters.durationInMilliseconds', 90_000, '1 min 30 s'],
    ['requestParameters.latencyMicroseconds', 90_000, ''],
    ['requestParameters.latencyMicroseconds', 5_000_000, '5 s'],
    ['requestParameters.fromPort', 12_345, ''],
    ['requestParameters.report', 22, ''],
    ['requestParameters.ipProtocol', '-1', 'all protocols'],
    ['requestParameters.ipProtocol', 'tcp', ''],
    ['requestParameters.durationSeconds', 43_200, '12 h'],
    ['requestParameters.durationSeconds', 30, ''],
    ['additionalEventData.bytesTransferredOut', 1_340_000_000, '1.34 GB'],
    ['additionalEventData.bytesTransferredOut', 512, ''],
    ['requestParameters.password', 'HIDDEN_DUE_TO_SECURITY_REASONS', 'sent, but never recorded'],
    ['requestParameters.userData', '<sensitiveDataRemoved>', 'sent, but never recorded'],
    ['requestParameters.a', 'Value hidden due to security reasons.', 'sent, but never recorded'],
    ['requestParameters.masterUserPassword', '****', 'masked'],
    [
      'userIdentity.userName',
      'HIDDEN_DUE_TO_SECURITY_REASONS',
      'no such user: hidden, as it may be a password typed in the wrong place',
    ],
    ['requestParameters.omitted', true, 'left out by CloudTrail: longer than it keeps (100 kB)'],
    ['additionalEventData.omitted', 'true', 'left out by CloudTrail: longer than it keeps (28 kB)'],
    ['requestParameters.omitted', false, ''],
    ['eventVersion', '1.11', ''],
    ['eventVersion', '1.9', ''],
    ['eventVersion', '1.12', 'newer than 1.11, which trailx knows; all of it is shown'],
    ['addendum.reason', 'UPDATED_DATA', 'replaces an earlier record of the event'],
    ['userIdentity.sessionContext.attributes.mfaAuthenticated', 'false', 'issued without MFA'],
    ['sessionCredentialFromConsole', 'true', 'made in the console'],
    ['readOnly', false, 'may change something'],
    ['readOnly', true, ''],
    ['errorCode', 'Client.InvalidKeyPair.Duplicate', 'the request was at fault'],
    ['errorCode', 'Client.UnauthorizedOperation', ''],
    ['errorCode', 'Client.AuthFailure', ''],
    ['errorCode', 'Client.DryRunOperation', 'a dry run: it would have been allowed'],
    ['errorCode', 'Client.RequestLimitExceeded', 'too many calls in a short time'],
    ['errorCode', 'Server.InternalError', 'AWS was at fault, not the request'],
    ['errorCode', 'ThrottlingException', 'too many calls in a short time'],
    ['requestParameters.createVolumePermission.add.items.0.group', 'all', 'everybody: public'],
    ['requestParameters.launchPermission.remove.items.0.group', 'all', 'everybody'],
    ['requestParameters.group', 'all', ''],
    ['p.Statement.0.Principal', '*', 'anyone'],
    ['p.Statement.0.Action.0', '*', 'every action'],
    ['requestParameters.name', '*', ''],
    ['userAgent', 'APN/1.0 HashiCorp/1.0 Terraform/1.5.0', 'terraform'],
    ['userAgent', 'aws-cli/2.15.0 Python/3.11', ''],
    ['userAgent', 'Boto3/1.34.0', ''],
    ['userAgent', '[Boto3/1.34.0]', ''],
    ['errorMessage', 'e'.repeat(1024), 'probably cut: CloudTrail keeps 1 kB'],
    ['requestParameters.errorMessage', 'e'.repeat(1024), ''],
    ['eventName', 'RunInstances', ''],
    ['constructor', 'constructor', ''],
    ['__proto__', 'toString', ''],
    ['a', null, ''],
    ['a', '', ''],
  ])('%s %s: %s', (path, value, expected) => {
    expect(meaning(path, value)).toBe(expected);
  });

  test('of IMDSv1 it says what it means', () => {
    expect(meaning('userIdentity.sessionContext.ec2RoleDelivery', '1.0')).toMatch(/^IMDSv1/);
    expect(meaning('userIdentity.sessionContext.ec2RoleDelivery', '2.0')).toMatch(/^IMDSv2/);
  });
});

describe('any value under any key', () => {
  const keys = fc.oneof(
    fc.constantFrom('eventTime', 'expiration', 'arn', 'cidrIp', 'fromPort', 'userAgent', 'omitted', 'accountId', 'AWS'),
    fc.string(),
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.ipV4Extended(),
    fc.ipV6(),
    fc.string({ unit: fc.constantFrom('0', '9', ':', '.', '/', 'a', 'f', '-', 'T', 'Z', 'E', '+') }),
    fc.string().map((tail) => `arn:aws:${tail}`),
  );
  const values = fc.oneof(texts, fc.double(), fc.integer(), fc.boolean(), fc.constant(null));

  test('gives a line of words', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(keys, fc.nat())), values, fc.constantFrom('utc', 'local'), (path, value, zone) => {
        for (const time of [OWNER.time, null, 8.64e15])
          expect(typeof valueMeaning(path, value, zone, { time, account: OWN })).toBe('string');
      }),
    );
  });

  test('a text of megabytes has none', () => {
    for (const unit of ['x', '1', ':', '10.', 'arn:aws:'])
      expect(meaning('userAgent', unit.repeat(1_000_000))).toBe('');
  });
});
