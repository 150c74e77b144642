// Which person a caller is by what its own events state. Sessions of a role say nothing of it, but those of a permission
// set of IAM Identity Center do: their session name is the person's user name there.

import { firstText, type JsonObject, objectOf, textOf } from './json-value.ts';
import { isPermissionSetArn, permissionSetOf, principalOfArn } from './principal.ts';

/** The stored fields that make a caller: events that agree in all of them are one caller's. */
export const CALLER_FIELDS = ['key', 'arn', 'created', 'who', 'type', 'caller', 'role', 'session', 'user'] as const;

export type CallerField = (typeof CALLER_FIELDS)[number];

export type CallerCells = Readonly<Record<CallerField, string>>;

export type Person =
  /** A user of IAM Identity Center, by user name, or by the id where only that is stated. */
  | { readonly kind: 'center'; readonly name: string }
  | { readonly kind: 'center id'; readonly userId: string }
  | { readonly kind: 'user'; readonly name: string; readonly account: string }
  | { readonly kind: 'root'; readonly account: string }
  /** What a SAML assertion or a web identity token names. */
  | { readonly kind: 'subject'; readonly name: string; readonly of: 'SAML' | 'web identity' };

/** The person, and whether a call that handed out the caller's key would tell it better. */
export type OwnPerson = { readonly person: Person; readonly isLast: boolean };

/** Subjects in parts are programs: `repo:example/shop:ref:refs/heads/main` of a pipeline, `system:serviceaccount:…` of
 *  Kubernetes, `project_path:…`, `organization:…`. People are names, numbers and addresses. */
const PROGRAM = /:/;

/** What stands where no name does: a wrong user name may be a password. */
const NO_NAMES = new Set(['', 'HIDDEN_DUE_TO_SECURITY_REASONS']);

/** Who the caller is by itself; null where its events do not say, or it is no person. */
export function ownPerson(cells: CallerCells): OwnPerson | null {
  const { who, user, session, role, caller } = cells;
  switch (kindOf(cells)) {
    case 'AssumedRole': {
      // The label has the permission set's own name only where the role is one: anybody can give that name to another.
      const set = permissionSetOf(role);
      return set === '' || session === '' || who !== `${set}/${session}`
        ? null
        : own({ kind: 'center', name: session });
    }
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
    case 'Unknown':
      if (isUserId(who)) return own({ kind: 'center id', userId: who });
      if (NO_NAMES.has(user) || cells.type !== 'IdentityCenterUser') return null;
      return own({ kind: 'center', name: user });
    case 'SAMLUser':
      return NO_NAMES.has(who) || who === caller ? null : own({ kind: 'subject', name: who, of: 'SAML' });
    case 'WebIdentityUser':
      if (NO_NAMES.has(who) || who === caller || PROGRAM.test(who)) return null;
      return own({ kind: 'subject', name: who, of: 'web identity' });
    default:
      return null;
  }
}

function own(person: Person, isLast = false): OwnPerson {
  return { person, isLast };
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

/** The Identity Center user that a record tells the name of: a sign-in, or a call of a permission set's session. */
export function namedCenterUser(record: unknown): { readonly userId: string; readonly name: string } | null {
  const { userIdentity, additionalEventData } = objectOf(record);
  const identity = objectOf(userIdentity);
  const userId = textOf(objectOf(identity.onBehalfOf).userId);
  if (!isUserId(userId)) return null;
  const name = firstText(objectOf(additionalEventData).UserName, identity.userName, sessionName(identity));
  return NO_NAMES.has(name) || isUserId(name) ? null : { userId, name };
}

function sessionName(identity: JsonObject): string {
  const { arn, userName } = objectOf(objectOf(identity.sessionContext).sessionIssuer);
  if (!isPermissionSetArn(textOf(arn)) || permissionSetOf(textOf(userName)) === '') return '';
  return principalOfArn(textOf(identity.arn)).session;
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

/** Where the name is from: `dave` of two accounts need not be one person. */
export function homeOfPerson(person: Person): string {
  switch (person.kind) {
    case 'center':
    case 'center id':
      return 'Identity Center';
    case 'user':
    case 'root':
      return person.account === '' ? 'an account not stated' : person.account;
    case 'subject':
      return person.of;
  }
}
