// Draws a screen as an SVG: one <text> for each run of cells that look alike, placed cell by cell, so that the picture
// is the same whatever font the reader's machine has. The same screen always gives the same bytes.

import type { IBufferCell, Terminal } from '@xterm/headless';

const CELL_WIDTH = 8.4;
const CELL_HEIGHT = 18;
const FONT_SIZE = 14;
const BASELINE = 13.5;
const PADDING = 12;
const TITLE_BAR = 32;

const FOREGROUND = '#d4d7dd';
const BACKGROUND = '#16181d';
const FRAME = '#2b2f37';
const TITLE = '#9aa0ab';
const FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";

/** The sixteen colours that a terminal's own palette decides; muted, readable on the dark background. */
const PALETTE = [
  ['#1d2026', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#c8ccd4'],
  ['#7b8290', '#f08a92', '#b0d894', '#f0d399', '#82c4ff', '#d89aec', '#76d0dc', '#ffffff'],
].flat();

type Look = {
  readonly color: string;
  readonly background: string;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly strike: boolean;
};

type Run = { readonly look: Look; readonly column: number; cells: number; text: string };

export type PictureOptions = { readonly title: string };

/** The visible screen in a window frame. */
export function screenToSvg(terminal: Terminal, { title }: PictureOptions): string {
  const width = round(terminal.cols * CELL_WIDTH + 2 * PADDING);
  const height = round(terminal.rows * CELL_HEIGHT + 2 * PADDING + TITLE_BAR);
  const body: string[] = [];
  for (let row = 0; row < terminal.rows; row++) {
    const runs = runsOf(terminal, row);
    const top = TITLE_BAR + PADDING + row * CELL_HEIGHT;
    body.push(...runs.flatMap((run) => backgroundOf(run, top)), ...runs.flatMap((run) => textOf(run, top)));
  }
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(title)}">`,
    `<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
    `<path d="M0 ${TITLE_BAR}V8a8 8 0 0 1 8-8H${round(width - 8)}a8 8 0 0 1 8 8V${TITLE_BAR}z" fill="${FRAME}"/>`,
    ...['#ed6a5e', '#f5bf4f', '#61c554'].map(
      (color, index) => `<circle cx="${18 + index * 20}" cy="16" r="6" fill="${color}"/>`,
    ),
    `<text x="${round(width / 2)}" y="21" text-anchor="middle" font-family="system-ui, sans-serif" font-size="13" fill="${TITLE}">${escapeXml(title)}</text>`,
    `<g font-family="${FONTS}" font-size="${FONT_SIZE}" xml:space="preserve">`,
    ...body,
    '</g>',
    '</svg>',
  ].join('\n')}\n`;
}

/** Neighbouring cells of one look. A cell that is two columns wide ends its run, so that a font's own idea of its width
 *  cannot push what follows. */
function runsOf(terminal: Terminal, row: number): Run[] {
  const { active } = terminal.buffer;
  const line = active.getLine(active.viewportY + row);
  const runs: Run[] = [];
  if (line === undefined) return runs;
  for (let column = 0; column < terminal.cols; column++) {
    const cell = line.getCell(column);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const look = lookOf(cell);
    const text = cell.getChars() || ' ';
    const last = runs.at(-1);
    if (last !== undefined && sameLook(last.look, look) && cell.getWidth() === 1 && isPlain(last, text)) {
      last.text += text;
      last.cells += 1;
    } else {
      runs.push({ look, column, cells: cell.getWidth(), text });
    }
  }
  return runs;
}

/** Only characters that every monospace font draws one cell wide share a run. */
function isPlain(run: Run, text: string): boolean {
  return run.cells === run.text.length && text.length === 1 && isNarrow(text) && isNarrow(run.text.charAt(0));
}

function isNarrow(character: string): boolean {
  return character < '\u0250' || (character >= '\u2010' && character <= '\u2027');
}

function lookOf(cell: IBufferCell): Look {
  const foreground = cell.isFgDefault() ? FOREGROUND : colorOf(cell.isFgRGB(), cell.getFgColor());
  const background = cell.isBgDefault() ? BACKGROUND : colorOf(cell.isBgRGB(), cell.getBgColor());
  const isInverse = cell.isInverse() !== 0;
  return {
    color: isInverse ? background : foreground,
    background: isInverse ? foreground : background,
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    italic: cell.isItalic() !== 0,
    underline: cell.isUnderline() !== 0,
    strike: cell.isStrikethrough() !== 0,
  };
}

function sameLook(a: Look, b: Look): boolean {
  return (Object.keys(a) as (keyof Look)[]).every((key) => a[key] === b[key]);
}

/** A colour of the 256-colour table, or 24 bits of it. */
function colorOf(isRgb: boolean, color: number): string {
  if (isRgb) return hex(color);
  if (color < 16) return PALETTE[color] ?? FOREGROUND;
  if (color >= 232) return hex((8 + (color - 232) * 10) * 0x010101);
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  const index = color - 16;
  const [red, green, blue] = [Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6].map(level);
  return hex(((red ?? 0) << 16) | ((green ?? 0) << 8) | (blue ?? 0));
}

function hex(color: number): string {
  return `#${color.toString(16).padStart(6, '0')}`;
}

function backgroundOf(run: Run, top: number): string[] {
  if (run.look.background === BACKGROUND) return [];
  const [x, width] = [left(run), round(run.cells * CELL_WIDTH)];
  return [`<rect x="${x}" y="${top}" width="${width}" height="${CELL_HEIGHT}" fill="${run.look.background}"/>`];
}

function textOf(run: Run, top: number): string[] {
  const { look } = run;
  const text = look.underline || look.strike ? run.text : run.text.trimEnd();
  if (text.trim() === '' && text === run.text.trimEnd()) return [];
  const lead = text.length - text.trimStart().length;
  const decoration = [look.underline ? 'underline' : '', look.strike ? 'line-through' : ''].filter(Boolean).join(' ');
  const attributes = [
    `x="${round(PADDING + (run.column + lead) * CELL_WIDTH)}"`,
    `y="${round(top + BASELINE)}"`,
    `fill="${look.color}"`,
    // Stretches or squeezes the run to its cells where the font is a little wider or narrower.
    ...(text.trimStart().length > 1 && run.cells === run.text.length
      ? [`textLength="${round(text.trimStart().length * CELL_WIDTH)}"`]
      : []),
    ...(look.bold ? ['font-weight="bold"'] : []),
    ...(look.dim ? ['opacity="0.6"'] : []),
    ...(look.italic ? ['font-style="italic"'] : []),
    ...(decoration === '' ? [] : [`text-decoration="${decoration}"`]),
  ];
  return [`<text ${attributes.join(' ')}>${escapeXml(text.trimStart())}</text>`];
}

function left(run: Run): number {
  return round(PADDING + run.column * CELL_WIDTH);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function escapeXml(text: string): string {
  const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => named[character] as string);
}
