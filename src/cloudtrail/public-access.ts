// Whom a policy or an ACL lets in who is nobody in particular: the one reading for the sentence and for what has changed.
// Public is said only of what the call itself proves; a Deny, a condition or a block of public access may take it back.

import { memberOf, severalOf, textIn } from './any-case.ts';
import { isObject, objectOf, textOf } from './json-value.ts';

/** `but for denials`: the same document denies something too. */
export type Openness = 'everybody' | 'but for denials' | '';

/** Of a policy on a resource, as JSON or as its text, URL-encoded or not: whether it allows everybody something without a
 *  condition. */
export function opennessOf(policy: unknown): Openness {
  const statements = severalOf(memberOf(typeof policy === 'string' ? parsed(policy) : policy, 'Statement'));
  if (!statements.some(isOpen)) return '';
  return statements.some((statement) => textIn(statement, 'Effect') === 'Deny') ? 'but for denials' : 'everybody';
}

function isOpen(statement: unknown): boolean {
  if (textIn(statement, 'Effect') !== 'Allow' || hasCondition(memberOf(statement, 'Condition'))) return false;
  // All but a few are everybody.
  if (memberOf(statement, 'NotPrincipal') !== undefined) return true;
  const principal = memberOf(statement, 'Principal');
  const aws = memberOf(principal, 'AWS');
  return [principal, aws, ...severalOf(aws)].includes('*');
}

function hasCondition(condition: unknown): boolean {
  return condition !== undefined && !(isObject(condition) && Object.keys(condition).length === 0);
}

const LONGEST_POLICY = 200_000;

function parsed(text: string): unknown {
  if (text.length > LONGEST_POLICY) return null;
  try {
    // IAM's records have trust policies as the request had them.
    return JSON.parse(/^\s*%7B/i.test(text) ? decodeURIComponent(text) : text);
  } catch {
    return null;
  }
}

/** What is said of an ACL that lets in anybody: an account's or a bucket's block may make it void. */
export type Audience = 'public, where that is not blocked' | 'for every AWS account, where that is not blocked' | '';

export type Acl = {
  /** `public-read`; '' where it is none of S3's own. */
  readonly canned: string;
  readonly audience: Audience;
};

const GRANT_HEADERS = ['full-control', 'read', 'read-acp', 'write', 'write-acp'].map((name) => `x-amz-grant-${name}`);

/** The ACL that a call to S3 sets: by name, by grants, or by headers with grants. */
export function aclOf(request: unknown): Acl {
  const named = ['x-amz-acl', 'accessControlList'].flatMap((name) => textsIn(memberOf(request, name)));
  const canned = named.find((text) => text !== '') ?? '';
  const list = memberOf(memberOf(request, 'AccessControlPolicy'), 'AccessControlList');
  const grantees = [
    ...severalOf(memberOf(list, 'Grant')).map((grant) => textIn(memberOf(grant, 'Grantee'), 'URI')),
    ...GRANT_HEADERS.flatMap((name) => textsIn(memberOf(request, name))),
  ];
  return { canned, audience: audienceOf(canned, grantees) };
}

function audienceOf(canned: string, grantees: readonly string[]): Audience {
  const has = (group: RegExp) => grantees.some((grantee) => group.test(grantee));
  if (canned.startsWith('public-') || has(/global\/AllUsers\b/)) return 'public, where that is not blocked';
  const isAws = canned === 'authenticated-read' || has(/global\/AuthenticatedUsers\b/);
  return isAws ? 'for every AWS account, where that is not blocked' : '';
}

function textsIn(value: unknown): readonly string[] {
  return [value].flat().map(textOf);
}

const BLOCKS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] as const;

export type AccessBlock = {
  readonly on: readonly string[];
  /** Stated as off; what is not stated is in neither. */
  readonly off: readonly string[];
  readonly isWhole: boolean;
};

/** PublicAccessBlockConfiguration of a bucket or an account. */
export function accessBlockOf(request: unknown): AccessBlock {
  const settings = objectOf(memberOf(request, 'PublicAccessBlockConfiguration'));
  const stated = (value: string) => BLOCKS.filter((name) => textIn(settings, name).toLowerCase() === value);
  const [on, off] = [stated('true'), stated('false')];
  return { on, off, isWhole: on.length === BLOCKS.length || off.length === BLOCKS.length };
}

/** Who may call a function by a permission for '*': everybody, or only who comes by what narrows it. */
export function callersOf(request: unknown): string {
  const principal = textIn(request, 'principal') || textIn(memberOf(request, 'principal'), 'AWS');
  if (principal !== '*') return principal;
  const [organization, account, source] = [
    textIn(request, 'principalOrgID', 'organizationId'),
    textIn(request, 'sourceAccount'),
    textIn(request, 'sourceArn'),
  ];
  const limits = [
    organization && `of organization ${organization}`,
    account && `of account ${account}`,
    source && `from ${source}`,
  ].filter((limit) => limit !== '');
  return limits.length === 0 ? '*' : `callers ${limits.join(' ')}`;
}
