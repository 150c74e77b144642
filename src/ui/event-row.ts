// One event as one line of the list. Painted once for each event and look of the list, then taken from there: moving
// the cursor paints two lines, scrolling one.

import { RESOURCE_SEPARATOR } from '../cloudtrail/fields.ts';
import { outcomeOf } from '../cloudtrail/outcome.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { COLUMN_GAP, type ColumnId, type FittedColumn } from '../state/columns.ts';
import { isNew } from '../state/firsts.ts';
import { whoText } from '../state/who-text.ts';
import { cutValue, padValue } from '../text/cell.ts';
import { formatTime, TIME_WIDTHS, type TimeStyle, type TimeZoneChoice } from '../text/format.ts';
import { padCells } from '../text/width.ts';
import type { Theme, Tone } from './theme.ts';

const GAP = ' '.repeat(COLUMN_GAP);
/** Stands before the selected row, so that it is seen without colours and in a pane without the keys. */
const MARK = '▌';

/** What a row tells besides its event. */
export type RowLook = {
  /** ● or ✎; '' where it is neither marked nor noted. */
  readonly sign: string;
  /** `×214`: how many events it stands for; '' for one. */
  readonly run: string;
};

const NO_LOOK: RowLook = { sign: '', run: '' };
export const MARKED_SIGN = '●';
/** A person, or something of theirs, that was not seen before. */
export const NEW_SIGN = '+';

export type RowPainter = {
  /** The line of an event; `isActive`: its pane has the keys. */
  readonly paint: (event: TrailEvent, isSelected: boolean, isActive: boolean, look?: RowLook) => string;
  readonly titles: string;
};

/** A painter for one arrangement of columns in `width` cells, mark included. */
export function createRowPainter(
  columns: readonly FittedColumn[],
  width: number,
  theme: Theme,
  zone: TimeZoneChoice,
): RowPainter {
  const painted = new WeakMap<TrailEvent, { readonly look: RowLook; readonly line: string }>();
  const timeWidth = columns.find(({ id }) => id === 'time')?.width ?? 0;
  const timeStyle: TimeStyle =
    (['date-time', 'short', 'date'] as const).find((style) => timeWidth >= TIME_WIDTHS[style]) ?? 'clock';

  function textOf(event: TrailEvent, { run }: RowLook): string {
    const cells = columns.map(({ id, width: cellWidth }) => {
      if (id === 'time') return padValue(formatTime(event.time, { zone, style: timeStyle }), cellWidth);
      const text = cellText(event, id);
      if (id !== 'name' || run === '') return padValue(text, cellWidth);
      return padCells(`${cutValue(text, cellWidth - run.length - 1)} ${run}`, cellWidth);
    });
    return padCells(cells.join(GAP), width - 1);
  }

  /** The sign stands right of the letter, where there is always room for it. */
  function paintText(text: string, sign: string, paint: (tone: Tone, text: string) => string, tone: Tone): string {
    if (sign === '' || columns[0]?.id !== 'mark') return paint(tone, text);
    const at = columns[0].width;
    return paint(tone, text.slice(0, at)) + paint('accent', sign) + paint(tone, text.slice(at + 1));
  }

  return {
    paint(event, isSelected, isActive, look = NO_LOOK) {
      const { kind } = outcomeOf(event.cells);
      if (isSelected) {
        const paint = isActive ? theme.paintSelected : theme.paint;
        return theme.paint('accent', MARK) + paintText(textOf(event, look), signOf(event, look), paint, kind);
      }
      const known = painted.get(event);
      if (known !== undefined && known.look.sign === look.sign && known.look.run === look.run) return known.line;
      const line = ` ${paintText(textOf(event, look).trimEnd(), signOf(event, look), theme.paint, kind)}`;
      painted.set(event, { look, line });
      return line;
    },
    titles: ` ${columns.map(({ title, width: cellWidth }) => padCells(title, cellWidth)).join(GAP)}`,
  };
}

/** What the person has said of the event comes before what is new about it. */
function signOf(event: TrailEvent, { sign }: RowLook): string {
  return sign === '' && isNew(event) ? NEW_SIGN : sign;
}

function cellText(event: TrailEvent, id: Exclude<ColumnId, 'time'>): string {
  const { cells } = event;
  switch (id) {
    case 'mark':
      return outcomeOf(cells).letter;
    case 'name':
      return cells.name;
    case 'source':
      return cells.source.replace(/\.amazonaws\.com$/, '');
    case 'who':
      return whoText(event);
    case 'account':
      return cells.account;
    case 'region':
      return cells.region;
    case 'from':
      return cells.ip;
    case 'resource':
      return resourceText(cells.resource);
    case 'result':
      return outcomeOf(cells).text;
  }
}

/** The best name of the resource, and how many more the event names. */
function resourceText(resource: string): string {
  const end = resource.indexOf(RESOURCE_SEPARATOR);
  return end < 0 ? resource : resource.slice(0, end);
}
