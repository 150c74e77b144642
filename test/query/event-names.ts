// Common names of CloudTrail events, enough of them for a fuzzy word to go astray in. Most are a verb and a thing.

const CRUD: Readonly<Record<string, string>> = {
  'Create Delete Describe': `Address AccessPoint AutoScalingGroup CacheCluster CarrierGateway CustomerGateway DBCluster
    DBClusterSnapshot DBInstance DBParameterGroup DBSnapshot DBSubnetGroup DhcpOptions FileSystem Fleet FlowLogs
    Image InstanceConnectEndpoint InternetGateway KeyPair LaunchConfiguration LaunchTemplate LoadBalancer LogGroup
    LogStream ManagedPrefixList MountTarget NatGateway NetworkAcl NetworkInterface PlacementGroup ReplicationInstance
    ReservedInstances Route RouteTable Secret SecurityGroup Snapshot Stack StackSet Subnet Table Tags TargetGroup
    TrafficMirrorSession TransitGateway Volume Vpc VpcEndpoint VpcPeeringConnection VpnConnection VpnGateway`,
  'Create Delete Get List Update': `AccessKey AccountAlias AnalyzerRule ApiKey Application Bucket Certificate Channel
    CloudFrontDistribution Cluster ConfigurationRecorder Connection Dashboard Detector Distribution Domain EventBus
    EventDataStore EventSourceMapping Filter Function Group HostedZone IPSet Insight InstanceProfile Job Key LoginProfile
    NodeGroup OpenIDConnectProvider PermissionSet Pipeline Policy PolicyVersion Project Queue Repository ResourceShare Role
    Rule SAMLProvider Schedule ServiceLinkedRole Service Stage StateMachine Subscription Trail Topic User
    UserPool VirtualMFADevice WebACL Workflow WorkGroup`,
  'Put Get Delete': `AccountPublicAccessBlock BucketAcl BucketCors BucketEncryption BucketLifecycle BucketLogging BucketNotification
    BucketPolicy BucketPublicAccessBlock BucketReplication BucketTagging BucketVersioning BucketWebsite Object ObjectAcl
    ObjectTagging Parameter ResourcePolicy RetentionPolicy RolePolicy UserPolicy GroupPolicy`,
  'Attach Detach': `GroupPolicy InternetGateway NetworkInterface RolePolicy UserPolicy Volume VpnGateway`,
  'Start Stop': `Build Canary ConfigurationRecorder DBCluster DBInstance Execution Instances Logging Pipeline Query Session Task`,
  'Associate Disassociate': `Address IamInstanceProfile KmsKey RouteTable SubnetCidrBlock VPCWithHostedZone`,
  'Authorize Revoke': `SecurityGroupEgress SecurityGroupIngress ClusterSecurityGroupIngress DBSecurityGroupIngress`,
  'Enable Disable': `AlarmActions EbsEncryptionByDefault Key KeyRotation MFADevice Region Rule SecurityHub SerialConsoleAccess`,
  'Register Deregister': `Image ContainerInstance InstancesWithLoadBalancer Targets TaskDefinition`,
};

const OTHERS = `AcceptHandshake AddPermission AddRoleToInstanceProfile AddUserToGroup AllocateAddress AssignPrivateIpAddresses AssumeRole
  AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot BatchGetImage BatchGetSecretValue CancelSpotInstanceRequests
  ChangePassword ChangeResourceRecordSets CheckMfa CompleteSnapshot ConsoleLogin CopyImage CopyObject CopySnapshot CreateFunction20150331
  CredentialChallenge CredentialVerification Decrypt DescribeInstanceAttribute DescribeInstanceStatus DescribeInstanceTypes
  DescribeInstances DescribeAvailabilityZones DescribeRegions DescribeTrails DescribeAlarms DescribeMetricFilters
  DescribeSecurityGroupRules DescribeSnapshotAttribute DescribeVolumesModifications Encrypt ExecuteCommand ExitRole
  Federate GenerateCredentialReport GenerateDataKey GetAuthorizationToken GetCallerIdentity GetConsoleOutput
  GetConsoleScreenshot GetCredentialReport GetFederationToken GetPasswordData GetSecretValue GetSessionToken GetSigninToken
  GetSnapshotBlock GetTrailStatus HeadBucket HeadObject ImportKeyPair ImportSnapshot InviteAccountToOrganization Invoke
  Invoke20150331 InvokeModel LeaveOrganization ListBuckets ListObjects ListSnapshotBlocks LookupEvents ModifyDBInstance
  ModifyImageAttribute ModifyInstanceAttribute ModifyInstanceMetadataOptions ModifyNetworkInterfaceAttribute
  ModifySnapshotAttribute ModifyVolume MonitorInstances OpenTunnel PutEventSelectors PutImage PutInsightSelectors
  PutSnapshotBlock QueryObjects RebootDBInstance RebootInstances ReleaseAddress RemoveRoleFromInstanceProfile
  RemoveUserFromGroup ReplaceRoute RequestSpotInstances ResyncMFADevice RestoreDBInstanceFromDBSnapshot RestoreSecret
  RotateSecret RunInstances RunTask ScheduleKeyDeletion SendCommand SendSerialConsoleSSHPublicKey SendSSHPublicKey
  SetDefaultPolicyVersion SetSecurityGroups SharedSnapshotVolumeCreated SharedSnapshotCopyInitiated StartSnapshot StopLogging SwitchRole
  TagResource TagUser TerminateInstanceInAutoScalingGroup TerminateInstances TerminateSession TerminateJobFlows
  UnmonitorInstances UntagResource UpdateAssumeRolePolicy UpdateFunctionCode20150331v2 UpdateFunctionConfiguration20150331v2
  UpdateInstanceInformation UploadServerCertificate UploadPart UserAuthentication VerifyEmailIdentity`;

const words = (text: string) => text.split(/\s+/);

/** Sorted, each once. */
export const EVENT_NAMES: readonly string[] = [
  ...new Set([
    ...Object.entries(CRUD).flatMap(([verbs, things]) =>
      words(things).flatMap((thing) => words(verbs).map((verb) => verb + (verb === 'List' ? `${thing}s` : thing))),
    ),
    ...words(OTHERS),
  ]),
].sort();
