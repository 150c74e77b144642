// What sts:DecodeAuthorizationMessage gives: {allowed, explicitDeny, matchedStatements: {items}, failures: {items},
// context: {principal, action, resource, conditions: {items}}}. Read with care: AWS documents the shape by example only.

import { firstText, isObject, listOf, objectOf, textOf } from './json-value.ts';
import { type LabelLine, line, statedLines } from './label-line.ts';
import { plural } from './plain-number.ts';

const MAX_LISTED = 8;
const MAX_VALUE = 200;

/** Why it was denied, one fact a line; [] where the text is no JSON object. Total; values are raw. */
export function decodedLines(json: string): readonly LabelLine[] {
  const decoded = parsed(json);
  if (decoded === null) return [];
  const context = objectOf(decoded.context);
  const principal = objectOf(context.principal);
  const failures = listOf(decoded.failures).length;
  return statedLines([
    line('answer', answerText(decoded)),
    ...listOf(decoded.matchedStatements)
      .slice(0, MAX_LISTED)
      .map((statement) => line('by', statementText(statement))),
    line('principal', firstText(principal.arn, principal.name, principal.id)),
    line('action', textOf(context.action)),
    line('resource', textOf(context.resource)),
    ...conditionLines(objectOf(context.conditions)),
    line(
      'failures',
      failures > 0 ? plural(failures, 'policy could not be evaluated', 'policies could not be evaluated') : '',
    ),
  ]);
}

/** With two spaces, as it is shown and copied; as it came where it is no JSON. */
export function prettyMessage(json: string): string {
  const decoded = parsed(json);
  return decoded === null ? json : JSON.stringify(decoded, null, 2);
}

function parsed(json: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function answerText({ allowed, explicitDeny }: Readonly<Record<string, unknown>>): string {
  if (allowed === true) return 'allowed (by the policies that this message tells of)';
  if (explicitDeny === true) return 'denied explicitly, by a statement of a policy';
  return explicitDeny === false ? 'not allowed: no statement of any policy allows it' : 'not allowed';
}

function statementText(value: unknown): string {
  const statement = objectOf(value);
  const sid = firstText(statement.statementId, statement.sid);
  const policy = firstText(statement.sourcePolicyId, statement.policyId, statement.policyArn);
  const effect = textOf(statement.effect).toLowerCase();
  const name = sid === '' ? 'a statement without a Sid' : `statement ${sid}`;
  return cut(`${name}${effect && ` (${effect})`}${policy && ` of policy ${policy}`}`);
}

/** [{key, values: {items: [{value}]}}] as 'aws:PrincipalTag/team shop'. */
function conditionLines(conditions: Readonly<Record<string, unknown>>): readonly LabelLine[] {
  const stated = listOf(conditions).map((item) => {
    const { key, values } = objectOf(item);
    const all = listOf(values).map((one) => (isObject(one) ? textOf(one.value) : textOf(one)));
    return cut([textOf(key), all.filter((text) => text !== '').join(', ')].filter((text) => text !== '').join(' = '));
  });
  const shown = stated.filter((text) => text !== '');
  const left = shown.length - MAX_LISTED;
  const texts = left > 0 ? [...shown.slice(0, MAX_LISTED), `and ${left} more`] : shown;
  return texts.map((text) => line('condition', text));
}

function cut(text: string): string {
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1)}…` : text;
}
