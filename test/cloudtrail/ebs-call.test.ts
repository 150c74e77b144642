import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ebsCallOf } from '../../src/cloudtrail/ebs-call.ts';

const VOL = 'vol-0123456789abcdef0';
const SNAP = 'snap-0123456789abcdef0';
const I = 'i-0123456789abcdef0';

function call(eventName: string, requestParameters: unknown, responseElements: unknown = null, more: object = {}) {
  const { on, ...told } = ebsCallOf({ eventName, requestParameters, responseElements, ...more });
  return [on.join(' '), told.what, told.encrypted];
}

const items = (...list: readonly object[]) => ({ items: list });

test.each([
  [
    'CreateVolume',
    { size: '8', zone: 'eu-west-1a', snapshotId: SNAP },
    { volumeId: VOL, snapshotId: SNAP, size: '8', volumeType: 'gp3', encrypted: false },
    [VOL, `8 GB gp3 from ${SNAP}`, 'no'],
  ],
  ['CreateVolume', { size: '8' }, null, ['', '8 GB', '']],
  [
    'AttachVolume',
    { volumeId: VOL, instanceId: I, device: '/dev/sdf' },
    { volumeId: VOL },
    [VOL, `to ${I} as /dev/sdf`, ''],
  ],
  ['DetachVolume', { volumeId: VOL }, { volumeId: VOL, instanceId: I, device: '/dev/sdf' }, [VOL, `from ${I}`, '']],
  [
    'CreateSnapshot',
    { volumeId: VOL },
    { snapshotId: SNAP, volumeId: VOL, encrypted: true },
    [SNAP, `of ${VOL}`, 'yes'],
  ],
  ['CreateSnapshot', { volumeId: VOL }, null, ['', `of ${VOL}`, '']],
  [
    'CreateSnapshots',
    { CreateSnapshotsRequest: { InstanceSpecification: { InstanceId: I } } },
    { CreateSnapshotsResponse: { snapshotSet: { item: [{ snapshotId: 'snap-1' }, { snapshotId: 'snap-2' }] } } },
    ['snap-1 snap-2', `all volumes of ${I}`, ''],
  ],
  [
    'CopySnapshot',
    { sourceRegion: 'us-east-1', sourceSnapshotId: 'snap-1', encrypted: true },
    { snapshotId: SNAP },
    [SNAP, 'of snap-1 in us-east-1', 'yes'],
  ],
  // What was not asked for may be done all the same: the account may encrypt by itself.
  ['CopySnapshot', { sourceSnapshotId: 'snap-1', encrypted: false }, { snapshotId: SNAP }, [SNAP, 'of snap-1', '']],
  ['DeleteSnapshot', { snapshotId: SNAP }, { _return: true }, [SNAP, '', '']],
  ['StartSnapshot', { volumeSize: 1 }, { snapshotId: SNAP }, [SNAP, '', '']],
])('%s %o', (name, parameters, answer, expected) => expect(call(name, parameters, answer)).toEqual(expected));

test.each([
  [{ add: items({ userId: '999988887777' }) }, 'shared with account 999988887777', false],
  [{ add: items({ group: 'all' }) }, 'shared with everybody (public)', true],
  [{ add: items({ userId: '1' }, { group: 'all' }) }, 'shared with account 1, everybody (public)', true],
  [{ remove: items({ group: 'all' }) }, 'no longer with everybody (public)', false],
  [
    { add: items({ userId: '1' }), remove: items({ userId: '2' }) },
    'shared with account 1, no longer with account 2',
    false,
  ],
  [{ add: {} }, '', false],
])('createVolumePermission %o', (createVolumePermission, what, isPublic) => {
  const requestParameters = { snapshotId: SNAP, createVolumePermission, attributeType: 'CREATE_VOLUME_PERMISSION' };
  const found = ebsCallOf({ eventName: 'ModifySnapshotAttribute', requestParameters });
  expect([found.on, found.what, found.isPublic]).toEqual([[SNAP], what, isPublic]);
});

test('what others did with a shared snapshot', () => {
  const more = { serviceEventDetails: { snapshotId: SNAP } };
  expect(call('SharedSnapshotVolumeCreated', null, null, more)).toEqual([
    SNAP,
    'turned into a volume by an account that it is shared with',
    '',
  ]);
});

test('any record is read without an error', () => {
  const names = fc.constantFrom(
    'CreateVolume',
    'AttachVolume',
    'CreateSnapshots',
    'ModifySnapshotAttribute',
    'toString',
  );
  const odd = fc.oneof(fc.anything(), fc.record({ createVolumePermission: fc.anything(), snapshotSet: fc.anything() }));
  fc.assert(
    fc.property(names, odd, odd, fc.anything(), (name, parameters, answer, details) => {
      const [on, what] = call(name, parameters, answer, { serviceEventDetails: details });
      expect([typeof on, typeof what]).toEqual(['string', 'string']);
    }),
  );
});
