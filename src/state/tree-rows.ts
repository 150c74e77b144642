import type { JsonRow, JsonTree } from './json-tree.ts';

/** The row and its siblings, in order. */
export function siblings(tree: JsonTree, row: JsonRow): readonly number[] {
  const rows: number[] = [];
  let index = row.parent < 0 ? 0 : (tree.rows[row.parent] as JsonRow).firstChild;
  for (; index >= 0; index = (tree.rows[index] as JsonRow).nextSibling) rows.push(index);
  return rows;
}

/** The row, its siblings and all they hold. */
export function siblingsDeep(tree: JsonTree, row: JsonRow): readonly number[] {
  const parent = tree.rows[row.parent];
  const from = parent === undefined ? 0 : parent.index + 1;
  const to = parent === undefined ? tree.rows.length - 1 : parent.lastDescendant;
  return Array.from({ length: to - from + 1 }, (_, offset) => from + offset);
}

/** What `*` compares: the last key, and how many indices follow it: items[0] and items[1] are the same. */
export function nameOf(tree: JsonTree, row: JsonRow): string {
  let indices = '';
  for (let at: JsonRow | undefined = row; at !== undefined; at = tree.rows[at.parent]) {
    for (const segment of at.ownSegments.toReversed()) {
      if (typeof segment === 'string') return indices + segment;
      indices += '[]';
    }
  }
  return indices;
}

/** Whether the name or the value holds `wanted`, which is in lower case. A long text does so in its own row, wherever its
 *  lines are broken; base64 in the lines of what it says. */
export function holdsText(tree: JsonTree, row: JsonRow, wanted: string): boolean {
  if (row.kind === 'line' && tree.rows[row.textRow]?.content === 'lines') return false;
  if (row.keyText.toLowerCase().includes(wanted)) return true;
  return (row.childCount === 0 || row.content === 'lines') && row.value.toLowerCase().includes(wanted);
}
