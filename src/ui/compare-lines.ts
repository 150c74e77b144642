// Events side by side, one line a leaf: `≠` before those that differ, what stands out in another tone, and below the
// table the whole of the cell under the cursor.

import { type CompareRow, type Leaf, MAX_LEAVES, unusualLeaves } from '../state/compare.ts';
import { type ComparePanel, differentCount, selectedCell } from '../state/compare-panel.ts';
import { cutValue, padValue } from '../text/cell.ts';
import { countOf, formatCount, formatTime, TIME_WIDTHS, type TimeZoneChoice } from '../text/format.ts';
import { cutCells, padCells, widthCells } from '../text/width.ts';
import type { Theme } from './theme.ts';

const GAP = 2;
/** The cursor's mark and the sign of a difference. */
const SIGNS = 2;
const MIN_CELL = 20;
const MIN_PATH = 12;
const PATH_SHARE = 0.38;
/** What is shown of what two values have in common, before they part. */
const CONTEXT = 6;
/** Values are compared so far to find where they part. */
const MAX_COMMON = 20_000;

/** Where the columns are: `from` is the first event shown. */
export type CompareColumns = {
  readonly path: number;
  readonly cell: number;
  readonly from: number;
  readonly count: number;
};

export function compareColumns(panel: ComparePanel, columns: number): CompareColumns {
  const path = Math.max(MIN_PATH, Math.min(longestPath(panel.all), Math.floor(columns * PATH_SHARE)));
  const room = columns - SIGNS - path;
  const count = Math.max(1, Math.min(panel.events.length, Math.floor(room / (MIN_CELL + GAP))));
  return { path, cell: Math.floor(room / count) - GAP, from: Math.max(0, panel.column - count + 1), count };
}

/** The event whose column is at a cell of the line; -1 where none is. */
export function compareColumnAt(panel: ComparePanel, columns: number, x: number): number {
  const { path, cell, from, count } = compareColumns(panel, columns);
  const at = Math.floor((x - SIGNS - path) / (cell + GAP));
  return x < SIGNS + path || at >= count ? -1 : from + at;
}

export function compareLines(
  panel: ComparePanel,
  columns: number,
  zone: TimeZoneChoice,
  theme: Theme,
): readonly string[] {
  const { events, rows, list } = panel;
  const at = compareColumns(panel, columns);
  const place: Place = { panel, columns, at, theme };
  const shown = events.slice(at.from, at.from + at.count);
  const style = at.cell >= TIME_WIDTHS['date-time'] + 3 ? 'date-time' : 'short';
  const lines = [
    titleLine(place),
    headerLine(place, (index) => {
      const event = shown[index];
      return `${at.from + index + 1}  ${formatTime(event?.time ?? null, { zone, style })}`;
    }),
    headerLine(place, (index) => shown[index]?.cells.name ?? ''),
    headerLine(place, (index) => shown[index]?.cells.who || '–'),
    ...rows.slice(list.top, list.top + list.height).map((row, line) => rowLine(row, list.top + line, place)),
  ];
  if (rows.length === 0) lines.push(theme.paint('quiet', `  ${nothingText(panel)}`));
  while (lines.length < list.height + 4) lines.push('');
  return [...lines, ...wholeCell(place)];
}

function nothingText({ compared }: ComparePanel): string {
  if (compared === null) return 'comparing…';
  return compared.isCut ? 'they do not differ in what was compared' : 'they do not differ in anything';
}

type Place = {
  readonly panel: ComparePanel;
  readonly columns: number;
  readonly at: CompareColumns;
  readonly theme: Theme;
};

function titleLine({ panel, columns, at, theme }: Place): string {
  const { events, all, isOnlyDifferent } = panel;
  const title = ` ${countOf(events.length, 'event')} compared`;
  const about = [
    ...(panel.compared === null
      ? []
      : [`${formatCount(differentCount(panel))} of ${countOf(all.length, 'value')} differ`]),
    ...(panel.compared?.isCut ? [`only the first ${formatCount(MAX_LEAVES)} values of each are compared`] : []),
    ...(at.count < events.length ? [`events ${at.from + 1}–${at.from + at.count} of ${events.length}: h l`] : []),
    ...(isOnlyDifferent ? ['only those'] : []),
  ].join(' · ');
  return theme.paint('title', title) + theme.paint('quiet', cutCells(`  ${about}`, columns - widthCells(title)));
}

/** One line above the columns; the chosen one is told by a sign as well. */
function headerLine({ panel, at, theme }: Place, textOf: (index: number) => string): string {
  let line = ' '.repeat(SIGNS + at.path);
  for (let index = 0; index < at.count; index++) {
    const isChosen = at.from + index === panel.column;
    const text = padValue(textOf(index), at.cell);
    line += theme.paint('accent', isChosen ? ' ▸' : '  ') + theme.paint(isChosen ? 'strong' : 'plain', text);
  }
  return line;
}

function rowLine(row: CompareRow, index: number, { panel, at, theme }: Place): string {
  const isSelected = index === panel.list.selected;
  const { isDifferent } = row;
  const unusual = unusualLeaves(row);
  // Both ends: requestParameters and responseElements often end alike.
  const path = cutCells(cutValue(row.path, 1000), at.path, 'middle');
  let line =
    theme.paint('accent', isSelected ? '▌' : ' ') +
    theme.paint('warning', isDifferent ? '≠' : ' ') +
    theme.paint(isSelected ? 'strong' : isDifferent ? 'key' : 'quiet', padCells(path, at.path));
  for (let column = at.from; column < at.from + at.count; column++) {
    const text = padCells(cellText(row, column, at.cell), at.cell);
    const isCursor = isSelected && column === panel.column;
    const tone = !isDifferent ? 'quiet' : unusual[column] === true ? 'warning' : 'plain';
    line += ' '.repeat(GAP) + (isCursor ? theme.paintSelected(tone, text) : theme.paint(tone, text));
  }
  return line;
}

/** The path and the value under the cursor, which may have been cut above. */
function wholeCell({ panel, columns, theme }: Place): readonly string[] {
  const cell = selectedCell(panel);
  if (cell === null) return ['', ''];
  const path = ` ${cutCells(cutValue(cell.row.path, 1000), columns - 2, 'start')}`;
  return [theme.paint('key', path), ` ${cellText(cell.row, panel.column, columns - 2)}`];
}

/** A value in `width` cells: where it is longer and differs only further on, from there. */
function cellText(row: CompareRow, column: number, width: number): string {
  const text = leafText(row, row.leaves[column] ?? null);
  const common = row.isDifferent && text.length > width ? commonStart(row) : 0;
  if (common <= width - CONTEXT) return cutValue(text, width);
  let from = Math.min(common - CONTEXT, text.length - (width - 1));
  // Not from within a surrogate pair.
  if ((text.charCodeAt(from) & 0xfc00) === 0xdc00) from++;
  return `…${cutValue(text.slice(from), width - 1)}`;
}

/** As in the tree a string is shown without quotes, unless one of another kind beside it looks the same. */
function leafText({ leaves }: CompareRow, leaf: Leaf | null): string {
  if (leaf === null) return '–';
  if (leaf.kind !== 'string') return leaf.value;
  const isMixed = leaves.some((other) => other !== null && other.kind !== 'string');
  return isMixed || leaf.value === '' ? `"${leaf.value}"` : leaf.value;
}

const COMMON = new WeakMap<CompareRow, number>();

/** How many UTF-16 units the values of a row have in common at their beginning. */
function commonStart(row: CompareRow): number {
  const known = COMMON.get(row);
  if (known !== undefined) return known;
  const [first = '', ...others] = row.leaves.filter((leaf) => leaf !== null).map((leaf) => leafText(row, leaf));
  const most = Math.min(MAX_COMMON, first.length, ...others.map((text) => text.length));
  let common = 0;
  while (common < most && others.every((text) => text.charCodeAt(common) === first.charCodeAt(common))) common++;
  // Those that are there are the same: it is the others that lack it.
  if (others.every((text) => text === first)) common = 0;
  COMMON.set(row, common);
  return common;
}

const LONGEST = new WeakMap<readonly CompareRow[], number>();

function longestPath(rows: readonly CompareRow[]): number {
  let longest = LONGEST.get(rows);
  if (longest === undefined) {
    longest = rows.reduce((most, { path }) => Math.max(most, path.length), 0);
    LONGEST.set(rows, longest);
  }
  return longest;
}
