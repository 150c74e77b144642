/**
 * Paths of the record that people search by, beyond the fields of the table: what CloudTrail documents of a record, and
 * the keys of requestParameters and responseElements that the common calls share. Offered while typing; any other path
 * works as well.
 */
export const RECORD_PATHS: readonly string[] = [
  ...under(
    'userIdentity',
    `type principalId arn accountId accessKeyId userName invokedBy identityProvider onBehalfOf.userId
    onBehalfOf.identityStoreArn inScopeOf.issuerType inScopeOf.credentialsIssuedTo sessionContext.sessionIssuer.type
    sessionContext.sessionIssuer.arn sessionContext.sessionIssuer.accountId sessionContext.sessionIssuer.userName
    sessionContext.attributes.creationDate sessionContext.attributes.mfaAuthenticated
    sessionContext.webIdFederationData.federatedProvider sessionContext.sourceIdentity sessionContext.ec2RoleDelivery
    sessionContext.assumedRoot`,
  ),
  ...under(
    'requestParameters',
    `instanceId instanceType imageId instancesSet.items[].instanceId instancesSet.items[].imageId volumeId snapshotId size
    groupId groupName vpcId subnetId ipPermissions.items[].fromPort ipPermissions.items[].toPort
    ipPermissions.items[].ipProtocol ipPermissions.items[].ipRanges.items[].cidrIp
    ipPermissions.items[].ipv6Ranges.items[].cidrIpv6 bucketName key userName roleName roleArn roleSessionName
    durationSeconds policyArn policyName policyDocument accessKeyId functionName secretId name withDecryption keyId
    encryptionContext target osUser serialPort attributeType createVolumePermission.add.items[].userId clusterName
    dBInstanceIdentifier stackName tableName topicArn queueUrl logGroupName maxResults filterSet.items[].name`,
  ),
  ...under(
    'responseElements',
    `instancesSet.items[].instanceId instancesSet.items[].instanceType instancesSet.items[].currentState.name
    volumeId snapshotId groupId securityGroupRuleSet.items[].cidrIpv4 accessKey.accessKeyId accessKey.userName user.userName
    role.arn assumedRoleUser.arn credentials.accessKeyId ConsoleLogin requestId sessionId`,
  ),
  ...under(
    'additionalEventData',
    'MFAUsed LoginTo MobileVersion SignatureVersion CipherSuite AuthenticationMethod bytesTransferredIn bytesTransferredOut',
  ),
  ...under('serviceEventDetails', 'snapshotId volumeId instanceIdSet'),
  ...under('resources[]', 'ARN accountId type'),
  ...under('tlsDetails', 'tlsVersion cipherSuite clientProvidedHostHeader'),
  ...under('insightDetails', 'state insightType eventSource eventName'),
  ...under('eventContext.tagContext', 'resourceTags'),
];

function under(parent: string, children: string): readonly string[] {
  return children.split(/\s+/).map((child) => `${parent}.${child}`);
}
