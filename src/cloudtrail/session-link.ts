// Whether a call can have begun a session, where no key says so: it takes on the session's role under the session's name,
// or it signs in whoever the session is of. Names can be chosen, so together with a time this makes a link that is only
// likely.

import { firstText, type JsonObject, listOf, objectOf, textOf } from './json-value.ts';
import { permissionSetOf, principalOfArn } from './principal.ts';

/** creationDate and eventTime are of different clocks, each cut to a second. */
export const SAME_SECOND_MS = 2000;
/** Beyond that a call is only the nearest of its name. */
export const NEAR_MS = 30_000;
const HOUR = 3_600_000;

/** Calls that begin a session of a role or a federated user: its name stands in the request or the answer. */
export const ROLE_CALLS: readonly string[] = [
  'AssumeRole',
  'AssumeRoleWithSAML',
  'AssumeRoleWithWebIdentity',
  'AssumeRoleForPodIdentity',
  'GetFederationToken',
  'CreateSession',
];

/** Calls that begin a session of whoever makes them: the caller's ARN is the session's. */
export const OWN_CALLS: readonly string[] = ['ConsoleLogin', 'SwitchRole', 'GetSessionToken'];

/** Calls by which IAM Identity Center lets a person into an account: they name account and permission set. */
export const PORTAL_CALLS: readonly string[] = ['Federate', 'GetRoleCredentials'];

/** Calls by which the management account acts as the root user of a member account: they name that account.
 *  https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html */
export const ROOT_CALLS: readonly string[] = ['AssumeRoot'];

/** How long credentials of such a call last at most, ms: roles and the console 12 hours, GetSessionToken and
 *  GetFederationToken 36, AssumeRoot a quarter of one.
 *  https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_request.html */
export function longestSessionMs(call: string): number {
  if (ROOT_CALLS.includes(call)) return HOUR / 4;
  return (call === 'GetSessionToken' || call === 'GetFederationToken' ? 36 : 12) * HOUR;
}

export const LONGEST_SESSION_MS = 36 * HOUR;

/** Whether the record's call begins a session of the caller with this ARN, as far as names tell. */
export function beginsSession(record: unknown, sessionArn: string): boolean {
  const { eventName, userIdentity, requestParameters } = objectOf(record);
  const name = textOf(eventName).trim();
  if (sessionArn === '') return false;
  if (OWN_CALLS.includes(name)) return textOf(objectOf(userIdentity).arn) === sessionArn;
  if (PORTAL_CALLS.includes(name)) return isLetIn(objectOf(record), sessionArn);
  const takenOn = takenOnArn(record);
  if (takenOn !== '' || name !== 'GetFederationToken') return takenOn === sessionArn;
  const { kind, name: user } = principalOfArn(sessionArn);
  const isSame = textOf(objectOf(userIdentity).accountId) === accountOfArn(sessionArn);
  return kind === 'federated' && textOf(objectOf(requestParameters).name) === user && isSame;
}

/** The ARN of the session that an answer begins; '' where it does not tell. */
function begunArn(responseElements: JsonObject): string {
  const [ofSet] = listOf(responseElements.credentialSet);
  return firstText(
    objectOf(responseElements.assumedRoleUser).arn,
    objectOf(responseElements.federatedUser).arn,
    objectOf(objectOf(ofSet).assumedRoleUser).arn,
  );
}

/** The ARN of the session that a record's call takes a role on for: of its answer, or put together from its request. '' where
 *  it does neither. */
export function takenOnArn(record: unknown): string {
  const { eventName, userIdentity, requestParameters, responseElements } = objectOf(record);
  const begun = begunArn(objectOf(responseElements));
  if (begun !== '') return begun;
  const { roleArn, roleSessionName, targetPrincipal } = objectOf(requestParameters);
  if (ROOT_CALLS.includes(textOf(eventName).trim())) {
    // An account's number, or the ARN of its root user.
    const target = textOf(targetPrincipal);
    if (target === '' || target.startsWith('arn:')) return target;
    return `arn:${textOf(objectOf(userIdentity).arn).split(':', 2)[1] || 'aws'}:iam::${target}:root`;
  }
  const { kind, name } = principalOfArn(textOf(roleArn));
  const session = textOf(roleSessionName);
  if (kind !== 'role' || session === '') return '';
  const [, partition = ''] = textOf(roleArn).split(':', 2);
  return `arn:${partition}:sts::${accountOfArn(textOf(roleArn))}:assumed-role/${name}/${session}`;
}

/** Whether what the store keeps of a call's resources can be those of a call that begins the session: all that
 *  `beginsSession` compares in a request is among them. */
export function namesSession(resources: readonly string[], sessionArn: string): boolean {
  if (resources.includes(sessionArn)) return true;
  const { kind, name, session } = principalOfArn(sessionArn);
  if (kind === 'federated') return resources.includes(name);
  return (
    kind === 'session' &&
    resources.includes(session) &&
    resources.some((resource) => resource === name || (resource.includes(':role/') && resource.endsWith(`/${name}`)))
  );
}

/** Whether a session's own record says that it is AssumeRoot's. */
export function isAssumedRoot(record: unknown): boolean {
  return textOf(objectOf(objectOf(objectOf(record).userIdentity).sessionContext).assumedRoot) === 'true';
}

/** '111122223333' of arn:aws:iam::111122223333:role/Admin; '' for what is no ARN. */
export function accountOfArn(arn: string): string {
  return arn.startsWith('arn:') ? (arn.split(':', 5)[4] ?? '') : '';
}

/** Identity Center tells account and permission set, and mostly the person, whose user name is the session's. */
function isLetIn(record: JsonObject, sessionArn: string): boolean {
  const { role, account } = letInto(record);
  const { name, session } = principalOfArn(sessionArn);
  const set = permissionSetOf(name);
  if (set === '' || set !== role || account !== accountOfArn(sessionArn)) return false;
  const person = firstText(objectOf(record.userIdentity).userName, objectOf(record.additionalEventData).UserName);
  return person === '' || person === session;
}

function letInto(record: JsonObject): { readonly role: string; readonly account: string } {
  const [details, request] = [objectOf(record.serviceEventDetails), objectOf(record.requestParameters)];
  return {
    role: firstText(details.role_name, details.roleName, request.roleName),
    account: firstText(details.account_id, details.accountId, request.accountId),
  };
}
