import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { relatedResources, relationThrough } from '../../src/cloudtrail/related-resources.ts';

const I = 'i-0ab12cd34ef567890';
const VOL = 'vol-08c4f2a6e1d97b350';
const VOL2 = 'vol-00000000000000002';
const SNAP = 'snap-0123456789abcdef0';
const AMI = 'ami-0123456789abcdef0';
const SG = 'sg-0123456789abcdef0';
const ENI = 'eni-0123456789abcdef0';

function call(eventName: string, requestParameters: unknown, responseElements: unknown = null): object {
  return { eventName, requestParameters, responseElements };
}

const launch = call(
  'RunInstances',
  { iamInstanceProfile: { name: 'web' } },
  {
    instancesSet: {
      items: [
        {
          instanceId: I,
          imageId: AMI,
          groupSet: { items: [{ groupId: SG }] },
          networkInterfaceSet: { items: [{ networkInterfaceId: ENI }] },
          blockDeviceMapping: { items: [{ deviceName: '/dev/sda1', ebs: { volumeId: VOL } }] },
        },
        { instanceId: 'i-00000000000000002', blockDeviceMapping: { items: [{ ebs: { volumeId: VOL2 } }] } },
      ],
    },
  },
);

describe('relatedResources', () => {
  test.each<[string, object, string, readonly (readonly [string, string])[]]>([
    [
      'a launch: what it was given, not what others were',
      launch,
      I,
      [
        [VOL, 'volume of it'],
        [ENI, 'network interface of it'],
        ['web', 'instance profile of it'],
        [SG, 'security group of it'],
      ],
    ],
    ['a volume on it', call('AttachVolume', { volumeId: VOL, instanceId: I }), I, [[VOL, 'volume of it']]],
    ['what has the volume', call('AttachVolume', { volumeId: VOL, instanceId: I }), VOL, [[I, 'instance that has it']]],
    [
      'taken away',
      call('DetachVolume', { volumeId: VOL }, { volumeId: VOL, instanceId: I }),
      I,
      [[VOL, 'former volume of it']],
    ],
    [
      'a snapshot',
      call('CreateSnapshot', { volumeId: VOL }, { snapshotId: SNAP, volumeId: VOL }),
      VOL,
      [[SNAP, 'snapshot of it']],
    ],
    [
      'snapshots of all of an instance',
      call(
        'CreateSnapshots',
        { CreateSnapshotsRequest: { InstanceSpecification: { InstanceId: I } } },
        { CreateSnapshotsResponse: { snapshotSet: { items: [{ snapshotId: SNAP, volumeId: VOL }] } } },
      ),
      I,
      [
        [VOL, 'volume of it'],
        [SNAP, 'snapshot of a volume of it'],
      ],
    ],
    [
      'a volume of a snapshot',
      call('CreateVolume', { snapshotId: SNAP }, { volumeId: VOL, snapshotId: SNAP }),
      SNAP,
      [[VOL, 'volume made from it']],
    ],
    [
      'a copy',
      call('CopySnapshot', { sourceSnapshotId: SNAP }, { snapshotId: 'snap-2' }),
      SNAP,
      [['snap-2', 'copy of it']],
    ],
    ['an image', call('CreateImage', { instanceId: I }, { imageId: AMI }), I, [[AMI, 'image made from it']]],
    [
      'an image of a snapshot',
      call('RegisterImage', { blockDeviceMapping: { items: [{ ebs: { snapshotId: SNAP } }] } }, { imageId: AMI }),
      SNAP,
      [[AMI, 'image made from it']],
    ],
    [
      'a profile',
      call('AssociateIamInstanceProfile', {
        AssociateIamInstanceProfileRequest: {
          InstanceId: I,
          IamInstanceProfile: { Arn: 'arn:aws:iam::1:instance-profile/web' },
        },
      }),
      I,
      [['arn:aws:iam::1:instance-profile/web', 'instance profile of it']],
    ],
    [
      'its role',
      call('AddRoleToInstanceProfile', { instanceProfileName: 'web', roleName: 'WebRole' }),
      'web',
      [['WebRole', 'role of it']],
    ],
    [
      'an address',
      call('AssociateAddress', { instanceId: I, allocationId: 'eipalloc-1' }),
      I,
      [['eipalloc-1', 'address of it']],
    ],
    ['nothing of others', call('AttachVolume', { volumeId: VOL2, instanceId: 'i-2' }), I, []],
    [
      'nothing of a failed call',
      { ...call('AttachVolume', { volumeId: VOL, instanceId: I }), errorCode: 'Client.X' },
      I,
      [],
    ],
  ])('%s', (_, record, resource, related) => {
    expect(relatedResources(record, resource).map(({ id, relation }) => [id, relation])).toEqual(related);
  });

  test('is total and bounded', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (requestParameters, responseElements) => {
        expect(relatedResources({ eventName: 'RunInstances', requestParameters, responseElements }, I)).toBeInstanceOf(
          Array,
        );
      }),
    );
    const many = Array.from({ length: 5000 }, (_, k) => ({ instanceId: I, volumeId: `vol-${k}` }));
    expect(relatedResources(call('X', { items: many }), I).length).toBeLessThanOrEqual(64);
  });
});

test('relations of relations are told through what is between', () => {
  const volume = { id: VOL, relation: 'volume of it', isOwn: true };
  expect(relationThrough('snapshot of it', volume)).toBe(`snapshot of its volume ${VOL}`);
  const profile = { id: 'web', relation: 'instance profile of it', isOwn: true };
  expect(relationThrough('role of it', profile)).toBe('role of its instance profile web');
});
