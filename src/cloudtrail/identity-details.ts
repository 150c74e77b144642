// What the identity card tells under its answers about the credentials a call was made with.

import { type IdentityFacts, isAnonymous, sessionAttributes, statedBoolean } from './identity-facts.ts';
import { isHiddenName, linkedServiceOf } from './identity-service.ts';
import { firstText, type JsonObject, objectOf, textOf } from './json-value.ts';
import { isMfaEarlier, type Mfa, mfaOf } from './mfa.ts';
import { permissionSetOf } from './principal.ts';
import { isUnprovenSignIn } from './sign-in-outcome.ts';
import { parseTime } from './time.ts';

/** Of a user's credentials, for an answer of "yes". */
export function userDetails(facts: IdentityFacts, record: JsonObject): readonly string[] {
  return [userText(facts), ...userCautions(facts, record), keyText(facts, record), mfaText(facts, record)];
}

/** The same for one line: what matters first, the key last. */
export function userBrief(facts: IdentityFacts, record: JsonObject): readonly string[] {
  const name = facts.kind === 'Root' ? 'root' : userText(facts);
  const key = facts.key === '' ? keyText(facts, record) : `key ${facts.key}`;
  return [name, ...userCautions(facts, record), mfaText(facts, record), key];
}

function userText({ kind, identity, principal }: IdentityFacts): string {
  const userName = textOf(identity.userName);
  if (kind === 'Root') {
    return userName === '' || userName === 'root' ? 'root of the account' : `root of the account ${userName}`;
  }
  if (kind === 'AWSAccount') return `IAM user with the id ${textOf(identity.principalId)}`;
  if (isHiddenName(userName)) return 'user name hidden by CloudTrail: no user has it, and it may be a password';
  const name = firstText(userName, principal.kind === 'user' ? principal.name : '');
  return name === '' ? 'user name not stated' : `IAM user ${name}`;
}

function userCautions({ context, kind }: IdentityFacts, record: JsonObject): readonly string[] {
  return [
    ...(kind === 'Root' && statedBoolean(context.assumedRoot) === 'true' ? [ASSUMED_ROOT] : []),
    ...(isUnprovenSignIn(record) ? [FAILED] : []),
  ];
}

/** Of a sign-in that failed. */
export const FAILED = 'claimed only: the sign-in failed, which does not show who tried';

const ASSUMED_ROOT = 'by sts:AssumeRoot, from the management account or a delegated administrator';

function keyText(facts: IdentityFacts, record: JsonObject): string {
  const { key, identity } = facts;
  if (key.startsWith('AKIA')) return `long-term access key ${key}`;
  if (key.startsWith('ASIA')) {
    return `session key ${key} (${sessionKeySource(facts, record)})`;
  }
  if (key !== '') return `access key ${key}`;
  if (record.eventType === 'AwsConsoleSignIn') return 'no key: console sign-in';
  return firstText(identity.credentialId) === ''
    ? 'access key not stated'
    : `bearer token ${textOf(identity.credentialId)}`;
}

/** Root's may also be of sts:AssumeRoot, which the records of some services do not tell. */
function sessionKeySource({ kind, context }: IdentityFacts, record: JsonObject): string {
  if (isFromConsole(record)) return 'console';
  if (kind !== 'Root') return 'console or GetSessionToken';
  switch (statedBoolean(context.assumedRoot)) {
    case 'true':
      return 'AssumeRoot';
    case 'false':
      return 'console or GetSessionToken';
    case '':
      return 'console, GetSessionToken or AssumeRoot';
  }
}

function isFromConsole(record: JsonObject): boolean {
  return statedBoolean(record.sessionCredentialFromConsole) === 'true';
}

/** As AWS states it. */
export function mfaText(facts: IdentityFacts, record: JsonObject): string {
  return isMfaEarlier(facts, record) ? MFA_EARLIER : MFA_TEXTS[mfaOf(facts, record)];
}

const MFA_EARLIER = 'no MFA at this sign-in, but the session was made with it (mfaAuthenticated)';

const MFA_TEXTS: Readonly<Record<Mfa, string>> = {
  used: 'with MFA',
  'not used': 'without MFA',
  elsewhere: 'without MFA',
  'not stated': 'MFA not stated',
};

/** Of a role's or federated user's credentials, for an answer of "yes". */
export function sessionDetails(facts: IdentityFacts, record: JsonObject): readonly string[] {
  const { key, session } = facts;
  return [
    ...issuerDetails(facts),
    ...labelled('session', session),
    ...labelled('session key', key),
    ...labelled('since', since(facts)),
    ...labelled('', contradictedTime(facts, record)),
    mfaOf(facts, record) === 'elsewhere' && !isMfaEarlier(facts, record) ? MFA_ELSEWHERE : mfaText(facts, record),
    ...specialDetails(facts, record),
  ];
}

/** AWS does not learn of the MFA that an identity provider asked for, and says "false". */
const MFA_ELSEWHERE = "without MFA (an identity provider's own would not be told)";

/** The role as people know it, a permission set by its own name: `Admin/alice`, MFA, what else is not of every session,
 *  the key. */
export function sessionBrief(facts: IdentityFacts, record: JsonObject): readonly string[] {
  const { role, permissionSet, session, key } = facts;
  const who = [permissionSet || role, session].filter(Boolean).join('/');
  const special = [...labelled('', contradictedTime(facts, record)), ...specialDetails(facts, record)];
  return [who || bareName(facts), mfaText(facts, record), ...special, key === '' ? '' : `key ${key}`].filter(
    (part) => part !== '',
  );
}

function issuerDetails(facts: IdentityFacts): readonly string[] {
  const { kind, identity, issuer, role } = facts;
  const account = issuer.accountId === identity.accountId ? '' : textOf(issuer.accountId);
  const type = textOf(issuer.type);
  const lines = () => {
    if (kind === 'AWSAccount') {
      return [...labelled('role id', roleId(identity)), ...labelled('of account', textOf(identity.accountId))];
    }
    if (kind !== 'FederatedUser') {
      const name = role || textOf(issuer.arn);
      return name === '' ? labelled('', bareName(facts)) : labelled('role', name);
    }
    if (type === 'Root') return ['issued by root'];
    return labelled(type === 'IAMUser' ? 'issued by IAM user' : 'issued by', role || type);
  };
  return [...lines(), ...labelled('issued by account', account)];
}

/** Of a record that keeps neither the role nor the session. */
function bareName({ identity, role, session }: IdentityFacts): string {
  const name = textOf(identity.userName);
  return name === '' || role !== '' || session !== '' ? '' : `named ${name}: of the role or of the session`;
}

function roleId(identity: JsonObject): string {
  return textOf(identity.principalId).split(':', 1)[0] ?? '';
}

function specialDetails(facts: IdentityFacts, record: JsonObject): readonly string[] {
  const { identity, context, issuer, role, permissionSet } = facts;
  const federation = objectOf(context.webIdFederationData);
  const delivery = textOf(context.ec2RoleDelivery);
  const scope = objectOf(identity.inScopeOf);
  const issuedTo = [textOf(scope.issuerType), firstText(scope.sourceArn, scope.credentialsIssuedTo)];
  const isMisnamed = permissionSet === '' && permissionSetOf(role) !== '';
  return [
    ...(linkedServiceOf(issuer) === '' ? [] : ['a service-linked role: only its service can take it']),
    ...(isMisnamed ? ["named like a permission set, but not in IAM Identity Center's path"] : []),
    ...labelled('source identity', textOf(context.sourceIdentity)),
    ...labelled('web identity from', firstText(federation.federatedProvider, identity.identityProvider)),
    ...(delivery === '' ? [] : [`EC2 instance, IMDS${/^[12]\.?/.test(delivery) ? `v${delivery[0]}` : ` ${delivery}`}`]),
    ...(statedBoolean(context.assumedRoot) === 'true' ? [ASSUMED_ROOT] : []),
    ...labelled('for', issuedTo.filter(Boolean).join(' ')),
    ...labelled('bearer token', textOf(identity.credentialId)),
    ...(isFromConsole(record) ? ['from the console'] : []),
  ];
}

/** creationDate, which AWS documents in ISO 8601's basic form and writes in the extended one. */
function since(facts: IdentityFacts): string {
  const stated = textOf(sessionAttributes(facts).creationDate);
  const time = stated.length < 40 ? parseTime(stated) : null;
  return time === null ? stated : new Date(time).toISOString().replace('.000Z', 'Z');
}

/** AWS rounds both times to the second. */
const CLOCK_MS = 1000;

/** Of a session that is said to begin after its own call; '' for others. */
function contradictedTime(facts: IdentityFacts, record: JsonObject): string {
  const [began, called] = [since(facts), textOf(record.eventTime)].map((text) =>
    text.length < 40 ? parseTime(text) : null,
  );
  if (began == null || called == null || began <= called + CLOCK_MS) return '';
  return `the call is earlier (${textOf(record.eventTime)}): the record's times contradict each other`;
}

/** Of a caller with neither kind of credentials: another account's, nobody's, or one who asks for them only now. */
export function otherDetails(facts: IdentityFacts): readonly string[] {
  const { kind, identity } = facts;
  if (isAnonymous(facts)) return ['anonymous caller: the request was not signed'];
  if (kind === 'AWSAccount') return [`caller of another account ${textOf(identity.accountId) || '(not stated)'}`];
  if (kind !== 'SAMLUser' && kind !== 'WebIdentityUser') return [];
  const provider = textOf(identity.identityProvider);
  return [
    `asks for them with ${kind === 'SAMLUser' ? 'a SAML assertion' : 'a web identity'}${provider && ` of ${provider}`}`,
  ];
}

function labelled(label: string, value: string): readonly string[] {
  return value === '' ? [] : [label === '' ? value : `${label} ${value}`];
}
