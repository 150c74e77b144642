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

import { decodeString, type JsonNode, scanJson } from './json-scan.ts';

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'literal';

/** A member's key, or an element's index. */
export type PathSegment = string | number;

export type JsonRow = {
  readonly index: number;
  readonly depth: number;
  /** The member's name, decoded; null for an element of an array. Of a shared row, the last one. */
  readonly key: string | null;
  /** What the row is called: `instanceId`, `[0]`, `instancesSet.items[0]`; '' for a record that is one bare value. */
  readonly keyText: string;
  readonly kind: JsonKind;
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

/** What the search language reads as a key without quotes; the first key of a path starts with a letter. */
const PLAIN_KEY = /^[\p{L}\p{N}_$@-]+$/u;
const PLAIN_FIRST_KEY = /^[\p{L}_$@][\p{L}\p{N}_$@-]*$/u;

/** The rows of one JSON text. Never throws: a text that is not JSON comes back with `error`. */
export function buildTree(text: string): JsonTree {
  const scanned = scanJson(text);
  if (scanned.error !== null) return { text, rows: [], error: scanned.error };
  const { nodes } = scanned;
  const root = nodes[0];
  const rows: Row[] = [];
  const rowOfNode = new Int32Array(nodes.length).fill(-1);
  const lastChild = new Map<number, Row>();
  let at = root !== undefined && root.childCount > 0 ? 1 : 0;
  while (at < nodes.length) {
    const first = at;
    const own = ownKey(nodes[first]);
    const isBelowTop = (nodes[first]?.parent ?? 0) > 0;
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
    const parent = parentNode < 0 ? undefined : rows[rowOfNode[parentNode] ?? -1];
    const row = new Row(rows.length, own, node.kind, text.slice(node.start, node.end), node.childCount, parent, rows);
    rowOfNode[at] = row.index;
    rows.push(row);
    const previous = lastChild.get(row.parent);
    if (previous !== undefined) {
      previous.nextSibling = row.index;
      row.previousSibling = previous.index;
    } else if (parent !== undefined) parent.firstChild = row.index;
    lastChild.set(row.parent, row);
    at++;
  }
  for (let index = rows.length - 1; index >= 0; index--) {
    const row = rows[index] as Row;
    const parent = rows[row.parent];
    if (parent !== undefined) parent.lastDescendant = Math.max(parent.lastDescendant, row.lastDescendant);
  }
  return { text, rows, error: null };
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

/** Segments as a person writes a path: `instancesSet.items[0].instanceId`. A key that would be misread that
 *  way is quoted: `responseElements["a.b"]`. `isAnyElement`: of a list any element is meant (`items[]`). */
export function segmentsText(segments: readonly PathSegment[], isAnyElement = false): string {
  let text = '';
  for (const segment of segments) {
    if (typeof segment === 'number') text += isAnyElement ? '[]' : `[${segment}]`;
    else if (!(text === '' ? PLAIN_FIRST_KEY : PLAIN_KEY).test(segment)) text += `[${JSON.stringify(segment)}]`;
    else text += text === '' ? segment : `.${segment}`;
  }
  return text;
}

class Row implements JsonRow {
  readonly index: number;
  readonly ownSegments: readonly PathSegment[];
  readonly kind: JsonKind;
  readonly valueText: string;
  readonly childCount: number;
  readonly parent: number;
  readonly depth: number;
  firstChild = -1;
  nextSibling = -1;
  previousSibling = -1;
  lastDescendant: number;
  readonly #rows: readonly Row[];
  #value: string | undefined;

  constructor(
    index: number,
    ownSegments: readonly PathSegment[],
    kind: JsonKind,
    valueText: string,
    childCount: number,
    parent: Row | undefined,
    rows: readonly Row[],
  ) {
    this.index = index;
    this.ownSegments = ownSegments;
    this.kind = kind;
    this.valueText = valueText;
    this.childCount = childCount;
    this.parent = parent?.index ?? -1;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
    this.lastDescendant = index;
    this.#rows = rows;
  }

  get key(): string | null {
    const last = this.ownSegments.at(-1);
    return typeof last === 'string' ? last : null;
  }

  get keyText(): string {
    const only = this.ownSegments.length === 1 ? this.ownSegments[0] : undefined;
    return typeof only === 'string' ? only : segmentsText(this.ownSegments);
  }

  // Kept once asked for: a pane that shows a string of megabytes asks at each key press.
  get value(): string {
    this.#value ??= this.kind === 'string' ? decodeString(this.valueText) : this.valueText;
    return this.#value;
  }

  // Not kept: the paths of a record nested thousands deep would take the square of its size.
  get path(): readonly PathSegment[] {
    const parts: (readonly PathSegment[])[] = [];
    for (let row: Row | undefined = this; row !== undefined; row = this.#rows[row.parent]) parts.push(row.ownSegments);
    return parts.reverse().flat();
  }
}
