// RDS and Aurora. CloudTrail spells the names dBInstanceIdentifier, dBSnapshotIdentifier, dBClusterIdentifier.

import { textOf } from '../json-value.ts';
import { type Call, type Phrase, type Phrases, phrase } from './call.ts';
import { sharePhrase } from './sharing.ts';
import { filler, say } from './template.ts';
import { isFalse, isTrue, short, textsOf } from './values.ts';

const DB = '{dBInstanceIdentifier|dbInstanceIdentifier|dBClusterIdentifier|dbClusterIdentifier|@?(not stated)}';
const SNAPSHOT =
  '{dBSnapshotIdentifier|dbSnapshotIdentifier|dBClusterSnapshotIdentifier|dbClusterSnapshotIdentifier|@?(not stated)}';

export const RDS: Phrases = {
  CreateDBInstance: (call) => say(`create database ${DB}[ ({engine}, {dBInstanceClass})]${openness(call)}`)(call),
  CreateDBCluster: (call) => say(`create database cluster ${DB}[ ({engine})]`)(call),
  ModifyDBInstance: modify,
  ModifyDBCluster: modify,
  DeleteDBInstance: remove,
  DeleteDBCluster: remove,
  StopDBInstance: say(`stop database ${DB}`),
  StartDBInstance: say(`start database ${DB}`),
  RebootDBInstance: say(`reboot database ${DB}`),
  CreateDBSnapshot: say(`make snapshot ${SNAPSHOT} of database {dBInstanceIdentifier|dbInstanceIdentifier}`),
  CreateDBClusterSnapshot: say(
    `make snapshot ${SNAPSHOT} of database cluster {dBClusterIdentifier|dbClusterIdentifier}`,
  ),
  CopyDBSnapshot: say('copy database snapshot {sourceDBSnapshotIdentifier:name}[ as {targetDBSnapshotIdentifier}]'),
  DeleteDBSnapshot: say(`delete database snapshot ${SNAPSHOT}`),
  DeleteDBClusterSnapshot: say(`delete database snapshot ${SNAPSHOT}`),
  ModifyDBSnapshotAttribute: shareSnapshot,
  ModifyDBClusterSnapshotAttribute: shareSnapshot,
  RestoreDBInstanceFromDBSnapshot: (call) =>
    say(
      `restore database {dBInstanceIdentifier|dbInstanceIdentifier} from snapshot {dBSnapshotIdentifier|dbSnapshotIdentifier}${openness(call)}`,
    )(call),
  RestoreDBInstanceToPointInTime: say(
    'restore database {targetDBInstanceIdentifier} as {sourceDBInstanceIdentifier} was at a point in time',
  ),
  StartExportTask: say('export database snapshot {sourceArn:name} to bucket {s3BucketName}'),
  DownloadDBLogFilePortion: say(`download log {logFileName?files} of database ${DB}`),
  AddRoleToDBInstance: say(`give database ${DB} the role {roleArn:name}`),
};

function openness({ request }: Call): string {
  return isTrue(request.publiclyAccessible) ? ' (publicly accessible where its security groups allow)' : '';
}

function modify(call: Call): Phrase {
  const { request } = call;
  const changes = [
    isTrue(request.publiclyAccessible) && 'publicly accessible (where its security groups allow)',
    isFalse(request.publiclyAccessible) && 'no more publicly accessible',
    textOf(request.masterUserPassword) !== '' && 'with a new master password',
    isFalse(request.deletionProtection) && 'without deletion protection',
    isTrue(request.deletionProtection) && 'protected against deletion',
    textOf(request.backupRetentionPeriod) === '0' && 'without backups',
    textOf(request.dBInstanceClass) !== '' && `of class ${short(textOf(request.dBInstanceClass))}`,
  ].filter((text) => text !== false);
  const db = filler(`database ${DB}`)(call);
  return phrase(changes.length === 0 ? `change ${db}` : `make ${db} ${changes.join(', ')}`);
}

function remove(call: Call): Phrase {
  const lost = [
    isTrue(call.request.skipFinalSnapshot) && 'without a final snapshot',
    isTrue(call.request.deleteAutomatedBackups) && 'with its automated backups',
  ].filter((text) => text !== false);
  return phrase(`${filler(`delete database ${DB}`)(call)}${lost.length === 0 ? '' : ` ${lost.join(' and ')}`}`);
}

function shareSnapshot(call: Call): Phrase {
  const name = filler(`database snapshot ${SNAPSHOT}`)(call);
  const { valuesToAdd, valuesToRemove } = call.request;
  return sharePhrase(name, textsOf(valuesToAdd), textsOf(valuesToRemove)) ?? phrase(`change an attribute of ${name}`);
}
