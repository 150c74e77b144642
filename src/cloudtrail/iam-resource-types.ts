// Which type of resource IAM limits an action to, which member of requestParameters names it, and what its ARN looks
// like. From AWS's Service Authorization Reference, as far as sure: what is not here is not guessed.

export type ResourceType = {
  /** For people: 'role'. */
  readonly what: string;
  /** In the ARN, which differs from the action's for some. */
  readonly service: string;
  /** What stands in the ARN for the Region (r) and the account (a). */
  readonly place: 'ra' | 'r' | 'a' | '';
  /** Before and after the name. */
  readonly before: string;
  readonly after: string;
};

/** `type: ARN`, where {r} is the Region, {a} the account and {n} the name. */
const ARNS = `
  role: iam::{a}:role/{n}
  user: iam::{a}:user/{n}
  group: iam::{a}:group/{n}
  policy: iam::{a}:policy/{n}
  instance profile: iam::{a}:instance-profile/{n}
  trail: cloudtrail:{r}:{a}:trail/{n}
  DB instance: rds:{r}:{a}:db:{n}
  DB cluster: rds:{r}:{a}:cluster:{n}
  DB snapshot: rds:{r}:{a}:snapshot:{n}
  DB cluster snapshot: rds:{r}:{a}:cluster-snapshot:{n}
  DB parameter group: rds:{r}:{a}:pg:{n}
  DB cluster parameter group: rds:{r}:{a}:cluster-pg:{n}
  option group: rds:{r}:{a}:og:{n}
  parameter: ssm:{r}:{a}:parameter/{n}
  SSM session: ssm:{r}:{a}:session/{n}
  document: ssm:{r}:{a}:document/{n}
  secret: secretsmanager:{r}:{a}:secret:{n}-??????
  function: lambda:{r}:{a}:function:{n}
  key: kms:{r}:{a}:key/{n}
  alias: kms:{r}:{a}:alias/{n}
  table: dynamodb:{r}:{a}:table/{n}
  queue: sqs:{r}:{a}:{n}
  topic: sns:{r}:{a}:{n}
  log group: logs:{r}:{a}:log-group:{n}:*
  repository: ecr:{r}:{a}:repository/{n}
  alarm: cloudwatch:{r}:{a}:alarm:{n}
  stack: cloudformation:{r}:{a}:stack/{n}/*
  hosted zone: route53:::hostedzone/{n}
  work group: athena:{r}:{a}:workgroup/{n}
  ECS service: ecs:{r}:{a}:service/{n}
  cluster: eks:{r}:{a}:cluster/{n}
  state machine: states:{r}:{a}:stateMachine:{n}
  detector: guardduty:{r}:{a}:detector/{n}
  instance: ec2:{r}:{a}:instance/{n}
  volume: ec2:{r}:{a}:volume/{n}
  snapshot: ec2:{r}::snapshot/{n}
  image: ec2:{r}::image/{n}
  security group: ec2:{r}:{a}:security-group/{n}
  network interface: ec2:{r}:{a}:network-interface/{n}
  subnet: ec2:{r}:{a}:subnet/{n}
  VPC: ec2:{r}:{a}:vpc/{n}
  route table: ec2:{r}:{a}:route-table/{n}
  internet gateway: ec2:{r}:{a}:internet-gateway/{n}
  NAT gateway: ec2:{r}:{a}:natgateway/{n}
  network ACL: ec2:{r}:{a}:network-acl/{n}
  Elastic IP: ec2:{r}:{a}:elastic-ip/{n}
  VPC endpoint: ec2:{r}:{a}:vpc-endpoint/{n}
  launch template: ec2:{r}:{a}:launch-template/{n}
  flow log: ec2:{r}:{a}:vpc-flow-log/{n}`;

/** EC2's ids say what they are. */
export const EC2_IDS: Readonly<Record<string, string>> = {
  i: 'instance',
  vol: 'volume',
  snap: 'snapshot',
  ami: 'image',
  sg: 'security group',
  eni: 'network interface',
  subnet: 'subnet',
  vpc: 'VPC',
  rtb: 'route table',
  igw: 'internet gateway',
  nat: 'NAT gateway',
  acl: 'network ACL',
  eipalloc: 'Elastic IP',
  vpce: 'VPC endpoint',
  lt: 'launch template',
  fl: 'flow log',
};

/** `service | type | parameters | actions`: the first line of an action is the resource it needs; further ones are
 *  resources that it needs too where the record names them. EC2's are told by their ids, not by a parameter. */
const RULES = `
  iam | role | roleName | AttachRolePolicy DetachRolePolicy PutRolePolicy DeleteRolePolicy GetRolePolicy ListRolePolicies ListAttachedRolePolicies CreateRole DeleteRole GetRole UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy TagRole UntagRole ListRoleTags PutRolePermissionsBoundary DeleteRolePermissionsBoundary ListInstanceProfilesForRole
  iam | user | userName | AttachUserPolicy DetachUserPolicy PutUserPolicy DeleteUserPolicy GetUserPolicy ListUserPolicies ListAttachedUserPolicies CreateUser DeleteUser GetUser UpdateUser CreateAccessKey DeleteAccessKey UpdateAccessKey ListAccessKeys CreateLoginProfile UpdateLoginProfile DeleteLoginProfile GetLoginProfile ListGroupsForUser TagUser UntagUser ListUserTags PutUserPermissionsBoundary DeleteUserPermissionsBoundary DeactivateMFADevice EnableMFADevice ResyncMFADevice ListMFADevices UploadSSHPublicKey UpdateSSHPublicKey DeleteSSHPublicKey ListSSHPublicKeys UploadSigningCertificate UpdateSigningCertificate DeleteSigningCertificate ListSigningCertificates CreateServiceSpecificCredential DeleteServiceSpecificCredential UpdateServiceSpecificCredential ResetServiceSpecificCredential ListServiceSpecificCredentials ChangePassword
  iam | group | groupName | AddUserToGroup RemoveUserFromGroup AttachGroupPolicy DetachGroupPolicy PutGroupPolicy DeleteGroupPolicy GetGroupPolicy ListGroupPolicies ListAttachedGroupPolicies CreateGroup DeleteGroup GetGroup UpdateGroup
  iam | policy | policyArn policyName | CreatePolicy CreatePolicyVersion DeletePolicy DeletePolicyVersion GetPolicy GetPolicyVersion ListPolicyVersions ListEntitiesForPolicy SetDefaultPolicyVersion TagPolicy UntagPolicy ListPolicyTags
  iam | instance profile | instanceProfileName | AddRoleToInstanceProfile RemoveRoleFromInstanceProfile CreateInstanceProfile DeleteInstanceProfile GetInstanceProfile TagInstanceProfile UntagInstanceProfile
  sts | role | roleArn | AssumeRole
  cloudtrail | trail | name trailName | CreateTrail DeleteTrail UpdateTrail StartLogging StopLogging GetTrail GetTrailStatus PutEventSelectors GetEventSelectors PutInsightSelectors GetInsightSelectors
  rds | DB instance | dBInstanceIdentifier | DeleteDBInstance ModifyDBInstance StartDBInstance StopDBInstance RebootDBInstance CreateDBSnapshot
  rds | DB parameter group | dBParameterGroupName | ModifyDBInstance
  rds | option group | optionGroupName | ModifyDBInstance
  rds | DB snapshot | dBSnapshotIdentifier | DeleteDBSnapshot ModifyDBSnapshotAttribute DescribeDBSnapshotAttributes CreateDBSnapshot
  rds | DB cluster | dBClusterIdentifier | DeleteDBCluster ModifyDBCluster StartDBCluster StopDBCluster FailoverDBCluster CreateDBClusterSnapshot
  rds | DB cluster parameter group | dBClusterParameterGroupName | ModifyDBCluster
  rds | DB cluster snapshot | dBClusterSnapshotIdentifier finalDBSnapshotIdentifier finalSnapshotIdentifier | DeleteDBClusterSnapshot ModifyDBClusterSnapshotAttribute DescribeDBClusterSnapshotAttributes CreateDBClusterSnapshot DeleteDBCluster
  ssm | parameter | name names path | PutParameter GetParameter GetParameters GetParametersByPath GetParameterHistory DeleteParameter DeleteParameters LabelParameterVersion
  ssm | SSM session | sessionId | TerminateSession ResumeSession
  secretsmanager | secret | secretId name | CreateSecret GetSecretValue PutSecretValue DescribeSecret UpdateSecret DeleteSecret RestoreSecret RotateSecret CancelRotateSecret ListSecretVersionIds UpdateSecretVersionStage GetResourcePolicy PutResourcePolicy DeleteResourcePolicy TagResource UntagResource
  lambda | function | functionName | InvokeFunction CreateFunction DeleteFunction GetFunction GetFunctionConfiguration UpdateFunctionCode UpdateFunctionConfiguration AddPermission RemovePermission GetPolicy PublishVersion ListVersionsByFunction CreateAlias UpdateAlias DeleteAlias GetAlias ListAliases PutFunctionConcurrency DeleteFunctionConcurrency GetFunctionConcurrency CreateFunctionUrlConfig UpdateFunctionUrlConfig DeleteFunctionUrlConfig GetFunctionUrlConfig PutFunctionEventInvokeConfig DeleteFunctionEventInvokeConfig
  kms | key | keyId targetKeyId | Decrypt Encrypt ReEncryptFrom ReEncryptTo GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext Sign Verify GenerateMac VerifyMac GetPublicKey DescribeKey EnableKey DisableKey EnableKeyRotation DisableKeyRotation GetKeyRotationStatus ScheduleKeyDeletion CancelKeyDeletion GetKeyPolicy PutKeyPolicy ListKeyPolicies CreateGrant ListGrants RevokeGrant RetireGrant TagResource UntagResource ListResourceTags UpdateKeyDescription
  kms | alias | aliasName | CreateAlias DeleteAlias UpdateAlias
  kms | key | targetKeyId | CreateAlias UpdateAlias DeleteAlias
  dynamodb | table | tableName tableArn | GetItem PutItem UpdateItem DeleteItem BatchGetItem BatchWriteItem Query Scan CreateTable DeleteTable UpdateTable DescribeTable UpdateTimeToLive DescribeTimeToLive UpdateContinuousBackups DescribeContinuousBackups ExportTableToPointInTime
  sqs | queue | queueUrl queueName | SendMessage ReceiveMessage DeleteMessage ChangeMessageVisibility PurgeQueue CreateQueue DeleteQueue GetQueueUrl GetQueueAttributes SetQueueAttributes AddPermission RemovePermission TagQueue UntagQueue ListQueueTags
  sns | topic | topicArn targetArn name | Publish CreateTopic DeleteTopic Subscribe ConfirmSubscription GetTopicAttributes SetTopicAttributes ListSubscriptionsByTopic AddPermission RemovePermission
  logs | log group | logGroupName logGroupIdentifier logGroupNames logGroupIdentifiers | CreateLogGroup DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy PutMetricFilter DeleteMetricFilter PutSubscriptionFilter DeleteSubscriptionFilter DescribeLogStreams CreateLogStream DeleteLogStream PutLogEvents GetLogEvents FilterLogEvents StartQuery AssociateKmsKey DisassociateKmsKey
  ecr | repository | repositoryName | PutImage BatchGetImage BatchDeleteImage BatchCheckLayerAvailability GetDownloadUrlForLayer InitiateLayerUpload UploadLayerPart CompleteLayerUpload DescribeImages ListImages CreateRepository DeleteRepository GetRepositoryPolicy SetRepositoryPolicy DeleteRepositoryPolicy PutLifecyclePolicy
  cloudwatch | alarm | alarmName alarmNames | PutMetricAlarm DeleteAlarms EnableAlarmActions DisableAlarmActions SetAlarmState
  cloudformation | stack | stackName | CreateStack UpdateStack DeleteStack DescribeStacks DescribeStackEvents DescribeStackResources ListStackResources GetTemplate CancelUpdateStack CreateChangeSet ExecuteChangeSet DeleteChangeSet DescribeChangeSet
  route53 | hosted zone | hostedZoneId id | ChangeResourceRecordSets ListResourceRecordSets GetHostedZone DeleteHostedZone
  athena | work group | workGroup | StartQueryExecution CreateWorkGroup DeleteWorkGroup GetWorkGroup UpdateWorkGroup
  ecs | ECS service | service | UpdateService DeleteService
  eks | cluster | name clusterName | DescribeCluster DeleteCluster UpdateClusterConfig UpdateClusterVersion
  states | state machine | stateMachineArn | StartExecution StartSyncExecution DescribeStateMachine UpdateStateMachine DeleteStateMachine ListExecutions
  guardduty | detector | detectorId | GetDetector UpdateDetector DeleteDetector
  ec2 | instance | | StartInstances StopInstances RebootInstances TerminateInstances GetConsoleOutput GetConsoleScreenshot GetPasswordData AttachVolume DetachVolume ModifyInstanceAttribute MonitorInstances UnmonitorInstances AssociateIamInstanceProfile
  ec2 | volume | | AttachVolume DetachVolume DeleteVolume ModifyVolume
  ec2 | security group | | ModifyInstanceAttribute
  ec2 | security group | groupId | AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress DeleteSecurityGroup
  ec2 | snapshot | | DeleteSnapshot ModifySnapshotAttribute ResetSnapshotAttribute
  ec2 | image | | DeregisterImage ModifyImageAttribute
  ec2 | route table | | CreateRoute DeleteRoute DeleteRouteTable
  ec2 | flow log | | DeleteFlowLogs
  ec2 | resource | | CreateTags DeleteTags
  ec2-instance-connect | instance | | SendSSHPublicKey SendSerialConsoleSSHPublicKey
  ebs | snapshot | | PutSnapshotBlock CompleteSnapshot ListSnapshotBlocks GetSnapshotBlock ListChangedBlocks
  ssm | instance | | StartSession SendCommand
  ssm | document | documentName | StartSession SendCommand`;

/** The type of an action that is on any of EC2's resources, as tags are. */
export const ANY_EC2 = 'resource';

export type ResourceRule = { readonly type: string; readonly keys: readonly string[] };

const TYPES = new Map<string, ResourceType>();
for (const line of ARNS.trim().split('\n')) {
  const at = line.indexOf(': ');
  const what = line.slice(0, at).trim();
  const [service = '', region = '', account = '', ...rest] = line.slice(at + 2).split(':');
  const [before = '', after = ''] = rest.join(':').split('{n}');
  const place = `${region === '' ? '' : 'r'}${account === '' ? '' : 'a'}` as ResourceType['place'];
  TYPES.set(what, { what, service, place, before, after });
}

const BY_ACTION = new Map<string, ResourceRule[]>();
const SERVICES = new Set<string>(['s3']);
for (const line of RULES.trim().split('\n')) {
  const [service = '', type = '', keys = '', actions = ''] = line.split('|').map((part) => part.trim());
  SERVICES.add(service);
  for (const action of actions.split(' ')) {
    const rules = BY_ACTION.get(`${service}:${action}`) ?? [];
    BY_ACTION.set(`${service}:${action}`, rules);
    rules.push({ type, keys: keys.toLowerCase().split(' ').filter(Boolean) });
  }
}

/** What the action needs first, then what it needs too where the record names it; none where that is not known. */
export function rulesOf(action: string): readonly ResourceRule[] {
  return BY_ACTION.get(action) ?? [];
}

export function resourceType(what: string): ResourceType | undefined {
  return TYPES.get(what);
}

/** The table knows this service: its actions that are not there are not limited by a guess. */
export function isKnownService(service: string): boolean {
  return SERVICES.has(service);
}
