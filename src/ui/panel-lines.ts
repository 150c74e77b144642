// The panels over the list as lines: a page in its place, or a few lines that cover its end (or its beginning, where
// the event under the cursor is near the end: that one stays in sight).

import type { AppState } from '../state/app-state.ts';
import type { LinePanel } from '../state/line-panel.ts';
import type { MenuPanel } from '../state/menu-panel.ts';
import { isPage, type Panel, pageHeight } from '../state/panel.ts';
import type { TextPanel } from '../state/text-panel.ts';
import { cutValue } from '../text/cell.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells, widthCells } from '../text/width.ts';
import { wrapWords } from '../text/wrap.ts';
import { compareLines } from './compare-lines.ts';
import { DOWNLOAD_HEIGHT, downloadLines } from './download-lines.ts';
import { facetsLines } from './facets-lines.ts';
import { PALETTE_TOP, paletteLines } from './palette-lines.ts';
import { paintInput } from './search-line.ts';
import { tableLines } from './table-lines.ts';
import type { Theme } from './theme.ts';

/** Of one text; the page is scrolled. */
const MAX_TEXT_LINES = 1000;
const INDENT = '  ';

export function panelLines(state: AppState, panel: Panel, theme: Theme): readonly string[] {
  const { columns } = state;
  switch (panel.kind) {
    case 'compare':
      return compareLines(panel, columns, state.zone, theme);
    case 'download':
      return downloadLines(state, panel, theme);
    case 'facets':
      return facetsLines(panel, columns, theme);
    case 'line':
      return lineLines(panel, columns, theme);
    case 'menu':
      return menuLines(panel, state, theme);
    case 'palette':
      return paletteLines(panel, columns, theme);
    case 'table':
      return tableLines(panel, columns, theme);
    case 'text': {
      const lines = wrapped(panel, columns).slice(panel.at, panel.at + pageHeight(state));
      return lines.map(({ tone, text }) => theme.paint(tone, text));
    }
  }
}

/** The furthest that the page of text can be scrolled. */
export function textEnd(state: AppState): number {
  const { panel, columns } = state;
  return panel?.kind === 'text' ? Math.max(0, wrapped(panel, columns).length - pageHeight(state)) : 0;
}

/** Lines that a panel covers; 0 for a page. */
export function coverHeight(panel: Panel): number {
  if (isPage(panel)) return 0;
  if (panel.kind === 'palette') return PALETTE_TOP + panel.list.height;
  if (panel.kind === 'download') return DOWNLOAD_HEIGHT;
  return panel.kind === 'menu' ? panel.items.length + 2 : 3;
}

/** Whether the panel covers the end of what is below the header: not where the selected event is there. */
export function isAtEnd({ results, rows, panel, layout }: AppState): boolean {
  const { list } = results;
  if (panel === null || layout.isTooSmall || layout.list.height === 0) return true;
  const selectedY = layout.list.y + list.selected - list.top;
  return selectedY < rows - 2 - coverHeight(panel);
}

/** The screen's line where a panel that covers the list begins. */
export function coverTop(state: AppState): number {
  if (state.panel === null) return 0;
  return isAtEnd(state) ? state.rows - 2 - coverHeight(state.panel) : 1;
}

let lastWrapped: { readonly lines: TextPanel['lines']; readonly columns: number; readonly wrapped: Wrapped } | null =
  null;

type Wrapped = readonly { readonly tone: TextPanel['lines'][number]['tone']; readonly text: string }[];

/** A page is drawn at each step through it, and wrapped once. */
function wrapped({ title, lines }: TextPanel, columns: number): Wrapped {
  if (lastWrapped?.lines === lines && lastWrapped.columns === columns) return lastWrapped.wrapped;
  const all = [{ tone: 'title', text: title } as const, ...lines].flatMap(({ tone, text, ...line }) => {
    const indent = ` ${INDENT.repeat('depth' in line ? (line.depth ?? 0) : 0)}`;
    const width = Math.max(1, columns - indent.length - 1);
    const parts = text === '' ? [''] : wrapWords(sanitize(text), width, MAX_TEXT_LINES);
    return parts.map((part) => ({ tone, text: indent + part }));
  });
  lastWrapped = { lines, columns, wrapped: all };
  return all;
}

function lineLines({ title, input, problem }: LinePanel, columns: number, theme: Theme): readonly string[] {
  const prompt = ' > ';
  return [
    theme.paint('accent', '─'.repeat(columns)),
    theme.paint('title', cutCells(` ${sanitize(title)}`, columns - widthCells(problem) - 2)) +
      theme.paint('warning', cutCells(problem === '' ? '' : `  ${sanitize(problem)}`, columns)),
    theme.paint('accent', prompt) + paintInput(input, null, columns - prompt.length - 1, theme),
  ];
}

/** The first of a menu's items that is shown: on a low screen the cursor's item stays in sight. */
export function menuTop({ items, at }: MenuPanel, rows: number): number {
  const room = Math.max(1, rows - LINES_AROUND_ITEMS);
  return items.length <= room ? 0 : Math.max(0, at - room + 1);
}

/** Header, status, footer, and of the menu its line of ─ and its title. */
const LINES_AROUND_ITEMS = 5;

function menuLines(menu: MenuPanel, { columns, rows: screenRows }: AppState, theme: Theme): readonly string[] {
  const { title, items, at } = menu;
  const labels = Math.max(0, ...items.map(({ label }) => widthCells(label)));
  const rows = items.map(({ key, label, note, blocked }, index) => {
    const isSelected = index === at;
    const text = label + ' '.repeat(labels - widthCells(label));
    const rest = cutValue(blocked ?? note, Math.max(0, columns - labels - 9));
    return [
      theme.paint('accent', isSelected ? '▌' : ' '),
      theme.paint(blocked === null ? 'accent' : 'quiet', ` ${key} `),
      theme.paint(isSelected ? 'selected' : blocked === null ? 'plain' : 'quiet', ` ${text} `),
      theme.paint(blocked === null ? 'plain' : 'quiet', ` ${rest}`),
    ].join('');
  });
  const head = cutCells(` ${sanitize(title)}`, columns);
  const shown = rows.slice(menuTop(menu, screenRows));
  return [theme.paint('accent', '─'.repeat(columns)), theme.paint('title', head), ...shown];
}
