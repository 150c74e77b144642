// The rows of a tree as they are made: each is hung on its parent and its siblings when it is added.

import { type PathSegment, segmentsText } from './json-path.ts';
import { decodeString } from './json-scan.ts';
import type { JsonRow, RowKind } from './json-tree.ts';

export type RowText = {
  readonly ownSegments: readonly PathSegment[];
  readonly kind: RowKind;
  readonly valueText: string;
  readonly childCount: number;
  /** As in JsonRow. */
  readonly textRow: number;
};

/** Rows in document order: a parent is added before its children, and all it holds before its next sibling. */
export class RowBuilder {
  readonly rows: Row[] = [];
  readonly #lastChild = new Map<number, Row>();

  add(text: RowText, parent: Row | undefined): Row {
    const row = new Row(this.rows.length, text, parent, this.rows);
    this.rows.push(row);
    const previous = this.#lastChild.get(row.parent);
    if (previous !== undefined) {
      previous.nextSibling = row.index;
      row.previousSibling = previous.index;
    } else if (parent !== undefined) parent.firstChild = row.index;
    this.#lastChild.set(row.parent, row);
    return row;
  }

  /** To be called once, when all are there. */
  finish(): readonly Row[] {
    const { rows } = this;
    for (let index = rows.length - 1; index >= 0; index--) {
      const row = rows[index] as Row;
      const parent = rows[row.parent];
      if (parent !== undefined) parent.lastDescendant = Math.max(parent.lastDescendant, row.lastDescendant);
    }
    return rows;
  }
}

export class Row implements JsonRow {
  readonly index: number;
  readonly ownSegments: readonly PathSegment[];
  readonly kind: RowKind;
  readonly valueText: string;
  readonly textRow: number;
  readonly parent: number;
  readonly depth: number;
  childCount: number;
  content: JsonRow['content'] = null;
  firstChild = -1;
  nextSibling = -1;
  previousSibling = -1;
  lastDescendant: number;
  readonly #rows: readonly Row[];
  #value: string | undefined;

  constructor(index: number, text: RowText, parent: Row | undefined, rows: readonly Row[]) {
    this.index = index;
    this.ownSegments = text.ownSegments;
    this.kind = text.kind;
    this.valueText = text.valueText;
    this.childCount = text.childCount;
    this.textRow = text.textRow;
    this.parent = parent?.index ?? -1;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
    this.lastDescendant = index;
    this.#rows = rows;
  }

  /** Below a string: what it holds, one row after the other, is added next. */
  hold(content: NonNullable<JsonRow['content']>, childCount: number): void {
    this.content = content;
    this.childCount = childCount;
  }

  get key(): string | null {
    const last = this.ownSegments.at(-1);
    return typeof last === 'string' ? last : null;
  }

  get keyText(): string {
    if (this.kind === 'line') return '';
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
