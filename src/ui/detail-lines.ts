import type { Detail } from '../state/detail.ts';
import type { HeadLine } from '../state/head-line.ts';
import { ownerOf } from '../state/row-note.ts';
import { treeWindow } from '../state/tree-window.ts';
import type { TimeZoneChoice } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells } from '../text/width.ts';
import type { Theme, Tone } from './theme.ts';
import { type TreePlace, treeLine } from './tree-line.ts';

/** The lines of the detail pane, each at most `detail.width` cells; `isActive`: it has the keys, `zone`: of the times
 *  that are told beside values. */
export function detailLines(detail: Detail, isActive: boolean, theme: Theme, zone: TimeZoneChoice): readonly string[] {
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
  const place: TreePlace = { tree: tree.tree, width, isActive, marked, theme, zone, owner: ownerOf(record) };
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
