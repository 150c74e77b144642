// What a userIdentity states, read once for the label in the list, the identity card and the chain.

import { firstText, type JsonObject, objectOf, textOf } from './json-value.ts';
import {
  isPermissionSetArn,
  type Principal,
  permissionSetOf,
  principalOfArn,
  sessionOfPrincipalId,
} from './principal.ts';

const TYPES = [
  'Root',
  'IAMUser',
  'AssumedRole',
  'Role',
  'FederatedUser',
  'Directory',
  'AWSAccount',
  'AWSService',
  'IdentityCenterUser',
  'SAMLUser',
  'WebIdentityUser',
] as const;

/** userIdentity.type as CloudTrail documents it; '' for Unknown, for types still to come, and where there is none. */
export type CallerKind = (typeof TYPES)[number] | '';

/** A member of the record, by CloudTrail's path ('userIdentity.type'), and what it states. */
export type Evidence = { readonly field: string; readonly value: string };

export type IdentityFacts = {
  readonly identity: JsonObject;
  readonly context: JsonObject;
  readonly issuer: JsonObject;
  /** As the record spells it. */
  readonly type: string;
  readonly kind: CallerKind;
  /** What tells the kind; none where it is ''. */
  readonly kindEvidence: readonly Evidence[];
  readonly principal: Principal;
  /** The session issuer's name, whole (AWSReservedSSO_… for a permission set); for a FederatedUser that of the user. */
  readonly role: string;
  /** The permission set's own name; '' for a role that is none, or that only bears such a name outside of IAM Identity
   *  Center's path. */
  readonly permissionSet: string;
  /** The issuer's ARN shows that path, in which nobody else can create roles. */
  readonly isSurePermissionSet: boolean;
  readonly session: string;
  readonly key: string;
};

const KINDS: ReadonlyMap<string, CallerKind> = new Map(TYPES.map((type) => [type.toLowerCase(), type]));

/** What CloudTrail writes for a request that nobody signed. */
const ANONYMOUS = new Set(['anonymous', 'anonymous_principal']);

/** Reads any value; members that tools have written in another case (`sessioncontext`) count as CloudTrail's. */
export function identityFacts(userIdentity: unknown): IdentityFacts {
  const identity = spelled(identityObject(userIdentity), MEMBERS);
  const context = spelled(objectOf(identity.sessionContext), CONTEXT_MEMBERS);
  const issuer = spelled(objectOf(context.sessionIssuer), MEMBERS);
  const type = textOf(identity.type);
  const arn = textOf(identity.arn);
  const principal = principalOfArn(arn);
  const [kind, kindEvidence] = kindOf(type, arn, principal, issuer);
  const role = firstText(
    issuer.userName,
    principalOfArn(textOf(issuer.arn)).name,
    principal.kind === 'session' || principal.kind === 'role' ? principal.name : '',
  );
  const issuerArn = textOf(issuer.arn);
  const isSure = isPermissionSetArn(issuerArn);
  return {
    identity,
    context,
    issuer,
    type,
    kind,
    kindEvidence,
    principal,
    role,
    permissionSet: isSure || issuerArn === '' ? permissionSetOf(role) : '',
    isSurePermissionSet: isSure && permissionSetOf(role) !== '',
    session: sessionOf(kind, principal, textOf(identity.principalId)),
    key: textOf(identity.accessKeyId),
  };
}

/** A request that nobody signed: a public bucket's visitor. */
export function isAnonymous({ kind, identity }: IdentityFacts): boolean {
  return (
    kind === 'AWSAccount' &&
    (ANONYMOUS.has(textOf(identity.accountId).toLowerCase()) ||
      (textOf(identity.accountId) === '' && ANONYMOUS.has(textOf(identity.principalId).toLowerCase())))
  );
}

/** 'true' or 'false' of a member that CloudTrail writes as text, other hands as a boolean; '' for anything else. */
export function statedBoolean(value: unknown): '' | 'true' | 'false' {
  const text = textOf(value).toLowerCase();
  return text === 'true' || text === 'false' ? text : '';
}

/** Attributes of the session (mfaAuthenticated, creationDate). */
export function sessionAttributes({ context }: IdentityFacts): JsonObject {
  return spelled(objectOf(context.attributes), ATTRIBUTES);
}

/** Some exports hold the identity as JSON in a string. */
function identityObject(value: unknown): JsonObject {
  if (typeof value !== 'string' || !value.startsWith('{')) return objectOf(value);
  try {
    return objectOf(JSON.parse(value));
  } catch {
    return objectOf(null);
  }
}

function kindOf(
  type: string,
  arn: string,
  principal: Principal,
  issuer: JsonObject,
): readonly [CallerKind, readonly Evidence[]] {
  const known = KINDS.get(type.toLowerCase());
  if (known !== undefined) return [known, [{ field: 'userIdentity.type', value: type }]];
  // No type, Unknown, or a type still to come: redacted records keep an ARN, some only the issuer of the session.
  const named = KIND_OF_PRINCIPAL[principal.kind];
  if (named !== '') return [named, [{ field: 'userIdentity.arn', value: arn }]];
  return issuer.type === 'Role'
    ? ['AssumedRole', [{ field: 'userIdentity.sessionContext.sessionIssuer.type', value: 'Role' }]]
    : ['', []];
}

const KIND_OF_PRINCIPAL: Readonly<Record<Principal['kind'], CallerKind>> = {
  root: 'Root',
  user: 'IAMUser',
  session: 'AssumedRole',
  role: 'Role',
  federated: 'FederatedUser',
  none: '',
};

function sessionOf(kind: CallerKind, principal: Principal, principalId: string): string {
  if (principal.session !== '') return principal.session;
  if (kind === 'AssumedRole' || kind === 'FederatedUser') return sessionOfPrincipalId(principalId);
  return kind === 'AWSAccount' && principalId.startsWith('AROA') ? sessionOfPrincipalId(principalId) : '';
}

const MEMBERS = spellings([
  'type',
  'userName',
  'principalId',
  'arn',
  'accountId',
  'accessKeyId',
  'sessionContext',
  'invokedBy',
  'invokedByDelegate',
  'onBehalfOf',
  'inScopeOf',
  'credentialId',
  'identityProvider',
]);
const CONTEXT_MEMBERS = spellings([
  'sessionIssuer',
  'webIdFederationData',
  'attributes',
  'sourceIdentity',
  'ec2RoleDelivery',
  'assumedRoot',
]);
const ATTRIBUTES = spellings(['creationDate', 'mfaAuthenticated']);

/** By CloudTrail's own spelling too: nearly all records have it, and no letter need be looked at. */
function spellings(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.flatMap((name) => [[name.toLowerCase(), name] as const, [name, name] as const]));
}

/** The object with CloudTrail's spelling of the members it knows; itself where it has that already. */
function spelled(object: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  let copy: Record<string, unknown> | null = null;
  for (const key of Object.keys(object)) {
    if (names.get(key) === key) continue;
    const name = names.get(key.toLowerCase());
    if (name === undefined || Object.hasOwn(object, name)) continue;
    copy ??= { ...object };
    copy[name] = object[key];
  }
  return copy ?? object;
}

/** The member at `field` as evidence; none where it states nothing that can be shown. */
export function evidenceOf(field: string, value: unknown): readonly Evidence[] {
  const text = textOf(value);
  return text === '' ? [] : [{ field, value: text }];
}
