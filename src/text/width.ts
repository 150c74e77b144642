// Widths are counted in terminal cells. One Text per row, exactly as wide as its place, is what keeps the
// screen from wrapping, so nothing here ever returns more cells than it was asked for, and a grapheme (an
// emoji, a letter with its marks) is shown whole or not at all.
//
// Texts are taken as sanitised: without control characters and escape sequences.
import stringWidth from 'string-width';

const ELLIPSIS = '…';
/** Finds what may be wider or narrower than one cell for each UTF-16 unit. What it passes over is ASCII, the letters of
 *  Western Europe and the signs that the screen is drawn with: none of them joins its neighbours, and most lines hold no
 *  others. Also put into string-width, which Ink asks about every line: see build/faster-start.ts. */
export const NOT_NARROW = /[^\u{20}-\u{7E}\u{B1}\u{B7}\u{C0}-\u{FF}–—‘’“”‖…←-↓↵≈≠≤≥\u{2500}-\u{259F}▲▸▾○●✎✓✗⟳]/v;
const SEGMENTER = new Intl.Segmenter();

// How many UTF-16 units are looked at for each cell asked for. A flag or an accented letter needs four; a
// pile of marks on one letter may need any number, and is cut.
const UNITS_PER_CELL = 16;

/** How many terminal cells the text takes. */
export function widthCells(text: string): number {
  return NOT_NARROW.test(text) ? stringWidth(text, { countAnsiEscapeCodes: true }) : text.length;
}

/** The text in at most `width` cells; where something had to go, a '…' stands for it at `from`: the end, the
 *  middle or the start. The cost depends on `width`, not on the length of the text. */
export function cutCells(text: string, width: number, from: 'end' | 'middle' | 'start' = 'end'): string {
  if (width <= 0) return '';
  if (fits(text, width)) return text;
  if (width === 1) return ELLIPSIS;
  const room = width - 1;
  if (from === 'end') return head(text, room) + ELLIPSIS;
  if (from === 'start') return ELLIPSIS + tail(text, room);
  const headCells = Math.ceil(room / 2);
  const start = head(text, headCells);
  return start + ELLIPSIS + tail(text, room - widthCells(start));
}

/** The text cut or filled with spaces to exactly `width` cells. */
export function padCells(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const cut = cutCells(text, width);
  const spaces = ' '.repeat(Math.max(0, width - widthCells(cut)));
  return align === 'left' ? cut + spaces : spaces + cut;
}

function unitLimit(width: number): number {
  return width * UNITS_PER_CELL + 64;
}

function fits(text: string, width: number): boolean {
  return text.length <= unitLimit(width) && widthCells(text) <= width;
}

function head(text: string, width: number): string {
  const start = text.slice(0, unitLimit(width));
  if (!NOT_NARROW.test(start)) return start.slice(0, width);
  let cells = 0;
  for (const { segment, index } of SEGMENTER.segment(start)) {
    cells += widthCells(segment);
    const isCutShort = index + segment.length === start.length && start.length < text.length;
    if (cells > width || isCutShort) return start.slice(0, index);
  }
  return start;
}

function tail(text: string, width: number): string {
  if (width <= 0) return '';
  const end = text.slice(-unitLimit(width));
  if (!NOT_NARROW.test(end)) return end.slice(-width);
  const segments = [...SEGMENTER.segment(end)];
  let cells = 0;
  // The first segment may be half a grapheme where `end` is not the whole text.
  const first = end.length < text.length ? 1 : 0;
  for (let at = segments.length - 1; at >= first; at--) {
    cells += widthCells(segments[at]?.segment ?? '');
    if (cells > width) return end.slice(segments[at + 1]?.index ?? end.length);
  }
  return end.slice(segments[first]?.index ?? end.length);
}
