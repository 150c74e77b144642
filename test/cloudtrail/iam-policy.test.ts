import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ActionUse, policyFor } from '../../src/cloudtrail/iam-policy.ts';

const ACCOUNT = '111122223333';
const use = (service: string, name: string, ...resources: string[]): ActionUse => ({
  source: `${service}.amazonaws.com`,
  name,
  resources,
  account: ACCOUNT,
  region: 'eu-west-1',
});
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
      use('secretsmanager', 'GetSecretValue', 'prod/orders/database'),
      `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:prod/orders/database-??????`,
    ],
    [
      use('lambda', 'UpdateFunctionCode20150331v2', 'order-worker'),
      `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:order-worker`,
    ],
    [use('dynamodb', 'GetItem', 'orders'), `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`],
    [use('s3', 'PutBucketPolicy', 'example-reports'), 'arn:aws:s3:::example-reports'],
    [use('ec2', 'StopInstances', `arn:aws:iam::${ACCOUNT}:role/Admin`), '*'],
    [use('iam', 'DeleteUser', 'alice'), '*'],
    [{ ...use('ec2', 'StopInstances', 'i-0a7c31e95b2d4f681'), account: '' }, '*'],
    [{ ...use('s3', 'DeleteBucket', 'example-reports'), region: 'cn-north-1' }, 'arn:aws-cn:s3:::example-reports'],
  ])('resources of %j', (called, resource) => {
    expect(statements(called)[0]?.[1]).toBe(resource);
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
    expect(notes).toEqual(['Iam1 is on *: the events name nothing that its actions could be limited to']);
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
      fc.constantFrom('*', 's3.amazonaws.com', 'ec2.amazonaws.com', 'GetObject', 'arn:aws:s3:::b/*'),
    );
    const uses = fc.array(
      fc.record({ source: text, name: text, resources: fc.array(text), account: text, region: text }),
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
