import type { Place } from '../keys/bindings.ts';
import type { Facts } from '../keys/commands.ts';
import type { AppState } from '../state/app.ts';
import { COLUMNS, canHide } from '../state/columns.ts';
import { lastSearch } from '../state/search.ts';

/** What has the keys now. */
export function placeOf(state: AppState): Place {
  if (state.overlay !== null) return state.overlay.kind === 'columns' ? 'columns' : 'overlay';
  if (state.search.isOpen) return 'search';
  if (state.detail.find.isOpen) return 'find';
  return state.focus === 'detail' && state.detail.isOpen ? 'detail' : 'list';
}

export function factsOf(state: AppState): Facts {
  const { detail, overlay, results, search } = state;
  const row = detail.tree?.tree.rows[detail.tree.focused];
  const column = overlay?.kind === 'columns' ? COLUMNS[overlay.at] : undefined;
  return {
    hasEvents: results.list.total > 0,
    hasSearched: search.recent.length > 0,
    hasLastQuery: lastSearch(search) !== null,
    isDetailOpen: detail.isOpen,
    isRaw: detail.isRaw,
    hasFindText: detail.find.text !== '',
    isOnValue: row !== undefined && row.childCount === 0 && row.kind !== 'object' && row.kind !== 'array',
    isColumnFixed: column !== undefined && !canHide(column.id),
    back: backOf(state),
  };
}

/** What Esc undoes, one level at a time; the reading goes last, for it cannot be taken up again. */
export function backOf(
  state: AppState,
): 'leave raw' | 'to the list' | 'close detail' | 'clear search' | 'stop reading' | null {
  if (state.detail.isOpen && state.focus === 'detail') return state.detail.isRaw ? 'leave raw' : 'to the list';
  if (state.detail.isOpen) return 'close detail';
  if (state.search.applied !== '') return 'clear search';
  return state.loading.kind === 'reading' && !state.loading.isStopping ? 'stop reading' : null;
}
