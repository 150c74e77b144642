import type { JsonRow, JsonTree } from './json-tree.ts';

// Steps over the rows that can be seen, which are those whose ancestors are all open. Each costs a jump or
// the depth of the record, never the number of its rows.

export type Opened = { readonly tree: JsonTree; readonly isOpen: Uint8Array };

/** The visible row after a visible row; -1 after the last. */
export function nextVisible({ tree, isOpen }: Opened, row: number): number {
  const next = isOpen[row] === 1 ? row + 1 : (tree.rows[row] as JsonRow).lastDescendant + 1;
  return next < tree.rows.length ? next : -1;
}

/** The visible row before a visible row; -1 before the first. */
export function previousVisible(opened: Opened, row: number): number {
  return row <= 0 ? -1 : visibleAncestor(opened, row - 1);
}

export function lastVisible(opened: Opened): number {
  return opened.tree.rows.length === 0 ? 0 : visibleAncestor(opened, opened.tree.rows.length - 1);
}

/** The row itself if it can be seen, else the outermost closed container around it. */
export function visibleAncestor({ tree, isOpen }: Opened, row: number): number {
  let visible = row;
  for (let parent = tree.rows[row]?.parent ?? -1; parent >= 0; parent = tree.rows[parent]?.parent ?? -1) {
    if (isOpen[parent] !== 1) visible = parent;
  }
  return visible;
}

/** `count` visible rows further down (or up, if negative), or as far as there are rows. */
export function stepVisible(opened: Opened, row: number, count: number): number {
  let at = row;
  for (let left = Math.abs(count); left > 0; left--) {
    const next = count > 0 ? nextVisible(opened, at) : previousVisible(opened, at);
    if (next < 0) break;
    at = next;
  }
  return at;
}

/** How many visible rows `to` lies below `from`; `limit` if it is that far or further, or above. */
export function linesBetween(opened: Opened, from: number, to: number, limit: number): number {
  let lines = 0;
  for (let at = from; at !== to; at = nextVisible(opened, at)) {
    if (at < 0 || at > to || lines >= limit) return limit;
    lines++;
  }
  return lines;
}
