import { memo, type ReactNode, useMemo } from 'react';
import { type ColumnSpec, fitColumns } from '../state/columns.ts';
import { type Fold, NO_FOLD } from '../state/fold.ts';
import { NOTE_SIGN } from '../state/head-line.ts';
import { type Mark, type Marks, NO_MARKS } from '../state/marks.ts';
import { type Results, visibleRows } from '../state/results.ts';
import { formatCount, type TimeZoneChoice } from '../text/format.ts';
import { createRowPainter, MARKED_SIGN, type RowLook } from './event-row.ts';
import { Line } from './Line.tsx';
import type { Theme } from './theme.ts';

type EventListProps = {
  readonly results: Pick<Results, 'shown' | 'events'>;
  readonly marks?: Marks['byRow'];
  /** Opened runs of a folded list. */
  readonly opened?: Fold['opened'];
  readonly columns: readonly ColumnSpec[];
  readonly columnScroll: number;
  readonly width: number;
  /** Without the line of titles. */
  readonly height: number;
  readonly isActive: boolean;
  readonly theme: Theme;
  readonly zone: TimeZoneChoice;
  /** Said in place of rows where there are none. */
  readonly emptyLines: readonly string[];
};

/** Titles and the visible rows of the list; nothing else of it is mounted. */
export function EventList(props: EventListProps): ReactNode {
  const {
    results,
    marks = NO_MARKS.byRow,
    opened = NO_FOLD.opened,
    columns,
    columnScroll,
    width,
    height,
    isActive,
    theme,
    zone,
    emptyLines,
  } = props;
  const painter = useMemo(
    () => createRowPainter(fitColumns(columns, Math.max(0, width - 1), columnScroll), width, theme, zone),
    [columns, columnScroll, width, theme, zone],
  );
  const { shown, events } = results;
  const lines: string[] = [];
  if (shown !== null && shown.list.total > 0) {
    visibleRows(shown).forEach((row, line) => {
      const event = events.get(row);
      if (event === undefined) return;
      const index = shown.list.top + line;
      const look = lookOf(marks.get(row), shown.result.folded?.counts[index] ?? 1, opened.get(row) ?? 0);
      lines.push(painter.paint(event, index === shown.list.selected, isActive, look));
    });
  } else lines.push(...emptyLines);
  return (
    <>
      <Line text={theme.paint(isActive ? 'strong' : 'quiet', painter.titles)} />
      <Lines lines={lines} height={height} />
    </>
  );
}

function lookOf(mark: Mark | undefined, folded: number, opened: number): RowLook | undefined {
  if (mark === undefined && folded < 2 && opened === 0) return undefined;
  const sign = mark === undefined ? '' : mark.note !== '' ? NOTE_SIGN : MARKED_SIGN;
  return { sign, run: folded > 1 ? `×${formatCount(folded)}` : opened > 0 ? `▾${formatCount(opened)}` : '' };
}

/** Exactly `height` rows: blank ones where there are fewer lines. */
export const Lines = memo(function Lines({
  lines,
  height,
}: {
  readonly lines: readonly string[];
  readonly height: number;
}): ReactNode {
  // By place, not by event: a row that moves up is then a text that changes, and no node is moved.
  // biome-ignore lint/suspicious/noArrayIndexKey: see above
  return Array.from({ length: height }, (_, line) => <Line key={line} text={lines[line] ?? ''} />);
});
