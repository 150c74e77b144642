// Why a call was denied, as its errorMessage tells. AWS names the policy that decided in most messages since 2021, one
// of them where several deny (IAM User Guide, "Troubleshoot access denied error messages"). What a message does not say
// is not guessed. Messages are cut with indexOf, never matched by open-ended expressions: they can hold anything.

import { iamActionsOf } from './iam-actions.ts';
import { isDeniedCode } from './outcome.ts';

/** Kinds of policy, as messages name them after "explicit deny in a" ("the", of a role's trust policy) and "because no". */
const POLICIES = {
  identity: 'identity-based policy',
  resource: 'resource-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  vpce: 'VPC endpoint policy',
  trust: 'role trust policy',
} as const;
type Policy = keyof typeof POLICIES;

/** `deny-…`: that kind of policy denies explicitly. `no-…`: no policy of that kind allows it. */
export type DenialReason =
  | `deny-${Policy}`
  | `no-${Policy}`
  /** An explicit deny, in a policy that the message does not name. */
  | 'deny'
  /** The VPC endpoint's policy; whether it denies or does not allow is not said. */
  | 'vpce'
  | 'public-access-block'
  /** Only in the encoded message, which sts:DecodeAuthorizationMessage reads. */
  | 'encoded'
  | 'not-stated';

export type Denial = {
  readonly reason: DenialReason;
  /** The ARN (or other name) that the message gives; '' where it gives none. */
  readonly principal: string;
  /** The IAM action that was missing, e.g. ec2:RunInstances: the message's, else that of the call; '' where neither
   *  is known. It can differ from the call: RunInstances is denied for want of iam:PassRole. */
  readonly action: string;
  /** What it was asked for on; '' where the message does not say. */
  readonly resource: string;
  /** ARN of the policy that denied, in messages since 2026; '' where not named. */
  readonly policy: string;
};

export type DenialCells = {
  /** errorCode, or errorMessage where there is no code. */
  readonly error: string;
  /** errorMessage. */
  readonly message: string;
  readonly source?: string;
  readonly name?: string;
};

/** Followed by an action: EC2 begins with a sentence that names none. */
const NOT_AUTHORIZED = /not authorized to perform:? (?=[a-z0-9-]{1,64}:[a-z*])/i;
const ENCODED = 'Encoded authorization failure message:';
/** CloudTrail keeps 1 KB of a message; other files may hold anything. */
const MAX_MESSAGE = 8192;
const MAX_PART = 2048;

/** Null for an event that was not denied: one that succeeded, or failed for another reason. */
export function denialOf({ error, message, source = '', name = '' }: DenialCells): Denial | null {
  const text = (message === '' ? error : message).slice(0, MAX_MESSAGE);
  const said = NOT_AUTHORIZED.exec(text);
  if (said === null && !(error !== '' && isDeniedCode(error.slice(0, MAX_PART)))) return null;
  const stated = said === null ? NOTHING : readSentence(text, said.index, said.index + said[0].length);
  const resource = resourceIn(text);
  // Whoever names an object may put a reason into its name.
  const told = resource === null ? text : `${text.slice(0, resource.from)} ${text.slice(resource.to)}`;
  return {
    ...stated,
    resource: resource === null ? '' : resource.name,
    reason: reasonOf(error, told),
    action: stated.action || actionOfCall(source, name),
    policy: policyOf(told),
  };
}

/** In words for a person: 'explicit deny in a service control policy', 'no identity-based policy allows it' … */
export function denialReasonText(reason: DenialReason): string {
  switch (reason) {
    case 'deny':
      return 'explicit deny';
    case 'vpce':
      return POLICIES.vpce;
    case 'public-access-block':
      return 'public access is blocked';
    case 'encoded':
      return 'in the encoded message';
    case 'not-stated':
      return 'not stated';
  }
  const [kind, policy] = reason.split('-') as ['deny' | 'no', Policy];
  if (kind === 'no') return `no ${POLICIES[policy]} allows it`;
  const article = policy === 'trust' ? 'the' : policy === 'identity' ? 'an' : 'a';
  return `explicit deny in ${article} ${POLICIES[policy]}`;
}

const NOTHING = { principal: '', action: '' };

/** "User: P is not authorized to perform: A on resource: R because … / with …"; P and R can be missing. */
function readSentence(text: string, start: number, end: number): typeof NOTHING {
  const before = text.slice(0, start).trimEnd();
  const from = before.lastIndexOf('User: ');
  const subject = from === -1 ? '' : before.slice(from + 6).replace(/ is$/, '');
  const rest = text.slice(end);
  const action = /^[A-Za-z0-9-]{1,64}:[A-Za-z0-9*]{1,128}/.exec(rest)?.[0] ?? '';
  return {
    principal: subject.slice(0, MAX_PART).trim(),
    action: action.replace(/^[^:]+/, (service) => service.toLowerCase()),
  };
}

type Stated = { readonly name: string; readonly from: number; readonly to: number };

/** What the call was for, and where that stands in the message: as far as the last words that can follow it, for it may
 *  hold the same. Null where the message does not name it. */
function resourceIn(text: string): Stated | null {
  const word = ' on resource: ';
  const at = text.indexOf(word);
  if (at === -1) return null;
  const from = at + word.length;
  const encoded = text.lastIndexOf(ENCODED);
  const rest = text.slice(from, encoded < from ? undefined : encoded);
  if (rest.startsWith('"')) {
    const closing = Math.max(...REASONS.map((reason) => rest.lastIndexOf(`"${reason}`)));
    const end = closing > 0 ? closing : rest.lastIndexOf('"');
    if (end > 0) return { name: rest.slice(1, end).slice(0, MAX_PART), from, to: from + end + 1 };
  }
  const reason = Math.max(...REASONS.map((words) => rest.lastIndexOf(words)));
  const resource = reason === -1 ? rest : rest.slice(0, reason);
  // IAM says "policy arn:aws:iam::…".
  const name = resource
    .slice(0, MAX_PART)
    .trim()
    .replace(/\.$/, '')
    .replace(/^[a-z -]{1,30} (?=arn:)/, '');
  return { name, from, to: from + resource.length };
}

const REASONS = [' because ', ' with an explicit deny'];

function actionOfCall(source: string, name: string): string {
  const called = iamActionsOf(source, name);
  return called.kind === 'actions' ? (called.actions[0] ?? '') : '';
}

const DENY_IN = 'explicit deny in ';
const BECAUSE_NO = 'because no ';

function reasonOf(error: string, text: string): DenialReason {
  const lower = text.toLowerCase();
  const denied = after(lower, DENY_IN);
  // What comes last is AWS's own: only a name without quotes can still hold the other.
  if (denied !== null && lower.lastIndexOf(DENY_IN) > lower.lastIndexOf(BECAUSE_NO)) {
    const policy = policyAt(denied.replace(/^(?:an?|the) /, ''));
    return policy === null ? 'deny' : `deny-${policy}`;
  }
  const allowed = after(lower, BECAUSE_NO);
  const policy = allowed === null ? null : policyAt(allowed);
  if (policy !== null) return `no-${policy}`;
  if (lower.includes('with an explicit deny')) return 'deny';
  if (lower.includes('block public access') && lower.includes('because public')) return 'public-access-block';
  if (/^vpceaccessdenied/i.test(error) || lower.includes('denied due to a vpc endpoint policy')) return 'vpce';
  return text.includes(ENCODED) ? 'encoded' : 'not-stated';
}

function after(text: string, words: string, length = 64): string | null {
  const at = text.lastIndexOf(words);
  return at === -1 ? null : text.slice(at + words.length, at + words.length + length);
}

function policyAt(text: string): Policy | null {
  for (const [policy, title] of Object.entries(POLICIES) as [Policy, string][]) {
    if (text.startsWith(title.toLowerCase())) return policy;
  }
  return null;
}

function policyOf(text: string): string {
  const denied = after(text, DENY_IN, MAX_PART);
  const named = denied === null ? null : /(?:policy|boundary):? ["(]?(arn:[^\s"')]{1,400})/.exec(denied);
  return named?.[1]?.replace(/[.,]$/, '') ?? '';
}
