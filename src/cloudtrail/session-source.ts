// Who a caller is that nobody handed credentials to by a call which an account's trail holds: the top of a chain of
// sessions.

import { firstText, type JsonObject, objectOf, textOf } from './json-value.ts';
import { isPermissionSet, principalOfArn, sessionOfPrincipalId } from './principal.ts';

export type SessionSource = {
  readonly what:
    | 'person'
    /** Somebody whom the source identity names: set where the first role was taken on, and kept from there on. */
    | 'source identity'
    | 'root'
    | 'user'
    | 'instance'
    | 'function'
    | 'service'
    | 'account'
    | 'web identity'
    | 'SAML'
    | 'unknown';
  /** '' where it is not stated. */
  readonly name: string;
};

const LINKED = /:role\/aws-service-role\/([^/]+)\//;
const INSTANCE = /^m?i-[0-9a-f]{8,17}$/;
const SIGN_IN_SOURCES = new Set(['sso.amazonaws.com', 'sso-directory.amazonaws.com', 'signin.amazonaws.com']);

/** What a role session's own record says of where its role was taken on, whichever call that was: an instance, a
 *  function, a service that the role is linked to, a person through IAM Identity Center or by the source identity. Null
 *  where it does not say. */
export function sourceOfSession(record: unknown): SessionSource | null {
  const identity = objectOf(objectOf(record).userIdentity);
  const context = objectOf(identity.sessionContext);
  const issuer = objectOf(context.sessionIssuer);
  const issuerArn = textOf(issuer.arn);
  const session = firstText(
    principalOfArn(textOf(identity.arn)).session,
    sessionOfPrincipalId(textOf(identity.principalId)),
  );
  const named = firstText(context.sourceIdentity);
  if (named !== '') return { what: 'source identity', name: named };
  // No one else can have roles with these paths, and onBehalfOf is a user of Identity Center.
  const user = textOf(objectOf(identity.onBehalfOf).userId);
  const isSet = isPermissionSet(issuerArn, firstText(issuer.userName, principalOfArn(issuerArn).name));
  if (isSet || user !== '') return { what: 'person', name: session || user };
  const linked = LINKED.exec(issuerArn)?.[1];
  if (linked !== undefined) return { what: 'service', name: linked };
  const scoped = sourceOfScope(objectOf(identity.inScopeOf));
  if (scoped !== null) return scoped;
  // EC2 names the session after the instance; whatever else has the field is copied or made up.
  if (textOf(context.ec2RoleDelivery) !== '' && INSTANCE.test(session)) return { what: 'instance', name: session };
  return null;
}

/** inScopeOf: the resource that credentials were made for. */
function sourceOfScope(scope: JsonObject): SessionSource | null {
  const arn = firstText(scope.credentialsIssuedTo, scope.sourceArn);
  const name = arn.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);
  switch (textOf(scope.issuerType)) {
    case 'AWS::Lambda::Function':
      return { what: 'function', name: /:function:([^:]+)/.exec(arn)?.[1] ?? name };
    case 'AWS::EC2::Instance':
      return { what: 'instance', name };
    default:
      return null;
  }
}

/** Who a caller is by its own record, for callers without temporary credentials. `begun`: the record of the call that
 *  the chain came by, if any. Roles and federated users give 'unknown': some call handed their keys out. */
export function sourceOfCaller(record: unknown, who: string, begun = false): SessionSource {
  const { userIdentity, eventSource, eventType, requestParameters } = objectOf(record);
  const identity = objectOf(userIdentity);
  switch (textOf(identity.type)) {
    case 'Root':
      return { what: 'root', name: 'root' };
    case 'IAMUser':
      return { what: 'user', name: firstText(identity.userName, principalOfArn(textOf(identity.arn)).name, who) };
    case 'AWSAccount':
      return { what: 'account', name: firstText(identity.accountId, who) };
    case 'IdentityCenterUser':
    case 'Directory':
      return { what: 'person', name: who };
    case 'SAMLUser':
      // The provider that Identity Center makes for itself in each account.
      return /:saml-provider\/AWSSSO_/.test(textOf(objectOf(requestParameters).principalArn))
        ? { what: 'person', name: who }
        : { what: 'SAML', name: who };
    case 'WebIdentityUser':
      return { what: 'web identity', name: who };
    case 'AWSService':
      return serviceOrWhatItRuns(firstText(identity.invokedBy, who), begun ? objectOf(requestParameters) : {});
    case 'AssumedRole':
    case 'FederatedUser':
      return { what: 'unknown', name: who };
    default:
      if (textOf(eventType) === 'AwsServiceEvent' && !SIGN_IN_SOURCES.has(textOf(eventSource)))
        return { what: 'service', name: firstText(identity.invokedBy, eventSource, who) };
      if (SIGN_IN_SOURCES.has(textOf(eventSource))) return { what: 'person', name: who };
      return { what: 'unknown', name: who };
  }
}

/** Services that take on the roles of what they run name the session after it. */
function serviceOrWhatItRuns(service: string, request: JsonObject): SessionSource {
  const session = textOf(request.roleSessionName);
  if (service === 'ec2.amazonaws.com' && INSTANCE.test(session)) return { what: 'instance', name: session };
  if (service === 'ssm.amazonaws.com' && INSTANCE.test(session)) return { what: 'instance', name: session };
  if (service === 'lambda.amazonaws.com' && session !== '') return { what: 'function', name: session };
  return { what: 'service', name: service };
}
