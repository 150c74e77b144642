// field:value on a field of the table: a condition on its dictionary of distinct values.

import { DENIED_CODE_PATTERNS } from '../cloudtrail/denied.ts';
import { RESOURCE_SEPARATOR, type StoredFieldId } from '../cloudtrail/fields.ts';
import { type Address, parseNetwork } from './network.ts';
import { escapeRegex, patternSource, plainText } from './pattern.ts';
import { anyOf, bind, FALSE, type Sql, whereValue } from './sql.ts';

const SERVICE_SUFFIX = '.amazonaws.com';

/** Events whose value in the field is one of the patterns. */
export function compileValues(sql: Sql, field: StoredFieldId, patterns: readonly string[]): string {
  if (field === 'resource') return whereValue(sql, field, isAnyElement(sql, patterns));
  const wanted = patterns.flatMap((pattern) => spellings(field, pattern));
  const networks = field === 'ip' ? wanted.flatMap((pattern) => networkOf(pattern)) : [];
  const conditions: string[] = networks.length === 0 ? [] : [inNetworks(sql, networks)];
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

function networkOf(pattern: string): readonly Network[] {
  const edges = parseNetwork(pattern);
  return edges === null ? [] : [edges];
}

type Network = readonly [first: Address, last: Address];

/** An address of a dictionary, spelt at full width (see network.ts), lies between the edges of any of the networks. */
export function inNetworks(sql: Sql, networks: readonly Network[]): string {
  const isV4 = ([first]: Network) => first.length === 12;
  const kinds = [
    { of: networks.filter(isV4), shape: String.raw`\d{1,3}(?:\.\d{1,3}){3}`, padded: PADDED_V4 },
    { of: networks.filter((edges) => !isV4(edges)), shape: '[0-9a-f:]*:[0-9a-f:]*', padded: FULL_V6 },
  ];
  return anyOf(
    kinds.map(({ of, shape, padded }) => {
      if (of.length === 0) return FALSE;
      const within = of.map(([first, last]) => `address BETWEEN ${bind(sql, first)} AND ${bind(sql, last)}`);
      // By way of a list, so that the long expression for the address stands there once, however many networks there are.
      const isWithin = `list_transform([${padded}], lambda address: ${within.join(' OR ')})[1]`;
      return `(regexp_full_match(d.value, '${shape}', 'i') AND ${isWithin})`;
    }),
  );
}

function paddedParts(parts: string, width: number): string {
  return `array_to_string(list_transform(${parts}, lambda part: lpad(part, ${width}, '0')), '')`;
}

const PADDED_V4 = paddedParts(`string_split(d.value, '.')`, 3);
const groups = (half: 1 | 2) =>
  paddedParts(`list_filter(string_split(split_part(lower(d.value), '::', ${half}), ':'), lambda part: part <> '')`, 4);
/** The zeros that :: stands for are what is missing of 32 digits. */
const FULL_V6 = `(${groups(1)} || repeat('0', 32 - length(${groups(1)} || ${groups(2)})) || ${groups(2)})`;
