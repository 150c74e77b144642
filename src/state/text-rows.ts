// Long texts, opened on request: a string that does not fit on its line has its lines below it, broken at the width of
// the pane, and base64 what it says. They are rows of a new tree, so everything that moves over rows moves over them.

import { decodeText, encodedKind } from '../cloudtrail/encoded-text.ts';
import { fitsCells } from '../text/cell.ts';
import { countOf } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import { NOT_NARROW } from '../text/width.ts';
import { chopCells } from '../text/wrap.ts';
import { RowBuilder } from './json-row.ts';
import type { JsonRow, JsonTree } from './json-tree.ts';
import { lineRoom, valueRoom } from './value-column.ts';

/** More is not read line by line; `y` copies it, `D` writes it. */
const MAX_LINES = 5000;
/** Below this, a pane is too narrow to be read in any case. */
const MIN_ROOM = 8;

export type FoldedText = 'long' | 'base64' | 'gzip';

/** Why a string is folded: it does not fit in its place, or it says something only when decoded; null where it is not. */
export function foldedText(tree: JsonTree, row: JsonRow, width: number): FoldedText | null {
  if (row.kind !== 'string' || row.content === 'object' || row.content === 'array' || width <= 0) return null;
  const kind = encodedKindOf(row);
  if (kind !== null) return kind === 'gzip' ? 'gzip' : 'base64';
  const room = Math.max(MIN_ROOM, valueRoom(tree, row, width));
  const { valueText } = row;
  if (valueText.length - 2 <= room && !valueText.includes('\\') && !NOT_NARROW.test(valueText)) return null;
  return row.value.includes('\n') || !fitsCells(row.value, room) ? 'long' : null;
}

/** The tree with lines below those strings that are `wanted`, and below no others. */
export function withLines(tree: JsonTree, wanted: (row: JsonRow) => boolean, width: number): JsonTree {
  const builder = new RowBuilder();
  const moved = new Int32Array(tree.rows.length).fill(-1);
  for (const row of tree.rows) {
    if (row.kind === 'line') continue;
    const { ownSegments, kind, valueText, content } = row;
    const hasLines = content === 'lines' || content === 'decoded';
    const childCount = hasLines ? 0 : row.childCount;
    const textRow = row.textRow < 0 ? -1 : (moved[row.textRow] ?? -1);
    const parent = builder.rows[row.parent < 0 ? -1 : (moved[row.parent] ?? -1)];
    const copy = builder.add({ ownSegments, kind, valueText, childCount, textRow }, parent);
    moved[row.index] = copy.index;
    if (content === 'object' || content === 'array') copy.hold(content, childCount);
    if (kind !== 'string' || copy.childCount > 0 || !wanted(row)) continue;
    const { content: below, text } = openedText(row);
    const lines = linesOf(text, lineRoom(copy, width));
    copy.hold(below, lines.length);
    for (const [index, line] of lines.entries())
      builder.add(
        { ownSegments: [index], kind: 'line', valueText: line, childCount: 0, textRow: copy.index },
        builder.rows[copy.index],
      );
  }
  return { ...tree, rows: builder.finish() };
}

/** What a string says once it is opened: base64 decoded. */
export function openedText(row: JsonRow): { readonly content: 'lines' | 'decoded'; readonly text: string } {
  if (encodedKindOf(row) === null) return { content: 'lines', text: row.value };
  const decoded = decodeText(row.value);
  if (decoded === null) return { content: 'lines', text: row.value };
  return { content: 'decoded', text: decoded.text };
}

const KINDS = new WeakMap<JsonRow, 'text' | 'gzip' | 'none'>();

/** Asked about each visible row at each key press. */
function encodedKindOf(row: JsonRow): 'text' | 'gzip' | null {
  let kind = KINDS.get(row);
  if (kind === undefined) {
    kind = encodedKind(row.value) ?? 'none';
    KINDS.set(row, kind);
  }
  return kind === 'none' ? null : kind;
}

function linesOf(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  const head = text.slice(0, MAX_LINES * width);
  const whole = head.split(/\r?\n/);
  // The line break that ends a script begins no line.
  if (whole.length > 1 && whole.at(-1) === '' && head.length === text.length) whole.pop();
  let read = 0;
  for (const line of whole) {
    if (lines.length >= MAX_LINES) break;
    lines.push(...chopCells(sanitize(line.replaceAll('\t', '    ')), width));
    read += line.length + 1;
  }
  const left = text.length - Math.min(read, head.length);
  if (left > 0) lines.push(`… and ${countOf(left, 'more character')}: y copies the whole text`);
  return lines;
}
