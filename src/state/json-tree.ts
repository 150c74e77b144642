// One record as a flat array of rows, after jless: a row knows its depth and where its parent, siblings and
// last descendant are, so opening, closing and moving never walk a tree, and nothing recurses however deep
// the record is.
//
// The text is scanned by hand, not by JSON.parse, because the rows must show what the record says:
// 1.688560107857E9 and integers beyond 2^53 keep their spelling, keys keep their order, and a duplicate key
// or `__proto__` is a row like any other. Texts in rows are slices of the record's text, which cost nothing.
//
// The members of the outermost object are at depth 0: the record itself has no row. Below them, containers
// that hold nothing but one other container share its row: CloudTrail's instancesSet → items → [0] is one
// row `instancesSet.items[0]`, as a person would say it. Such a row has several path segments of its own.
//
// A string that holds JSON has rows below it like an object; those of a long text are added when a person opens it
// (text-rows.ts). All of them know the string that they were read from: the record's own paths end there.

import { jsonInString, type StringJson } from './json-in-string.ts';
import type { PathSegment } from './json-path.ts';
import { type Row, RowBuilder } from './json-row.ts';
import { type JsonNode, MAX_NODES, scanJson } from './json-scan.ts';

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'literal';

/** A line is no value: it is a part of the text of the string above it. */
export type RowKind = JsonKind | 'line';

export type JsonRow = {
  readonly index: number;
  readonly depth: number;
  /** The member's name, decoded; null for an element of an array. Of a shared row, the last one. */
  readonly key: string | null;
  /** What the row is called: `instanceId`, `[0]`, `instancesSet.items[0]`; '' for a record that is one bare value. */
  readonly keyText: string;
  readonly kind: RowKind;
  /** As the record spells it: strings with quotes and escapes, containers whole. */
  readonly valueText: string;
  /** Strings decoded; all else as `valueText`. */
  readonly value: string;
  /** From the record down to this row. */
  readonly path: readonly PathSegment[];
  /** How many of the path's last segments are this row's own. */
  readonly ownSegments: readonly PathSegment[];
  /** Rows by index; -1 where there is none. */
  readonly parent: number;
  readonly firstChild: number;
  readonly nextSibling: number;
  readonly previousSibling: number;
  /** The row's own index where it has no children. */
  readonly lastDescendant: number;
  readonly childCount: number;
  /** The string whose text this row was read from, by index; -1 for what the record itself states. */
  readonly textRow: number;
  /** What hangs below a string: the members of JSON that it holds, its lines, or the lines of what it is once decoded;
   *  null where nothing does. */
  readonly content: 'object' | 'array' | 'lines' | 'decoded' | null;
};

export type JsonTree = {
  readonly text: string;
  /** Empty where `error` is set: then `text` is what there is to show. */
  readonly rows: readonly JsonRow[];
  readonly error: JsonError | null;
};

/** Why a text is not shown as a tree; `at` is an offset in UTF-16 units. */
export type JsonError = { readonly reason: string; readonly at: number };

/** A shared row names at most this many containers; a record nested for the sake of it is shown in steps. */
const MAX_SHARED = 6;

/** JSON in a string that is in JSON in a string …: each level doubles the backslashes, and nobody reads the fifth. */
const MAX_LEVELS = 4;

/** The rows of one JSON text. Never throws: a text that is not JSON comes back with `error`. */
export function buildTree(text: string): JsonTree {
  const scanned = scanJson(text);
  if (scanned.error !== null) return { text, rows: [], error: scanned.error };
  const builder = new RowBuilder();
  addRows(builder, { text, nodes: scanned.nodes }, undefined, 0);
  return { text, rows: builder.finish(), error: null };
}

/** `holder`: the string that holds the JSON; undefined for the record. */
function addRows(builder: RowBuilder, { text, nodes }: StringJson, holder: Row | undefined, level: number): void {
  const rowOfNode = new Int32Array(nodes.length).fill(-1);
  if (holder !== undefined) rowOfNode[0] = holder.index;
  let at = (nodes[0]?.childCount ?? 0) > 0 ? 1 : 0;
  while (at < nodes.length) {
    const first = at;
    const own = ownKey(nodes[first]);
    const isBelowTop = holder !== undefined || (nodes[first]?.parent ?? 0) > 0;
    while (
      isBelowTop &&
      own.length < MAX_SHARED &&
      nodes[at]?.childCount === 1 &&
      (nodes[at + 1]?.childCount ?? 0) > 0
    ) {
      at++;
      own.push(...ownKey(nodes[at]));
    }
    const node = nodes[at];
    const parentNode = nodes[first]?.parent ?? -1;
    if (node === undefined) break;
    const { kind, childCount } = node;
    const valueText = text.slice(node.start, node.end);
    const parent = parentNode < 0 ? undefined : builder.rows[rowOfNode[parentNode] ?? -1];
    const row = builder.add({ ownSegments: own, kind, valueText, childCount, textRow: holder?.index ?? -1 }, parent);
    rowOfNode[at] = row.index;
    if (kind === 'string' && row.ownSegments.length > 0 && level < MAX_LEVELS) addHeld(builder, row, level);
    at++;
  }
}

function addHeld(builder: RowBuilder, row: Row, level: number): void {
  const held = jsonInString(row.valueText);
  const root = held?.nodes[0];
  if (held === null || root === undefined || builder.rows.length + held.nodes.length > MAX_NODES) return;
  row.hold(root.kind === 'array' ? 'array' : 'object', root.childCount);
  addRows(builder, held, row, level + 1);
}

/** The row at a path, or at the part of it that exists: undefined if not even the first segment does. The
 *  path need not be cut into rows as this tree is. */
export function findNearest(tree: JsonTree, path: readonly PathSegment[]): JsonRow | undefined {
  let found: JsonRow | undefined;
  let index = tree.rows.length > 0 ? 0 : -1;
  let done = 0;
  while (index >= 0 && done < path.length) {
    const row = tree.rows[index] as JsonRow;
    const shared = Math.min(row.ownSegments.length, path.length - done);
    if (row.ownSegments.slice(0, shared).every((segment, offset) => segment === path[done + offset])) {
      found = row;
      done += shared;
      index = row.firstChild;
    } else index = row.nextSibling;
  }
  return found;
}

function ownKey(node: JsonNode | undefined): PathSegment[] {
  return node === undefined || node.key === null ? [] : [node.key];
}
