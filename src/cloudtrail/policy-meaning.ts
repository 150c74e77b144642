// A policy document in one line: who may do what. The statements that open the most come first, and in them those
// that it is opened to and what they may do most.

import { isObject, type JsonObject } from './json-value.ts';

/** Statements that are told; the rest are counted. */
const TOLD = 2;
const MAX_NAME = 48;
const MAX_EFFECT = 16;

/** Whether a value is a policy document. */
export function isPolicy(value: unknown): value is JsonObject {
  return isObject(value) && statementsOf(value).length > 0;
}

/** `allows * on *`, `anyone may s3:GetObject on …`, `role Admin of account 999999999999 may …`; '' for what is no policy
 *  document. Total: statements may be anything. `ownAccount`: of what the policy belongs to, '' where it is not known. */
export function policyMeaning(value: unknown, ownAccount = ''): string {
  if (!isObject(value)) return '';
  const sorted = statementsOf(value)
    .map((statement) => ({ statement, weight: weightOf(statement, ownAccount) }))
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ statement }) => statement);
  const told = sorted.slice(0, TOLD).map((statement) => statementText(statement, ownAccount));
  return [...told, ...restText(sorted.slice(TOLD))].join('; ');
}

function statementsOf(policy: JsonObject): readonly JsonObject[] {
  const { Statement } = policy;
  const list = Array.isArray(Statement) ? Statement : [Statement];
  return list.filter((statement) => isObject(statement) && typeof statement.Effect === 'string') as JsonObject[];
}

/** `and 3 more`, `and 1 that denies`, `and 3 more and 2 that deny`. */
function restText(rest: readonly JsonObject[]): readonly string[] {
  const denying = rest.filter(({ Effect }) => Effect === 'Deny').length;
  const others = rest.length - denying;
  const parts = [
    ...(others > 0 ? [`and ${others} more`] : []),
    ...(denying > 0 ? [`and ${denying} that ${denying === 1 ? 'denies' : 'deny'}`] : []),
  ];
  return parts.length === 0 ? [] : [parts.join(' ')];
}

/** How much a reader would miss if it were not told: whom it lets in, then how much it lets them do. */
function weightOf(statement: JsonObject, ownAccount: string): number {
  const reach = Math.max(0, ...textsOf(statement.Action).map(breadthOf), statement.NotAction === undefined ? 0 : ALL);
  const letsIn = statement.Effect === 'Deny' ? 0 : isAnyone(statement) ? 8 : isForeign(statement, ownAccount) ? 6 : 0;
  const weight = reach + letsIn + (statement.Effect === 'Deny' ? 0.5 : 1);
  return hasConditions(statement) ? weight / 2 : weight;
}

const ALL = 4;

/** `*` is every action, `s3:*` all of one service. */
function breadthOf(action: string): number {
  if (/^\*+(?::\*+)?$/.test(action)) return ALL;
  return /^[^:]*:\*+$/.test(action) ? ALL / 2 : 0;
}

function hasConditions({ Condition }: JsonObject): boolean {
  return isObject(Condition) && Object.keys(Condition).length > 0;
}

function statementText(statement: JsonObject, ownAccount: string): string {
  const what = shortList(
    broadFirst(textsOf(statement.Action)),
    'everything but ',
    textsOf(statement.NotAction).map(clipped),
  );
  const on = shortList(
    broadFirst(textsOf(statement.Resource)),
    'all but ',
    textsOf(statement.NotResource).map(clipped),
  );
  const object = `${what}${on === '' ? '' : ` on ${on}`}${hasConditions(statement) ? ', with conditions' : ''}`;
  const who = whoOf(statement, ownAccount);
  const { Effect } = statement;
  if (Effect !== 'Allow' && Effect !== 'Deny')
    return `invalid Effect ${clip(String(Effect), MAX_EFFECT)} for ${object}`;
  if (what === '')
    return `${Effect === 'Allow' ? 'an Allow' : 'a Deny'} ${who === '' ? '' : `for ${who} `}without an Action`;
  return `${verbOf(Effect, who)} ${object}`;
}

function verbOf(effect: 'Allow' | 'Deny', who: string): string {
  if (who === '') return effect === 'Allow' ? 'allows' : 'denies';
  if (effect === 'Allow') return `${who} may`;
  return who === ANYONE ? 'nobody may' : `${who} may not`;
}

const ANYONE = 'anyone';

/** `{"AWS": "*"}` and `*` are the same; so is a `*` of another kind, which no policy can be meant to have. */
function isAnyone({ Principal, NotPrincipal }: JsonObject): boolean {
  return NotPrincipal !== undefined || principalsOf(Principal).includes('*');
}

function isForeign({ Principal }: JsonObject, ownAccount: string): boolean {
  return principalsOf(Principal).some((principal) => isOfOther(principal, ownAccount));
}

function isOfOther(principal: string, ownAccount: string): boolean {
  const account = accountOf(principal);
  return ownAccount !== '' && account !== '' && account !== ownAccount;
}

function whoOf(statement: JsonObject, ownAccount: string): string {
  const { Principal, NotPrincipal } = statement;
  if (NotPrincipal !== undefined) return `all but ${principalList(NotPrincipal, ownAccount)}`;
  return isAnyone(statement) ? ANYONE : principalList(Principal, ownAccount);
}

/** Those of other accounts first. */
function principalList(stated: unknown, ownAccount: string): string {
  const principals = principalsOf(stated).toSorted(
    (a, b) => Number(isOfOther(b, ownAccount)) - Number(isOfOther(a, ownAccount)),
  );
  return shortList(
    principals.map((principal) => principalName(principal, ownAccount)),
    '',
    [],
  );
}

function principalsOf(principal: unknown): readonly string[] {
  return isObject(principal) ? Object.values(principal).flatMap(textsOf) : textsOf(principal);
}

const OF_ACCOUNT = /^arn:aws[a-z-]*:(?:iam|sts)::(\d{12}):(.+)$/s;

/** '' for a service, an identity provider on the web … */
function accountOf(principal: string): string {
  return /^\d{12}$/.test(principal) ? principal : (OF_ACCOUNT.exec(principal)?.[1] ?? '');
}

function principalName(principal: string, ownAccount: string): string {
  const account = accountOf(principal);
  const resource = OF_ACCOUNT.exec(principal)?.[2] ?? '';
  if (account === '') return clip(principal, MAX_NAME);
  if (resource === '' || resource === 'root') return `account ${account}`;
  const name = clip(resource.replace('/', ' '), MAX_NAME);
  return account === ownAccount ? name : `${name} of account ${account}`;
}

function broadFirst(names: readonly string[]): readonly string[] {
  return names.toSorted((a, b) => breadthOf(b) - breadthOf(a)).map(clipped);
}

function shortList(stated: readonly string[], exceptWords: string, others: readonly string[]): string {
  const texts = stated.length > 0 ? stated : others;
  const shown = texts.slice(0, 2);
  const more = texts.length - shown.length;
  const list = shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
  return stated.length > 0 || list === '' ? list : exceptWords + list;
}

function clipped(text: string): string {
  return clip(text, MAX_NAME);
}

function clip(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max)}…` : text;
}

function textsOf(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === 'string');
}
