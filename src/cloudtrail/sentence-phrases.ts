// Calls whose name alone makes a poor sentence: what they did, in the words a colleague would use.

import { firstText, isObject, type JsonObject, listOf, objectOf, textOf } from './json-value.ts';

/** [what was tried, what was done]: the infinitive serves calls that failed. */
export type Phrase = readonly [infinitive: string, past: string];

type PhraseOf = (record: JsonObject, request: JsonObject, label: string) => Phrase | null;

/** The phrase of a call that is worth its own words; null for all others. `label` is its best resource name or ''. */
export function specialPhrase(eventName: string, record: JsonObject, label: string): Phrase | null {
  const make = Object.hasOwn(PHRASES, eventName) ? PHRASES[eventName] : undefined;
  return make === undefined ? null : make(record, objectOf(record.requestParameters), label);
}

const PHRASES: Readonly<Record<string, PhraseOf>> = {
  RunInstances: (record, request) => {
    const items = listOf(objectOf(record.responseElements).instancesSet);
    const [first] = items;
    const id = textOf(objectOf(first).instanceId);
    const type = firstText(request.instanceType, objectOf(first).instanceType);
    const count = items.length || Number(textOf(objectOf(listOf(request.instancesSet)[0]).minCount)) || 1;
    const what = count === 1 ? 'an instance' : `${count} instances`;
    const named = id === '' ? '' : count === 1 ? ` ${id}` : ` ${id} and ${count - 1} more`;
    return both('launch', 'launched', `${what}${type && ` (${type})`}${named}`);
  },
  ConsoleLogin: (record) => {
    const used = textOf(objectOf(record.additionalEventData).MFAUsed);
    const mfa = used === 'Yes' ? ' with MFA' : used === 'No' ? ' without MFA' : ', MFA not stated,';
    return both('sign', 'signed', `in to the console${mfa}`);
  },
  AssumeRole: (_, request, label) => assume(request, label, ''),
  AssumeRoleWithSAML: (_, request, label) => assume(request, label, ' with a SAML assertion'),
  AssumeRoleWithWebIdentity: (_, request, label) => assume(request, label, ' with a web identity'),
  SwitchRole: (record) => {
    const from = textOf(objectOf(record.additionalEventData).SwitchFrom);
    return both('switch', 'switched', `role in the console${from && ` from ${from}`}`);
  },
  GetCallerIdentity: () => both('ask', 'asked', 'who the credentials belong to'),
  GetSigninToken: () => both('ask', 'asked', 'for a console sign-in token'),
  UserAuthentication: () => both('sign', 'signed', 'in to IAM Identity Center'),
  CheckMfa: () => both('pass', 'passed', 'the MFA check of a sign-in'),
  PasswordUpdated: () => both('change', 'changed', 'the root password'),
  SendSSHPublicKey: (_, request, label) =>
    both(
      'push',
      'pushed',
      `an SSH key for ${firstText(request.instanceOSUser, request.osUser) || 'a user not stated'} to ${label || 'an instance'}`,
    ),
  SendSerialConsoleSSHPublicKey: (_, request, label) =>
    both(
      'push',
      'pushed',
      `an SSH key for the serial console of ${firstText(request.instanceId, label) || 'an instance'}`,
    ),
  OpenTunnel: (_, request, label) => {
    const port = textOf(request.remotePort);
    const to = firstText(request.privateIpAddress, request.instanceId) || 'an address not stated';
    const through = firstText(request.instanceConnectEndpointId, label);
    return both('open', 'opened', `a tunnel to ${to}${port && ` port ${port}`}${through && ` through ${through}`}`);
  },
  StartSession: (record, request, label) =>
    textOf(record.eventSource).startsWith('ssm.')
      ? both('start', 'started', `a session on ${firstText(request.target, label) || 'an instance'}`)
      : null,
  AuthorizeSecurityGroupIngress: (_, request, label) => ingress('open', 'opened', 'to', request, label),
  RevokeSecurityGroupIngress: (_, request, label) => ingress('close', 'closed', 'to', request, label),
  AttachUserPolicy: (_, request) => policy('attach', 'attached', 'to', 'user', request.userName, request),
  AttachRolePolicy: (_, request) => policy('attach', 'attached', 'to', 'role', request.roleName, request),
  AttachGroupPolicy: (_, request) => policy('attach', 'attached', 'to', 'group', request.groupName, request),
  DetachUserPolicy: (_, request) => policy('detach', 'detached', 'from', 'user', request.userName, request),
  DetachRolePolicy: (_, request) => policy('detach', 'detached', 'from', 'role', request.roleName, request),
  DetachGroupPolicy: (_, request) => policy('detach', 'detached', 'from', 'group', request.groupName, request),
  PutUserPolicy: (_, request) => policy('write', 'wrote', 'of', 'user', request.userName, request),
  PutRolePolicy: (_, request) => policy('write', 'wrote', 'of', 'role', request.roleName, request),
  PutGroupPolicy: (_, request) => policy('write', 'wrote', 'of', 'group', request.groupName, request),
  CreateAccessKey: (record, request) => {
    const made = objectOf(objectOf(record.responseElements).accessKey);
    const user = firstText(request.userName, made.userName);
    const key = textOf(made.accessKeyId);
    return both('create', 'created', `an access key${key && ` ${key}`}${user && ` for ${user}`}`);
  },
  ModifySnapshotAttribute: (_, request, label) => {
    const permission = objectOf(request.createVolumePermission);
    const [added] = listOf(permission.add);
    if (!isObject(added)) return null;
    const with_ = textOf(added.group) === 'all' ? 'everybody' : `account ${textOf(added.userId) || 'not stated'}`;
    return both('share', 'shared', `${label || 'a snapshot'} with ${with_}`);
  },
  AttachVolume: (_, request) => between('attach', 'attached', 'to', request.volumeId, request.instanceId),
  DetachVolume: (_, request) => between('detach', 'detached', 'from', request.volumeId, request.instanceId),
  StopLogging: (_, __, label) => both('stop', 'stopped', `the logging of ${trail(label)}`),
  StartLogging: (_, __, label) => both('start', 'started', `the logging of ${trail(label)}`),
  PutEventSelectors: (_, __, label) => both('change', 'changed', `what ${trail(label)} records`),
  GetObject: (_, __, label) => both('read', 'read', label || 'an object'),
  PutObject: (_, __, label) => both('write', 'wrote', label || 'an object'),
  Decrypt: (_, __, label) => both('decrypt', 'decrypted', label === '' ? 'data' : `data with key ${label}`),
  Encrypt: (_, __, label) => both('encrypt', 'encrypted', label === '' ? 'data' : `data with key ${label}`),
  GenerateDataKey: (_, __, label) => both('make', 'made', label === '' ? 'a data key' : `a data key of ${label}`),
  SharedSnapshotVolumeCreated: (_, __, label) =>
    both('report', 'reported', `a volume made from the shared snapshot${label && ` ${label}`}`),
};

function both(infinitive: string, past: string, rest: string): Phrase {
  return [`${infinitive} ${rest}`, `${past} ${rest}`];
}

/** '… vol-1 to i-2'; null when either is not stated. */
function between(infinitive: string, past: string, preposition: string, what: unknown, where: unknown): Phrase | null {
  const [from, to] = [textOf(what), textOf(where)];
  return from === '' || to === '' ? null : both(infinitive, past, `${from} ${preposition} ${to}`);
}

function trail(label: string): string {
  return label === '' ? 'a trail' : `trail ${label}`;
}

function assume(request: JsonObject, label: string, how: string): Phrase {
  const session = textOf(request.roleSessionName);
  return both('assume', 'assumed', `role ${label || '(not stated)'}${session && ` as ${session}`}${how}`);
}

function policy(
  infinitive: string,
  past: string,
  preposition: string,
  kind: string,
  owner: unknown,
  request: JsonObject,
): Phrase {
  const arn = textOf(request.policyArn);
  const name = firstText(request.policyName, arn.slice(arn.lastIndexOf('/') + 1)) || '(not stated)';
  return both(infinitive, past, `policy ${name} ${preposition} ${kind} ${textOf(owner) || '(not stated)'}`);
}

/** Ports and addresses of the first rule: ipPermissions lists, or the flat form of old clients. */
function ingress(infinitive: string, past: string, preposition: string, request: JsonObject, label: string): Phrase {
  const rules = listOf(request.ipPermissions);
  const rule = isObject(rules[0]) ? rules[0] : request;
  const from = textOf(rule.fromPort);
  const to = textOf(rule.toPort);
  const protocol = textOf(rule.ipProtocol);
  const ports = protocol === '-1' || from === '' ? 'all ports' : from === to ? `port ${from}` : `ports ${from}–${to}`;
  const range = firstText(
    objectOf(listOf(rule.ipRanges)[0]).cidrIp,
    objectOf(listOf(rule.ipv6Ranges)[0]).cidrIpv6,
    objectOf(listOf(rule.groups)[0]).groupId,
    rule.cidrIp,
  );
  const more = rules.length > 1 ? ` and ${rules.length - 1} more rules` : '';
  return both(
    infinitive,
    past,
    `${ports}${range && ` ${preposition} ${range}`} in ${label || 'a security group'}${more}`,
  );
}
