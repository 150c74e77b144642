import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namedParts } from '../../src/cloudtrail/iam-named-parts.ts';
import { type ActionUse, policyFor } from '../../src/cloudtrail/iam-policy.ts';
import { resourcesOf } from '../../src/cloudtrail/resources.ts';
import { generateSample } from '../../src/sources/sample/generate-sample.ts';

const ACCOUNT = '111122223333';
const use = (service: string, name: string, ...resources: string[]): ActionUse => ({
  source: `${service}.amazonaws.com`,
  name,
  resources,
  account: ACCOUNT,
  region: 'eu-west-1',
});
/** As its record names what it is on. */
const asked = (service: string, name: string, requestParameters: unknown, ...arns: string[]): ActionUse => {
  const record = { requestParameters, resources: arns.map((ARN) => ({ ARN })) };
  return { ...use(service, name, ...resourcesOf({ ...record, responseElements: null })), parts: namedParts(record) };
};
const statements = (...uses: ActionUse[]) =>
  policyFor(uses).policy.Statement.map(({ Action, Resource }) => [Action.join(' '), Resource.join(' ')]);

const NOTHING = { Version: '2012-10-17', Statement: [] };

describe('a policy of what was called', () => {
  test('groups actions by their resources, sorted, each once', () => {
    const object = 'arn:aws:s3:::example-reports/daily/1.csv';
    const bucket = 'arn:aws:s3:::example-reports';
    const { policy, unmapped } = policyFor([
      use('s3', 'HeadObject', 'example-reports/daily/1.csv', 'example-reports', object, bucket),
      use('s3', 'PutObject', 'example-reports/daily/1.csv', 'example-reports', object, bucket),
      use('s3', 'ListObjects', 'example-reports', bucket),
      use('ec2', 'DescribeInstances', 'i-0a7c31e95b2d4f681'),
      use('ec2', 'DescribeInstances'),
      use('iam', 'ListUsers'),
      use('signin', 'ConsoleLogin'),
      use('signin', 'ConsoleLogin'),
    ]);
    expect(policy).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Several1', Effect: 'Allow', Action: ['ec2:DescribeInstances', 'iam:ListUsers'], Resource: ['*'] },
        { Sid: 'S32', Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: [object] },
        { Sid: 'S33', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: [bucket] },
      ],
    });
    expect(unmapped).toEqual([{ what: 'signin.amazonaws.com ConsoleLogin', why: 'a sign-in is not an IAM action' }]);
  });

  test.each([
    [
      use('ec2', 'TerminateInstances', 'i-0a7c31e95b2d4f681'),
      `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-0a7c31e95b2d4f681`,
    ],
    [use('ec2', 'DeleteSnapshot', 'snap-0a7c31e95b2d4f681'), 'arn:aws:ec2:eu-west-1::snapshot/snap-0a7c31e95b2d4f681'],
    [use('ec2', 'RunInstances', 'i-0a7c31e95b2d4f681', 'ami-0f3d9b7c2a1e84560'), '*'],
    [use('sts', 'AssumeRole', 'Admin', `arn:aws:iam::${ACCOUNT}:role/Admin`), `arn:aws:iam::${ACCOUNT}:role/Admin`],
    [
      use('kms', 'DescribeKey', '3f8a6d1c-9b72-4e05-8c4d-7a1e5b920f36'),
      `arn:aws:kms:eu-west-1:${ACCOUNT}:key/3f8a6d1c-9b72-4e05-8c4d-7a1e5b920f36`,
    ],
    [
      asked('secretsmanager', 'GetSecretValue', { secretId: 'prod/orders/database' }),
      `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:prod/orders/database-??????`,
    ],
    [
      asked('lambda', 'UpdateFunctionCode20150331v2', { functionName: 'order-worker' }),
      `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:order-worker`,
    ],
    [asked('dynamodb', 'GetItem', { tableName: 'orders' }), `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`],
    [asked('s3', 'PutBucketPolicy', { bucketName: 'example-reports' }), 'arn:aws:s3:::example-reports'],
    [use('ec2', 'StopInstances', `arn:aws:iam::${ACCOUNT}:role/Admin`), '*'],
    [use('iam', 'DeleteUser', 'alice'), '*'],
    [use('iam', 'AttachRolePolicy', 'report-export', `arn:aws:iam::${ACCOUNT}:policy/orders-read`), '*'],
    [{ ...use('ec2', 'StopInstances', 'i-0a7c31e95b2d4f681'), account: '' }, '*'],
    [
      { ...asked('s3', 'DeleteBucket', { bucketName: 'example-reports' }), region: 'cn-north-1' },
      'arn:aws-cn:s3:::example-reports',
    ],
  ])('resources of %j', (called, resource) => {
    expect(statements(called)[0]?.[1]).toBe(resource);
  });

  const iam = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;
  const at = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:${ACCOUNT}:${resource}`;
  test.each([
    [asked('iam', 'DetachGroupPolicy', { groupName: 'ops', policyArn: iam('policy/p') }), iam('group/ops')],
    [asked('iam', 'AddUserToGroup', { groupName: 'ops', userName: 'alice' }), iam('group/ops')],
    [asked('iam', 'DeletePolicy', { policyArn: iam('policy/tools/p') }), iam('policy/tools/p')],
    [asked('iam', 'CreateRole', { roleName: 'r', path: '/service-role/' }), iam('role/service-role/r')],
    [asked('iam', 'AttachRolePolicy', { policyArn: iam('policy/p') }, iam('policy/p')), '*'],
    [asked('iam', 'DeleteRole', { roleName: 'a*b' }), '*'],
    [asked('cloudtrail', 'DeleteTrail', { name: at('cloudtrail', 'trail/t') }), at('cloudtrail', 'trail/t')],
    [asked('kms', 'Decrypt', { keyId: 'alias/a' }, at('kms', 'key/k')), at('kms', 'key/k')],
    [asked('kms', 'Encrypt', { keyId: 'alias/a' }), '*'],
    [asked('sqs', 'SendMessage', { queueUrl: `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/q` }), at('sqs', 'q')],
    [asked('sns', 'Publish', { topicArn: at('sns', 't') }), at('sns', 't')],
    [asked('sns', 'Publish', { targetArn: at('sns', 'endpoint/GCM/app/x') }), '*'],
    [asked('logs', 'PutRetentionPolicy', { logGroupName: '/x' }), at('logs', 'log-group:/x:*')],
    [asked('logs', 'DeleteLogGroup', { logGroupName: '*' }), '*'],
    [asked('lambda', 'Invoke', { functionName: 'f', qualifier: 'live' }), at('lambda', 'function:f:live')],
    [
      asked('ssm', 'GetParameters', { names: ['/a/b', 'c:3'] }),
      `${at('ssm', 'parameter/a/b')} ${at('ssm', 'parameter/c')}`,
    ],
    [asked('ecs', 'UpdateService', { cluster: at('ecs', 'cluster/c'), service: 's' }), at('ecs', 'service/c/s')],
    [
      asked('ec2', 'AuthorizeSecurityGroupIngress', {
        groupId: 'sg-00000000',
        ipPermissions: { items: [{ groups: { items: [{ groupId: 'sg-11111111' }] } }] },
      }),
      at('ec2', 'security-group/sg-00000000'),
    ],
    [
      asked('ec2', 'CreateTags', {
        resourcesSet: { items: [{ resourceId: 'i-00000000' }, { resourceId: 'tgw-attach-00000000' }] },
      }),
      '*',
    ],
    [asked('s3', 'DeleteObjects', { bucketName: 'example-reports' }), 'arn:aws:s3:::example-reports/*'],
  ])('what IAM limits it to, of the record: %j', (called, resource) => {
    expect(statements(called)[0]?.[1]).toBe(resource);
  });

  test('what several events may name otherwise is not limited to what one of them names', () => {
    const byPath = asked('ssm', 'GetParametersByPath', { path: '/shop/' });
    expect(statements(byPath)[0]?.[1]).toBe(at('ssm', 'parameter/shop/'));
    expect(statements({ ...byPath, isSample: true })[0]?.[1]).toBe('*');
  });

  test('a copy reads one object and writes another', () => {
    const copy = { bucketName: 'example-new', key: 'b', 'x-amz-copy-source': '/example-old/a%20*?versionId=1' };
    expect(statements(asked('s3', 'CopyObject', copy))).toEqual([
      ['s3:GetObject', `arn:aws:s3:::example-old/a $\{*}`],
      ['s3:PutObject', 'arn:aws:s3:::example-new/b'],
    ]);
  });

  test('a path that an IAM event states is taken for those that name no path', () => {
    const made = {
      ...asked('iam', 'CreateUser', { userName: 'alice', path: '/tools/' }),
      resources: [iam('user/tools/alice')],
    };
    const report = policyFor([made, asked('iam', 'CreateAccessKey', { userName: 'alice' })]);
    expect(report.policy.Statement.map(({ Resource }) => Resource)).toEqual([[iam('user/tools/alice')]]);
    expect(report.notes).toEqual([]);
    expect(policyFor([asked('iam', 'CreateAccessKey', { userName: 'bob' })]).notes.join()).toMatch(
      /without their paths/,
    );
  });

  test('of the sample’s calls each action is on its own type of resource', () => {
    const uses = [...generateSample({ end: Date.UTC(2026, 10, 22) })]
      .map((text) => JSON.parse(text))
      .filter(({ eventSource, requestParameters }) => eventSource !== undefined && requestParameters)
      .map((record) => ({
        source: record.eventSource,
        name: record.eventName,
        resources: resourcesOf(record),
        parts: namedParts(record),
        account: record.recipientAccountId,
        region: record.awsRegion,
      }));
    const { policy, notes } = policyFor(uses);
    for (const [action, arn] of [
      ['iam:AttachRolePolicy', /^arn:aws:iam::\d{12}:role\/[\w/-]+$/],
      ['iam:CreateAccessKey', /^arn:aws:iam::\d{12}:user\/[\w/-]+$/],
      ['s3:PutBucketPolicy', /^arn:aws:s3:::[a-z-]+$/],
      ['s3:GetObject', /^arn:aws:s3:::[a-z-]+\/./],
      ['cloudtrail:StopLogging', /^arn:aws:cloudtrail:[a-z0-9-]+:\d{12}:trail\/org-trail$/],
      ['rds:DeleteDBInstance', /^arn:aws:rds:[a-z0-9-]+:\d{12}:db:[a-z-]+$/],
      ['ssm:PutParameter', /^arn:aws:ssm:[a-z0-9-]+:\d{12}:parameter\/shop\/[a-z/-]+$/],
      ['ec2:CreateTags', /^arn:aws:ec2:[a-z0-9-]+:\d{12}:instance\/i-[0-9a-f]+$/],
      ['kms:Decrypt', /^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-f-]+$/],
      ['sts:AssumeRole', /^arn:aws:iam::\d{12}:role\/./],
      ['ec2:RunInstances', /^\*$/],
    ] as const) {
      const resources = policy.Statement.filter(({ Action }) => Action.includes(action)).flatMap(
        ({ Resource }) => Resource,
      );
      expect(resources, action).not.toEqual([]);
      for (const resource of resources) expect(resource, action).toMatch(arn);
    }
    expect(notes.join('\n')).toMatch(/is on \*: could not be mapped to a resource: ec2:RunInstances \(it needs/);
  });

  test('one use without a named resource makes the action’s resource *', () => {
    expect(statements(use('kms', 'Decrypt', `arn:aws:kms:eu-west-1:${ACCOUNT}:key/a`), use('kms', 'Decrypt'))).toEqual([
      ['kms:Decrypt', '*'],
    ]);
  });

  test('a name with wildcards or variables means itself', () => {
    const sign = (text: string) => `\${${text}}`;
    const named = `arn:aws:s3:::example-reports/a*b?${sign('aws:username')}`;
    const meant = `arn:aws:s3:::example-reports/a${sign('*')}b${sign('?')}${sign('$')}{aws:username}`;
    expect(statements(use('s3', 'GetObject', named))[0]?.[1]).toBe(meant);
    const group = `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/x:*`;
    expect(statements(use('logs', 'PutLogEvents', group))[0]?.[1]).toBe(group);
  });

  test.each([
    `arn:aws:logs:eu-west-1:${ACCOUNT}:*`,
    `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:*`,
    `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:prod*:*`,
    `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/prod/?:*`,
    `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/prod:log-stream:*`,
    'arn:aws:logs:::*',
    'arn:aws:logs:eu-west-1::log-group:prod:*',
    `arn:aws:sns:eu-west-1:${ACCOUNT}:*`,
    'arn:aws:s3:::*',
    'arn:aws:s3:::example-*',
  ])('%s, which a caller chose, grants nothing else', (arn) => {
    const service = arn.split(':')[2] as string;
    const [statement] = statements(use(service, service === 's3' ? 'DeleteBucket' : 'TagResource', arn));
    expect(statement?.[1]?.replace(/\$\{[*?$]\}/g, '')).not.toMatch(/[*?]/);
  });

  test('what was only ever denied is apart, by action and by resource', () => {
    const denied = (called: ActionUse): ActionUse => ({ ...called, isDenied: true });
    const object = (key: string) => `arn:aws:s3:::example-reports/${key}`;
    const {
      policy,
      denied: refused,
      notes,
    } = policyFor([
      use('s3', 'GetObject', object('a')),
      denied(use('s3', 'GetObject', object('a'))),
      denied(use('s3', 'GetObject', object('b'))),
      denied(use('s3', 'DeleteObject', object('a'))),
      use('iam', 'ListUsers'),
      denied(use('iam', 'ListUsers')),
    ]);
    expect(policy.Statement.map(({ Action, Resource }) => [...Action, ...Resource])).toEqual([
      ['iam:ListUsers', '*'],
      ['s3:GetObject', object('a')],
    ]);
    expect(refused.Statement).toEqual([
      { Sid: 'DeniedS31', Effect: 'Allow', Action: ['s3:DeleteObject'], Resource: [object('a')] },
      { Sid: 'DeniedS32', Effect: 'Allow', Action: ['s3:GetObject'], Resource: [object('b')] },
    ]);
    expect(notes).toEqual([
      'Iam1 is on *: could not be mapped to a resource: iam:ListUsers (lists, describes or makes things, which are not mapped here)',
    ]);
  });

  test('a statement that became wider than what was called says that it may cover what was denied', () => {
    const key = (name: string) => use('kms', 'Decrypt', `arn:aws:kms:eu-west-1:${ACCOUNT}:key/${name}`);
    const { notes } = policyFor([key('a'), use('kms', 'Decrypt'), { ...key('b'), isDenied: true }]);
    expect(notes).toContain('Kms1 is wider than what was called, so it may cover denied calls of kms:Decrypt');
    expect(notes).toContain('Kms1: of kms:Decrypt that is so of some events only; the others name resources');
  });

  test('says what else is needed, and what became wider', () => {
    const objects = Array.from({ length: 60 }, (_, i) => use('s3', 'GetObject', `arn:aws:s3:::example-reports/${i}`));
    const report = policyFor([...objects, use('ec2', 'RunInstances')]);
    expect(report.policy.Statement.find(({ Action }) => Action[0] === 's3:GetObject')?.Resource).toEqual([
      'arn:aws:s3:::example-reports/*',
    ]);
    expect(report.notes.join('\n')).toMatch(/s3:GetObject on whole buckets instead of 60 objects/);
    expect(report.notes.join('\n')).toMatch(/iam:PassRole/);
    expect(report.notes.join('\n')).toMatch(/is on \*/);
  });

  test('an event that names no call, as Insights events do, is said to', () => {
    expect(
      policyFor([{ source: '', name: '', resources: [], account: ACCOUNT, region: 'eu-west-1' }]).unmapped,
    ).toEqual([{ what: 'an event without eventName', why: 'eventSource is not a service' }]);
  });

  test('of nothing is an empty policy', () => {
    expect(policyFor([])).toEqual({ policy: NOTHING, denied: NOTHING, unmapped: [], notes: [] });
  });

  test('of anything names no action by a wildcard and no statement twice', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '*',
        's3.amazonaws.com',
        'iam.amazonaws.com',
        'kms.amazonaws.com',
        'GetObject',
        'AttachRolePolicy',
        'Decrypt',
        'arn:aws:s3:::b/*',
      ),
    );
    const value = fc.oneof(fc.jsonValue(), fc.array(text), text);
    const parts = fc
      .dictionary(fc.oneof(fc.string(), fc.constantFrom('bucketName', 'key', 'roleName', 'keyId')), value)
      .map((some) => namedParts({ requestParameters: some, resources: Object.values(some) }));
    const uses = fc.array(
      fc.record({ source: text, name: text, resources: fc.array(text), parts, account: text, region: text }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(uses, (some) => {
        const { policy } = policyFor(some);
        const called = policy.Statement.flatMap(({ Action }) => Action);
        for (const action of called) expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z0-9]+$/);
        expect(new Set(called).size).toBe(called.length);
        expect(new Set(policy.Statement.map(({ Sid }) => Sid)).size).toBe(policy.Statement.length);
        for (const { Sid } of policy.Statement) expect(Sid).toMatch(/^[A-Za-z0-9]+$/);
      }),
    );
  });
});
