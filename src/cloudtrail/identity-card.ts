// The identity card of the detail pane: the four questions that AWS asks of every record ("Log Amazon EC2 and Amazon
// EBS API calls with AWS CloudTrail"), each answered on its own, because several can be true of one call.
// A member that is absent proves nothing: "no" is said only where userIdentity.type rules the answer out.

import { firstText, type JsonObject, objectOf, textOf } from './json-value.ts';
import { type Principal, permissionSetOf, principalOfArn, sessionOfPrincipalId } from './principal.ts';

export type Answer = 'yes' | 'no' | 'not stated';

export type IdentityAnswer = {
  readonly question: string;
  /** The question in a word or two, for where there is one line. */
  readonly short: string;
  readonly answer: Answer;
  readonly details: readonly string[];
  /** The details for that one line: what matters first, the key last. */
  readonly brief: readonly string[];
};

/** Kinds of caller that are neither a user's nor a role's credentials, and say so. */
const OTHER_CALLERS = new Set(['AWSService', 'IdentityCenterUser', 'SAMLUser', 'WebIdentityUser']);
const USERS = new Set(['Root', 'IAMUser']);
const SESSIONS = new Set(['AssumedRole', 'FederatedUser', 'Role']);

type Facts = {
  readonly record: JsonObject;
  readonly identity: JsonObject;
  readonly context: JsonObject;
  readonly issuer: JsonObject;
  readonly type: string;
  readonly principal: Principal;
  readonly session: string;
  readonly key: string;
};

/** The four questions, always in this order, answered from one record of any shape. */
export function identityCard(record: unknown): readonly IdentityAnswer[] {
  const facts = factsOf(record);
  return [userAnswer(facts), sessionAnswer(facts), identityCenterAnswer(facts), serviceAnswer(facts)];
}

/** Who stands behind whom, the person first: source identity → person → role → service → delegate. */
export function identityChain(record: unknown): readonly string[] {
  const { identity, context, issuer, principal, session } = factsOf(record);
  const role = firstText(issuer.userName, principal.kind === 'session' ? principal.name : '');
  const person = firstText(
    objectOf(identity.onBehalfOf).userId,
    session,
    identity.userName,
    principal.kind === 'root' || principal.kind === 'user' ? principal.name : '',
  );
  const delegate = textOf(objectOf(identity.invokedByDelegate).accountId);
  const links = [
    textOf(context.sourceIdentity),
    person,
    role,
    textOf(identity.invokedBy),
    delegate === '' ? '' : `delegate ${delegate}`,
  ];
  return links.filter((link, i) => link !== '' && links.indexOf(link) === i);
}

function factsOf(value: unknown): Facts {
  const record = objectOf(value);
  const identity = objectOf(record.userIdentity);
  const context = objectOf(identity.sessionContext);
  const principal = principalOfArn(textOf(identity.arn));
  return {
    record,
    identity,
    context,
    issuer: objectOf(context.sessionIssuer),
    type: textOf(identity.type),
    principal,
    session: principal.session || sessionOfPrincipalId(textOf(identity.principalId)),
    key: textOf(identity.accessKeyId),
  };
}

function userAnswer(facts: Facts): IdentityAnswer {
  const { type, identity, principal, key } = facts;
  const isUser = USERS.has(type) || (type === '' && (principal.kind === 'root' || principal.kind === 'user'));
  // AKIA keys are long-term, and only root and IAM users can have them.
  const hasUserKey = type === '' && key.startsWith('AKIA');
  const isYes = isUser || hasUserKey;
  const details = isYes ? [...userDetails(type, identity, principal), keyDetail(facts), mfaDetail(facts)] : [];
  const name = principal.kind === 'root' || type === 'Root' ? 'root' : userDetails(type, identity, principal).join();
  return {
    question: 'Root or IAM user credentials?',
    short: 'Root or IAM user',
    answer: isYes ? 'yes' : SESSIONS.has(type) || OTHER_CALLERS.has(type) ? 'no' : 'not stated',
    details,
    brief: isYes ? [name, mfaDetail(facts), briefKey(facts)] : [],
  };
}

function userDetails(type: string, identity: JsonObject, principal: Principal): string[] {
  if (type === 'Root' || principal.kind === 'root') {
    const alias = textOf(identity.userName);
    return [alias === '' || alias === 'root' ? 'root of the account' : `root of the account ${alias}`];
  }
  const name = firstText(identity.userName, principal.kind === 'user' ? principal.name : '');
  return name === '' ? ['user name not stated'] : [`IAM user ${name}`];
}

function keyDetail({ key, record }: Facts): string {
  if (key.startsWith('AKIA')) return `long-term access key ${key}`;
  if (key.startsWith('ASIA')) return `session key ${key} (console or GetSessionToken)`;
  if (key !== '') return `access key ${key}`;
  return record.eventType === 'AwsConsoleSignIn' ? 'no key: console sign-in' : 'access key not stated';
}

function briefKey(facts: Facts): string {
  return facts.key === '' ? keyDetail(facts) : `key ${facts.key}`;
}

/** mfaAuthenticated, or MFAUsed of a sign-in. */
function mfaDetail({ context, record }: Facts): string {
  const mfa = firstText(objectOf(context.attributes).mfaAuthenticated, objectOf(record.additionalEventData).MFAUsed);
  switch (mfa.toLowerCase()) {
    case 'true':
    case 'yes':
      return 'with MFA';
    case 'false':
    case 'no':
      return 'without MFA';
    default:
      return 'MFA not stated';
  }
}

function sessionAnswer(facts: Facts): IdentityAnswer {
  const { type, principal } = facts;
  const isSession =
    SESSIONS.has(type) ||
    ((type === '' || type === 'Unknown') && (principal.kind === 'session' || principal.kind === 'federated')) ||
    (type === 'AWSAccount' && textOf(facts.identity.principalId).startsWith('AROA'));
  return {
    question: 'Temporary credentials of a role or federated user?',
    answer: isSession ? 'yes' : USERS.has(type) || OTHER_CALLERS.has(type) ? 'no' : 'not stated',
    short: 'Role session',
    details: isSession ? sessionDetails(facts) : requestedBy(facts),
    brief: isSession ? sessionBrief(facts) : requestedBy(facts),
  };
}

/** The role as people know it, a permission set by its own name: `Admin/alice`, MFA, what else is not of every session,
 *  the key. */
function sessionBrief(facts: Facts): string[] {
  const { issuer, principal, session, key } = facts;
  const role = firstText(issuer.userName, principal.kind === 'session' ? principal.name : '');
  const who = [permissionSetOf(role) || role, session].filter(Boolean).join('/');
  const known = ['role ', 'session ', 'session key ', 'since ', mfaDetail(facts)];
  const rest = sessionDetails(facts).filter((detail) => !known.some((start) => detail.startsWith(start)));
  return [who, mfaDetail(facts), ...rest, key === '' ? '' : `key ${key}`].filter((part) => part !== '');
}

function sessionDetails(facts: Facts): string[] {
  const { identity, context, issuer, principal, session, key } = facts;
  const details: string[] = [];
  const add = (label: string, value: string) => {
    if (value !== '') details.push(`${label} ${value}`);
  };
  const issuerType = textOf(issuer.type);
  const issuerName = firstText(issuer.userName, principal.kind === 'session' ? principal.name : '');
  if (issuerType === '' || issuerType === 'Role') add('role', issuerName || textOf(issuer.arn));
  else add(issuerType === 'IAMUser' ? 'issued by IAM user' : 'issued by', issuerName || issuerType);
  add('session', session);
  add('issued by account', issuer.accountId === identity.accountId ? '' : textOf(issuer.accountId));
  add('session key', key);
  add('since', textOf(objectOf(context.attributes).creationDate));
  details.push(mfaDetail(facts));
  add('source identity', textOf(context.sourceIdentity));
  const federation = objectOf(context.webIdFederationData);
  add('web identity from', firstText(federation.federatedProvider, identity.identityProvider));
  const delivery = textOf(context.ec2RoleDelivery);
  if (delivery !== '') details.push(`EC2 instance, IMDSv${delivery.startsWith('1') ? '1' : '2'}`);
  if (context.assumedRoot !== undefined) details.push('root session of sts:AssumeRoot');
  const scope = objectOf(identity.inScopeOf);
  add(
    'for',
    [textOf(scope.issuerType), firstText(scope.sourceArn, scope.credentialsIssuedTo)].filter(Boolean).join(' '),
  );
  return details;
}

/** AssumeRoleWithSAML and AssumeRoleWithWebIdentity come from callers who hold no AWS credentials yet. */
function requestedBy({ type, identity }: Facts): string[] {
  if (type === 'AWSAccount') {
    const account = textOf(identity.accountId);
    return [account === 'anonymous' ? 'anonymous caller' : `caller of another account ${account || '(not stated)'}`];
  }
  if (type !== 'SAMLUser' && type !== 'WebIdentityUser') return [];
  const provider = textOf(identity.identityProvider);
  return [
    `asks for them with ${type === 'SAMLUser' ? 'a SAML assertion' : 'a web identity'}${provider && ` of ${provider}`}`,
  ];
}

function identityCenterAnswer({ type, identity, issuer, principal, session }: Facts): IdentityAnswer {
  const question = 'On behalf of an IAM Identity Center user?';
  const short = 'Identity Center user';
  const onBehalfOf = objectOf(identity.onBehalfOf);
  const userId = textOf(onBehalfOf.userId);
  if (type === 'IdentityCenterUser' || userId !== '') {
    const store = textOf(onBehalfOf.identityStoreArn);
    const details = [
      userId === '' ? 'user id not stated' : `user ${userId}`,
      ...(store === '' ? [] : [`identity store ${store}`]),
      ...(textOf(identity.credentialId) === '' ? [] : [`credential ${textOf(identity.credentialId)}`]),
    ];
    return { question, short, answer: 'yes', details, brief: details };
  }
  const role = firstText(issuer.userName, principal.kind === 'session' ? principal.name : '');
  const set = permissionSetOf(role);
  const hint = `the role is the permission set ${set}: its session name is the person${session && `, ${session}`}`;
  return {
    question,
    short,
    answer: 'not stated',
    details: set === '' ? [] : [hint],
    brief: set === '' ? [] : [`role of permission set ${set}`],
  };
}

function serviceAnswer({ type, identity, record }: Facts): IdentityAnswer {
  const question = 'Made by another AWS service?';
  const short = 'By an AWS service';
  const invokedBy = textOf(identity.invokedBy);
  const delegate = textOf(objectOf(identity.invokedByDelegate).accountId);
  const isService = invokedBy !== '' || type === 'AWSService' || record.eventType === 'AwsServiceEvent';
  if (!isService) {
    const from = textOf(record.sourceIPAddress);
    // Only a hint: the address says where the call came through, not who decided it.
    const details = from.endsWith('.amazonaws.com') ? [`came from ${from}`] : [];
    return { question, short, answer: 'not stated', details, brief: details };
  }
  const name = firstText(invokedBy, record.eventSource);
  const details = [name === 'AWS Internal' || name === '' ? 'by AWS (service not named)' : `by ${name}`];
  if (delegate !== '') details.push(`delegate account ${delegate}`);
  return { question, short, answer: 'yes', details, brief: details };
}
