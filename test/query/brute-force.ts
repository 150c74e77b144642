// What a query means, said once more and in another way: a walk over parsed records. Slow and plain on purpose;
// the property tests hold the compiled SQL against it.

import {
  type Cells,
  FIELDS,
  findField,
  RESOURCE_SEPARATOR,
  STORED_FIELDS,
  type StoredFieldId,
} from '../../src/cloudtrail/fields.ts';
import type { FuzzyMatches } from '../../src/query/fuzzy-matches.ts';
import { likeKey } from '../../src/query/fuzzy-matches.ts';
import type { Query } from '../../src/query/query.ts';

export type TestEvent = {
  readonly time: number | null;
  readonly cells: Cells;
  /** The record's text. */
  readonly raw: string;
};

const NAMES = new Set(['name', 'source', 'who', 'user', 'role', 'session', 'service', 'error', 'region']);

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export function matches(query: Query, event: TestEvent, fuzzy: FuzzyMatches): boolean {
  const { time, cells } = event;
  switch (query.kind) {
    case 'all':
      return true;
    case 'and':
      return query.terms.every((term) => matches(term, event, fuzzy));
    case 'or':
      return query.terms.some((term) => matches(term, event, fuzzy));
    case 'not':
      return !matches(query.term, event, fuzzy);
    case 'since':
      return time !== null && time >= query.at;
    case 'until':
      return time !== null && time <= query.at;
    case 'at':
      return time !== null && time >= query.from && time <= query.to;
    case 'compare':
      if (findField(query.path)?.kind === 'time') return time !== null && compare(time, query.operator, query.at ?? 0);
      return leaves(event, query.path).some((leaf) => {
        if (query.at !== null) return !Number.isNaN(instant(leaf)) && compare(instant(leaf), query.operator, query.at);
        return (
          leaf !== '' && Number.isFinite(Number(leaf)) && compare(Number(leaf), query.operator, Number(query.text))
        );
      });
    case 'present':
      return valuesOf(event, query.path).length > 0;
    case 'field':
      return (
        textsOf(event, query.path).some((value) =>
          query.values.some((pattern) => isValue(findField(query.path)?.id ?? '', pattern, value)),
        ) || numbersOf(event, query.path).some((number) => query.values.some((pattern) => isNumber(pattern, number)))
      );
    case 'like': {
      const field = findField(query.path);
      const known = field?.kind === 'name' ? fuzzy.get(likeKey(field.id as StoredFieldId, query.text)) : undefined;
      if (known !== undefined) return known.some((match) => cells[match.field] === match.value);
      return textsOf(event, query.path).some((value) => lower(value).includes(lower(query.text)));
    }
    case 'word':
      return isWordIn(query.text, query.mode, event, fuzzy);
  }
}

function isWordIn(text: string, mode: string, event: TestEvent, fuzzy: FuzzyMatches): boolean {
  const sought = lower(text);
  const listed = STORED_FIELDS.flatMap((field) => valuesOf(event, field));
  if (mode === 'prefix') return listed.some((value) => lower(value).startsWith(sought));
  if (mode === 'suffix') return listed.some((value) => lower(value).endsWith(sought));
  if (mode === 'whole') return listed.some((value) => lower(value) === sought);
  if (mode === 'fuzzy') {
    const names = fuzzy.get(text);
    const inColumns = STORED_FIELDS.some((field) => {
      const value = event.cells[field];
      if (field === 'ip' && !text.endsWith('/0') && isInNetwork(text, value)) return true;
      if (FIELDS.find(({ id }) => id === field)?.kind === 'value') return lower(value).includes(sought);
      if (!NAMES.has(field)) return false;
      return names?.some((match) => match.field === field && match.value === value) ?? lower(value).includes(sought);
    });
    return (
      inColumns ||
      lower(event.raw).includes(sought) ||
      texts(JSON.parse(event.raw), true).some((value) => lower(value).includes(sought))
    );
  }
  return (
    STORED_FIELDS.some((field) => lower(event.cells[field]).includes(sought)) ||
    texts(JSON.parse(event.raw), false).some((value) => lower(value).includes(sought))
  );
}

function isValue(field: string, pattern: string, value: string): boolean {
  if (field === 'error' && lower(pattern) === 'denied' && /accessdenied|unauthorized|^denied$/i.test(value))
    return true;
  if (field === 'who' && [`*/${pattern}`, `${pattern}/*`].some((half) => glob(half).test(value))) return true;
  if ((field === 'source' || field === 'service') && glob(`${pattern}.amazonaws.com`).test(value)) return true;
  if (field === 'ip' && isInNetwork(pattern, value)) return true;
  return glob(pattern).test(value);
}

/** Bit by bit. */
function isInNetwork(network: string, address: string): boolean {
  const [base = '', size = ''] = network.split('/');
  const [there, here] = [bits(base), bits(address)];
  if (!/^\d+$/.test(size) || there === null || here === null || there.length !== here.length) return false;
  return Number(size) <= there.length && there.slice(0, Number(size)) === here.slice(0, Number(size));
}

function bits(address: string): string | null {
  if (/^\d+(\.\d+){3}$/.test(address))
    return address
      .split('.')
      .map((part) => binary(Number(part), 8))
      .join('');
  if (!/^[0-9a-f:]*:[0-9a-f:]*$/i.test(address)) return null;
  const [head = '', tail] = address.split('::');
  const [first, last] = [head, tail ?? ''].map((half) => half.split(':').filter((part) => part !== ''));
  const missing = 8 - (first?.length ?? 0) - (last?.length ?? 0);
  const parts = [...(first ?? []), ...Array<string>(Math.max(0, missing)).fill('0'), ...(last ?? [])];
  return parts.map((part) => binary(Number.parseInt(part, 16), 16)).join('');
}

function binary(value: number, width: number): string {
  return value.toString(2).padStart(width, '0');
}

function glob(pattern: string): RegExp {
  const source = pattern.replace(/\\([\\*?])|\*+|\?|[\s\S]/gu, (part, escaped?: string) => {
    if (escaped === undefined && part.startsWith('*')) return '[^]*';
    if (escaped === undefined && part === '?') return '[^]';
    return (escaped ?? part).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  return new RegExp(`^${source}$`, 'iu');
}

function textsOf(event: TestEvent, path: string): readonly string[] {
  return valuesOf(event, path).filter((value) => value !== OBJECT);
}

export const OBJECT = '\0object';

/** The values a path leads to, lists opened; OBJECT for an object. */
export function valuesOf(event: TestEvent, path: string): readonly string[] {
  const field = findField(path.replaceAll('[]', ''));
  if (field?.kind === 'time') return event.time === null ? [] : [String(event.time)];
  if (field === undefined || field.kind === 'record') return leaves(event, field?.path ?? path);
  const cell = event.cells[field.id as StoredFieldId];
  return cell === '' ? [] : cell.split(field.id === 'resource' ? RESOURCE_SEPARATOR : '\0');
}

function leaves(event: TestEvent, path: string): readonly string[] {
  return reached(event, path).flatMap((value) =>
    value === null ? [] : [typeof value === 'object' ? OBJECT : String(value)],
  );
}

/** The numbers a path of the record leads to: they are compared as such. */
function numbersOf(event: TestEvent, path: string): readonly number[] {
  const field = findField(path.replaceAll('[]', ''));
  return field === undefined ? reached(event, path).filter((value) => typeof value === 'number') : [];
}

function isNumber(pattern: string, value: number): boolean {
  return /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(pattern) && Number(pattern) === value;
}

function reached(event: TestEvent, path: string): readonly Json[] {
  let values: Json[] = [JSON.parse(event.raw)];
  for (const key of keysOf(path)) {
    values = values
      .flatMap(open)
      .flatMap((value) =>
        value === null || typeof value !== 'object'
          ? []
          : Object.entries(value).flatMap(([name, child]) => (lower(name) === lower(key) ? open(child) : [])),
      );
  }
  return values.flatMap(open);
}

/** a.b[]."c.d"["e"] → a, b, c.d, e */
function keysOf(path: string): readonly string[] {
  const parts = path.replaceAll('[]', '').match(/\["[^"]*"\]|"[^"]*"|[^.["]+/g) ?? [];
  return parts.map((part) => part.replace(/^\[?"|"\]?$/g, ''));
}

function instant(text: string): number {
  return /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
}

function open(value: Json): readonly Json[] {
  return Array.isArray(value) ? value.flatMap(open) : [value];
}

function texts(value: Json, withKeys: boolean): readonly string[] {
  if (value === null) return [];
  if (typeof value !== 'object') return [String(value)];
  if (Array.isArray(value)) return value.flatMap((item) => texts(item, withKeys));
  return Object.entries(value).flatMap(([key, child]) => [...(withKeys ? [key] : []), ...texts(child, withKeys)]);
}

function compare(value: number, operator: string, other: number): boolean {
  if (operator === '>') return value > other;
  if (operator === '>=') return value >= other;
  return operator === '<' ? value < other : value <= other;
}

function lower(text: string): string {
  return text.toLowerCase();
}
