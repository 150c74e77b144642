// A policy document in one line: who may do what. The statements that open the most come first.

import { isObject, type JsonObject } from './json-value.ts';

/** Statements that are told; the rest are counted. */
const TOLD = 2;
const MAX_STATEMENTS = 500;
const MAX_NAME = 48;

/** Whether a value is a policy document. */
export function isPolicy(value: unknown): value is JsonObject {
  return isObject(value) && statementsOf(value).length > 0;
}

/** `allows * on *`, `anyone may s3:GetObject on …`; '' for what is no policy document. Total: statements may be anything. */
export function policyMeaning(value: unknown): string {
  if (!isObject(value)) return '';
  const statements = statementsOf(value);
  const told = statements
    .slice(0, MAX_STATEMENTS)
    .map((statement) => ({ text: statementText(statement), weight: weightOf(statement) }))
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, TOLD)
    .map(({ text }) => text);
  const more = statements.length - told.length;
  return told.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

function statementsOf(policy: JsonObject): readonly JsonObject[] {
  const { Statement } = policy;
  const list = Array.isArray(Statement) ? Statement : [Statement];
  return list.filter((statement) => isObject(statement) && typeof statement.Effect === 'string') as JsonObject[];
}

function weightOf(statement: JsonObject): number {
  if (statement.Effect !== 'Allow') return 0;
  const isOpen = isAnyone(statement) ? 2 : 0;
  const isAll = textsOf(statement.Action).includes('*') || statement.NotAction !== undefined ? 1 : 0;
  return 1 + isOpen + isAll;
}

function statementText(statement: JsonObject): string {
  const { Effect, Condition } = statement;
  const who = whoOf(statement);
  const isAllowed = Effect === 'Allow';
  const may = who === '' ? (isAllowed ? 'allows' : 'denies') : `${who} ${isAllowed ? 'may' : 'may not'}`;
  const what = shortList(textsOf(statement.Action), 'everything but ', textsOf(statement.NotAction));
  const on = shortList(textsOf(statement.Resource), 'all but ', textsOf(statement.NotResource));
  const hasCondition = isObject(Condition) && Object.keys(Condition).length > 0;
  return `${may} ${what === '' ? 'what is not stated' : what}${on === '' ? '' : ` on ${on}`}${hasCondition ? ', with conditions' : ''}`;
}

function isAnyone({ Principal, NotPrincipal }: JsonObject): boolean {
  if (NotPrincipal !== undefined) return true;
  return Principal === '*' || (isObject(Principal) && textsOf(Principal.AWS).includes('*'));
}

function whoOf(statement: JsonObject): string {
  const { Principal, NotPrincipal } = statement;
  if (NotPrincipal !== undefined) return `all but ${shortList(principalsOf(NotPrincipal), '', [])}`;
  if (isAnyone(statement)) return 'anyone';
  return shortList(principalsOf(Principal), '', []);
}

function principalsOf(principal: unknown): readonly string[] {
  if (typeof principal === 'string') return [principal];
  return isObject(principal) ? Object.values(principal).flatMap(textsOf).map(principalName) : [];
}

function principalName(principal: string): string {
  const [, account, resource] = /^arn:aws[a-z-]*:(?:iam|sts)::(\d{12}):(.+)$/s.exec(principal) ?? [];
  if (account === undefined || resource === undefined)
    return /^\d{12}$/.test(principal) ? `account ${principal}` : principal;
  return resource === 'root' ? `account ${account}` : resource.replace('/', ' ');
}

function shortList(stated: readonly string[], exceptWords: string, others: readonly string[]): string {
  const texts = stated.length > 0 ? stated : others;
  const shown = texts.slice(0, 2).map((text) => (text.length > MAX_NAME ? `${text.slice(0, MAX_NAME)}…` : text));
  const more = texts.length - shown.length;
  const list = shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
  return stated.length > 0 || list === '' ? list : exceptWords + list;
}

function textsOf(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === 'string');
}
