// One line of the tree: `▸ key  value  · what it means`.

import type { JsonRow, JsonTree } from '../state/json-tree.ts';
import { type NotedBy, rowNote } from '../state/row-note.ts';
import { type FoldedText, foldedText } from '../state/text-rows.ts';
import type { TreeLine } from '../state/tree-window.ts';
import { indentCells, valueColumn } from '../state/value-column.ts';
import { cutValue } from '../text/cell.ts';
import { cutCells, padCells, widthCells } from '../text/width.ts';
import type { Theme, Tone } from './theme.ts';

export type TreePlace = NotedBy & {
  readonly tree: JsonTree;
  readonly isActive: boolean;
  /** Lower case; what `/` looked for. */
  readonly marked: string;
  readonly theme: Theme;
};

const VALUE_TONES: Readonly<Record<TreeLine['kind'], Tone>> = {
  string: 'string',
  number: 'number',
  literal: 'literal',
  object: 'quiet',
  array: 'quiet',
  line: 'string',
};

/** Before what is not the record's. */
const NOTE_SIGN = '· ';
/** Less of a note says nothing. */
const MIN_NOTE = 14;
/** Beside a value that is cut as well. */
const MIN_NOTE_OF_CUT = 24;

export function treeLine(line: TreeLine, place: TreePlace): string {
  const { tree, width, isActive, marked, theme } = place;
  const row = tree.rows[line.row] as JsonRow;
  const lead = cutCells(`${' '.repeat(indentCells(line.depth, width))}${line.marker} `, width);
  const mostKey = Math.max(0, Math.min(width - widthCells(lead), Math.floor((width * 2) / 3)));
  const key = cutValue(line.keyText, mostKey);
  const isBare = line.valueText === '' || line.kind === 'line';
  const afterKey = Math.max(0, width - widthCells(lead) - widthCells(key));
  const gapCells = isBare ? 0 : Math.max(2, valueColumn(tree, line.row) - widthCells(key));
  const gap = ' '.repeat(Math.min(gapCells, afterKey));
  const room = afterKey - gap.length;
  // A string is told by its colour, not by quotes; the empty one would not be seen.
  const text = line.kind === 'string' && line.value !== '' ? line.value : line.valueText;
  const { value, note } = withNote(
    text,
    noteText(rowNote(tree, row, place)),
    room,
    sharedBy(line, foldedText(tree, row, width)),
  );
  if (line.isFocused && isActive) return theme.paint('selected', padCells(lead + key + gap + value + note, width));
  const isFound = marked !== '' && `${line.keyText}\n${line.value}`.toLowerCase().includes(marked);
  const keyTone: Tone = line.isFocused ? 'strong' : isFound ? 'match' : 'key';
  const valueTone: Tone = isFound && line.kind === 'line' ? 'match' : VALUE_TONES[line.kind];
  return lead + theme.paint(keyTone, key) + gap + theme.paint(valueTone, value) + theme.paint('quiet', note);
}

function noteText(note: string): string {
  return note === '' ? '' : `  ${NOTE_SIGN}${note}`;
}

/** The part of the room that a value keeps for itself: a preview repeats what is below it, a text that is folded is cut
 *  anyway, and any other value is shown as far as it goes. */
function sharedBy({ kind, marker }: TreeLine, folded: FoldedText | null): number {
  if (marker === ' ') return 1;
  // Nobody reads base64 as it stands.
  const isRead = kind !== 'object' && kind !== 'array' && folded !== 'base64' && folded !== 'gzip';
  return isRead ? 2 / 3 : 1 / 2;
}

/** The record comes first: a note has what its value leaves, or nothing where that is too little to say something. */
function withNote(text: string, note: string, room: number, share: number): { value: string; note: string } {
  const whole = cutValue(text, room);
  const left = room - Math.min(widthCells(whole), Math.ceil(room * share));
  const isCut = widthCells(whole) > room - left;
  const least = Math.min(widthCells(note), isCut && share > 1 / 2 ? MIN_NOTE_OF_CUT : MIN_NOTE);
  if (note === '' || left < least) return { value: whole, note: '' };
  const shown = cutValue(note, left);
  return { value: cutValue(text, room - widthCells(shown)), note: shown };
}
