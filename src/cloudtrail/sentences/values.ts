// Values of records inside a sentence: short, on one line, lists with their number.

import { firstText, isObject, type JsonObject, listOf, objectOf, textOf } from '../json-value.ts';
import { opennessOf } from '../public-access.ts';
import { nameOfArn } from '../resources.ts';

const MAX_VALUE = 100;

/** CloudTrail writes these instead of a secret. */
const HIDDEN = /^(?:HIDDEN_DUE_TO_SECURITY_REASONS|<?sensitiveDataRemoved>?|\*{3,})$/;

/** The value on one line, at most 100 characters; '(hidden)' where CloudTrail left it out. */
export function short(text: string): string {
  const line = text
    .slice(0, MAX_VALUE * 4)
    .replace(/\s+/g, ' ')
    .trim();
  if (HIDDEN.test(line)) return '(hidden)';
  return line.length > MAX_VALUE ? `${line.slice(0, MAX_VALUE - 1)}…` : line;
}

/** What `path` leads to; numbers are places in lists, EC2's {items: […]} included. The first letter of a key may be of
 *  either case, as services differ. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const key of path) {
    at = /^\d+$/.test(key) ? listOf(at)[Number(key)] : memberOf(objectOf(at), key);
  }
  return at;
}

function memberOf(object: JsonObject, key: string): unknown {
  if (Object.hasOwn(object, key)) return object[key];
  const first = key[0] ?? '';
  const other = (first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase()) + key.slice(1);
  return Object.hasOwn(object, other) ? object[other] : undefined;
}

/** The name in an ARN, or the text as it is. */
export function nameIn(text: string): string {
  return (text.startsWith('arn:') && nameOfArn(text)) || text;
}

/** The account in an ARN; '' where there is none. */
export function accountIn(arn: string): string {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? '';
}

/** 'a', 'a and b', 'a, b and 3 more'; '' for none. */
export function listText(values: readonly string[], most = 2): string {
  const texts = values.filter((value) => value !== '').map(short);
  if (texts.length <= 1) return texts[0] ?? '';
  if (texts.length <= most) return `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
  return `${texts.slice(0, most).join(', ')} and ${texts.length - most} more`;
}

/** Texts of a list whose items are texts, or objects that have one of `keys`. */
export function textsOf(value: unknown, ...keys: readonly string[]): readonly string[] {
  return listOf(value)
    .map((item) => (isObject(item) ? firstText(...keys.map((key) => memberOf(item, key))) : textOf(item)))
    .filter((text) => text !== '');
}

/** Whether a JSON true or 'true' stands there. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

export function isFalse(value: unknown): boolean {
  return value === false || value === 'false';
}

/** '*' and 'all' in the place of an account or a principal. */
export function whomText(values: readonly string[]): string {
  if (values.some((value) => /^(?:all|\*)$/i.test(value))) return 'everybody';
  const accounts = values.every((value) => /^\d{12}$/.test(value));
  if (accounts && values.length > 0) return `${values.length === 1 ? 'account' : 'accounts'} ${listText(values)}`;
  return listText(values) || 'somebody not stated';
}

/** ' (open to everybody)' of a policy that is, with what it denies besides; '' of others. */
export function openText(policy: unknown, words = 'open to everybody'): string {
  const openness = opennessOf(policy);
  if (openness === '') return '';
  return openness === 'everybody' ? ` (${words})` : ` (${words} but for what it denies)`;
}
