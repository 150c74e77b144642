// What calls to IAM change about a user, role, group, policy or instance profile.

import { memberOf, textIn } from './any-case.ts';
import { opennessOf } from './public-access.ts';
import { type ChangeRule, type ChangeRules, changed, made } from './resource-change.ts';
import { plainNameOf } from './resource-names.ts';

const OWNERS = ['userName', 'roleName', 'groupName'] as const;
type Request = Readonly<Record<string, unknown>>;

/** The user, role or group that a call is about: its kind and its name. */
function ownerIn(request: Request): { readonly kind: string; readonly name: string } {
  for (const key of OWNERS) {
    const name = textIn(request, key);
    if (name !== '') return { kind: key.slice(0, -4), name };
  }
  return { kind: '', name: '' };
}

const policyLink =
  (verb: string, side: string): ChangeRule =>
  ({ request, is }) => {
    const [policy, owner] = [textIn(request, 'policyArn'), ownerIn(request)];
    if (is(owner.name)) return changed(`policy ${plainNameOf(policy) || '(not stated)'} ${verb}`);
    return is(policy) ? changed(`${verb} ${side} ${owner.kind} ${owner.name}`) : [];
  };

/** Something of a user, role or group: `inline policy admin set`. */
const part =
  (words: string, key: string, verb: string): ChangeRule =>
  ({ request, response, is }) => {
    const value = textIn(request, key) || textIn(memberOf(response, 'accessKey'), key);
    if (!is(ownerIn(request).name)) return is(value) && value !== '' ? null : [];
    return changed([words, plainNameOf(value), verb].filter((word) => word !== '').join(' '));
  };

const owned =
  (text: string): ChangeRule =>
  ({ request, is }) =>
    is(ownerIn(request).name) ? changed(text) : [];

const membership =
  (verb: string, side: string): ChangeRule =>
  ({ request, is }) => {
    const [user, group] = [textIn(request, 'userName'), textIn(request, 'groupName')];
    if (is(user)) return changed(`${verb} ${side} group ${group}`);
    return is(group) ? changed(`user ${user} ${verb}`) : [];
  };

const profileRole =
  (verb: string, side: string): ChangeRule =>
  ({ request, is }) => {
    const [profile, role] = [textIn(request, 'instanceProfileName'), textIn(request, 'roleName')];
    // Most profiles are called as their role.
    if (is(profile)) return changed(`role ${role} ${verb}`);
    return is(role) ? changed(`${verb} ${side} instance profile ${profile}`) : [];
  };

const policyVersion =
  (verb: string): ChangeRule =>
  ({ request, response, is }) => {
    if (!is(textIn(request, 'policyArn'))) return [];
    const version = textIn(request, 'versionId') || textIn(memberOf(response, 'policyVersion'), 'versionId');
    const isDefault = textIn(request, 'setAsDefault') === 'true' || verb === 'made default';
    return changed(
      `version ${version} ${isDefault && verb === 'created' ? 'created and made default' : verb}`.replace('  ', ' '),
    );
  };

const accessKeyStatus: ChangeRule = ({ request, is }) => {
  const [key, status] = [textIn(request, 'accessKeyId'), textIn(request, 'status').toLowerCase()];
  if (is(ownerIn(request).name)) return changed(`access key ${key} ${status}`);
  return is(key) ? changed(status, status) : [];
};

const createAccessKey: ChangeRule = ({ request, response, is }) => {
  const answer = memberOf(response, 'accessKey');
  const [key, user] = [textIn(answer, 'accessKeyId'), textIn(answer, 'userName') || textIn(request, 'userName')];
  if (is(key)) return made(textIn(answer, 'status').toLowerCase(), user === '' ? '' : `for ${user}`);
  return is(user) ? changed(`access key ${key} created`.replace('  ', ' ')) : [];
};

const renamed =
  (key: string, newKey: string): ChangeRule =>
  ({ request, is }) => {
    const [before, after] = [textIn(request, key), textIn(request, newKey)];
    if (after === '') return is(before) ? changed('updated') : [];
    if (is(before)) return changed(`renamed to ${after}`);
    return is(after) ? changed(`renamed from ${before}`) : [];
  };

export const IDENTITY_CHANGES: ChangeRules = {
  AttachRolePolicy: policyLink('attached', 'to'),
  AttachUserPolicy: policyLink('attached', 'to'),
  AttachGroupPolicy: policyLink('attached', 'to'),
  DetachRolePolicy: policyLink('detached', 'from'),
  DetachUserPolicy: policyLink('detached', 'from'),
  DetachGroupPolicy: policyLink('detached', 'from'),
  PutRolePolicy: part('inline policy', 'policyName', 'set'),
  PutUserPolicy: part('inline policy', 'policyName', 'set'),
  PutGroupPolicy: part('inline policy', 'policyName', 'set'),
  DeleteRolePolicy: part('inline policy', 'policyName', 'deleted'),
  DeleteUserPolicy: part('inline policy', 'policyName', 'deleted'),
  DeleteGroupPolicy: part('inline policy', 'policyName', 'deleted'),
  PutRolePermissionsBoundary: part('permissions boundary', 'permissionsBoundary', 'set'),
  PutUserPermissionsBoundary: part('permissions boundary', 'permissionsBoundary', 'set'),
  DeleteRolePermissionsBoundary: owned('permissions boundary removed'),
  DeleteUserPermissionsBoundary: owned('permissions boundary removed'),
  UpdateAssumeRolePolicy: ({ request, is }) => {
    if (!is(ownerIn(request).name)) return [];
    const openness = opennessOf(memberOf(request, 'policyDocument'));
    const denials = openness === 'everybody' ? '' : ' but for what it denies';
    return changed(`trust policy changed${openness && `: everybody may take it on${denials}`}`);
  },
  CreateLoginProfile: owned('console password set'),
  UpdateLoginProfile: owned('console password changed'),
  DeleteLoginProfile: owned('console password removed'),
  CreateAccessKey: createAccessKey,
  UpdateAccessKey: accessKeyStatus,
  DeleteAccessKey: part('access key', 'accessKeyId', 'deleted'),
  EnableMFADevice: part('MFA device', 'serialNumber', 'enabled'),
  DeactivateMFADevice: part('MFA device', 'serialNumber', 'deactivated'),
  AddUserToGroup: membership('added', 'to'),
  RemoveUserFromGroup: membership('removed', 'from'),
  AddRoleToInstanceProfile: profileRole('added', 'to'),
  RemoveRoleFromInstanceProfile: profileRole('removed', 'from'),
  CreatePolicyVersion: policyVersion('created'),
  DeletePolicyVersion: policyVersion('deleted'),
  SetDefaultPolicyVersion: policyVersion('made default'),
  UpdateUser: renamed('userName', 'newUserName'),
  UpdateGroup: renamed('groupName', 'newGroupName'),
};
