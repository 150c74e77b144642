import type { Place } from '../keys/binding.ts';
import type { Facts } from '../keys/command.ts';
import type { AppState } from '../state/app-state.ts';
import { COLUMNS, canHide } from '../state/columns.ts';
import { cellBlocked } from '../state/compare-panel.ts';
import { type CompletionList, currentSuggestion } from '../state/completion-list.ts';
import { isTyping } from '../state/download-panel.ts';
import { facetTerm } from '../state/facets-panel.ts';
import { foldedRun, openedRun } from '../state/fold.ts';
import { isLoading, loginIn } from '../state/live.ts';
import { isOffering } from '../state/offers.ts';
import type { Panel } from '../state/panel.ts';
import { chosenIds } from '../state/picker.ts';
import { isWholeCode } from '../state/prompt.ts';
import { neighbourQuery } from '../state/query-history.ts';
import { lastSearch } from '../state/search.ts';
import { selectedTableRow } from '../state/table-panel.ts';
import { isWriting } from '../state/writing.ts';

/** What has the keys now. */
export function placeOf(state: AppState): Place {
  if (state.prompts.length > 0) return 'code';
  if (state.picker !== null) return 'picker';
  if (state.timeMenu !== null) return 'times';
  // The help of a page lies over it.
  if (state.panel !== null && state.overlay?.kind === 'help') return 'overlay';
  if (state.panel?.kind === 'facets' && state.panel.isFiltering) return 'facetFilter';
  if (state.panel?.kind === 'download' && isTyping(state.panel)) return 'downloadLine';
  if (state.panel !== null) return state.panel.kind;
  if (state.overlay !== null) return state.overlay.kind === 'columns' ? 'columns' : 'overlay';
  if (state.search.isOpen) return 'search';
  if (state.detail.find.isOpen) return 'find';
  if (state.focus === 'detail' && state.detail.isOpen) return 'detail';
  if (isOffering(state)) return state.offers.path === null ? 'offers' : 'path';
  if (hasHistogramKeys(state)) return 'histogram';
  return loginIn(state.live) === null ? 'list' : 'login';
}

function hasHistogramKeys({ histogram, layout, focus }: AppState): boolean {
  return (histogram?.isFocused ?? false) && focus === 'list' && !layout.isTooSmall && layout.band.height > 0;
}

export function factsOf(state: AppState): Facts {
  const { detail, fold, marks, overlay, panel, picker, prompts, results, search, timeMenu } = state;
  const row = detail.tree?.tree.rows[detail.tree.focused];
  const column = overlay?.kind === 'columns' ? COLUMNS[overlay.at] : undefined;
  return {
    hasEvents: results.list.total > 0,
    marked: marks.count,
    isOnlyMarked: marks.isOnly,
    isFolded: fold.isOn,
    run: foldedRun(results) !== null ? 'folded' : openedRun(fold, results) !== null ? 'opened' : null,
    cellBlocked: panel?.kind === 'compare' ? cellBlocked(panel) : null,
    hasSearched: search.recent.length > 0,
    hasLastQuery: lastSearch(search) !== null,
    hasEarlierQuery: neighbourQuery(search.history, 1) !== null,
    hasLaterQuery: neighbourQuery(search.history, -1) !== null,
    completion: completionIn(search.completions),
    isDetailOpen: detail.isOpen,
    isRaw: detail.isRaw,
    hasFindText: detail.find.text !== '',
    isOnValue: row !== undefined && row.kind !== 'object' && row.kind !== 'array',
    isColumnFixed: column !== undefined && !canHide(column.id),
    isLive: state.live !== null,
    hasLanes: (state.live?.lanes.length ?? 0) > 0,
    isFollowing: state.live?.isFollowing ?? false,
    isPaused: state.live?.isPaused ?? false,
    hasSpan: state.range.kind === 'span',
    canLogIn: loginIn(state.live) !== null,
    hasChoice: (picker !== null && chosenIds(picker).length > 0) || (timeMenu !== null && timeMenu.list.total > 0),
    isCodeWhole: prompts[0] !== undefined && isWholeCode(prompts[0]),
    menuBlocked: menuBlockedIn(panel),
    isHistogramOpen: state.histogram !== null,
    hasBar: state.histogram?.cursor != null,
    isWriting: isWriting(state.writing),
    isTaken: panel?.kind === 'download' && panel.target.kind === 'taken',
    hasFacetTerm: panel?.kind === 'facets' && facetTerm(panel) !== null,
    isOnFacetField: panel?.kind === 'facets' && panel.focus === 'fields',
    tableRow: panel?.kind === 'table' ? selectedTableRow(panel) : null,
    copyable: panel?.kind === 'text' ? (panel.copy?.what ?? null) : null,
    back: backOf(state),
  };
}

function completionIn(list: CompletionList): Facts['completion'] {
  const current = currentSuggestion(list);
  if (current !== null) return current.kind === 'match' ? 'match' : 'other';
  if (list.items.length === 0) return 'none';
  return list.isHidden ? 'hidden' : 'pending';
}

function menuBlockedIn(panel: Panel | null): string | null {
  if (panel?.kind !== 'menu') return null;
  const item = panel.items[panel.at];
  return item === undefined ? 'there is no choice' : item.blocked;
}

/** What Esc undoes: a file on its way first, for it is said there that Esc stops it. */
export function backOf(state: AppState): ReturnType<typeof levelOf> | 'stop writing' {
  return isWriting(state.writing) ? 'stop writing' : levelOf(state);
}

/** What is left next, one level at a time; the reading goes last, for it cannot be taken up again. */
export function levelOf(
  state: AppState,
):
  | 'leave raw'
  | 'to the list'
  | 'close detail'
  | 'close histogram'
  | 'all events'
  | 'back to the table'
  | 'clear search'
  | 'stop reading'
  | 'stop loading'
  | null {
  if (hasHistogramKeys(state)) return 'close histogram';
  if (state.detail.isOpen && state.focus === 'detail') return state.detail.isRaw ? 'leave raw' : 'to the list';
  if (state.detail.isOpen) return 'close detail';
  if (state.histogram !== null) return 'close histogram';
  if (state.marks.isOnly) return 'all events';
  if (state.leftTable?.query === state.search.applied) return 'back to the table';
  if (state.search.applied !== '') return 'clear search';
  if (state.live !== null && isLoading(state.live)) return 'stop loading';
  return state.loading.kind === 'reading' && !state.loading.isStopping ? 'stop reading' : null;
}
