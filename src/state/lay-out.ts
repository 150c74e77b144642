import type { AppState } from './app-state.ts';
import { resizeDetail } from './detail.ts';
import { histogramRows } from './histogram.ts';
import { type Layout, layoutScreen, WIDE_COLUMNS } from './layout.ts';
import { pageHeight, resizePanel } from './panel.ts';
import { resizePicker } from './picker.ts';
import { resizeResults } from './results.ts';
import { resizeTimeMenu } from './time-menu.ts';

/** Places follow from the rest of the state, so they are worked out after every action and nowhere else. */
export function layOut(state: AppState): AppState {
  const { columns, rows, detail, search, noise, focus } = state;
  const layout = layoutScreen({
    columns,
    rows,
    detailSize: shareOf(detail.size, columns),
    isDetailOpen: detail.isOpen,
    // What noise hides is said there, and nothing is hidden without a word.
    isSearchOpen: search.isOpen || search.applied !== '' || noise.isOn,
    bandRows: state.histogram === null ? 0 : histogramRows(rows),
    focus: search.isOpen ? 'search' : focus,
  });
  if (layout.isTooSmall) return { ...state, layout };
  const results = layout.list.height > 0 ? resizeResults(state.results, layout.list.height) : state.results;
  const resized = layout.detail.height > 0 ? resizeDetail(detail, layout.detail.width, layout.detail.height) : detail;
  const choices = Math.max(1, rows - LINES_AROUND_CHOICES);
  const picker = state.picker && resizePicker(state.picker, choices);
  const timeMenu = state.timeMenu && resizeTimeMenu(state.timeMenu, choices);
  const panel = state.panel && resizePanel(state.panel, pageHeight({ rows, layout }));
  const isSame = isSameLayout(state.layout, layout);
  const isChoosingSame = picker === state.picker && timeMenu === state.timeMenu && panel === state.panel;
  if (isSame && results === state.results && resized === detail && isChoosingSame) return state;
  return { ...state, layout: isSame ? state.layout : layout, results, detail: resized, picker, timeMenu, panel };
}

/** Under the list there are few lines to share, and a record needs more of them than the list does. */
function shareOf(size: number, columns: number): number {
  return columns >= WIDE_COLUMNS ? size : Math.min(1, size * BELOW_FACTOR);
}

const BELOW_FACTOR = 1.5;

/** Of the screen: header, status and footer; of a picker or the time menu: title, typed line, column titles, and what
 *  Enter does. */
const LINES_AROUND_CHOICES = 7;

function isSameLayout(a: Layout, b: Layout): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
