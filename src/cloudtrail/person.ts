// Which person a caller is by what its own events state. Sessions of a role say nothing of it, but those of a permission
// set of IAM Identity Center do: their session name is the person's user name there.

import { firstText, type JsonObject, objectOf, textOf } from './json-value.ts';
import { isPermissionSet, permissionSetOf, principalOfArn } from './principal.ts';
import { identityCells } from './user-identity.ts';

/** The stored fields that make a caller: events that agree in all of them are one caller's. */
export const CALLER_FIELDS = ['key', 'arn', 'created', 'who', 'type', 'caller', 'role', 'session', 'user'] as const;

export type CallerField = (typeof CALLER_FIELDS)[number];

export type CallerCells = Readonly<Record<CallerField, string>>;

export type Person =
  /** A user of IAM Identity Center, by user name; `account`: of the session or call that names it. */
  | { readonly kind: 'center'; readonly name: string; readonly account: string }
  /** The same by the id where only that is stated. */
  | { readonly kind: 'center id'; readonly userId: string }
  | { readonly kind: 'user'; readonly name: string; readonly account: string }
  | { readonly kind: 'root'; readonly account: string }
  /** What a SAML assertion or a web identity token names. `provider`: whose it is; '' where that is not stated. */
  | {
      readonly kind: 'subject';
      readonly name: string;
      readonly of: 'SAML' | 'web identity';
      readonly provider: string;
    };

/** The person, and whether a call that handed out the caller's key would tell it better. */
export type OwnPerson = { readonly person: Person; readonly isLast: boolean };

/** Subjects in parts are programs: `repo:example/shop:ref:refs/heads/main` of a pipeline, `system:serviceaccount:…` of
 *  Kubernetes, `project_path:…`, `organization:…`. A number may be a person's or a service account's: nothing tells.
 *  People are names and addresses. */
const PROGRAM = /:|^\d+$/;

/** What stands where no name does: a wrong user name may be a password. */
const NO_NAMES = new Set(['', 'HIDDEN_DUE_TO_SECURITY_REASONS']);

/** Who the caller is by itself; null where its columns do not say (see personOfRecord), or it is no person. */
export function ownPerson(cells: CallerCells): OwnPerson | null {
  const { who, user, session, role, caller } = cells;
  switch (kindOf(cells)) {
    case 'AssumedRole':
      return session !== '' && isOfPermissionSet(cells)
        ? own({ kind: 'center', name: session, account: caller })
        : null;
    case 'IAMUser':
      return NO_NAMES.has(user) ? null : own({ kind: 'user', name: user, account: caller });
    case 'Root':
      // A member account's root may be taken on by sts:AssumeRoot.
      return own({ kind: 'root', account: caller }, true);
    case 'FederatedUser': {
      // The record states whose GetFederationToken it was.
      if (role === '') return null;
      const isRoot = role === 'root';
      return own(isRoot ? { kind: 'root', account: caller } : { kind: 'user', name: role, account: caller }, true);
    }
    case 'IdentityCenterUser':
      if (isUserId(who)) return own({ kind: 'center id', userId: who });
      return NO_NAMES.has(user) ? null : own({ kind: 'center', name: user, account: caller });
    default:
      return null;
  }
}

function own(person: Person, isLast = false): OwnPerson {
  return { person, isLast };
}

/** Whether the session is one of a permission set. Its label has the set's own name only where the role is one: anybody
 *  can give that name to another. */
export function isOfPermissionSet({ role, session, who }: Pick<CallerCells, 'role' | 'session' | 'who'>): boolean {
  const set = permissionSetOf(role);
  return set !== '' && who === (session === '' ? set : `${set}/${session}`);
}

/** Types of callers whose person only the record tells: the columns lack the provider, or where an id is from. */
export const RECORD_TYPES: readonly string[] = ['SAMLUser', 'WebIdentityUser', 'Unknown', ''];

/** Who the caller of such a type is; null for nobody. */
export function personOfRecord(record: unknown): Person | null {
  const { userIdentity, requestParameters, responseElements } = objectOf(record);
  const identity = objectOf(userIdentity);
  const { userId } = objectOf(identity.onBehalfOf);
  const answer = objectOf(responseElements);
  const name = identityCells(userIdentity).who;
  const isNamed = !NO_NAMES.has(name) && name !== textOf(identity.accountId);
  switch (textOf(identity.type)) {
    case 'SAMLUser': {
      if (!isNamed) return null;
      // Identity Center makes a provider for itself in each account.
      const isCenter = /:saml-provider\/AWSSSO_/.test(textOf(objectOf(requestParameters).principalArn));
      const provider = isCenter ? 'IAM Identity Center' : firstText(answer.issuer, identity.identityProvider);
      return { kind: 'subject', name, of: 'SAML', provider };
    }
    case 'WebIdentityUser': {
      if (!isNamed || PROGRAM.test(name)) return null;
      const provider = firstText(identity.identityProvider, answer.provider).replace(/^arn:.*?:oidc-provider\//, '');
      return { kind: 'subject', name, of: 'web identity', provider };
    }
    case 'Unknown':
    case '':
      return isUserId(textOf(userId)) ? { kind: 'center id', userId: textOf(userId) } : null;
    default:
      return null;
  }
}

/** Whether such a caller's key may have been handed out by another caller's call: not a long-term key. */
export function mayBeHandedOut(cells: CallerCells): boolean {
  return HANDED_OUT.has(kindOf(cells)) && !cells.key.startsWith('AKIA');
}

const HANDED_OUT = new Set(['AssumedRole', 'FederatedUser', 'Root']);

/** userIdentity.type, or what the ARN shows where it is not stated. */
function kindOf({ type, arn }: CallerCells): string {
  if (type !== '' && type !== 'Unknown') return type;
  switch (principalOfArn(arn).kind) {
    case 'session':
      return 'AssumedRole';
    case 'user':
      return 'IAMUser';
    case 'root':
      return 'Root';
    case 'federated':
      return 'FederatedUser';
    default:
      return 'Unknown';
  }
}

/** As Identity Center writes the ids of its users. */
export function isUserId(text: string): boolean {
  return /^(?:[0-9a-f]{10}-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** Calls that say the name of an Identity Center user who signs in. */
export const SIGN_INS: readonly string[] = ['UserAuthentication', 'CredentialVerification', 'CredentialChallenge'];

/** Calls by which somebody who is not known yet shows who they are. A failed one proves nothing: anybody can claim a
 *  name. */
export const PROOFS: readonly string[] = [
  'Authenticate',
  'CheckMfa',
  'ConsoleLogin',
  'CredentialVerification',
  'PasswordRecoveryCompleted',
  'UserAuthentication',
  'AssumeRoleWithSAML',
  'AssumeRoleWithWebIdentity',
];

/** A user of Identity Center as a record tells of it; '' for what it does not state. */
export type CenterUser = {
  readonly userId: string;
  readonly name: string;
  /** The identity store, `d-90678a1b2c`. */
  readonly store: string;
  readonly account: string;
};

/** The Identity Center user that a record states the id of: a sign-in, or a call of a permission set's session. */
export function centerUserOf(record: unknown): CenterUser | null {
  const { userIdentity, additionalEventData } = objectOf(record);
  const identity = objectOf(userIdentity);
  const { userId: id, identityStoreArn } = objectOf(identity.onBehalfOf);
  const userId = textOf(id);
  if (!isUserId(userId)) return null;
  const name = firstText(objectOf(additionalEventData).UserName, identity.userName, sessionName(identity));
  const arn = textOf(identityStoreArn);
  return {
    userId,
    name: NO_NAMES.has(name) || isUserId(name) ? '' : name,
    store: arn.slice(arn.lastIndexOf('/') + 1) || storeOfUserId(userId),
    account: textOf(identity.accountId),
  };
}

/** Newer ids begin with their store's. */
export function storeOfUserId(userId: string): string {
  const prefix = /^([0-9a-f]{10})-[0-9a-f]{8}-/i.exec(userId)?.[1];
  return prefix === undefined ? '' : `d-${prefix.toLowerCase()}`;
}

function sessionName(identity: JsonObject): string {
  const { arn, userName } = objectOf(objectOf(identity.sessionContext).sessionIssuer);
  return isPermissionSet(textOf(arn), textOf(userName)) ? principalOfArn(textOf(identity.arn)).session : '';
}

/** How a person is called, without what tells two of the same name apart. */
export function nameOfPerson(person: Person): string {
  switch (person.kind) {
    case 'center':
    case 'user':
    case 'subject':
      return person.name;
    case 'center id':
      return person.userId;
    case 'root':
      return 'root';
  }
}

/** Where a name is from that is not Identity Center's: `dave` of two accounts need not be one person. */
export function homeOfPerson(person: Exclude<Person, { readonly kind: 'center' | 'center id' }>): string {
  switch (person.kind) {
    case 'user':
    case 'root':
      return person.account === '' ? 'an account not stated' : person.account;
    case 'subject':
      return person.provider === '' ? 'a provider not stated' : person.provider;
  }
}
