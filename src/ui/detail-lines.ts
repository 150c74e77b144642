import type { Detail } from '../state/detail.ts';
import type { HeadLine } from '../state/head-line.ts';
import type { JsonRow, JsonTree } from '../state/json-tree.ts';
import { type TreeLine, treeWindow } from '../state/tree.ts';
import { cutValue } from '../text/cell.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells, padCells, widthCells } from '../text/width.ts';
import type { Theme, Tone } from './theme.ts';

const INDENT = 2;

/** The lines of the detail pane, each at most `detail.width` cells; `isActive`: it has the keys. */
export function detailLines(detail: Detail, isActive: boolean, theme: Theme): readonly string[] {
  const { record, tree, head, width, height } = detail;
  if (record === null || tree === null) return [theme.paint('quiet', cutCells('reading the record…', width))];
  if (detail.isRaw) {
    return detail.rawLines.slice(detail.rawTop, detail.rawTop + height).map((line) => cutCells(line, width));
  }
  const headLines = head.map((line) => paintHead(line, theme));
  if (tree.tree.error !== null) {
    const { reason } = tree.tree.error;
    return [
      ...headLines,
      theme.paint('warning', cutCells(`not shown as a tree: ${sanitize(reason)}; v shows the text`, width)),
    ];
  }
  const marked = detail.find.text.toLowerCase();
  const place: Place = { tree: tree.tree, width, isActive, marked, theme };
  return [...headLines, ...treeWindow(tree).map((line) => treeLine(line, place))];
}

const HEAD_TONES: Readonly<Record<HeadLine['kind'], Tone>> = {
  note: 'accent',
  error: 'failed',
  denial: 'failed',
  sentence: 'strong',
  yes: 'plain',
  no: 'quiet',
  'not stated': 'quiet',
  answer: 'accent',
  evidence: 'quiet',
  blank: 'plain',
};

function paintHead({ kind, text }: HeadLine, theme: Theme): string {
  return theme.paint(HEAD_TONES[kind], text);
}

type Place = {
  readonly tree: JsonTree;
  readonly width: number;
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
};

function treeLine(line: TreeLine, place: Place): string {
  const { tree, width, isActive, marked, theme } = place;
  const indent = ' '.repeat(Math.min(line.depth * INDENT, Math.floor(width / 2)));
  const lead = cutCells(`${indent}${line.marker} `, width);
  const mostKey = Math.max(0, Math.min(width - widthCells(lead), Math.floor((width * 2) / 3)));
  const key = cutValue(line.keyText, mostKey);
  const gap = line.valueText === '' ? '' : ' '.repeat(Math.max(2, valueColumn(tree, line.row) - widthCells(key)));
  const room = width - widthCells(lead) - widthCells(key) - gap.length;
  // A string is told by its colour, not by quotes; the empty one would not be seen.
  const text = line.kind === 'string' && line.value !== '' ? line.value : line.valueText;
  const value = cutValue(text, Math.max(0, room));
  if (line.isFocused && isActive) return theme.paint('selected', padCells(lead + key + gap + value, width));
  const isFound = marked !== '' && `${line.keyText}\n${line.value}`.toLowerCase().includes(marked);
  const keyTone: Tone = line.isFocused ? 'strong' : isFound ? 'match' : 'key';
  return lead + theme.paint(keyTone, key) + gap + theme.paint(VALUE_TONES[line.kind], value);
}

/** Values of one object stand below each other: cells from the start of the key to the value. */
function valueColumn(tree: JsonTree, row: number): number {
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
      if (childCount === 0 && keyText.length <= MAX_VALUE_COLUMN) column = Math.max(column, keyText.length + 2);
      sibling = nextSibling;
    }
    columns.set(parent, column);
  }
  return column;
}

const VALUE_COLUMNS = new WeakMap<JsonTree, Map<number, number>>();
/** A longer key pushes its own value to the right, not all others. */
const MAX_VALUE_COLUMN = 24;
const MAX_SIBLINGS = 200;
