import type { Detail } from '../state/detail.ts';
import type { HeadLine } from '../state/detail-head.ts';
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
  return [...headLines, ...treeWindow(tree).map((line) => treeLine(line, width, isActive, marked, theme))];
}

const HEAD_TONES: Readonly<Record<HeadLine['kind'], Tone>> = {
  error: 'failed',
  sentence: 'strong',
  yes: 'plain',
  no: 'quiet',
  'not stated': 'quiet',
  answer: 'accent',
  blank: 'plain',
};

function paintHead({ kind, text }: HeadLine, theme: Theme): string {
  return theme.paint(HEAD_TONES[kind], text);
}

const VALUE_TONES: Readonly<Record<TreeLine['kind'], Tone>> = {
  string: 'string',
  number: 'number',
  literal: 'literal',
  object: 'quiet',
  array: 'quiet',
};

function treeLine(line: TreeLine, width: number, isActive: boolean, marked: string, theme: Theme): string {
  const indent = ' '.repeat(Math.min(line.depth * INDENT, Math.floor(width / 2)));
  const lead = cutCells(`${indent}${line.marker} `, width);
  const key = cutValue(line.keyText, Math.max(0, Math.min(width - widthCells(lead), Math.floor((width * 2) / 3))));
  const separator = line.valueText === '' || key === '' ? '' : '  ';
  const room = width - widthCells(lead) - widthCells(key) - separator.length;
  const value = cutValue(line.valueText, Math.max(0, room));
  if (line.isFocused && isActive) return theme.paint('selected', padCells(lead + key + separator + value, width));
  const isFound = marked !== '' && (line.keyText + line.value).toLowerCase().includes(marked);
  const keyTone: Tone = line.isFocused ? 'strong' : isFound ? 'match' : 'key';
  return lead + theme.paint(keyTone, key) + separator + theme.paint(VALUE_TONES[line.kind], value);
}
