// Where the name of an event is not the name of the IAM action that allows the call. Everything else is equal: the
// service's prefix and the event's name. From AWS's Service Authorization Reference, as far as sure.

/** IAM's prefixes that differ from what stands before .amazonaws.com in eventSource. */
export const SERVICE_PREFIXES: Readonly<Record<string, string>> = {
  monitoring: 'cloudwatch',
  email: 'ses',
  tagging: 'tag',
  appstream2: 'appstream',
  amazonmq: 'mq',
  appconfigdata: 'appconfig',
  'chime-sdk-identity': 'chime',
  'chime-sdk-meetings': 'chime',
  'chime-sdk-messaging': 'chime',
  'chime-sdk-voice': 'chime',
  cloudcontrolapi: 'cloudformation',
  rdsdata: 'rds-data',
  iotdata: 'iot',
  pinpoint: 'mobiletargeting',
  transcribestreaming: 'transcribe',
  'application-insights': 'applicationinsights',
  'bedrock-runtime': 'bedrock',
  'bedrock-agent': 'bedrock',
  'bedrock-agent-runtime': 'bedrock',
  docdb: 'rds',
  neptune: 'rds',
  'models-v2-lex': 'lex',
  'runtime-v2-lex': 'lex',
  'models.lex': 'lex',
  'runtime.lex': 'lex',
  'data.iot': 'iot',
  'api.ecr': 'ecr',
  'api.ecr-public': 'ecr-public',
  'api.sagemaker': 'sagemaker',
  'runtime.sagemaker': 'sagemaker',
  'api.pricing': 'pricing',
  'streams.dynamodb': 'dynamodb',
  'entitlement.marketplace': 'aws-marketplace',
  'metering.marketplace': 'aws-marketplace',
  'catalog.marketplace': 'aws-marketplace',
  'servicecatalog-appregistry': 'servicecatalog',
};

/** Actions by `prefix` and event name (without Lambda's and CloudFront's dates). */
const RENAMED: Readonly<Record<string, string>> = {
  s3: `
    ListBuckets=ListAllMyBuckets
    HeadBucket=ListBucket ListObjects=ListBucket ListObjectsV2=ListBucket ListObjectVersions=ListBucketVersions
    ListMultipartUploads=ListBucketMultipartUploads ListParts=ListMultipartUploadParts
    HeadObject=GetObject SelectObjectContent=GetObject GetObjectAttributes=GetObject,GetObjectAttributes
    CopyObject=GetObject,PutObject UploadPartCopy=GetObject,PutObject
    PostObject=PutObject CreateMultipartUpload=PutObject InitiateMultipartUpload=PutObject UploadPart=PutObject
    CompleteMultipartUpload=PutObject DeleteObjects=DeleteObject
    GetObjectLockConfiguration=GetBucketObjectLockConfiguration PutObjectLockConfiguration=PutBucketObjectLockConfiguration
    GetBucketEncryption=GetEncryptionConfiguration PutBucketEncryption=PutEncryptionConfiguration
    DeleteBucketEncryption=PutEncryptionConfiguration
    GetBucketLifecycle=GetLifecycleConfiguration GetBucketLifecycleConfiguration=GetLifecycleConfiguration
    PutBucketLifecycle=PutLifecycleConfiguration PutBucketLifecycleConfiguration=PutLifecycleConfiguration
    DeleteBucketLifecycle=PutLifecycleConfiguration DeleteBucketLifecycleConfiguration=PutLifecycleConfiguration
    GetBucketReplication=GetReplicationConfiguration PutBucketReplication=PutReplicationConfiguration
    DeleteBucketReplication=PutReplicationConfiguration
    GetBucketCors=GetBucketCORS PutBucketCors=PutBucketCORS DeleteBucketCors=PutBucketCORS
    GetBucketAccelerateConfiguration=GetAccelerateConfiguration PutBucketAccelerateConfiguration=PutAccelerateConfiguration
    GetBucketAnalyticsConfiguration=GetAnalyticsConfiguration ListBucketAnalyticsConfigurations=GetAnalyticsConfiguration
    PutBucketAnalyticsConfiguration=PutAnalyticsConfiguration DeleteBucketAnalyticsConfiguration=PutAnalyticsConfiguration
    GetBucketInventoryConfiguration=GetInventoryConfiguration ListBucketInventoryConfigurations=GetInventoryConfiguration
    PutBucketInventoryConfiguration=PutInventoryConfiguration DeleteBucketInventoryConfiguration=PutInventoryConfiguration
    GetBucketMetricsConfiguration=GetMetricsConfiguration ListBucketMetricsConfigurations=GetMetricsConfiguration
    PutBucketMetricsConfiguration=PutMetricsConfiguration DeleteBucketMetricsConfiguration=PutMetricsConfiguration
    GetBucketIntelligentTieringConfiguration=GetIntelligentTieringConfiguration
    ListBucketIntelligentTieringConfigurations=GetIntelligentTieringConfiguration
    PutBucketIntelligentTieringConfiguration=PutIntelligentTieringConfiguration
    DeleteBucketIntelligentTieringConfiguration=PutIntelligentTieringConfiguration
    GetPublicAccessBlock=GetBucketPublicAccessBlock PutPublicAccessBlock=PutBucketPublicAccessBlock
    DeletePublicAccessBlock=PutBucketPublicAccessBlock DeleteBucketPublicAccessBlock=PutBucketPublicAccessBlock
    DeleteAccountPublicAccessBlock=PutAccountPublicAccessBlock
    GetBucketNotificationConfiguration=GetBucketNotification PutBucketNotificationConfiguration=PutBucketNotification
    DeleteBucketTagging=PutBucketTagging DeleteBucketOwnershipControls=PutBucketOwnershipControls`,
  lambda: `
    Invoke=InvokeFunction InvokeWithResponseStream=InvokeFunction GetLayerVersionByArn=GetLayerVersion`,
  cloudfront: `
    CreateDistributionWithTags=CreateDistribution,TagResource
    CreateStreamingDistributionWithTags=CreateStreamingDistribution,TagResource`,
  kms: `
    ReEncrypt=ReEncryptFrom,ReEncryptTo`,
  sqs: `
    SendMessageBatch=SendMessage DeleteMessageBatch=DeleteMessage ChangeMessageVisibilityBatch=ChangeMessageVisibility`,
  sns: `
    PublishBatch=Publish`,
  dynamodb: `
    TransactGetItems=GetItem`,
};

/** Why an event name of a service has no action: `service: names`. */
const NOT_ACTIONS: readonly (readonly [why: string, service: string, names: string])[] = [
  ['needs no permission', 'sts', 'GetCallerIdentity GetSessionToken'],
  [
    'a role’s trust policy allows it: the caller has no AWS credentials yet',
    'sts',
    'AssumeRoleWithSAML AssumeRoleWithWebIdentity',
  ],
  [
    'a person’s portal session allows it, not a policy',
    'sso',
    `Authenticate Federate Logout CreateToken RegisterClient StartDeviceAuthorization GetRoleCredentials ListAccounts
     ListAccountRoles`,
  ],
  ['a browser asks for it before a request; nobody is authorized', 's3', 'PreflightRequest'],
  [
    'which actions it needs depends on its statements',
    'dynamodb',
    'TransactWriteItems ExecuteStatement BatchExecuteStatement ExecuteTransaction',
  ],
  [
    'AWS reports it on its own',
    'ec2',
    'SharedSnapshotCopyInitiated SharedSnapshotVolumeCreated BidEvictedEvent BidFulfilledEvent',
  ],
  ['AWS reports it on its own', 'kms', 'RotateKey DeleteKey SynchronizeMultiRegionKey'],
  ['AWS reports it on its own', 'ecr', 'PolicyExecutionEvent'],
  ['AWS reports it on its own', 'eks', 'StartClusterUpdate'],
  [
    'AWS reports it on its own',
    'secretsmanager',
    'RotationStarted RotationSucceeded RotationFailed RotationAbandoned SecretVersionDeletion EndSecretVersionDelete StartSecretVersionDelete CancelSecretVersionDelete',
  ],
];

const ACTIONS = new Map<string, readonly string[]>();
for (const [service, renamed] of Object.entries(RENAMED)) {
  for (const pair of renamed.trim().split(/\s+/)) {
    const [name = '', actions = ''] = pair.split('=');
    ACTIONS.set(
      `${service}:${name}`,
      actions.split(',').map((action) => `${service}:${action}`),
    );
  }
}
const REASONS = new Map<string, string>();
for (const [why, service, names] of NOT_ACTIONS) {
  for (const name of names.trim().split(/\s+/)) REASONS.set(`${service}:${name}`, why);
}

/** The actions (with their prefix) where they differ from `prefix:name`. */
export function renamedActions(prefix: string, name: string): readonly string[] | undefined {
  return ACTIONS.get(`${prefix}:${name}`);
}

/** Why a call is not allowed by an IAM action at all. */
export function whyNoAction(prefix: string, name: string): string | undefined {
  return REASONS.get(`${prefix}:${name}`);
}
