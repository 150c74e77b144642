// Where everything on the main screen is. One pure function of the terminal's size, tested down to 1×1: the
// areas never overlap and together fill the screen exactly, for a frame that is one line too high makes the
// terminal scroll and Ink repaint everything.
//
//   wide (104 columns and more)           narrow
//   header                                header
//   search                                search
//   band                                  band
//   columnTitles            │ detail      columnTitles
//   list                    │             list
//                           │             ────────────
//   status                                detail
//   footer                                status
//                                         footer

/** In cells from the top left corner. An area that is not shown has no height and no width. */
export type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type LayoutInput = {
  readonly columns: number;
  readonly rows: number;
  /** The detail pane's share of the room that list and detail have, 0 to 1. At 1 a focused detail pane has
   *  all of it, at 0 a focused list. */
  readonly detailSize: number;
  readonly isDetailOpen: boolean;
  readonly isSearchOpen: boolean;
  /** Lines that the band over the list would like; 0: it is closed. */
  readonly bandRows: number;
  /** The pane that has the keys is never squeezed away. */
  readonly focus: 'list' | 'detail' | 'search';
};

export type ScreenLayout = {
  readonly isTooSmall: false;
  /** `side`: detail at the right; `below`: under the list; `list`, `detail`: only one of them. */
  readonly arrangement: 'side' | 'below' | 'list' | 'detail';
  readonly header: Area;
  readonly search: Area;
  /** The histogram; not shown either where the panes need all the lines. */
  readonly band: Area;
  readonly columnTitles: Area;
  readonly list: Area;
  /** One column of │ or one line of ─ between list and detail. */
  readonly separator: Area;
  readonly detail: Area;
  readonly status: Area;
  readonly footer: Area;
};

export type Layout = ScreenLayout | { readonly isTooSmall: true };

export const MIN_COLUMNS = 60;
export const MIN_ROWS = 15;
/** From here on a list beside a detail of the usual size has room for date and time, name, who and result. */
export const WIDE_COLUMNS = 104;

/** A pane narrower or lower than this shows nothing that one can read. */
const MIN_PANE_COLUMNS = 26;
const MIN_PANE_ROWS = 3;
/** What is under the cursor, three lines of bars, the axis. */
const MIN_BAND_ROWS = 5;

const NOWHERE: Area = { x: 0, y: 0, width: 0, height: 0 };

export function layoutScreen(input: LayoutInput): Layout {
  const { columns, rows } = input;
  if (columns < MIN_COLUMNS || rows < MIN_ROWS) return { isTooSmall: true };
  const line = (y: number, isShown = true): Area => (isShown ? { x: 0, y, width: columns, height: 1 } : NOWHERE);
  const bodyTop = input.isSearchOpen ? 2 : 1;
  const room: Area = { x: 0, y: bodyTop, width: columns, height: rows - bodyTop - 2 };
  const bandHeight = bandRows(room.height, input);
  const body: Area = { ...room, y: bodyTop + bandHeight, height: room.height - bandHeight };
  return {
    isTooSmall: false,
    header: line(0),
    search: line(1, input.isSearchOpen),
    band: bandHeight === 0 ? NOWHERE : { ...room, height: bandHeight },
    ...layoutBody(body, input),
    status: line(rows - 2),
    footer: line(rows - 1),
  };
}

/** What the band gets of `rows`: what the panes can do without, if that is enough to show anything. */
function bandRows(rows: number, { bandRows: wanted, isDetailOpen, columns }: LayoutInput): number {
  const list = MIN_PANE_ROWS + 1;
  const least = isDetailOpen && columns < WIDE_COLUMNS ? list + 1 + MIN_PANE_ROWS : list;
  const height = Math.min(wanted, rows - least);
  return height < MIN_BAND_ROWS ? 0 : height;
}

type Body = Pick<ScreenLayout, 'arrangement' | 'columnTitles' | 'list' | 'separator' | 'detail'>;

function layoutBody(body: Area, input: LayoutInput): Body {
  const { detailSize, isDetailOpen, focus } = input;
  const isDetailAlone = isDetailOpen && focus === 'detail' && detailSize >= 1;
  const isListAlone = !isDetailOpen || (focus !== 'detail' && detailSize <= 0);
  if (isListAlone) return { arrangement: 'list', ...listAreas(body), separator: NOWHERE, detail: NOWHERE };
  if (isDetailAlone) {
    return { arrangement: 'detail', columnTitles: NOWHERE, list: NOWHERE, separator: NOWHERE, detail: body };
  }
  return input.columns >= WIDE_COLUMNS ? sideBySide(body, detailSize) : stacked(body, detailSize);
}

function sideBySide(body: Area, detailSize: number): Body {
  const width = share(body.width - 1, detailSize, MIN_PANE_COLUMNS, MIN_PANE_COLUMNS);
  const x = body.width - width;
  return {
    arrangement: 'side',
    ...listAreas({ ...body, width: x - 1 }),
    separator: { ...body, x: x - 1, width: 1 },
    detail: { ...body, x, width },
  };
}

function stacked(body: Area, detailSize: number): Body {
  // The list needs a line for its titles too.
  const height = share(body.height - 1, detailSize, MIN_PANE_ROWS, MIN_PANE_ROWS + 1);
  const y = body.y + body.height - height;
  return {
    arrangement: 'below',
    ...listAreas({ ...body, height: body.height - height - 1 }),
    separator: { ...body, y: y - 1, height: 1 },
    detail: { ...body, y, height },
  };
}

function listAreas(area: Area): Pick<Body, 'columnTitles' | 'list'> {
  return { columnTitles: { ...area, height: 1 }, list: { ...area, y: area.y + 1, height: area.height - 1 } };
}

/** What the detail pane gets of `cells`, leaving both panes the least they need. */
function share(cells: number, detailSize: number, leastDetail: number, leastList: number): number {
  const size = Number.isFinite(detailSize) ? detailSize : 0.5;
  return Math.max(leastDetail, Math.min(Math.round(cells * size), cells - leastList));
}
