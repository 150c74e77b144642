// What the pane shows of a tree: its lines, from the one at the top on.

import type { PathSegment } from './json-path.ts';
import { previewText } from './json-preview.ts';
import type { JsonRow, RowKind } from './json-tree.ts';
import { foldedText } from './text-rows.ts';
import type { TreeState } from './tree.ts';
import { nextVisible } from './tree-walk.ts';

export type TreeLine = {
  readonly row: number;
  readonly depth: number;
  readonly keyText: string;
  readonly kind: RowKind;
  /** A scalar as the record spells it (strings in quotes), a preview of a closed container, '' for an open one. */
  readonly valueText: string;
  /** As `valueText`, but strings decoded and without quotes. */
  readonly value: string;
  readonly marker: '▾' | '▸' | ' ';
  readonly isFocused: boolean;
  readonly path: readonly PathSegment[];
};

/** The lines of the pane; at most `height`. */
export function treeWindow(state: TreeState): readonly TreeLine[] {
  const lines: TreeLine[] = [];
  let row = state.tree.rows.length > 0 ? state.top : -1;
  for (; row >= 0 && lines.length < state.height; row = nextVisible(state, row)) lines.push(lineOf(state, row));
  return lines;
}

function lineOf({ tree, isOpen, focused, width }: TreeState, index: number): TreeLine {
  const row = tree.rows[index] as JsonRow;
  const { depth, keyText, kind, path, valueText, value, content } = row;
  const base = { row: index, depth, keyText, kind, isFocused: index === focused, path };
  if (row.childCount === 0) {
    const marker = foldedText(tree, row, width) === null ? ' ' : '▸';
    return { ...base, valueText, value, marker };
  }
  if (isOpen[index] === 1) return { ...base, valueText: '', value: '', marker: '▾' };
  if (content === 'lines' || content === 'decoded') return { ...base, valueText, value, marker: '▸' };
  const preview = previewText(tree, row);
  return { ...base, kind: content ?? kind, valueText: preview, value: preview, marker: '▸' };
}
