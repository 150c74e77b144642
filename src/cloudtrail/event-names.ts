// Names as CloudTrail spells them, by the service that says them: what LookupEvents compares letter by letter, and a
// person types as it comes. Management events that people look for; a name that is missing here is known as soon as an
// event that has it is loaded.

import type { LookupKey } from './lookup-attribute.ts';

/** Event names by the first part of eventSource (…amazonaws.com). */
const NAMES: Readonly<Record<string, string>> = {
  ec2: `CreateTrafficMirrorFilter CreateTrafficMirrorFilterRule CreateTrafficMirrorSession CreateTrafficMirrorTarget
    DescribeDhcpOptions DescribeEgressOnlyInternetGateways DescribeManagedPrefixLists DescribePlacementGroups
    DescribeTransitGatewayAttachments DescribeVpnGateways ModifyTrafficMirrorSession
    AcceptVpcPeeringConnection AllocateAddress AllocateHosts AssignPrivateIpAddresses AssociateAddress
    AssociateIamInstanceProfile AssociateRouteTable AttachInternetGateway AttachNetworkInterface AttachVolume AttachVpnGateway
    AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress BidEvictedEvent CancelSpotInstanceRequests CopyImage CopySnapshot
    CreateCustomerGateway CreateDefaultVpc CreateDhcpOptions CreateFleet CreateFlowLogs CreateImage CreateInternetGateway
    CreateKeyPair CreateLaunchTemplate CreateLaunchTemplateVersion CreateManagedPrefixList CreateNatGateway CreateNetworkAcl
    CreateNetworkAclEntry CreateNetworkInterface CreatePlacementGroup CreateRoute CreateRouteTable CreateSecurityGroup
    CreateSnapshot CreateSnapshots CreateSubnet CreateTags CreateTransitGateway CreateTransitGatewayRoute
    CreateTransitGatewayVpcAttachment CreateVolume CreateVpc CreateVpcEndpoint CreateVpcPeeringConnection CreateVpnConnection
    CreateVpnGateway DeleteFlowLogs DeleteInternetGateway DeleteKeyPair DeleteLaunchTemplate DeleteNatGateway DeleteNetworkAcl
    DeleteNetworkAclEntry DeleteNetworkInterface DeletePlacementGroup DeleteRoute DeleteRouteTable DeleteSecurityGroup
    DeleteSnapshot DeleteSubnet DeleteTags DeleteTransitGateway DeleteVolume DeleteVpc DeleteVpcEndpoints
    DeleteVpcPeeringConnection DeleteVpnConnection DeregisterImage DescribeAccountAttributes DescribeAddresses
    DescribeAvailabilityZones DescribeFlowLogs DescribeHosts DescribeIamInstanceProfileAssociations DescribeImages
    DescribeInstanceAttribute DescribeInstanceCreditSpecifications DescribeInstanceStatus DescribeInstanceTypeOfferings
    DescribeInstanceTypes DescribeInstances DescribeInternetGateways DescribeKeyPairs DescribeLaunchTemplateVersions
    DescribeLaunchTemplates DescribeNatGateways DescribeNetworkAcls DescribeNetworkInterfaces DescribePrefixLists DescribeRegions
    DescribeReservedInstances DescribeRouteTables DescribeSecurityGroupRules DescribeSecurityGroups DescribeSnapshotAttribute
    DescribeSnapshots DescribeSpotInstanceRequests DescribeSpotPriceHistory DescribeSubnets DescribeTags
    DescribeTransitGateways DescribeVolumeStatus DescribeVolumes DescribeVolumesModifications DescribeVpcAttribute
    DescribeVpcEndpoints DescribeVpcPeeringConnections DescribeVpcs DescribeVpnConnections DetachInternetGateway
    DetachNetworkInterface DetachVolume DisableEbsEncryptionByDefault DisableImageBlockPublicAccess
    DisableSnapshotBlockPublicAccess DisassociateAddress DisassociateIamInstanceProfile DisassociateRouteTable
    EnableEbsEncryptionByDefault EnableImageBlockPublicAccess EnableSnapshotBlockPublicAccess EnableSerialConsoleAccess
    GetConsoleOutput GetConsoleScreenshot GetEbsEncryptionByDefault GetLaunchTemplateData GetPasswordData
    GetSerialConsoleAccessStatus ImportImage ImportKeyPair ImportSnapshot ModifyDefaultCreditSpecification
    ModifyEbsDefaultKmsKeyId ModifyImageAttribute ModifyInstanceAttribute ModifyInstanceMetadataDefaults
    ModifyInstanceMetadataOptions ModifyInstancePlacement ModifyLaunchTemplate ModifyNetworkInterfaceAttribute
    ModifySecurityGroupRules ModifySnapshotAttribute ModifySubnetAttribute ModifyVolume ModifyVpcAttribute ModifyVpcEndpoint
    MonitorInstances PurchaseReservedInstancesOffering RebootInstances RegisterImage RejectVpcPeeringConnection ReleaseAddress
    ReplaceIamInstanceProfileAssociation ReplaceNetworkAclAssociation ReplaceNetworkAclEntry ReplaceRoute
    ReplaceRouteTableAssociation RequestSpotFleet RequestSpotInstances RevokeSecurityGroupEgress RevokeSecurityGroupIngress
    RunInstances SharedSnapshotCopyInitiated SharedSnapshotVolumeCreated StartInstances StopInstances TerminateInstances
    UnassignPrivateIpAddresses UnmonitorInstances UpdateSecurityGroupRuleDescriptionsIngress
    UpdateSecurityGroupRuleDescriptionsEgress`,
  ebs: `CompleteSnapshot StartSnapshot`,
  'ec2-instance-connect': `OpenTunnel SendSSHPublicKey SendSerialConsoleSSHPublicKey`,
  iam: `TagInstanceProfile AddClientIDToOpenIDConnectProvider AddRoleToInstanceProfile AddUserToGroup AttachGroupPolicy AttachRolePolicy
    AttachUserPolicy ChangePassword CreateAccessKey CreateAccountAlias CreateGroup CreateInstanceProfile CreateLoginProfile
    CreateOpenIDConnectProvider CreatePolicy CreatePolicyVersion CreateRole CreateSAMLProvider CreateServiceLinkedRole
    CreateServiceSpecificCredential CreateUser CreateVirtualMFADevice DeactivateMFADevice DeleteAccessKey DeleteAccountAlias
    DeleteAccountPasswordPolicy DeleteGroup DeleteGroupPolicy DeleteInstanceProfile DeleteLoginProfile
    DeleteOpenIDConnectProvider DeletePolicy DeletePolicyVersion DeleteRole DeleteRolePermissionsBoundary DeleteRolePolicy
    DeleteSAMLProvider DeleteSSHPublicKey DeleteServerCertificate DeleteServiceLinkedRole DeleteSigningCertificate DeleteUser
    DeleteUserPermissionsBoundary DeleteUserPolicy DeleteVirtualMFADevice DetachGroupPolicy DetachRolePolicy DetachUserPolicy
    EnableMFADevice GenerateCredentialReport GenerateServiceLastAccessedDetails GetAccessKeyLastUsed
    GetAccountAuthorizationDetails GetAccountPasswordPolicy GetAccountSummary GetCredentialReport GetGroup GetGroupPolicy
    GetInstanceProfile GetLoginProfile GetOpenIDConnectProvider GetPolicy GetPolicyVersion GetRole GetRolePolicy
    GetSAMLProvider GetServiceLastAccessedDetails GetUser GetUserPolicy ListAccessKeys ListAccountAliases
    ListAttachedGroupPolicies ListAttachedRolePolicies ListAttachedUserPolicies ListEntitiesForPolicy ListGroupPolicies
    ListGroups ListGroupsForUser ListInstanceProfiles ListInstanceProfilesForRole ListMFADevices ListOpenIDConnectProviders
    ListPolicies ListPolicyVersions ListRolePolicies ListRoleTags ListRoles ListSAMLProviders ListSSHPublicKeys
    ListServerCertificates ListServiceSpecificCredentials ListSigningCertificates ListUserPolicies ListUserTags ListUsers
    ListVirtualMFADevices PassRole PutGroupPolicy PutRolePermissionsBoundary PutRolePolicy PutUserPermissionsBoundary
    PutUserPolicy RemoveRoleFromInstanceProfile RemoveUserFromGroup ResyncMFADevice SetDefaultPolicyVersion
    SetSecurityTokenServicePreferences SimulateCustomPolicy SimulatePrincipalPolicy TagPolicy TagRole TagUser UntagRole
    UntagUser UpdateAccessKey UpdateAccountPasswordPolicy UpdateAssumeRolePolicy UpdateGroup UpdateLoginProfile
    UpdateOpenIDConnectProviderThumbprint UpdateRole UpdateRoleDescription UpdateSAMLProvider UpdateSSHPublicKey
    UpdateServerCertificate UpdateSigningCertificate UpdateUser UploadSSHPublicKey UploadServerCertificate
    UploadSigningCertificate`,
  sts: `AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot DecodeAuthorizationMessage GetAccessKeyInfo
    GetCallerIdentity GetFederationToken GetSessionToken`,
  signin: `CheckMfa ConsoleLogin CredentialChallenge CredentialVerification EmailUpdated ExitRole GetSigninToken
    MFAChallenge PasswordRecoveryCompleted PasswordRecoveryRequested PasswordUpdated RenewRole SwitchRole UserAuthentication`,
  sso: `Authenticate AssociateProfile AttachManagedPolicyToPermissionSet CreateAccountAssignment CreatePermissionSet
    DeleteAccountAssignment DeletePermissionSet DetachManagedPolicyFromPermissionSet Federate GetRoleCredentials
    ListAccountAssignments ListAccountRoles ListApplications ListInstances ListPermissionSets Logout ProvisionPermissionSet
    PutInlinePolicyToPermissionSet UpdatePermissionSet`,
  'sso-directory': `AddMemberToGroup CreateBearerToken DescribeDirectory DisableUser EnableUser RemoveMemberFromGroup
    SearchGroups SearchUsers UpdatePassword`,
  s3: `CreateBucket DeleteAccountPublicAccessBlock DeleteBucket DeleteBucketCors DeleteBucketEncryption DeleteBucketLifecycle
    DeleteBucketPolicy DeleteBucketPublicAccessBlock DeleteBucketReplication DeleteBucketTagging DeleteBucketWebsite
    GetAccountPublicAccessBlock GetBucketAcl GetBucketCors GetBucketEncryption GetBucketLifecycle GetBucketLocation
    GetBucketLogging GetBucketNotification GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPolicy
    GetBucketPolicyStatus GetBucketPublicAccessBlock GetBucketReplication GetBucketRequestPayment GetBucketTagging
    GetBucketVersioning GetBucketWebsite ListAccessPoints ListBuckets PutAccountPublicAccessBlock PutBucketAcl
    PutBucketCors PutBucketEncryption PutBucketLifecycle PutBucketLogging PutBucketNotification
    PutBucketObjectLockConfiguration PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock
    PutBucketReplication PutBucketRequestPayment PutBucketTagging PutBucketVersioning PutBucketWebsite`,
  kms: `CancelKeyDeletion ConnectCustomKeyStore CreateAlias CreateCustomKeyStore CreateGrant CreateKey Decrypt DeleteAlias
    DeleteImportedKeyMaterial DescribeKey DisableKey DisableKeyRotation EnableKey EnableKeyRotation Encrypt GenerateDataKey
    GenerateDataKeyPair GenerateDataKeyWithoutPlaintext GenerateMac GenerateRandom GetKeyPolicy GetKeyRotationStatus
    GetParametersForImport GetPublicKey ImportKeyMaterial ListAliases ListGrants ListKeyPolicies ListKeys ListResourceTags
    ListRetirableGrants PutKeyPolicy ReEncrypt ReplicateKey RetireGrant RevokeGrant RotateKey ScheduleKeyDeletion Sign
    UpdateAlias UpdateKeyDescription Verify VerifyMac`,
  lambda: `AddLayerVersionPermission20181031 AddPermission20150331v2 CreateAlias20150331 CreateEventSourceMapping20150331
    CreateFunction20150331 CreateFunctionUrlConfig DeleteEventSourceMapping20150331 DeleteFunction20150331
    DeleteFunctionConcurrency20171031 GetAccountSettings20160819 GetFunction20150331v2 GetFunctionConfiguration20150331v2
    GetFunctionUrlConfig GetPolicy20150331v2 ListEventSourceMappings20150331 ListFunctions20150331 ListLayers20181031
    ListTags20170331 ListVersionsByFunction20150331 PublishLayerVersion20181031 PublishVersion20150331
    PutFunctionConcurrency20171031 RemovePermission20150331v2 TagResource20170331v2 UpdateAlias20150331
    UpdateEventSourceMapping20150331 UpdateFunctionCode20150331v2 UpdateFunctionConfiguration20150331v2
    UpdateFunctionUrlConfig`,
  rds: `AuthorizeDBSecurityGroupIngress DescribeEvents DescribeOptionGroups DescribeOrderableDBInstanceOptions
    ListTagsForResource RevokeDBSecurityGroupIngress StartActivityStream
    AddTagsToResource ApplyPendingMaintenanceAction CopyDBClusterSnapshot CopyDBSnapshot CreateDBCluster
    CreateDBClusterParameterGroup CreateDBClusterSnapshot CreateDBInstance CreateDBInstanceReadReplica CreateDBParameterGroup
    CreateDBSecurityGroup CreateDBSnapshot CreateDBSubnetGroup CreateEventSubscription CreateGlobalCluster CreateOptionGroup
    DeleteDBCluster DeleteDBClusterSnapshot DeleteDBInstance DeleteDBParameterGroup DeleteDBSnapshot DeleteDBSubnetGroup
    DescribeDBClusterSnapshots DescribeDBClusters DescribeDBEngineVersions DescribeDBInstances DescribeDBLogFiles
    DescribeDBParameterGroups DescribeDBSecurityGroups DescribeDBSnapshotAttributes DescribeDBSnapshots
    DescribeDBSubnetGroups DescribeGlobalClusters DescribePendingMaintenanceActions DownloadCompleteDBLogFile
    DownloadDBLogFilePortion FailoverDBCluster ModifyDBCluster ModifyDBClusterSnapshotAttribute ModifyDBInstance
    ModifyDBParameterGroup ModifyDBSnapshotAttribute ModifyDBSubnetGroup PromoteReadReplica RebootDBCluster
    RebootDBInstance ResetDBParameterGroup RestoreDBClusterFromSnapshot RestoreDBClusterToPointInTime
    RestoreDBInstanceFromDBSnapshot RestoreDBInstanceFromS3 RestoreDBInstanceToPointInTime StartDBCluster StartDBInstance
    StartExportTask StopDBCluster StopDBInstance`,
  cloudtrail: `AddTags CancelQuery CreateChannel CreateEventDataStore CreateTrail DeleteEventDataStore DeleteTrail
    DeregisterOrganizationDelegatedAdmin DescribeQuery DescribeTrails GetChannel GetEventDataStore GetEventSelectors
    GetInsightSelectors GetQueryResults GetTrail GetTrailStatus ListChannels ListEventDataStores ListImports ListPublicKeys
    ListQueries ListTrails LookupEvents PutEventSelectors PutInsightSelectors RegisterOrganizationDelegatedAdmin RemoveTags
    RestoreEventDataStore StartEventDataStoreIngestion StartLogging StartQuery StopEventDataStoreIngestion StopLogging
    UpdateEventDataStore UpdateTrail`,
  ssm: `CancelCommand CreateActivation CreateAssociation CreateDocument DeleteActivation DeleteAssociation DeleteDocument
    DeleteParameter DeleteParameters DeregisterManagedInstance DescribeDocument DescribeInstanceInformation
    DescribeParameters DescribeSessions GetCommandInvocation GetDocument GetParameter GetParameterHistory GetParameters
    GetParametersByPath ListAssociations ListCommandInvocations ListCommands ListDocuments ListInstanceAssociations
    ModifyDocumentPermission PutComplianceItems PutInventory PutParameter ResumeSession SendCommand
    StartAutomationExecution StartSession TerminateSession UpdateAssociation UpdateDocument
    UpdateDocumentDefaultVersion UpdateInstanceAssociationStatus UpdateInstanceInformation`,
  secretsmanager: `EndSecretVersionDelete StartSecretVersionDelete TagResource UntagResource
    BatchGetSecretValue CancelRotateSecret CreateSecret DeleteResourcePolicy DeleteSecret DescribeSecret
    GetRandomPassword GetResourcePolicy GetSecretValue ListSecretVersionIds ListSecrets PutResourcePolicy PutSecretValue
    RemoveRegionsFromReplication ReplicateSecretToRegions RestoreSecret RotateSecret UpdateSecret
    UpdateSecretVersionStage`,
  organizations: `AcceptHandshake AttachPolicy CloseAccount CreateAccount CreateAccountResult CreateGovCloudAccount
    CreateOrganization CreateOrganizationalUnit DeclineHandshake DeleteOrganization DeleteOrganizationalUnit
    DeregisterDelegatedAdministrator DescribeAccount DescribeOrganization DescribeOrganizationalUnit DescribePolicy
    DetachPolicy DisableAWSServiceAccess DisablePolicyType EnableAWSServiceAccess EnableAllFeatures EnablePolicyType
    InviteAccountToOrganization LeaveOrganization ListAWSServiceAccessForOrganization ListAccounts ListAccountsForParent
    ListChildren ListDelegatedAdministrators ListOrganizationalUnitsForParent ListParents ListPolicies
    ListPoliciesForTarget ListRoots ListTargetsForPolicy MoveAccount RegisterDelegatedAdministrator
    RemoveAccountFromOrganization UpdateOrganizationalUnit UpdatePolicy`,
  account: `CloseAccount DeleteAlternateContact DisableRegion EnableRegion GetAlternateContact GetContactInformation
    GetRegionOptStatus ListRegions PutAlternateContact PutContactInformation`,
  ecs: `CreateCluster CreateService DeleteCluster DeleteService DeregisterContainerInstance DeregisterTaskDefinition
    DescribeClusters DescribeContainerInstances DescribeServices DescribeTaskDefinition DescribeTasks DiscoverPollEndpoint
    ExecuteCommand ListClusters ListContainerInstances ListServices ListTaskDefinitions ListTasks PutAccountSetting
    RegisterContainerInstance RegisterTaskDefinition RunTask StartTask StopTask SubmitContainerStateChange
    SubmitTaskStateChange UpdateContainerInstancesState UpdateService`,
  eks: `AssociateAccessPolicy CreateAccessEntry CreateAddon CreateFargateProfile CreateNodegroup DeleteAccessEntry
    DeleteAddon DeleteNodegroup DescribeAddon DescribeCluster DescribeNodegroup ListAccessEntries ListAddons ListNodegroups
    ListUpdates UpdateAddon UpdateClusterConfig UpdateClusterVersion UpdateNodegroupConfig UpdateNodegroupVersion`,
  'eks-auth': `AssumeRoleForPodIdentity`,
  ecr: `BatchCheckLayerAvailability BatchDeleteImage BatchGetImage CompleteLayerUpload CreateRepository DeleteLifecyclePolicy
    DeleteRepository DeleteRepositoryPolicy DescribeImageScanFindings DescribeImages DescribeRepositories GetAuthorizationToken
    GetDownloadUrlForLayer GetLifecyclePolicy GetRepositoryPolicy InitiateLayerUpload ListImages PutImage
    PutImageScanningConfiguration PutImageTagMutability PutLifecyclePolicy PutRegistryPolicy ReplicateImage
    SetRepositoryPolicy StartImageScan UploadLayerPart`,
  cloudformation: `CancelUpdateStack ContinueUpdateRollback CreateChangeSet CreateStack CreateStackInstances CreateStackSet
    DeleteChangeSet DeleteStack DeleteStackInstances DeleteStackSet DescribeChangeSet DescribeStackEvents
    DescribeStackResource DescribeStackResources DescribeStacks DetectStackDrift ExecuteChangeSet GetTemplate
    GetTemplateSummary ListChangeSets ListExports ListStackResources ListStackSets ListStacks SetStackPolicy
    UpdateStack UpdateStackInstances UpdateStackSet UpdateTerminationProtection ValidateTemplate`,
  cloudcontrolapi: `CreateResource DeleteResource GetResource ListResources UpdateResource`,
  monitoring: `DeleteAlarms DeleteDashboards DescribeAlarmHistory DescribeAlarms DescribeAlarmsForMetric DisableAlarmActions
    EnableAlarmActions GetDashboard GetMetricData GetMetricStatistics ListDashboards ListMetrics PutCompositeAlarm
    PutDashboard PutMetricAlarm PutMetricStream SetAlarmState`,
  logs: `AssociateKmsKey CreateDelivery CreateExportTask CreateLogDelivery CreateLogGroup CreateLogStream DeleteDestination
    DeleteLogGroup DeleteLogStream DeleteMetricFilter DeleteResourcePolicy DeleteRetentionPolicy DeleteSubscriptionFilter
    DescribeLogGroups DescribeLogStreams DescribeMetricFilters DescribeResourcePolicies DescribeSubscriptionFilters
    DisassociateKmsKey FilterLogEvents GetLogEvents GetLogRecord GetQueryResults PutDestination PutDestinationPolicy
    PutMetricFilter PutResourcePolicy PutRetentionPolicy PutSubscriptionFilter StartLiveTail StartQuery StopQuery`,
  events: `CreateEventBus DeleteEventBus DeleteRule DescribeEventBus DescribeRule DisableRule EnableRule ListEventBuses
    ListRuleNamesByTarget ListRules ListTargetsByRule PutPermission PutRule PutTargets RemovePermission RemoveTargets`,
  scheduler: `CreateSchedule CreateScheduleGroup DeleteSchedule GetSchedule ListSchedules UpdateSchedule`,
  sns: `AddPermission ConfirmSubscription CreatePlatformApplication CreatePlatformEndpoint CreateTopic DeleteTopic
    GetSMSAttributes GetSubscriptionAttributes GetTopicAttributes ListSubscriptions ListSubscriptionsByTopic ListTopics
    RemovePermission SetSMSAttributes SetSubscriptionAttributes SetTopicAttributes Subscribe Unsubscribe`,
  sqs: `AddPermission CreateQueue DeleteQueue GetQueueAttributes GetQueueUrl ListQueueTags ListQueues PurgeQueue
    RemovePermission SetQueueAttributes TagQueue UntagQueue`,
  dynamodb: `CreateBackup CreateGlobalTable CreateTable DeleteBackup DeleteTable DescribeBackup DescribeContinuousBackups
    DescribeLimits DescribeTable DescribeTimeToLive ExportTableToPointInTime ListBackups ListTables ListTagsOfResource
    PutResourcePolicy RestoreTableFromBackup RestoreTableToPointInTime UpdateContinuousBackups UpdateTable
    UpdateTimeToLive`,
  route53: `AssociateVPCWithHostedZone ChangeResourceRecordSets ChangeTagsForResource CreateHealthCheck CreateHostedZone
    CreateVPCAssociationAuthorization DeleteHealthCheck DeleteHostedZone DisassociateVPCFromHostedZone GetChange
    GetHealthCheck GetHostedZone GetHostedZoneCount ListHealthChecks ListHostedZones ListHostedZonesByName
    ListResourceRecordSets UpdateHealthCheck`,
  route53domains: `DisableDomainTransferLock EnableDomainTransferLock GetDomainDetail ListDomains RegisterDomain
    RenewDomain RetrieveDomainAuthCode TransferDomain UpdateDomainContact UpdateDomainNameservers`,
  route53resolver: `AssociateResolverRule CreateResolverEndpoint CreateResolverRule DeleteResolverEndpoint
    ListResolverEndpoints ListResolverRules`,
  elasticloadbalancing: `AddListenerCertificates ApplySecurityGroupsToLoadBalancer AttachLoadBalancerToSubnets
    ConfigureHealthCheck CreateListener CreateLoadBalancer CreateLoadBalancerListeners CreateLoadBalancerPolicy CreateRule
    CreateTargetGroup DeleteListener DeleteLoadBalancer DeleteRule DeleteTargetGroup DeregisterInstancesFromLoadBalancer
    DeregisterTargets DescribeInstanceHealth DescribeListenerCertificates DescribeListeners DescribeLoadBalancerAttributes
    DescribeLoadBalancers DescribeRules DescribeTargetGroupAttributes DescribeTargetGroups DescribeTargetHealth ModifyListener
    ModifyLoadBalancerAttributes ModifyRule ModifyTargetGroup ModifyTargetGroupAttributes RegisterInstancesWithLoadBalancer
    RegisterTargets SetRulePriorities SetSecurityGroups SetSubnets`,
  autoscaling: `AttachInstances AttachLoadBalancerTargetGroups CompleteLifecycleAction CreateAutoScalingGroup
    CreateLaunchConfiguration DeleteAutoScalingGroup DeleteLaunchConfiguration DeletePolicy DescribeAutoScalingGroups
    DescribeAutoScalingInstances DescribeLaunchConfigurations DescribeLifecycleHooks DescribePolicies
    DescribeScalingActivities DetachInstances EnterStandby ExecutePolicy ExitStandby PutLifecycleHook PutScalingPolicy
    PutScheduledUpdateGroupAction ResumeProcesses SetDesiredCapacity SetInstanceHealth StartInstanceRefresh
    SuspendProcesses TerminateInstanceInAutoScalingGroup UpdateAutoScalingGroup`,
  'application-autoscaling': `DeleteScalingPolicy DeregisterScalableTarget DescribeScalableTargets RegisterScalableTarget`,
  config: `BatchGetResourceConfig DeleteConfigRule DeleteConfigurationAggregator DeleteConfigurationRecorder
    DeleteDeliveryChannel DescribeComplianceByConfigRule DescribeConfigRuleEvaluationStatus DescribeConfigRules
    DescribeConfigurationRecorderStatus DescribeConfigurationRecorders DescribeDeliveryChannelStatus
    DescribeDeliveryChannels GetResourceConfigHistory ListDiscoveredResources PutConfigRule PutConfigurationAggregator
    PutConfigurationRecorder PutDeliveryChannel PutEvaluations SelectResourceConfig StartConfigRulesEvaluation
    StartConfigurationRecorder StopConfigurationRecorder`,
  guardduty: `AcceptInvitation ArchiveFindings CreateDetector CreateFilter CreateIPSet CreateMembers
    CreatePublishingDestination CreateThreatIntelSet DeleteDetector DeleteIPSet DeleteMembers
    DeletePublishingDestination DisassociateFromMasterAccount DisassociateMembers EnableOrganizationAdminAccount GetDetector
    GetFindings ListDetectors ListFindings StopMonitoringMembers UnarchiveFindings UpdateDetector UpdateFilter
    UpdateIPSet UpdateOrganizationConfiguration`,
  securityhub: `BatchDisableStandards BatchEnableStandards BatchImportFindings BatchUpdateFindings DescribeHub
    DisableSecurityHub EnableSecurityHub GetEnabledStandards GetInsights UpdateStandardsControl`,
  'access-analyzer': `ArchiveFindings CreateAnalyzer DeleteAnalyzer GetAnalyzer ListAnalyzers ListFindings
    StartPolicyGeneration ValidatePolicy`,
  inspector2: `BatchGetAccountStatus Disable Enable`,
  macie2: `UpdateMacieSession CreateClassificationJob DisableMacie EnableMacie GetMacieSession`,
  ram: `AcceptResourceShareInvitation AssociateResourceShare CreateResourceShare DeleteResourceShare
    EnableSharingWithAwsOrganization GetResourceShares`,
  acm: `AddTagsToCertificate DeleteCertificate DescribeCertificate ExportCertificate GetCertificate ImportCertificate
    ListCertificates RenewCertificate RequestCertificate`,
  'acm-pca': `CreateCertificateAuthority DeleteCertificateAuthority IssueCertificate RevokeCertificate`,
  cloudfront: `CreateDistribution CreateInvalidation CreateOriginAccessControl DeleteDistribution GetDistribution
    GetDistributionConfig ListDistributions UpdateDistribution`,
  apigateway: `CreateApi CreateApiKey CreateAuthorizer CreateDeployment CreateDomainName CreateIntegration CreateRestApi
    CreateStage CreateUsagePlan DeleteApi DeleteApiKey DeleteRestApi DeleteStage GetApiKeys GetApis GetRestApi GetRestApis
    GetStages PutIntegration PutMethod PutRestApi UpdateRestApi UpdateStage`,
  wafv2: `AssociateWebACL CreateWebACL DeleteLoggingConfiguration DeleteWebACL DisassociateWebACL GetWebACL
    ListWebACLs PutLoggingConfiguration UpdateWebACL`,
  elasticache: `CreateCacheCluster CreateReplicationGroup CreateServerlessCache DeleteCacheCluster DeleteReplicationGroup
    DescribeCacheClusters DescribeReplicationGroups ModifyCacheCluster ModifyReplicationGroup RebootCacheCluster`,
  redshift: `AuthorizeSnapshotAccess DescribeClusterSnapshots GetClusterCredentials ModifyCluster ModifyClusterIamRoles
    PauseCluster RebootCluster ResizeCluster RestoreFromClusterSnapshot ResumeCluster`,
  'redshift-data': `DescribeStatement GetStatementResult`,
  elasticfilesystem: `CreateFileSystem CreateMountTarget DeleteFileSystem DeleteFileSystemPolicy DeleteMountTarget
    DescribeFileSystems DescribeMountTargets ModifyMountTargetSecurityGroups PutFileSystemPolicy`,
  backup: `CreateBackupPlan CreateBackupSelection CreateBackupVault DeleteBackupPlan DeleteBackupVault
    DeleteBackupVaultAccessPolicy DeleteRecoveryPoint ListBackupPlans ListBackupVaults PutBackupVaultAccessPolicy
    PutBackupVaultLockConfiguration StartBackupJob StartCopyJob StartRestoreJob UpdateBackupPlan`,
  glue: `BatchCreatePartition CreateCrawler CreateDatabase CreateDevEndpoint CreateJob DeleteCrawler DeleteDatabase
    GetConnections GetCrawler GetDatabase GetDatabases GetJob GetJobRun GetPartitions GetTable GetTables StartCrawler
    StartJobRun UpdateDevEndpoint UpdateJob`,
  athena: `BatchGetQueryExecution CreateNamedQuery CreateWorkGroup DeleteWorkGroup GetQueryExecution GetWorkGroup
    ListQueryExecutions ListWorkGroups StartQueryExecution StopQueryExecution UpdateWorkGroup`,
  lakeformation: `GetDataLakeSettings GrantPermissions PutDataLakeSettings RevokePermissions`,
  kinesis: `CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeStream DescribeStreamSummary ListShards
    ListStreams RegisterStreamConsumer UpdateShardCount`,
  firehose: `CreateDeliveryStream DeleteDeliveryStream DescribeDeliveryStream ListDeliveryStreams UpdateDestination`,
  states: `CreateStateMachine DeleteStateMachine DescribeExecution DescribeStateMachine ListExecutions ListStateMachines
    StartExecution StopExecution UpdateStateMachine`,
  codebuild: `BatchGetBuilds BatchGetProjects CreateProject DeleteProject ImportSourceCredentials ListBuilds
    ListProjects StartBuild StopBuild UpdateProject`,
  codepipeline: `CreatePipeline DeletePipeline GetPipeline GetPipelineState ListPipelines PutApprovalResult
    StartPipelineExecution UpdatePipeline`,
  codecommit: `DeleteRepository GetRepository GitPull GitPush ListRepositories`,
  codedeploy: `BatchGetDeployments CreateDeployment CreateDeploymentGroup GetDeployment StopDeployment`,
  codeartifact: `CreateDomain GetRepositoryEndpoint PublishPackageVersion`,
  sagemaker: `CreateEndpoint CreateModel CreateNotebookInstance CreatePresignedDomainUrl CreatePresignedNotebookInstanceUrl
    CreateTrainingJob DeleteEndpoint DeleteNotebookInstance DescribeTrainingJob ListNotebookInstances StartNotebookInstance
    StopNotebookInstance`,
  bedrock: `Converse ConverseStream CreateGuardrail DeleteModelInvocationLoggingConfiguration GetFoundationModel
    GetFoundationModelAvailability InvokeModel InvokeModelWithResponseStream ListFoundationModels
    PutModelInvocationLoggingConfiguration PutUseCaseForModelAccess`,
  batch: `CreateComputeEnvironment CreateJobQueue RegisterJobDefinition SubmitJob TerminateJob`,
  elasticmapreduce: `AddJobFlowSteps DescribeJobFlows RunJobFlow SetTerminationProtection TerminateJobFlows`,
  elasticbeanstalk: `CreateApplicationVersion CreateEnvironment DescribeEnvironments RebuildEnvironment
    TerminateEnvironment UpdateEnvironment`,
  es: `CreateDomain CreateElasticsearchDomain DeleteDomain DescribeDomain DescribeElasticsearchDomains ListDomainNames
    UpdateDomainConfig`,
  'cognito-idp': `AdminCreateUser AdminDeleteUser AdminInitiateAuth AdminSetUserPassword CreateUserPool
    CreateUserPoolClient DeleteUserPool DescribeUserPool ForgotPassword InitiateAuth ListUserPools RespondToAuthChallenge
    SignUp UpdateUserPool`,
  'cognito-identity': `CreateIdentityPool GetCredentialsForIdentity GetId SetIdentityPoolRoles`,
  ses: `CreateEmailIdentity DeleteIdentity GetAccount GetAccountSendingEnabled GetSendQuota ListIdentities PutAccountDetails
    SendEmail SendRawEmail UpdateAccountSendingEnabled VerifyDomainIdentity VerifyEmailIdentity`,
  support: `AddCommunicationToCase CreateCase DescribeCases DescribeTrustedAdvisorChecks ResolveCase`,
  health: `DescribeEventAggregates DescribeEventDetails`,
  servicequotas: `GetServiceQuota ListServiceQuotas RequestServiceQuotaIncrease`,
  servicecatalog: `ProvisionProduct TerminateProvisionedProduct UpdateProvisionedProduct`,
  controltower: `EnableControl SetupLandingZone UpdateLandingZone CreateManagedAccount`,
  ce: `GetCostAndUsage GetCostForecast GetDimensionValues`,
  budgets: `CreateBudget DeleteBudget DescribeBudgets ModifyBudget ViewBudget`,
  tagging: `GetResources GetTagKeys GetTagValues TagResources UntagResources`,
  'resource-explorer-2': `BatchGetView GetDefaultView Search`,
  transfer: `CreateServer CreateUser DeleteServer ListServers ListUsers StartServer StopServer UpdateServer`,
  workspaces: `CreateWorkspaces RebootWorkspaces TerminateWorkspaces`,
  ds: `AuthorizeApplication ConnectDirectory CreateDirectory CreateMicrosoftAD CreateTrust DeleteDirectory
    DescribeDirectories ResetUserPassword`,
  'network-firewall': `CreateFirewall CreateFirewallPolicy DeleteFirewall UpdateFirewallPolicy`,
  rolesanywhere: `CreateProfile CreateSession CreateTrustAnchor DeleteTrustAnchor`,
  cloudshell: `CreateEnvironment CreateSession GetFileDownloadUrls GetFileUploadUrls PutCredentials`,
};

/** Services of which no name is listed above. */
const MORE_SOURCES = `amazonmq billingconsole chime cloud9 codeguru-profiler codeguru-reviewer comprehend databrew
  dataexchange directconnect finspace glacier groundstation iotsitewise iotwireless lex mediaconnect mediapackage mediastore
  mediatailor omics proton refactor-spaces s3-object-lambda s3express servicecatalog-appregistry sms airflow amplify appconfig appflow applicationinsights appmesh apprunner appstream appsync aps auditmanager
  bcm-data-exports billing chatbot cloudhsm cloudsearch codeconnections codestar-connections compute-optimizer connect
  datapipeline datasync dax detective devicefarm devops-guru discovery dlm dms docdb-elastic ec2messages emr-containers
  emr-serverless fis fms forecast fsx gamelift globalaccelerator grafana greengrass identitystore imagebuilder iot
  iotevents ivs kafka kafkaconnect kendra kinesisanalytics kinesisvideo launchwizard license-manager lightsail location
  managedblockchain mediaconvert medialive memorydb mgn mobiletargeting mq notifications oam opsworks osis outposts
  payment-cryptography personalize pipes polly pricing q qbusiness quicksight rekognition resiliencehub resource-groups
  robomaker rum s3-outposts schemas sdb securitylake serverlessrepo servicediscovery shield signer snowball ssm-contacts
  ssm-incidents ssmmessages storagegateway swf synthetics textract timestream transcribe translate trustedadvisor user-subscriptions
  verifiedpermissions voiceid vpc-lattice waf waf-regional wellarchitected wisdom workmail xray`;

/** As LookupEvents' ResourceType and the record's resources[].type have them. */
const RESOURCE_TYPES = `AWS::ACM::Certificate AWS::ApiGateway::RestApi AWS::AutoScaling::AutoScalingGroup
  AWS::AutoScaling::LaunchConfiguration AWS::CloudFormation::Stack AWS::CloudFront::Distribution AWS::CloudTrail::Trail
  AWS::CloudWatch::Alarm AWS::DynamoDB::Table AWS::EC2::Ami AWS::EC2::EIP AWS::EC2::FlowLog AWS::EC2::Host AWS::EC2::Instance
  AWS::EC2::InternetGateway AWS::EC2::KeyPair AWS::EC2::NatGateway AWS::EC2::NetworkAcl AWS::EC2::NetworkInterface
  AWS::EC2::RouteTable AWS::EC2::SecurityGroup AWS::EC2::Snapshot AWS::EC2::Subnet AWS::EC2::VPC AWS::EC2::VPNConnection
  AWS::EC2::VPNGateway AWS::EC2::Volume AWS::ECR::Repository AWS::ECS::Cluster AWS::ECS::Service AWS::ECS::TaskDefinition
  AWS::EKS::Cluster AWS::ElasticLoadBalancing::LoadBalancer AWS::ElasticLoadBalancingV2::LoadBalancer AWS::IAM::AccessKey
  AWS::IAM::Group AWS::IAM::InstanceProfile AWS::IAM::Policy AWS::IAM::Role AWS::IAM::User AWS::KMS::Key
  AWS::Lambda::Function AWS::RDS::DBCluster AWS::RDS::DBInstance AWS::RDS::DBSnapshot AWS::RDS::DBSubnetGroup
  AWS::Redshift::Cluster AWS::S3::Bucket AWS::S3::Object AWS::SNS::Topic AWS::SQS::Queue AWS::SSM::Parameter
  AWS::STS::AssumedRole AWS::SecretsManager::Secret`;

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Each once, in the order of the table. */
export const EVENT_NAMES: readonly string[] = [...new Set(Object.values(NAMES).flatMap(words))];

/** e.g. "ec2.amazonaws.com". */
export const EVENT_SOURCES: readonly string[] = [...Object.keys(NAMES), ...words(MORE_SOURCES)].map(
  (service) => `${service}.amazonaws.com`,
);

type Table = ReadonlyMap<string, string>;

const tables = new Map<LookupKey, Table>();

/** How CloudTrail spells a value, whatever the case it is given in; null for what the built-in table does not have. */
export function knownSpelling(key: LookupKey, value: string): string | null {
  let table = tables.get(key);
  if (table === undefined) {
    table = new Map(valuesOf(key).map((known) => [known.toLowerCase(), known]));
    tables.set(key, table);
  }
  return table.get(value.toLowerCase()) ?? null;
}

function valuesOf(key: LookupKey): readonly string[] {
  switch (key) {
    case 'EventName':
      return EVENT_NAMES;
    case 'EventSource':
      return EVENT_SOURCES;
    case 'ResourceType':
      return words(RESOURCE_TYPES);
    case 'ReadOnly':
      return ['true', 'false'];
    default:
      return [];
  }
}
