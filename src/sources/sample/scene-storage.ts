// Volumes, snapshots and the keys that protect them.

import { type Caller, iamUserCaller, personCaller, roleCaller } from './callers.ts';
import { ACCOUNTS, DATABASE_VOLUME, findPerson, HOME_REGION, INSTANCES, KEY_ID, VOLUMES } from './company.ts';
import { denial } from './record.ts';
import { clock, HOUR, MINUTE, type Stage } from './stage.ts';

const ACCOUNT = ACCOUNTS.prod;
const BACKUP_HOST = '203.0.113.140';

/** Data Lifecycle Manager: one snapshot made, the oldest deleted. */
export function nightlySnapshots(stage: Stage, day: number): void {
  const { random } = stage;
  const time = stage.day(day) + 3 * HOUR + random.int(0, 20) * MINUTE;
  const dlm = roleCaller(random, 'prod', 'AWSDataLifecycleManagerDefaultRole', 'dlm', time, 'dlm.amazonaws.com');
  const caller: Caller = {
    ...dlm,
    identity: { ...dlm.identity, invokedBy: 'dlm.amazonaws.com' },
    agent: 'dlm.amazonaws.com',
  };
  const volumeId = random.pick([...VOLUMES, DATABASE_VOLUME]);
  const snapshotId = `snap-${random.hex(17)}`;
  stage.call(time, caller, 'ec2', 'CreateSnapshot', {
    writes: true,
    request: { volumeId },
    response: { snapshotId, volumeId, status: 'pending', ownerId: ACCOUNT, volumeSize: '200', encrypted: true },
  });
  stage.call(time + MINUTE, caller, 'ec2', 'DeleteSnapshot', {
    writes: true,
    request: { snapshotId: `snap-${random.hex(17)}` },
    response: { _return: true },
  });
}

/** A backup tool writes a snapshot through the EBS direct APIs (source ebs.amazonaws.com). */
export function directSnapshots(stage: Stage): void {
  const { random } = stage;
  const start = stage.day(3) + 1 * HOUR;
  const backup: Caller = {
    ...roleCaller(random, 'prod', 'backup-agent', 'nightly', start, BACKUP_HOST),
    by: iamUserCaller('prod', 'backup-script', 'AKIAEXAMPLE7BACKUP2A', BACKUP_HOST),
  };
  const tick = clock(random, start);
  const snapshotId = `snap-${random.hex(17)}`;
  const resources = [
    { accountId: ACCOUNT, type: 'AWS::EC2::Snapshot', ARN: `arn:aws:ec2:${HOME_REGION}::snapshot/${snapshotId}` },
  ];
  stage.call(tick(1), backup, 'ebs', 'StartSnapshot', {
    writes: true,
    request: { volumeSize: 8, clientToken: random.uuid() },
    response: { snapshotId, status: 'pending' },
  });
  for (let block = 0; block < 6; block++) {
    stage.call(tick(2), backup, 'ebs', 'PutSnapshotBlock', {
      writes: true,
      isData: true,
      request: { snapshotId, blockIndex: block, dataLength: 524288, checksumAlgorithm: 'SHA256' },
      resources,
    });
  }
  stage.call(tick(3), backup, 'ebs', 'CompleteSnapshot', {
    writes: true,
    request: { snapshotId, changedBlocksCount: 6 },
    response: { status: 'pending' },
  });
  stage.call(tick(60), backup, 'ebs', 'ListSnapshotBlocks', {
    isData: true,
    request: { snapshotId, maxResults: 1000 },
    resources,
  });
  const volumeId = `vol-${random.hex(17)}`;
  const instanceId = INSTANCES.batch[1];
  stage.call(tick(90), backup, 'ec2', 'CreateVolume', {
    writes: true,
    request: { snapshotId, size: '8', zone: `${HOME_REGION}a`, volumeType: 'gp3' },
    response: { volumeId, snapshotId, size: '8', zone: `${HOME_REGION}a`, status: 'creating' },
  });
  stage.call(tick(30), backup, 'ec2', 'AttachVolume', {
    writes: true,
    request: { volumeId, instanceId, device: '/dev/sdg', deleteOnTermination: false },
    response: { volumeId, instanceId, device: '/dev/sdg', status: 'attaching' },
  });
}

export function keys(stage: Stage): void {
  const start = stage.day(11) + 13 * HOUR;
  const alice = personCaller(stage.random, findPerson('alice'), 'prod', start);
  const erin = personCaller(stage.random, findPerson('erin'), 'prod', start);
  const arn = `arn:aws:kms:${HOME_REGION}:${ACCOUNT}:key/${KEY_ID}`;
  const resources = [{ accountId: ACCOUNT, type: 'AWS::KMS::Key', ARN: arn }];
  const tick = clock(stage.random, start);
  stage.call(tick(1), alice, 'kms', 'ScheduleKeyDeletion', {
    writes: true,
    request: { keyId: KEY_ID, pendingWindowInDays: 7 },
    response: { keyId: arn, keyState: 'PendingDeletion', pendingWindowInDays: 7 },
    resources,
  });
  stage.call(tick(1200), erin, 'kms', 'CancelKeyDeletion', {
    writes: true,
    request: { keyId: KEY_ID },
    error: ['AccessDenied', denial(erin, 'kms:CancelKeyDeletion', arn, 'no policy')],
    resources,
  });
  stage.call(tick(900), alice, 'kms', 'CancelKeyDeletion', {
    writes: true,
    request: { keyId: KEY_ID },
    response: { keyId: arn },
    resources,
  });
  stage.call(tick(20), alice, 'kms', 'EnableKey', { writes: true, request: { keyId: KEY_ID }, resources });
}
