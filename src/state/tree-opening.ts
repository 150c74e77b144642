// How a record opens: some members with all they hold, and then as a person left other records, path by path.

import type { JsonRow, JsonTree } from './json-tree.ts';
import { foldedText, withLines } from './text-rows.ts';
import { type Choices, chosenRows } from './tree-choices.ts';

/** JSON in a string of more rows is closed until it is asked for. */
const SMALL_JSON_ROWS = 20;

/** By row: 1 where a container is open. */
export function initialOpening(tree: JsonTree, openPaths: readonly string[], choices: Choices): Uint8Array {
  const isOpen = new Uint8Array(tree.rows.length);
  const isBelowOpen = new Uint8Array(tree.rows.length);
  for (const row of tree.rows) {
    const isAsked = row.parent < 0 ? openPaths.includes(row.keyText) : isBelowOpen[row.parent] === 1;
    const isInside = isAsked && (row.content === null || isSmallJson(row));
    // Whoever opens a policy that is a text sees all of it.
    isBelowOpen[row.index] = isInside || row.textRow >= 0 || row.content !== null ? 1 : 0;
    if (isInside && row.childCount > 0) isOpen[row.index] = 1;
  }
  for (const { row, isOpen: isChosen } of chosenRows(tree, choices)) {
    if (row.childCount > 0) isOpen[row.index] = isChosen ? 1 : 0;
  }
  return isOpen;
}

function isSmallJson({ content, index, lastDescendant }: JsonRow): boolean {
  return (content === 'object' || content === 'array') && lastDescendant - index <= SMALL_JSON_ROWS;
}

/** The record's long texts that were opened in other records, at the same paths. */
export function withChosenLines(tree: JsonTree, choices: Choices, width: number): JsonTree {
  const wanted = new Set<JsonRow>();
  for (const { row, isOpen } of chosenRows(tree, choices)) {
    if (isOpen && row.kind === 'string' && foldedText(tree, row, width) !== null) wanted.add(row);
  }
  return wanted.size === 0 ? tree : withLines(tree, (row) => wanted.has(row), width);
}
