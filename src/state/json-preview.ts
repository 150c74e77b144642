import type { JsonRow, JsonTree } from './json-tree.ts';

/** UTF-16 units: wider than any pane needs, and all that is built of a container of any size. */
const PREVIEW_UNITS = 160;

/** What a closed container holds, in one line: `{type: AssumedRole, sessionContext: {…}}`. Cut roughly; the
 *  pane cuts it to its width. */
export function previewText(tree: JsonTree, row: JsonRow): string {
  const isList = (row.content ?? row.kind) === 'array';
  const [open, close] = isList ? '[]' : '{}';
  let text = `${open}`;
  for (let index = row.firstChild; index >= 0; ) {
    const child = tree.rows[index] as JsonRow;
    if (index !== row.firstChild) text += ', ';
    if (text.length > PREVIEW_UNITS) return `${text}…${close}`;
    // Keys and values may be megabytes long.
    const name = isList ? elementName(child) : child.keyText;
    if (name !== '') text += `${name.slice(0, PREVIEW_UNITS)}: `;
    text += shortValue(child);
    index = child.nextSibling;
  }
  return `${text}${close}`;
}

/** An element needs no `[0]` before it, except where it shares its row with what it holds. */
function elementName(row: JsonRow): string {
  return row.ownSegments.length > 1 ? row.keyText : '';
}

function shortValue(row: JsonRow): string {
  const kind = row.content ?? row.kind;
  if (row.childCount > 0 && (kind === 'array' || kind === 'object')) return kind === 'array' ? '[…]' : '{…}';
  if (row.kind !== 'string' || row.valueText.length > PREVIEW_UNITS) return row.valueText.slice(0, PREVIEW_UNITS);
  return row.value === '' ? '""' : row.value;
}
