// field:value on a field of the table: a condition on its dictionary of distinct values.

import { DENIED_CODE_PATTERNS } from '../cloudtrail/denied.ts';
import { RESOURCE_SEPARATOR, type StoredFieldId } from '../cloudtrail/fields.ts';
import { type Address, parseNetwork } from './network.ts';
import { escapeRegex, patternSource, plainText } from './pattern.ts';
import { anyOf, bind, type Sql, whereValue } from './sql.ts';

const SERVICE_SUFFIX = '.amazonaws.com';

/** Events whose value in the field is one of the patterns. */
export function compileValues(sql: Sql, field: StoredFieldId, patterns: readonly string[]): string {
  if (field === 'resource') return whereValue(sql, field, isAnyElement(sql, patterns));
  const wanted = patterns.flatMap((pattern) => spellings(field, pattern));
  const networks = field === 'ip' ? wanted.flatMap((pattern) => parseNetwork(pattern) ?? []) : [];
  const conditions: string[] = [];
  for (let index = 0; index < networks.length; index += 2) {
    conditions.push(inNetwork(sql, [networks[index] as string, networks[index + 1] as string]));
  }
  const plain = wanted.flatMap((pattern) => plainText(pattern) ?? []);
  if (plain.length > 0) {
    conditions.push(`lower(d.value) IN (${plain.map((text) => `lower(${bind(sql, text)})`).join(', ')})`);
  }
  const wild = wanted.filter((pattern) => plainText(pattern) === null);
  if (wild.length > 0) conditions.push(`regexp_full_match(d.value, ${bind(sql, alternatives(wild))}, 'is')`);
  return whereValue(sql, field, anyOf(conditions));
}

/** A short way to write a value stands for the long one too: source:ec2, error:denied. */
function spellings(field: StoredFieldId, pattern: string): readonly string[] {
  if ((field === 'source' || field === 'service') && !pattern.toLowerCase().endsWith(SERVICE_SUFFIX)) {
    return [pattern, pattern + SERVICE_SUFFIX];
  }
  // The label is role/session: either half of it names the person.
  if (field === 'who') return [pattern, `*/${pattern}`, `${pattern}/*`];
  if (field === 'error' && pattern.toLowerCase() === 'denied') return [pattern, ...DENIED_CODE_PATTERNS];
  return [pattern];
}

/** The cell of `resource` holds them all; any one may match, and no wildcard reaches into the next. */
function isAnyElement(sql: Sql, patterns: readonly string[]): string {
  const separator = escapeRegex(RESOURCE_SEPARATOR);
  const source = `(?:^|${separator})${alternatives(patterns, `[^${separator}]`)}(?:${separator}|$)`;
  return `regexp_matches(d.value, ${bind(sql, source)}, 'is')`;
}

export function alternatives(patterns: readonly string[], any?: string): string {
  return `(?:${patterns.map((pattern) => patternSource(pattern, any)).join('|')})`;
}

/** An address of a dictionary, spelt at full width (see network.ts), lies between the edges. */
export function inNetwork(sql: Sql, [first, last]: readonly [Address, Address]): string {
  const isV4 = first.length === 12;
  const shape = isV4 ? String.raw`\d{1,3}(?:\.\d{1,3}){3}` : '[0-9a-f:]*:[0-9a-f:]*';
  const padded = isV4 ? paddedParts(`string_split(d.value, '.')`, 3) : FULL_V6;
  return `(regexp_full_match(d.value, '${shape}', 'i') AND ${padded} BETWEEN ${bind(sql, first)} AND ${bind(sql, last)})`;
}

function paddedParts(parts: string, width: number): string {
  return `array_to_string(list_transform(${parts}, lambda part: lpad(part, ${width}, '0')), '')`;
}

const groups = (half: 1 | 2) =>
  paddedParts(`list_filter(string_split(split_part(lower(d.value), '::', ${half}), ':'), lambda part: part <> '')`, 4);
/** The zeros that :: stands for are what is missing of 32 digits. */
const FULL_V6 = `(${groups(1)} || repeat('0', 32 - length(${groups(1)} || ${groups(2)})) || ${groups(2)})`;
