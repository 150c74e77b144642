import { isObject, textOf } from '../json-value.ts';
import { accessBlockOf, aclOf } from '../public-access.ts';
import { type Call, type Phrase, type PhraseOf, type Phrases, phrase } from './call.ts';
import { filler, say } from './template.ts';
import { openText, short } from './values.ts';

const BUCKET = '{bucketName|@?a bucket}';
const OBJECT = '{@|bucketName?an object}';

export const S3: Phrases = {
  GetObject: say(`read ${OBJECT}`),
  HeadObject: say(`look at ${OBJECT}`),
  PutObject: withAcl(`write ${OBJECT}`),
  CopyObject: withAcl(`copy {x-amz-copy-source?an object} to ${OBJECT}`),
  DeleteObject: say(`delete ${OBJECT}`),
  DeleteObjects: say(`delete several objects of ${BUCKET}`),
  RestoreObject: say(`restore ${OBJECT} from the archive`),
  CreateMultipartUpload: withAcl(`begin to upload ${OBJECT} in parts`),
  UploadPart: say(`upload[ part {partNumber} of] ${OBJECT}`),
  CompleteMultipartUpload: say(`complete the upload of ${OBJECT}`),
  PutObjectAcl: (call) => acl(call, call.label || 'an object'),
  PutBucketAcl: (call) => acl(call, bucket(call)),
  ListObjects: say(`list the objects of ${BUCKET}[ below {prefix}]`),
  ListObjectsV2: say(`list the objects of ${BUCKET}[ below {prefix}]`),
  ListObjectVersions: say(`list the object versions of ${BUCKET}`),
  ListBuckets: say('list the buckets'),
  HeadBucket: say(`ask whether bucket ${BUCKET} exists`),
  CreateBucket: withAcl(`create bucket ${BUCKET}`),
  DeleteBucket: say(`delete bucket ${BUCKET}`),
  GetBucketPolicy: say(`read the bucket policy of ${BUCKET}`),
  GetBucketPolicyStatus: say(`ask whether bucket ${BUCKET} is public`),
  GetBucketAcl: say(`read the ACL of bucket ${BUCKET}`),
  GetBucketLocation: say(`ask where bucket ${BUCKET} is`),
  PutBucketPolicy: (call) => phrase(`set the bucket policy of ${bucket(call)}${openText(call.request.bucketPolicy)}`),
  DeleteBucketPolicy: say(`delete the bucket policy of ${BUCKET}`),
  PutBucketPublicAccessBlock: (call) => publicAccess(call, bucket(call)),
  DeleteBucketPublicAccessBlock: say(`remove the public access block of ${BUCKET}`),
  PutAccountPublicAccessBlock: (call) => publicAccess(call, 'the whole account'),
  DeleteAccountPublicAccessBlock: say('remove the public access block of the whole account'),
  PutBucketVersioning: say(`set the versioning of ${BUCKET}[ to {VersioningConfiguration.Status}]`),
  PutBucketLifecycle: say(`set when objects of ${BUCKET} expire`),
  PutBucketLifecycleConfiguration: say(`set when objects of ${BUCKET} expire`),
  DeleteBucketLifecycle: say(`delete the lifecycle rules of ${BUCKET}`),
  PutBucketReplication: say(`set where ${BUCKET} is copied to`),
  DeleteBucketReplication: say(`stop copying ${BUCKET} elsewhere`),
  PutBucketLogging: (call) => {
    const { BucketLoggingStatus: status } = call.request;
    const isOff = isObject(status) && status.LoggingEnabled === undefined;
    if (isOff) return phrase(`turn off the access logging of ${bucket(call)}`);
    return say(`set the access logging of ${BUCKET}[ to bucket {BucketLoggingStatus.LoggingEnabled.TargetBucket}]`)(
      call,
    );
  },
  PutBucketEncryption: say(`set the default encryption of ${BUCKET}`),
  DeleteBucketEncryption: say(`reset the default encryption of ${BUCKET}`),
  PutBucketWebsite: say(`make a website of ${BUCKET}`),
  PutBucketNotification: say(`set whom ${BUCKET} notifies`),
  PutBucketOwnershipControls: say(`set who owns the objects of ${BUCKET}`),
  PutBucketTagging: say(`set the tags of bucket ${BUCKET}`),
};

function bucket({ request, label }: Call): string {
  return short(textOf(request.bucketName) || label) || 'a bucket';
}

function publicAccess({ request }: Call, what: string): Phrase {
  const { on, off, isWhole } = accessBlockOf(request);
  if (isWhole)
    return phrase(on.length > 0 ? `block public access to ${what}` : `turn off the public access block of ${what}`);
  if (off.length > 0) return phrase(`weaken the public access block of ${what} (${off.join(', ')} off)`);
  return phrase(`set the public access block of ${what}${on.length === 0 ? '' : ` (only ${on.join(', ')})`}`);
}

function acl({ request }: Call, what: string): Phrase {
  const { canned, audience } = aclOf(request);
  return phrase(`set the ACL of ${short(what)}${canned && ` to ${short(canned)}`}${audience && ` (${audience})`}`);
}

/** What is made may be open from the beginning. */
function withAcl(template: string): PhraseOf {
  const fill = filler(template);
  return (call) => {
    const { audience } = aclOf(call.request);
    return phrase(`${fill(call)}${audience && ` (${audience})`}`);
  };
}
