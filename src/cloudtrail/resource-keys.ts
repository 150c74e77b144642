// Which members of requestParameters and responseElements name a resource, and how well each serves as the one label
// that a list shows. Spelling differs between services (dBInstanceIdentifier, SecretARN, aRN), so keys are compared
// in lower case. Lower rank = better label.

export type ResourceKey = {
  readonly rank: number;
  /** Ids that AWS hands out: new in the answer, they name what the call has made, and beat what it was made from. */
  readonly isMinted: boolean;
  /** Generic words (`name`, `resource`, `id`): a resource only at the top level of the parameters. */
  readonly isTopOnly: boolean;
};

const MINTED: Readonly<Record<number, string>> = {
  10: 'instanceId',
  12: 'commandId snapshotId',
  13: 'volumeId',
  28: 'transitGatewayAttachmentId mountTargetId accessPointId',
  30: `routeTableId internetGatewayId natGatewayId allocationId networkAclId vpcEndpointId egressOnlyInternetGatewayId
    transitGatewayId vpcPeeringConnectionId customerGatewayId vpnGatewayId
    vpnConnectionId launchTemplateId fileSystemId prefixListId placementGroupId
    instanceConnectEndpointId keyPairId spotFleetRequestId capacityReservationId flowLogId carrierGatewayId`,
  42: 'networkInterfaceId',
  43: 'imageId',
  55: 'reservationId spotInstanceRequestId',
};

const NAMED: Readonly<Record<number, string>> = {
  10: 'instanceIds',
  11: 'target dBSnapshotIdentifier dBClusterSnapshotIdentifier targetDBSnapshotIdentifier dBInstanceIdentifier dBClusterIdentifier',
  14: 'groupId securityGroupId',
  20: `userName roleName functionName tableName secretId trailName logGroupName topicArn queueUrl queueName
    streamName deliveryStreamName clusterName stackName aliasName keyId repositoryName autoScalingGroupName loadBalancerName
    hostedZoneId domainName certificateArn distributionId restApiId userPoolId identityPoolId detectorId
    ruleName alarmName alarmNames dashboardName stateMachineArn stateMachineName pipelineName projectName
    backupVaultName backupPlanId recoveryPointArn cacheClusterId replicationGroupId clusterIdentifier roleArn
    workGroup crawlerName jobName databaseName applicationName environmentName layerName apiId
    organizationalUnitId permissionSetArn bucketName bucket canaryName resourceShareArn identityStoreId agentId`,
  21: 'trailArn trailARN loadBalancerArn secretArn sourceDBSnapshotIdentifier sourceSnapshotId sourceImageId resourceArn resourceId resourceName',
  22: `instanceProfileName launchConfigurationName stackId taskDefinition task tasks targetGroupArn listenerArn
    executionArn stackSetName destinationArn logGroupIdentifier logGroupArn changeSetName parameterName`,
  24: 'groupName launchTemplateName',
  26: 'policyArn serialNumber providerArn sAMLProviderArn openIDConnectProviderArn',
  28: 'policyName sessionId documentName queryExecutionId queryId logStreamName eventDataStore modelId',
  33: 'accessKeyId sSHPublicKeyId certificateId serviceSpecificCredentialId',
  35: 'meshName keyName targetKeyId sourceBucket',
  40: 'dBSubnetGroupName dBSecurityGroupName kmsKeyId kMSMasterKeyId serviceName',
  44: 'dBParameterGroupName dBClusterParameterGroupName optionGroupName cacheSubnetGroupName',
  45: 'subnetId',
  46: 'vpcId',
  58: 'associationId attachmentId securityGroupRuleId policyId roleId userId groupIds assumedRoleId accountId createAccountRequestId dhcpOptionsId',
  62: 'roleSessionName',
};

const TOP_ONLY: Readonly<Record<number, string>> = {
  20: 'name names service services rule resource resources id identifier aRN arn',
  22: 'cluster clusters family functions',
};

const BY_KEY = new Map<string, ResourceKey>();
for (const [table, isMinted, isTopOnly] of [
  [MINTED, true, false],
  [NAMED, false, false],
  [TOP_ONLY, false, true],
] as const) {
  for (const [rank, keys] of Object.entries(table)) {
    for (const key of keys.split(/\s+/)) {
      if (key !== '') BY_KEY.set(key.toLowerCase(), { rank: Number(rank), isMinted, isTopOnly });
    }
  }
}

/** Services name most of what they keep <thing>Id, <thing>Name or <thing>Arn: good enough for search, poor as a label. */
const NAME_LIKE = /[a-z](?:Ids?|Identifier|Names?|Arns?|ARNs?)$/;
const NOT_NAMES =
  /^(?:version|client|request|requester|owner|event|availabilityZone|type|attribute|engine|display|host|device|rootDevice|metric|os|platform|agent|zone|region|awsRegion|privateDns|publicDns|caller|correlation|transaction|token|first|last|given|family|full|nick|middle)(?:Ids?|Identifier|Names?)$|[tT]oken|OwnerId$|RequestId$|VersionId$/;
const NAME_LIKE_KEY: ResourceKey = { rank: 54, isMinted: false, isTopOnly: false };

/** Keys whose contents are conditions or labels, not names: only ids and ARNs count inside them. */
const LOOSE = new Set(['filter', 'filters', 'filterset', 'filtercriteria', 'encryptioncontext', 'lookupattributes']);
/** Keys whose contents are free text. */
const FREE_TEXT =
  /^(?:tags?|tagset|tagspecificationset|tagspecifications|taglist|tagkeys|userdata|description|environment|variables|message|messagebody|subject|comment|querystring|sqlstatement)$/;

export type KeyMeaning =
  | { readonly kind: 'named'; readonly key: ResourceKey }
  | { readonly kind: 'loose' | 'skip' | 'plain' };

const PLAIN: KeyMeaning = { kind: 'plain' };
const MEANINGS = new Map<string, KeyMeaning>();
/** Keys can be anything a caller sent (tag names, environment variables): the memory of them stays bounded. */
const MAX_MEANINGS = 5000;

/** What a key of the parameters says about its value. Remembered per spelling: a million events share few keys. */
export function meaningOfKey(key: string): KeyMeaning {
  const known = MEANINGS.get(key);
  if (known !== undefined) return known;
  const lower = key.toLowerCase();
  const named = BY_KEY.get(lower);
  let meaning = PLAIN;
  if (named !== undefined) meaning = { kind: 'named', key: named };
  else if (LOOSE.has(lower)) meaning = { kind: 'loose' };
  else if (FREE_TEXT.test(lower)) meaning = { kind: 'skip' };
  else if (NAME_LIKE.test(key) && !NOT_NAMES.test(key)) meaning = { kind: 'named', key: NAME_LIKE_KEY };
  if (MEANINGS.size < MAX_MEANINGS) MEANINGS.set(key, meaning);
  return meaning;
}
