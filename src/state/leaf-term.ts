// From a value of a record to the search for events that have the same there: what `=` and `!` mean in the tree and in
// the table of compared events, and what a row of counts stands for. The term finds the record that it was made from,
// and its opposite does not; where the search language has no such term, a reason says so.

import { findField } from '../cloudtrail/fields.ts';
import { fieldTerm } from '../query/edit.ts';
import { MAX_QUERY_LENGTH, parseQuery } from '../query/parse.ts';
import { MAX_STEPS } from '../query/paths.ts';
import { printQuery } from '../query/print.ts';
import type { Query } from '../query/query.ts';
import { type PathSegment, segmentsText } from './json-path.ts';
import type { RowKind } from './json-tree.ts';

export type LeafTerm =
  /** `note`: that it asks for less than the value at its place. */
  | { readonly kind: 'term'; readonly term: Query; readonly note?: string | undefined }
  | { readonly kind: 'blocked'; readonly reason: string };

export type LeafValue = {
  readonly kind: RowKind;
  /** Strings decoded; all else as the record spells it, containers whole. */
  readonly value: string;
};

/** Lists in lists that a path opens by itself (compile-path.ts); further down each element is named by its index. */
const LISTS_OPENED = 8;
const CLOCK = { now: 0, zone: 'utc' } as const;

/** Events whose record has this value there; of an object or a list that holds something, anything at all. `leaf` is
 *  null where the record has nothing: null and absent are the same. */
export function leafTerm(segments: readonly PathSegment[], leaf: LeafValue | null): LeafTerm {
  const made = termOf(segments, leaf);
  if (made.kind === 'blocked') return made;
  const { error } = parseQuery(printQuery(made.term), CLOCK);
  return error === null ? made : blocked(`the search cannot ask for this: ${error.reason}`);
}

/** Events where a path leads to this text; one of no length is stated all the same. */
export function textTerm(path: string, text: string): Query {
  return text === '' ? { kind: 'field', path, values: [''] } : fieldTerm(path, text);
}

/** The path of the search language, any element of the lists on the way; null where it goes too deep to be asked for. */
export function pathOf(segments: readonly PathSegment[]): string | null {
  const keys = segments.filter((segment) => typeof segment === 'string');
  if (keys.length === 0 || typeof segments[0] !== 'string' || keys.length > MAX_STEPS) return null;
  return unmistakable(segmentsText(wellFormed(segments), true));
}

function termOf(segments: readonly PathSegment[], leaf: LeafValue | null): LeafTerm {
  const isNull = leaf === null || (leaf.kind === 'literal' && leaf.value === 'null');
  const depth = leaf?.kind === 'array' ? depthOfFirst(leaf.value) : 0;
  if (depth === null) return blocked('the search cannot ask for a list that holds nothing');
  if (leaf?.kind === 'object' && /^\{\s*\}$/.test(leaf.value))
    return blocked('the search cannot ask for an object that holds nothing');
  // Of a list, any element that is stated would do: that one is null, only its place says.
  const isExact = (isNull && segments.some((segment) => typeof segment === 'number')) || isDeep(segments, depth);
  const steps = isExact ? segments : segments.filter((segment) => typeof segment === 'string');
  if (typeof segments[0] !== 'string' || steps.length > MAX_STEPS || depth > LISTS_OPENED)
    return blocked('this part of the record is too deep to ask for');
  const text = segmentsText(wellFormed(segments), !isExact);
  const path = isColumn(text, leaf) ? text : inBrackets(text);
  if (isNull) return found({ kind: 'not', term: { kind: 'present', path } });
  if (leaf.kind === 'object' || leaf.kind === 'array') return found({ kind: 'present', path });
  if (leaf.value.length > MAX_QUERY_LENGTH) return blocked('this value is too long to ask for');
  return found(textTerm(path, leaf.value.toWellFormed()));
}

function found(term: Query): LeafTerm {
  return { kind: 'term', term };
}

function blocked(reason: string): LeafTerm {
  return { kind: 'blocked', reason };
}

/** Half of a surrogate pair is U+FFFD to the database, and to every terminal. */
function wellFormed(segments: readonly PathSegment[]): readonly PathSegment[] {
  return segments.map((segment) => (typeof segment === 'string' ? segment.toWellFormed() : segment));
}

/** `below`: lists in the list that the path leads to. */
function isDeep(segments: readonly PathSegment[], below: number): boolean {
  let run = 0;
  for (const segment of segments) {
    run = typeof segment === 'number' ? run + 1 : 0;
    if (run > LISTS_OPENED) return true;
  }
  return run + below > LISTS_OPENED;
}

/** How many lists are around the outermost value that a list states, itself included; null where it states none. */
function depthOfFirst(list: string): number | null {
  let depth = 0;
  let least: number | null = null;
  for (const [token] of list.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{\dtf]/g)) {
    if (token === '[') depth++;
    else if (token === ']') depth--;
    else {
      least = Math.min(least ?? depth, depth);
      if (least <= LISTS_OPENED) break;
    }
  }
  return least;
}

/** CloudTrail's own spelling of a field means the column, which says the same as the record where that states a text,
 *  true or false. */
function isColumn(path: string, leaf: LeafValue | null): boolean {
  const name = path.replaceAll('[]', '');
  const field = findField(name);
  if (field === undefined) return !isTimeWord(name);
  if (field.path !== path || field.kind === 'record') return field.path === path;
  if (leaf?.kind === 'literal') return leaf.value !== 'null';
  if (leaf?.kind !== 'string' || leaf.value === '' || leaf.value.length > MAX_COLUMN_TEXT) return false;
  return field.kind !== 'time' || fieldTerm(path, leaf.value).kind === 'at';
}

/** Of a longer text the column may hold a part. */
const MAX_COLUMN_TEXT = 1000;

/** A record's key that happens to be called as a short name of the search language is put in brackets, so that it is
 *  not read as that field. CloudTrail's own spelling of a field stays: it means the same. */
function unmistakable(path: string): string {
  const name = path.replaceAll('[]', '');
  const field = findField(name);
  const isOther = field === undefined ? isTimeWord(name) : field.path !== name;
  return isOther ? inBrackets(path) : path;
}

function isTimeWord(name: string): boolean {
  return /^(?:since|until|at)$/i.test(name);
}

function inBrackets(path: string): string {
  return path.replace(/^[^.[]+/, (key) => `[${JSON.stringify(key)}]`);
}
