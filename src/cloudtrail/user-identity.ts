// Who made a call. CloudTrail tells it in a dozen shapes (User Guide, "CloudTrail userIdentity element"); here they
// become the cells of the list. A pure function of userIdentity's value, so that readers may cache it by its text.

import { firstText, objectOf, textOf } from './json-value.ts';
import { type Principal, permissionSetOf, principalOfArn, sessionOfPrincipalId } from './principal.ts';

export { type IdentityAnswer, identityCard } from './identity-card.ts';

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
  const identity = objectOf(userIdentity);
  const context = objectOf(identity.sessionContext);
  const issuer = objectOf(context.sessionIssuer);
  const type = textOf(identity.type);
  const arn = textOf(identity.arn);
  const userName = textOf(identity.userName);
  const principalId = textOf(identity.principalId);
  const principal = principalOfArn(arn);
  const kind = kindOf(type, principal);
  const session = sessionOf(kind, principal, principalId);
  const role = firstText(
    issuer.userName,
    principalOfArn(textOf(issuer.arn)).name,
    principal.kind === 'session' || principal.kind === 'role' ? principal.name : '',
  );
  const caller = textOf(identity.accountId);
  const service = textOf(identity.invokedBy);
  const names = { userName, session, role, caller, service, principalId, principal };
  return {
    who: whoOf(kind, names, textOf(objectOf(identity.onBehalfOf).userId)),
    user: userOf(kind, names),
    role,
    session,
    type,
    key: textOf(identity.accessKeyId),
    caller,
    arn,
    service,
    mfa: statedBoolean(objectOf(context.attributes).mfaAuthenticated),
  };
}

/** 'true' or 'false' from mfaAuthenticated, which is a string; '' for anything else. */
function statedBoolean(value: unknown): string {
  const text = textOf(value).toLowerCase();
  return text === 'true' || text === 'false' ? text : '';
}

type Names = {
  readonly userName: string;
  readonly session: string;
  readonly role: string;
  readonly caller: string;
  readonly service: string;
  readonly principalId: string;
  readonly principal: Principal;
};

/** userIdentity.type, or what the ARN shows where there is no type (redacted and service records). */
function kindOf(type: string, principal: Principal): string {
  if (type !== '' && type !== 'Unknown') return type;
  switch (principal.kind) {
    case 'root':
      return 'Root';
    case 'user':
      return 'IAMUser';
    case 'session':
      return 'AssumedRole';
    case 'federated':
      return 'FederatedUser';
    default:
      return type;
  }
}

function sessionOf(kind: string, principal: Principal, principalId: string): string {
  if (principal.session !== '') return principal.session;
  if (kind === 'AssumedRole' || kind === 'FederatedUser') return sessionOfPrincipalId(principalId);
  return kind === 'AWSAccount' && principalId.startsWith('AROA') ? sessionOfPrincipalId(principalId) : '';
}

function userOf(kind: string, names: Names): string {
  switch (kind) {
    case 'Root':
      return firstText(names.userName, 'root');
    case 'AssumedRole':
    case 'FederatedUser':
      return firstText(names.session, names.userName);
    case 'IAMUser':
      return firstText(names.userName, names.principal.name);
    default:
      return names.userName;
  }
}

function whoOf(kind: string, names: Names, onBehalfOf: string): string {
  const { userName, session, role, caller, service, principalId, principal } = names;
  switch (kind) {
    case 'Root':
      return 'root';
    case 'IAMUser':
      return firstText(userName, principal.name, principalId, caller);
    case 'AssumedRole':
    case 'FederatedUser': {
      const set = permissionSetOf(role) || role;
      const person = session || (role === '' ? userName : '');
      if (set !== '' && person !== '') return `${set}/${person}`;
      return firstText(set, person, userName, principalId, caller);
    }
    case 'AWSService':
      return firstText(service, userName, principalId, caller);
    case 'AWSAccount':
      return firstText(caller, principalId);
    case 'Role':
      return firstText(userName, role, principal.name, principalId, caller);
    case 'IdentityCenterUser':
      return firstText(userName, onBehalfOf, principalId, caller);
    default:
      // SAMLUser, WebIdentityUser, Directory, Unknown, types still to come, and service events without a type.
      return firstText(userName, service, lastOf(principalId), caller);
  }
}

/** A SAML or web identity principalId is `provider:audience:subject`, an OIDC subject holding colons of its own. */
function lastOf(principalId: string): string {
  return principalId.startsWith('arn:') ? principalId.slice(principalId.lastIndexOf('/') + 1) : principalId;
}
