// What a row of the tree stands for outside of the tree: what is copied of it, and what is searched for by it. The
// paths of a record end at its strings: of what a string holds, the search can only ask whether the string has such a
// text somewhere.

import { MAX_QUERY_LENGTH, parseQuery } from '../query/parse.ts';
import { literalPattern } from '../query/pattern.ts';
import { printQuery } from '../query/print.ts';
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

/** Events with the same value there. */
export function rowTerm(tree: JsonTree, row: JsonRow): LeafTerm {
  const stated = row.kind === 'line' ? (tree.rows[row.textRow] ?? row) : row;
  const holder = holderOf(tree, stated);
  return holder === stated ? leafTerm(stated.path, stated) : heldTerm(holder, stated);
}

function heldTerm(holder: JsonRow, row: JsonRow): LeafTerm {
  const path = pathOf(holder.path);
  const inside = `it is in the text of ${segmentsText(holder.path)}`;
  if (path === null) return blocked('this part of the record is too deep to ask for');
  if (row.kind !== 'string' || row.content !== null)
    return blocked(`${inside}, of which the search knows the words only: = on one of its texts`);
  const needle = spellingIn(holder.value, row);
  if (needle === null || needle.length < MIN_NEEDLE || needle.length > MAX_QUERY_LENGTH)
    return blocked(`${inside}, which cannot be searched for this`);
  const term = { kind: 'field', path, values: [`*${literalPattern(needle)}*`] } as const;
  const { error } = parseQuery(printQuery(term), CLOCK);
  return error === null ? { kind: 'term', term } : blocked(`the search cannot ask for this: ${error.reason}`);
}

/** As the text spells it: escaped, or URL-encoded, as all of it is. */
function spellingIn(text: string, row: JsonRow): string | null {
  const spelled = row.valueText.slice(1, -1);
  const spellings = [spelled, JSON.stringify(spelled).slice(1, -1), encoded(spelled)];
  return spellings.find((spelling) => text.includes(spelling)) ?? null;
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function holderOf(tree: JsonTree, row: JsonRow): JsonRow {
  let at = row;
  for (let holder = tree.rows[at.textRow]; holder !== undefined; holder = tree.rows[at.textRow]) at = holder;
  return at;
}

function blocked(reason: string): LeafTerm {
  return { kind: 'blocked', reason };
}
