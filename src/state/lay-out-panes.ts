import type { AppState } from './app-state.ts';
import { histogramRows } from './histogram.ts';
import { type Layout, layoutScreen, WIDE_COLUMNS } from './layout.ts';

/** Where the panes are, for what is open. */
export function layOutPanes(state: Omit<AppState, 'layout'>): Layout {
  const { columns, rows, detail, search, noise, focus } = state;
  return layoutScreen({
    columns,
    rows,
    detailSize: shareOf(detail.size, columns),
    isDetailOpen: detail.isOpen,
    // What noise hides is said there, and nothing is hidden without a word.
    isSearchOpen: search.isOpen || search.applied !== '' || noise.isOn,
    bandRows: state.histogram === null ? 0 : histogramRows(rows),
    focus: search.isOpen ? 'search' : focus,
  });
}

/** Under the list there are few lines to share, and a record needs more of them than the list does. */
function shareOf(size: number, columns: number): number {
  return columns >= WIDE_COLUMNS ? size : Math.min(1, size * BELOW_FACTOR);
}

const BELOW_FACTOR = 1.5;
