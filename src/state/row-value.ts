// What a row of the tree stands for outside of the tree: what is copied of it, and what is searched for by it. The
// paths of a record end at its strings: of what a string holds, the search can only ask whether the string has such a
// text somewhere, with the key before it where there is one.

import { MAX_QUERY_LENGTH, parseQuery } from '../query/parse.ts';
import { literalPattern } from '../query/pattern.ts';
import { printQuery } from '../query/print.ts';
import { isUrlEncodedJson } from './json-in-string.ts';
import type { PathSegment } from './json-path.ts';
import { segmentsText } from './json-path.ts';
import type { JsonRow, JsonTree } from './json-tree.ts';
import { type LeafTerm, leafTerm, pathOf } from './leaf-term.ts';
import { openedText } from './text-rows.ts';

/** Of a shorter text nearly every string has some. */
const MIN_NEEDLE = 3;
const CLOCK = { now: 0, zone: 'utc' } as const;

/** Where the record states it: of what a string holds, where that string is. */
export function recordPath(tree: JsonTree, row: JsonRow): readonly PathSegment[] {
  return holderOf(tree, row).path;
}

/** What is copied: of a line the whole text that it is of, as it can be read. */
export function rowText(tree: JsonTree, row: JsonRow): string {
  const holder = row.kind === 'line' ? tree.rows[row.textRow] : undefined;
  return holder === undefined ? row.value : openedText(holder).text;
}

/** What is called by its name there; of a line the string that it is of. */
export function rowKey(tree: JsonTree, row: JsonRow): string {
  const named = row.kind === 'line' ? (tree.rows[row.textRow] ?? row) : row;
  return named.key ?? named.keyText;
}

/** Events with the same value there; of what a string holds, those whose string has the same key and value somewhere,
 *  spelled as in this one. */
export function rowTerm(tree: JsonTree, row: JsonRow): LeafTerm {
  const stated = row.kind === 'line' ? (tree.rows[row.textRow] ?? row) : row;
  const holder = holderOf(tree, stated);
  return holder === stated ? leafTerm(stated.path, stated) : heldTerm(tree, holder, stated);
}

function heldTerm(tree: JsonTree, holder: JsonRow, row: JsonRow): LeafTerm {
  const path = pathOf(holder.path);
  const inside = `it is in the text of ${segmentsText(holder.path)}`;
  if (path === null) return blocked('this part of the record is too deep to ask for');
  if (row.kind !== 'string' || row.content !== null)
    return blocked(`${inside}, of which the search knows the words only: = on one of its texts`);
  const spelling = spellingIn(tree, row);
  if (spelling === null || spelling.text.length < MIN_NEEDLE || spelling.text.length > MAX_QUERY_LENGTH)
    return blocked(`${inside}, which cannot be searched for this`);
  const term = { kind: 'field', path, values: [`*${literalPattern(spelling.text)}*`] } as const;
  const { error } = parseQuery(printQuery(term), CLOCK);
  const note = spelling.hasKey ? undefined : `this text, anywhere in that of ${segmentsText(holder.path)}`;
  return error === null ? { kind: 'term', term, note } : blocked(`the search cannot ask for this: ${error.reason}`);
}

type Spelling = { readonly text: string; readonly hasKey: boolean };

/** `"Effect":"Deny"` as the record's own string spells it, escaped or URL-encoded as all of it is; of an element of a
 *  list, or where the key is spelled in a way of its own, `"Deny"`; null where the text does not have that either. */
function spellingIn(tree: JsonTree, row: JsonRow): Spelling | null {
  const text = tree.rows[row.textRow]?.value ?? '';
  const plain = isUrlEncodedJson(text) ? decodeURIComponent(text) : text;
  const member = row.key === null ? null : memberIn(plain, JSON.stringify(row.key), row.valueText);
  const candidates = [
    ...(member === null ? [] : [{ text: member, hasKey: true }]),
    { text: row.valueText, hasKey: false },
  ];
  for (const { text: found, hasKey } of candidates) {
    const outer = outwards(tree, row, found);
    if (outer !== null) return { text: outer, hasKey };
  }
  return null;
}

/** The key, the colon and the value, with the spaces that stand between them. */
function memberIn(text: string, key: string, value: string): string | null {
  const between = /\s*:\s*/y;
  for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + key.length)) {
    between.lastIndex = at + key.length;
    if (between.test(text) && text.startsWith(value, between.lastIndex))
      return text.slice(at, between.lastIndex + value.length);
  }
  return null;
}

/** From string to string up to the record's own: how that one spells it. */
function outwards(tree: JsonTree, row: JsonRow, text: string): string | null {
  let spelled = text;
  for (let holder = tree.rows[row.textRow]; holder !== undefined; holder = tree.rows[holder.textRow]) {
    if (holder.index !== row.textRow) spelled = JSON.stringify(spelled).slice(1, -1);
    if (isUrlEncodedJson(holder.value)) spelled = encodeURIComponent(spelled.toWellFormed());
    if (!holder.value.includes(spelled)) return null;
  }
  return spelled;
}

function holderOf(tree: JsonTree, row: JsonRow): JsonRow {
  let at = row;
  for (let holder = tree.rows[at.textRow]; holder !== undefined; holder = tree.rows[at.textRow]) at = holder;
  return at;
}

function blocked(reason: string): LeafTerm {
  return { kind: 'blocked', reason };
}
