// What records say has changed about one resource: a table of calls, each asked about what it names.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resourceMatcher } from '../../src/cloudtrail/resource-names.ts';
import { changesOf, stateChangesOf } from '../../src/cloudtrail/state-changes.ts';

const I = 'i-0ab12cd34ef567890';
const OTHER = 'i-0ffffffffffffffff';
const VOL = 'vol-08c4f2a6e1d97b350';
const SNAP = 'snap-0123456789abcdef0';
const AMI = 'ami-0123456789abcdef0';
const SG = 'sg-0123456789abcdef0';
const ROLE = 'arn:aws:iam::111122223333:role/service/Admin';
const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';
const POLICY = 'arn:aws:iam::aws:policy/AdministratorAccess';

function call(eventName: string, requestParameters: unknown, responseElements: unknown = null): object {
  return { eventName, eventSource: 'x.amazonaws.com', readOnly: false, requestParameters, responseElements };
}

const states = (id: string, from: string, to: string) => ({
  instanceId: id,
  currentState: { code: 32, name: to },
  previousState: { code: 16, name: from },
});
const two = { instancesSet: { items: [{ instanceId: OTHER }, { instanceId: I }] } };
const permission = (from: number, to: number, cidrIp: string, ipProtocol = 'tcp') => ({
  ipProtocol,
  fromPort: from,
  toPort: to,
  groups: {},
  ipRanges: { items: [{ cidrIp }] },
  ipv6Ranges: {},
});

describe('stateChangesOf', () => {
  test.each<[string, object, string, readonly string[]]>([
    [
      'an instance among several: that one',
      call('TerminateInstances', two, {
        instancesSet: { items: [states(OTHER, 'stopped', 'terminated'), states(I, 'running', 'shutting-down')] },
      }),
      I,
      ['running → shutting-down'],
    ],
    [
      'by its ARN',
      call('StopInstances', two, { instancesSet: { items: [states(I, 'running', 'stopping')] } }),
      `arn:aws:ec2:eu-west-1:111122223333:instance/${I}`,
      ['running → stopping'],
    ],
    [
      'no change at all',
      call('StartInstances', two, { instancesSet: { items: [states(I, 'running', 'running')] } }),
      I,
      ['stays running'],
    ],
    [
      'a launch',
      call(
        'RunInstances',
        { instanceType: 'm5.large' },
        { instancesSet: { items: [{ instanceId: I, imageId: AMI, instanceState: { name: 'pending' } }] } },
      ),
      I,
      [`created, pending, m5.large, from ${AMI}`],
    ],
    [
      'the image of a launch stays as it is',
      call('RunInstances', {}, { instancesSet: { items: [{ instanceId: I, imageId: AMI }] } }),
      AMI,
      [],
    ],
    ['rebooted', call('RebootInstances', two), I, ['rebooted']],
    [
      'an attribute',
      call('ModifyInstanceAttribute', { instanceId: I, disableApiTermination: { value: false } }),
      I,
      ['termination protection off'],
    ],
    [
      'groups',
      call('ModifyInstanceAttribute', { instanceId: I, groupSet: { items: [{ groupId: SG }] } }),
      I,
      [`security groups ${SG}`],
    ],
    [
      'metadata',
      call('ModifyInstanceMetadataOptions', {
        ModifyInstanceMetadataOptionsRequest: { InstanceId: I, HttpTokens: 'optional' },
      }),
      I,
      ['IMDSv1 allowed'],
    ],
    [
      'a volume',
      call('CreateVolume', { size: '8' }, { volumeId: VOL, size: '8', snapshotId: SNAP, status: 'creating' }),
      VOL,
      [`created, creating, 8 GiB, from ${SNAP}`],
    ],
    ['and its snapshot', call('CreateVolume', {}, { volumeId: VOL, snapshotId: SNAP }), SNAP, [`${VOL} made from it`]],
    [
      'attached',
      call('AttachVolume', { volumeId: VOL, instanceId: I, device: '/dev/sdf' }, { status: 'attaching' }),
      VOL,
      [`attached to ${I} as /dev/sdf`],
    ],
    [
      'what has it now',
      call('AttachVolume', { volumeId: VOL, instanceId: I, device: '/dev/sdf' }),
      I,
      [`${VOL} attached`],
    ],
    [
      'detached',
      call('DetachVolume', { volumeId: VOL }, { volumeId: VOL, instanceId: I, status: 'detaching' }),
      VOL,
      [`detached from ${I}`],
    ],
    [
      'resized',
      call(
        'ModifyVolume',
        { ModifyVolumeRequest: { VolumeId: VOL, Size: 200 } },
        { ModifyVolumeResponse: { volumeModification: { volumeId: VOL, originalSize: 100, targetSize: 200 } } },
      ),
      VOL,
      ['size 100 → 200 GiB'],
    ],
    ['deleted', call('DeleteVolume', { volumeId: VOL }, { _return: true }), VOL, ['deleted']],
    [
      'a snapshot',
      call('CreateSnapshot', { volumeId: VOL }, { snapshotId: SNAP, volumeId: VOL, status: 'pending' }),
      SNAP,
      [`created, pending, of ${VOL}`],
    ],
    ['what it is of', call('CreateSnapshot', { volumeId: VOL }, { snapshotId: SNAP }), VOL, [`${SNAP} made of it`]],
    [
      'shared',
      call('ModifySnapshotAttribute', {
        snapshotId: SNAP,
        createVolumePermission: { add: { items: [{ userId: '999900001111' }] } },
      }),
      SNAP,
      ['shared with 999900001111'],
    ],
    [
      'made public',
      call('ModifySnapshotAttribute', {
        snapshotId: SNAP,
        createVolumePermission: { add: { items: [{ group: 'all' }] } },
      }),
      SNAP,
      ['made public'],
    ],
    [
      'taken back',
      call('ModifyImageAttribute', {
        imageId: AMI,
        launchPermission: { remove: { items: [{ group: 'all' }, { userId: '1' }] } },
      }),
      AMI,
      ['no longer public, no longer shared with 1'],
    ],
    ['an image', call('CreateImage', { instanceId: I }, { imageId: AMI }), I, [`${AMI} made from it`]],
    [
      'opened',
      call('AuthorizeSecurityGroupIngress', {
        groupId: SG,
        ipPermissions: { items: [permission(22, 22, '0.0.0.0/0')] },
      }),
      SG,
      ['opened 22/tcp to 0.0.0.0/0'],
    ],
    [
      'opened, the old way',
      call('AuthorizeSecurityGroupIngress', { groupId: SG, ipProtocol: '-1', cidrIp: '0.0.0.0/0' }),
      SG,
      ['opened all to 0.0.0.0/0'],
    ],
    [
      'closed by a rule’s id',
      call(
        'RevokeSecurityGroupEgress',
        { groupId: SG, securityGroupRuleIds: { items: [] } },
        {
          revokedSecurityGroupRuleSet: {
            items: [{ groupId: SG, ipProtocol: 'udp', fromPort: 1, toPort: 9, cidrIpv4: '10.0.0.0/8' }],
          },
        },
      ),
      SG,
      ['outbound closed 1-9/udp to 10.0.0.0/8'],
    ],
    [
      'named',
      call('CreateTags', {
        resourcesSet: { items: [{ resourceId: I }] },
        tagSet: {
          items: [
            { key: 'Name', value: 'web' },
            { key: 'a', value: 'b' },
          ],
        },
      }),
      I,
      ['named web, tag a = b'],
    ],
    [
      'a profile',
      call('AssociateIamInstanceProfile', {
        AssociateIamInstanceProfileRequest: { InstanceId: I, IamInstanceProfile: { Name: 'web' } },
      }),
      I,
      ['instance profile web associated'],
    ],
    [
      'a policy on a role',
      call('AttachRolePolicy', { roleName: 'Admin', policyArn: POLICY }),
      ROLE,
      ['policy AdministratorAccess attached'],
    ],
    [
      'and the policy',
      call('AttachRolePolicy', { roleName: 'Admin', policyArn: POLICY }),
      POLICY,
      ['attached to role Admin'],
    ],
    ['inline', call('PutUserPolicy', { userName: 'bob', policyName: 'all' }), 'bob', ['inline policy all set']],
    ['trust', call('UpdateAssumeRolePolicy', { roleName: 'Admin' }), 'Admin', ['trust policy changed']],
    [
      'a role',
      call('CreateRole', { roleName: 'Admin' }, { role: { roleName: 'Admin', arn: ROLE } }),
      ROLE,
      ['created'],
    ],
    [
      'a user’s key',
      call(
        'CreateAccessKey',
        { userName: 'bob' },
        { accessKey: { userName: 'bob', accessKeyId: 'AKIAEXAMPLE', status: 'Active' } },
      ),
      'bob',
      ['access key AKIAEXAMPLE created'],
    ],
    ['renamed', call('UpdateUser', { userName: 'bob', newUserName: 'rob' }), 'rob', ['renamed from bob']],
    [
      'a policy’s version',
      call('CreatePolicyVersion', { policyArn: POLICY, setAsDefault: true }, { policyVersion: { versionId: 'v2' } }),
      POLICY,
      ['version v2 created and made default'],
    ],
    ['a bucket', call('CreateBucket', { bucketName: 'example-logs' }), 'arn:aws:s3:::example-logs', ['created']],
    [
      'open to everyone',
      call('PutBucketPolicy', {
        bucketName: 'example-logs',
        bucketPolicy: { Statement: [{ Effect: 'Allow', Principal: '*' }] },
      }),
      'example-logs',
      ['made public: its policy allows everyone'],
    ],
    [
      'a part of a bucket is no bucket',
      call('DeleteBucketLifecycle', { bucketName: 'example-logs' }),
      'example-logs',
      ['bucket lifecycle deleted'],
    ],
    [
      'objects do not change their bucket',
      call('PutObject', { bucketName: 'example-logs', key: 'a' }),
      'example-logs',
      [],
    ],
    [
      'an object',
      call('DeleteObject', { bucketName: 'example-logs', key: 'a/b' }),
      'arn:aws:s3:::example-logs/a/b',
      ['deleted'],
    ],
    [
      'a key about to go',
      call('ScheduleKeyDeletion', { keyId: KEY }, { deletionDate: 'Jun 18, 2026' }),
      `arn:aws:kms:eu-west-1:111122223333:key/${KEY}`,
      ['deletion scheduled for Jun 18, 2026'],
    ],
    ['disabled', call('DisableKey', { keyId: `arn:aws:kms:eu-west-1:111122223333:key/${KEY}` }), KEY, ['disabled']],
    [
      'a secret by its ARN',
      call('PutSecretValue', { secretId: 'prod/db' }),
      'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf',
      ['new value'],
    ],
    [
      'a function of an old API',
      call('UpdateFunctionCode20150331v2', { functionName: 'ship' }),
      'arn:aws:lambda:eu-west-1:111122223333:function:ship',
      ['code changed'],
    ],
    ['a trail', call('StopLogging', { name: 'main' }), 'main', ['logging stopped']],
    [
      'a database',
      call('ModifyDBInstance', {
        dBInstanceIdentifier: 'orders',
        publiclyAccessible: true,
        masterUserPassword: '****',
      }),
      'orders',
      ['publicly accessible on, password changed'],
    ],
    ['what no rule is for', call('UpdateStack', { stackName: 'web' }), 'web', ['updated']],
    ['only mentioned', call('CreateFoo', { instanceId: I, vpcId: 'vpc-12345678' }), 'vpc-12345678', []],
  ])('%s', (_, record, resource, changes) => {
    expect(stateChangesOf(record, resource)).toEqual(changes);
  });

  test('a failed call changes nothing', () => {
    const of = (errorCode: string) => stateChangesOf({ ...call('DeleteVolume', { volumeId: VOL }), errorCode }, VOL);
    expect(of('Client.UnauthorizedOperation')).toEqual(['denied']);
    expect(of('Client.VolumeInUse')).toEqual(['failed']);
    expect(of('Client.DryRunOperation')).toEqual(['dry run']);
  });

  test('a read changes nothing', () => {
    expect(stateChangesOf({ ...call('DescribeVolumes', { volumeId: VOL }), readOnly: true }, VOL)).toEqual([]);
    expect(stateChangesOf({ eventName: 'GetVolume', requestParameters: { volumeId: VOL } }, VOL)).toEqual([]);
  });

  test('services report on their own', () => {
    const record = { eventName: 'SharedSnapshotVolumeCreated', serviceEventDetails: { snapshotId: SNAP } };
    expect(stateChangesOf(record, SNAP)).toEqual(['another account made a volume of it']);
  });

  test('tells what state it is in after that, and what has come into being', () => {
    const stopped = call('StopInstances', two, { instancesSet: { items: [states(I, 'running', 'stopping')] } });
    expect(changesOf(stopped, resourceMatcher([I]))).toEqual([{ text: 'running → stopping', state: 'stopping' }]);
    expect(changesOf(call('CreateQueue', { queueName: 'jobs' }), resourceMatcher(['jobs']))[0]?.isCreation).toBe(true);
  });

  test('whatever stands in a record, it is text', () => {
    const names = [
      ...['RunInstances', 'TerminateInstances', 'CreateSnapshots', 'ModifySnapshotAttribute', 'PutBucketPolicy'],
      ...['AuthorizeSecurityGroupIngress', 'CreateTags', 'AttachRolePolicy', 'ModifyDBInstance', 'DeleteThing', ''],
    ];
    const odd = fc.oneof(
      fc.anything(),
      fc.constant({ omitted: true }),
      fc.constant({ instancesSet: { items: [null, 3] } }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        odd,
        odd,
        fc.string(),
        (eventName, requestParameters, answer, resource) => {
          const record = { eventName, requestParameters, responseElements: answer, readOnly: answer };
          for (const text of stateChangesOf(record, resource)) expect(typeof text).toBe('string');
        },
      ),
    );
    for (const record of [null, 3, 'x', [], undefined]) expect(stateChangesOf(record, I)).toEqual([]);
  });
});
