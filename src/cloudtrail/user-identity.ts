// Who made a call. CloudTrail tells it in a dozen shapes (User Guide, "CloudTrail userIdentity element"); here they
// become the cells of the list. A pure function of userIdentity's value, so that readers may cache it by its text.

import { type IdentityFacts, identityFacts, isAnonymous, sessionAttributes, statedBoolean } from './identity-facts.ts';
import { firstText, objectOf, textOf } from './json-value.ts';

export type IdentityCells = {
  /** The label in the list: role/session, user, root, a service's name, another account's id. */
  readonly who: string;
  /** IAM user name; for a role session its session name, as LookupEvents' Username has it. */
  readonly user: string;
  /** The session issuer's name, whole (AWSReservedSSO_… for a permission set). */
  readonly role: string;
  readonly session: string;
  readonly type: string;
  readonly key: string;
  readonly caller: string;
  readonly arn: string;
  readonly service: string;
  /** 'true', 'false', or '' where it is not stated. */
  readonly mfa: string;
};

/** The cells of any userIdentity, whatever its type; '' for what it does not state. */
export function identityCells(userIdentity: unknown): IdentityCells {
  const facts = identityFacts(userIdentity);
  const { identity, role, session, type, key } = facts;
  return {
    who: whoOf(facts) || bareText(userIdentity),
    user: userOf(facts),
    role,
    session,
    type,
    key,
    caller: textOf(identity.accountId),
    arn: textOf(identity.arn),
    service: textOf(identity.invokedBy),
    mfa: statedBoolean(sessionAttributes(facts).mfaAuthenticated),
  };
}

/** Some logs hold a name, an ARN or an account id where CloudTrail has the object. */
function bareText(userIdentity: unknown): string {
  return typeof userIdentity === 'string' || typeof userIdentity === 'number'
    ? textOf(userIdentity).slice(0, MAX_BARE)
    : '';
}

const MAX_BARE = 256;

function userOf({ kind, identity, session, principal }: IdentityFacts): string {
  switch (kind) {
    case 'Root':
      return firstText(identity.userName, 'root');
    case 'AssumedRole':
    case 'FederatedUser':
      return firstText(session, identity.userName);
    case 'IAMUser':
      return firstText(identity.userName, principal.name);
    default:
      return textOf(identity.userName);
  }
}

function whoOf(facts: IdentityFacts): string {
  const { kind, identity, role, session, principal } = facts;
  const { userName, invokedBy } = identity;
  switch (kind) {
    case 'Root':
      return 'root';
    case 'IAMUser':
      return firstText(userName, principal.name, shortId(facts), rest(facts));
    case 'AssumedRole':
    case 'FederatedUser': {
      const set = facts.permissionSet || role;
      const person = session || (role === '' ? textOf(userName) : '');
      if (set !== '' && person !== '') return `${set}/${person}`;
      return firstText(set, person, userName, shortId(facts), rest(facts));
    }
    case 'AWSService':
      return firstText(invokedBy, userName, shortId(facts), rest(facts));
    case 'AWSAccount':
      return isAnonymous(facts) ? 'anonymous' : firstText(identity.accountId, shortId(facts), rest(facts));
    case 'Role':
      return firstText(userName, role, principal.name, shortId(facts), rest(facts));
    default:
      // IdentityCenterUser, SAMLUser, WebIdentityUser, Directory, Unknown, types still to come, and service events
      // without a type.
      return firstText(userName, onBehalfOf(facts), invokedBy, shortId(facts), rest(facts));
  }
}

function onBehalfOf({ identity }: IdentityFacts): string {
  return textOf(objectOf(identity.onBehalfOf).userId);
}

/** What is left to tell callers apart by, where nothing names them. */
function rest({ identity, context, key, type }: IdentityFacts): string {
  return firstText(context.sourceIdentity, identity.accountId, lastPart(textOf(identity.arn)), key, type);
}

/** principalId as far as it says who: without the provider of a SAML user (`provider:subject`) or a web identity
 *  (`provider:audience:subject`, a subject holding colons of its own). */
function shortId({ kind, identity }: IdentityFacts): string {
  const principalId = textOf(identity.principalId);
  const provider = textOf(identity.identityProvider);
  if (provider !== '' && principalId.startsWith(`${provider}:`)) return principalId.slice(provider.length + 1);
  if (kind === 'SAMLUser') return principalId.slice(principalId.indexOf(':') + 1);
  return lastPart(principalId);
}

/** 'arn:…:oidc-provider/ci.example.com' → 'ci.example.com'; anything but an ARN as it is. */
function lastPart(text: string): string {
  return text.startsWith('arn:') ? text.slice(text.lastIndexOf('/') + 1) : text;
}
