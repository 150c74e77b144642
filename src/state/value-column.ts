import { cutValue } from '../text/cell.ts';
import { widthCells } from '../text/width.ts';
import type { JsonRow, JsonTree } from './json-tree.ts';

// Where the tree puts its values. The values of one object stand below each other.

export const INDENT_CELLS = 2;
/** `▸ ` before the key. */
const MARKER_CELLS = 2;
/** A longer key pushes its own value to the right, not all others. */
const MAX_VALUE_COLUMN = 24;
const MAX_SIBLINGS = 200;

const VALUE_COLUMNS = new WeakMap<JsonTree, Map<number, number>>();

/** Cells before the marker; a record nested for the sake of it leaves half of the pane to its values. */
export function indentCells(depth: number, width: number): number {
  return Math.min(depth * INDENT_CELLS, Math.floor(width / 2));
}

/** Cells from the start of the key to the value. */
export function valueColumn(tree: JsonTree, row: number): number {
  let columns = VALUE_COLUMNS.get(tree);
  if (columns === undefined) {
    columns = new Map();
    VALUE_COLUMNS.set(tree, columns);
  }
  const parent = tree.rows[row]?.parent ?? -1;
  let column = columns.get(parent);
  if (column === undefined) {
    column = 0;
    let sibling = parent < 0 ? 0 : (tree.rows[parent]?.firstChild ?? -1);
    for (let count = 0; sibling >= 0 && count < MAX_SIBLINGS; count++) {
      const { keyText, nextSibling, childCount } = tree.rows[sibling] as JsonRow;
      const cells = childCount === 0 ? keyCells(keyText, MAX_VALUE_COLUMN + 1) : 0;
      if (childCount === 0 && cells <= MAX_VALUE_COLUMN) column = Math.max(column, cells + 2);
      sibling = nextSibling;
    }
    columns.set(parent, column);
  }
  return column;
}

/** Cells for a value in a pane of `width` cells: what its indentation and its key leave. */
export function valueRoom(tree: JsonTree, row: JsonRow, width: number): number {
  const ownKey = keyCells(row.keyText, Math.floor((width * 2) / 3)) + 2;
  const beforeValue = Math.max(valueColumn(tree, row.index), ownKey);
  return Math.max(0, width - indentCells(row.depth, width) - MARKER_CELLS - beforeValue);
}

function keyCells(keyText: string, most: number): number {
  return widthCells(cutValue(keyText, most));
}

/** Cells for the lines of a text below its row. */
export function lineRoom(row: JsonRow, width: number): number {
  return Math.max(1, width - indentCells(row.depth + 1, width) - MARKER_CELLS);
}
