// The identity card of the detail pane: the four questions that AWS asks of every record ("Log Amazon EC2 and Amazon
// EBS API calls with AWS CloudTrail"), each answered on its own, because several can be true of one call.
// A member that is absent proves nothing: "no" is said only where what the record states rules the answer out.

import { FAILED, otherDetails, sessionBrief, sessionDetails, userBrief, userDetails } from './identity-details.ts';
import {
  type CallerKind,
  type Evidence,
  evidenceOf,
  type IdentityFacts,
  identityFacts,
  isAnonymous,
} from './identity-facts.ts';
import { isServiceEvent, isServicePrincipal, serviceEvidence, serviceOf, serviceText } from './identity-service.ts';
import { type JsonObject, objectOf, textOf } from './json-value.ts';
import { isUnprovenSignIn } from './sign-in-outcome.ts';
import { isSignInSource, userOfSignIn } from './who-outside.ts';

export type Answer = 'yes' | 'no' | 'not stated';

export type IdentityAnswer = {
  readonly question: string;
  /** The question in a word or two, for where there is one line. */
  readonly short: string;
  readonly answer: Answer;
  /** The members that decide it: what shows it, what rules it out, or what contradicts what else would. Raw values, of
   *  any length. */
  readonly evidence: readonly Evidence[];
  readonly details: readonly string[];
  /** The details for that one line: what matters first, the key last. */
  readonly brief: readonly string[];
};

type Verdict = Pick<IdentityAnswer, 'answer' | 'evidence'>;

const NOT_STATED: Verdict = { answer: 'not stated', evidence: [] };

const USERS: ReadonlySet<CallerKind> = new Set(['Root', 'IAMUser']);
const SESSIONS: ReadonlySet<CallerKind> = new Set(['AssumedRole', 'FederatedUser', 'Role']);
/** Kinds of caller that are neither a user's nor a role's credentials. */
const OTHERS: ReadonlySet<CallerKind> = new Set(['AWSService', 'IdentityCenterUser', 'SAMLUser', 'WebIdentityUser']);

/** The four questions, always in this order, answered from one record of any shape. */
export function identityCard(record: unknown): readonly IdentityAnswer[] {
  const event = objectOf(record);
  const facts = identityFacts(event.userIdentity);
  return [
    userAnswer(facts, event),
    sessionAnswer(facts, event),
    identityCenterAnswer(facts, event),
    serviceAnswer(facts, event),
  ];
}

function userAnswer(facts: IdentityFacts, record: JsonObject): IdentityAnswer {
  const isClaim = USERS.has(facts.kind) && isUnprovenSignIn(record);
  const verdict = isClaim ? claimed(facts.kindEvidence) : userVerdict(facts);
  const isYes = verdict.answer === 'yes' || isClaim;
  return {
    question: 'Root or IAM user credentials?',
    short: 'Root or IAM user',
    ...verdict,
    details: isYes ? userDetails(facts, record) : contradiction(verdict),
    brief: isYes ? userBrief(facts, record) : contradiction(verdict),
  };
}

/** A sign-in that failed names whom it claims to be. */
function claimed(evidence: readonly Evidence[]): Verdict {
  return { answer: 'not stated', evidence };
}

function userVerdict(facts: IdentityFacts): Verdict {
  const { kind, kindEvidence, key, principal, identity } = facts;
  if (USERS.has(kind)) return { answer: 'yes', evidence: kindEvidence };
  const longTerm = key.startsWith('AKIA') ? evidenceOf('userIdentity.accessKeyId', key) : [];
  // Only root and IAM users can have long-term keys.
  if (kind === '') return longTerm.length > 0 ? { answer: 'yes', evidence: longTerm } : NOT_STATED;
  if (kind === 'AWSAccount') return ofAnotherAccount(facts, 'AIDA', 'AROA');
  if (!SESSIONS.has(kind) && !OTHERS.has(kind)) return NOT_STATED;
  const isUserArn = principal.kind === 'user' || principal.kind === 'root';
  const against = [...longTerm, ...(isUserArn ? evidenceOf('userIdentity.arn', identity.arn) : [])];
  return ruledOut(kindEvidence, SESSIONS.has(kind) ? against : []);
}

function sessionAnswer(facts: IdentityFacts, record: JsonObject): IdentityAnswer {
  const verdict = sessionVerdict(facts);
  const isYes = verdict.answer === 'yes';
  const other = [...contradiction(verdict), ...otherDetails(facts)];
  return {
    question: 'Temporary credentials of a role or federated user?',
    short: 'Role session',
    ...verdict,
    details: isYes ? sessionDetails(facts, record) : other,
    brief: isYes ? sessionBrief(facts, record) : other,
  };
}

function sessionVerdict(facts: IdentityFacts): Verdict {
  const { kind, kindEvidence, principal, identity } = facts;
  if (SESSIONS.has(kind)) return { answer: 'yes', evidence: kindEvidence };
  if (kind === 'AWSAccount') return ofAnotherAccount(facts, 'AROA', 'AIDA');
  if (!USERS.has(kind) && !OTHERS.has(kind)) return NOT_STATED;
  const isSessionArn = principal.kind === 'session' || principal.kind === 'federated';
  const principalId = textOf(identity.principalId);
  const against = [
    ...(isSessionArn ? evidenceOf('userIdentity.arn', identity.arn) : []),
    ...(principalId.startsWith('AROA') ? evidenceOf('userIdentity.principalId', principalId) : []),
  ];
  return ruledOut(kindEvidence, USERS.has(kind) ? against : []);
}

/** "No" by what the caller is; not even that where another member speaks against it. */
function ruledOut(evidence: readonly Evidence[], against: readonly Evidence[]): Verdict {
  return against.length === 0
    ? { answer: 'no', evidence }
    : { answer: 'not stated', evidence: [...evidence, ...against] };
}

function contradiction({ answer, evidence }: Verdict): readonly string[] {
  return answer === 'not stated' && evidence.length > 1 ? ['the record contradicts itself'] : [];
}

/** Of a caller from elsewhere only ids are known: AIDA begins those of users, AROA those of roles (IAM User Guide,
 *  "Unique identifiers"). An AIDA with a session's name after it is neither. */
function ofAnotherAccount(facts: IdentityFacts, yes: string, no: string): Verdict {
  const principalId = textOf(facts.identity.principalId);
  const evidence = evidenceOf('userIdentity.principalId', principalId);
  if (isAnonymous(facts)) {
    const account = evidenceOf('userIdentity.accountId', facts.identity.accountId);
    return { answer: 'no', evidence: account.length > 0 ? account : evidence };
  }
  if (principalId.startsWith('AIDA') && principalId.includes(':')) return NOT_STATED;
  if (principalId.startsWith(yes)) return { answer: 'yes', evidence };
  return principalId.startsWith(no) ? { answer: 'no', evidence } : NOT_STATED;
}

function identityCenterAnswer(facts: IdentityFacts, record: JsonObject): IdentityAnswer {
  const question = 'On behalf of an IAM Identity Center user?';
  const short = 'Identity Center user';
  const { kind, kindEvidence, identity } = facts;
  const { userId, identityStoreArn } = objectOf(identity.onBehalfOf);
  const evidence = [
    ...(kind === 'IdentityCenterUser' ? kindEvidence : []),
    ...evidenceOf('userIdentity.onBehalfOf.userId', userId),
    ...evidenceOf('userIdentity.onBehalfOf.identityStoreArn', identityStoreArn),
  ];
  if (evidence.length === 0) return { question, short, ...NOT_STATED, ...identityCenterHint(facts, record) };
  const store = textOf(identityStoreArn);
  const credential = kind === 'IdentityCenterUser' ? textOf(identity.credentialId) : '';
  const name = userOfSignIn(record);
  const id = textOf(userId);
  const details = [
    name === '' ? `user ${id || 'id not stated'}` : `user ${name}${id && ` (${id})`}`,
    ...(store === '' ? [] : [`identity store ${store}`]),
    ...(credential === '' ? [] : [`credential ${credential}`]),
  ];
  if (isUnprovenSignIn(record)) {
    const claims = [...details, FAILED];
    return { question, short, ...claimed(evidence.slice(0, 2)), details: claims, brief: claims };
  }
  return { question, short, answer: 'yes', evidence: evidence.slice(0, 2), details, brief: details };
}

/** What makes such a user likely, though the record does not say so. */
function identityCenterHint(
  { type, permissionSet, isSurePermissionSet, session }: IdentityFacts,
  record: JsonObject,
): Pick<IdentityAnswer, 'details' | 'brief'> {
  if (permissionSet !== '') {
    const person = `its session name is the person${session && `, ${session}`}`;
    const detail = isSurePermissionSet
      ? `the role is the permission set ${permissionSet}: ${person}`
      : `the role bears the name of a permission set, ${permissionSet}; if it is one, ${person}`;
    return { details: [detail], brief: [`role of permission set ${permissionSet}`] };
  }
  const source = textOf(record.eventSource);
  const isLikely = type === 'Unknown' && source.startsWith('sso') && isSignInSource(source);
  const likely = isLikely ? [`likely: ${source} writes Unknown for them`] : [];
  return { details: likely, brief: likely };
}

function serviceAnswer(facts: IdentityFacts, record: JsonObject): IdentityAnswer {
  const question = 'Made by another AWS service?';
  const short = 'By an AWS service';
  const evidence = serviceEvidence(record, facts);
  const delegate = textOf(objectOf(facts.identity.invokedByDelegate).accountId);
  const delegated = delegate === '' ? [] : [`delegate account ${delegate}: a product provider with temporary access`];
  if (evidence.length === 0) {
    const details = [...serviceHints(record), ...delegated];
    return { question, short, ...NOT_STATED, details, brief: details };
  }
  const service = serviceOf(record, facts);
  const sign = service === 'signin.amazonaws.com' ? ' (the console: likely what a person clicked)' : '';
  const details = [`by ${serviceText(service)}${sign}`, ...delegated];
  return { question, short, answer: 'yes', evidence, details, brief: details };
}

/** The address says where the call came through, not who decided it; a service writes down what others did as well. */
function serviceHints(record: JsonObject): readonly string[] {
  const from = textOf(record.sourceIPAddress);
  return [
    ...(isServicePrincipal(from) ? [`came from ${from}`] : []),
    ...(isServiceEvent(record) ? [`${textOf(record.eventSource) || 'a service'} wrote the event itself`] : []),
  ];
}
