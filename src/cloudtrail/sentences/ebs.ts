// Volumes, snapshots and images of EC2, and the EBS direct APIs that read and write a snapshot's blocks.

import { sharesOf } from '../image-shares.ts';
import { firstText, textOf } from '../json-value.ts';
import { type Call, type Phrase, type Phrases, phrase } from './call.ts';
import { sharePhrase } from './sharing.ts';
import { say } from './template.ts';
import { isTrue, short } from './values.ts';

export const EC2_STORAGE: Phrases = {
  CreateVolume: (call) => {
    const encrypted = isTrue(call.request.encrypted ?? call.answer.encrypted) ? ', encrypted' : '';
    return say(
      `create {>volumeId?a volume}[ ({size|>size} GiB {volumeType|>volumeType?volume}${encrypted}, {zone|availabilityZone?zone not stated})][ from {snapshotId|>snapshotId}]`,
    )(call);
  },
  AttachVolume: say('attach {volumeId} to {instanceId}[ as {device}]'),
  DetachVolume: say('detach {volumeId}[ from {instanceId|>instanceId}]'),
  ModifyVolume: say(
    'change {ModifyVolumeRequest.VolumeId|volumeId}[ to {ModifyVolumeRequest.Size} GiB][ of type {ModifyVolumeRequest.VolumeType}]',
  ),
  DeleteVolume: say('delete {volumeId|@?a volume}'),
  CreateSnapshot: say('make {>snapshotId?a snapshot} of {volumeId|>volumeId}'),
  CreateSnapshots: say(
    'make snapshots of the volumes of {CreateSnapshotsRequest.InstanceSpecification.InstanceId|@?an instance}',
  ),
  CopySnapshot: say('copy snapshot {sourceSnapshotId}[ of {sourceRegion}][ as {>snapshotId}]'),
  DeleteSnapshot: say('delete {snapshotId|@?a snapshot}'),
  ModifySnapshotAttribute: (call) => share(call, 'a snapshot', firstText(call.request.snapshotId, call.label)),
  ResetSnapshotAttribute: say('stop sharing {snapshotId|@?a snapshot}'),
  ModifyImageAttribute: (call) => share(call, 'an image', firstText(call.request.imageId, call.label)),
  ResetImageAttribute: say('stop sharing {imageId|@?an image}'),
  SharedSnapshotVolumeCreated: say('report a volume made from the shared snapshot[ {@}]'),
  SharedSnapshotCopyInitiated: say('report a copy of the shared snapshot[ {@}]'),
  CreateImage: say('make {>imageId?an image}[ ({name})] of {instanceId}'),
  CopyImage: say('copy image {sourceImageId}[ of {sourceRegion}][ as {>imageId}]'),
  RegisterImage: say('register {>imageId?an image}[ ({name})]'),
  DeregisterImage: say('deregister image {imageId|@}'),
  CreateStoreImageTask: say(
    'store image {CreateStoreImageTaskRequest.ImageId|imageId} in bucket {CreateStoreImageTaskRequest.Bucket|bucket}',
  ),
  ExportImage: say('export image {imageId|ExportImageRequest.ImageId} to S3'),
  CreateInstanceExportTask: say('export {instanceId} to bucket {exportToS3.s3Bucket}'),
  EnableEbsEncryptionByDefault: say('turn on EBS encryption by default'),
  DisableEbsEncryptionByDefault: say('turn off EBS encryption by default'),
  ModifyEbsDefaultKmsKeyId: say(
    'make {ModifyEbsDefaultKmsKeyIdRequest.KmsKeyId|kmsKeyId} the default key of EBS encryption',
  ),
  EnableSnapshotBlockPublicAccess: say(
    'block public snapshots[ ({EnableSnapshotBlockPublicAccessRequest.State|state})]',
  ),
  DisableSnapshotBlockPublicAccess: say('allow public snapshots again'),
  EnableImageBlockPublicAccess: say('block public images'),
  DisableImageBlockPublicAccess: say('allow public images again'),
};

export const EBS_DIRECT: Phrases = {
  ListSnapshotBlocks: say('list the blocks of {snapshotId|@?a snapshot}'),
  ListChangedBlocks: say(
    'list the blocks that differ between {firstSnapshotId?the first snapshot} and {secondSnapshotId}',
  ),
  GetSnapshotBlock: say('read[ block {blockIndex} of] {snapshotId|@?a snapshot}'),
  PutSnapshotBlock: say('write[ block {blockIndex} of] {snapshotId|@?a snapshot}'),
  StartSnapshot: say('begin to write {>snapshotId|@?a snapshot}[ ({volumeSize} GiB)][ from {parentSnapshotId}]'),
  CompleteSnapshot: say('complete {snapshotId|@?a snapshot}[ ({changedBlocksCount} changed blocks)]'),
};

function share({ request }: Call, kind: string, id: unknown): Phrase {
  const what = short(textOf(id)) || kind;
  const { added, removed } = sharesOf(request);
  const names = (receivers: typeof added) => receivers.map(({ name }) => name);
  const shared = sharePhrase(what, names(added), names(removed));
  if (shared !== null) return shared;
  const attribute = textOf(request.attributeType) || textOf(request.attribute);
  return phrase(`change ${attribute ? `the attribute ${short(attribute)}` : 'an attribute'} of ${what}`);
}
