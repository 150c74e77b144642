// IAM: who may do what. Policies of another account than the caller's are not possible, so the account goes unsaid.

import { textOf } from '../json-value.ts';
import { type Call, type Phrase, type Phrases, phrase } from './call.ts';
import { say } from './template.ts';
import { isTrue, openText, short } from './values.ts';

const POLICY = '{policyArn:name|policyName}';

export const IAM: Phrases = {
  AttachUserPolicy: say(`attach policy ${POLICY} to user {userName}`),
  AttachRolePolicy: say(`attach policy ${POLICY} to role {roleName}`),
  AttachGroupPolicy: say(`attach policy ${POLICY} to group {groupName}`),
  DetachUserPolicy: say(`detach policy ${POLICY} from user {userName}`),
  DetachRolePolicy: say(`detach policy ${POLICY} from role {roleName}`),
  DetachGroupPolicy: say(`detach policy ${POLICY} from group {groupName}`),
  PutUserPolicy: say('write inline policy {policyName} of user {userName}'),
  PutRolePolicy: say('write inline policy {policyName} of role {roleName}'),
  PutGroupPolicy: say('write inline policy {policyName} of group {groupName}'),
  DeleteUserPolicy: say('delete inline policy {policyName} of user {userName}'),
  DeleteRolePolicy: say('delete inline policy {policyName} of role {roleName}'),
  DeleteGroupPolicy: say('delete inline policy {policyName} of group {groupName}'),
  GetUserPolicy: say('read inline policy {policyName} of user {userName}'),
  GetRolePolicy: say('read inline policy {policyName} of role {roleName}'),
  GetPolicy: say(`read policy ${POLICY}`),
  GetPolicyVersion: say(`read version {versionId?(not stated)} of policy ${POLICY}`),
  CreatePolicy: say('create policy {policyName}'),
  DeletePolicy: say(`delete policy ${POLICY}`),
  CreatePolicyVersion: (call) =>
    say(`write a new version of policy ${POLICY}${isTrue(call.request.setAsDefault) ? ' (in force at once)' : ''}`)(
      call,
    ),
  SetDefaultPolicyVersion: say(`put version {versionId} of policy ${POLICY} in force`),
  DeletePolicyVersion: say(`delete version {versionId} of policy ${POLICY}`),
  PutUserPermissionsBoundary: say('limit user {userName} by policy {permissionsBoundary:name}'),
  PutRolePermissionsBoundary: say('limit role {roleName} by policy {permissionsBoundary:name}'),
  DeleteUserPermissionsBoundary: say('remove the permissions boundary of user {userName}'),
  DeleteRolePermissionsBoundary: say('remove the permissions boundary of role {roleName}'),
  UpdateAssumeRolePolicy: (call) =>
    phrase(
      `change who may take on role ${short(textOf(call.request.roleName)) || '(not stated)'}${openText(call.request.policyDocument, 'everybody may')}`,
    ),
  CreateRole: (call) => {
    const trust = openText(call.request.assumeRolePolicyDocument, 'everybody may take it on');
    return say(`create role {roleName}${trust}`)(call);
  },
  UpdateRole: say('change role {roleName}[ to sessions of {maxSessionDuration} seconds]'),
  DeleteRole: say('delete role {roleName}'),
  CreateServiceLinkedRole: say(
    'create the service-linked role of {aWSServiceName|awsServiceName?(service not stated)}',
  ),
  CreateUser: say('create user {userName}'),
  GetUser: say('look at {userName?their own user}'),
  UpdateUser: (call) =>
    textOf(call.request.newUserName) === ''
      ? say('change user {userName}')(call)
      : say('rename user {userName} to {newUserName}')(call),
  DeleteUser: say('delete user {userName}'),
  AddUserToGroup: say('add user {userName} to group {groupName}'),
  RemoveUserFromGroup: say('remove user {userName} from group {groupName}'),
  CreateAccessKey: say('create access key[ {>accessKey.accessKeyId}] for {userName|>accessKey.userName?themselves}'),
  DeleteAccessKey: say('delete access key {accessKeyId}[ of {userName}]'),
  UpdateAccessKey: (call) => statusOf(call, 'access key {accessKeyId}[ of {userName}]'),
  GetAccessKeyLastUsed: say('ask when access key {accessKeyId} was last used'),
  CreateLoginProfile: say('give user {userName?themselves} a console password'),
  UpdateLoginProfile: say('change the console password of user {userName}'),
  DeleteLoginProfile: say('remove the console password of user {userName}'),
  ChangePassword: say('change their own password'),
  CreateVirtualMFADevice: say('create virtual MFA device {virtualMFADeviceName|>virtualMFADevice.serialNumber:name}'),
  EnableMFADevice: say('turn on MFA device {serialNumber:name} of {userName}'),
  DeactivateMFADevice: say('turn off MFA device {serialNumber:name} of {userName?themselves}'),
  DeleteVirtualMFADevice: say('delete virtual MFA device {serialNumber:name}'),
  CreateServiceSpecificCredential: say('create a credential for {serviceName} of user {userName}'),
  UploadSSHPublicKey: say('upload an SSH key of user {userName} for CodeCommit'),
  UploadSigningCertificate: say('upload a signing certificate of user {userName?themselves}'),
  UploadServerCertificate: say('upload server certificate {serverCertificateName}'),
  CreateSAMLProvider: say('create SAML provider {name}'),
  UpdateSAMLProvider: say('change SAML provider {sAMLProviderArn:name|samlProviderArn:name}'),
  DeleteSAMLProvider: say('delete SAML provider {sAMLProviderArn:name|samlProviderArn:name}'),
  CreateOpenIDConnectProvider: say('create identity provider {url}'),
  DeleteOpenIDConnectProvider: say('delete identity provider {openIDConnectProviderArn:name}'),
  CreateInstanceProfile: say('create instance profile {instanceProfileName}'),
  AddRoleToInstanceProfile: say('add role {roleName} to instance profile {instanceProfileName}'),
  RemoveRoleFromInstanceProfile: say('remove role {roleName} from instance profile {instanceProfileName}'),
  PassRole: say('pass role {roleArn:name|@}'),
  CreateAccountAlias: say('call the account {accountAlias}'),
  UpdateAccountPasswordPolicy: say("change the account's password policy"),
  DeleteAccountPasswordPolicy: say("delete the account's password policy"),
  GetAccountAuthorizationDetails: say('read all users, roles and policies of the account'),
  GetAccountSummary: say("read the account's summary of users, roles and keys"),
  GetAccountPasswordPolicy: say("read the account's password policy"),
  GenerateCredentialReport: say('ask for the credential report'),
  GetCredentialReport: say('read the credential report'),
  SimulatePrincipalPolicy: say('try out what {policySourceArn:name} may do'),
  EnableOrganizationsRootCredentialsManagement: say('manage root credentials of member accounts centrally'),
  EnableOrganizationsRootSessions: say('allow root sessions in member accounts'),
};

function statusOf(call: Call, what: string): Phrase {
  const status = textOf(call.request.status).toLowerCase();
  const verb = status === 'active' ? 'activate' : status === 'inactive' ? 'deactivate' : 'change';
  return say(`${verb} ${what}`)(call) ?? phrase(verb);
}
