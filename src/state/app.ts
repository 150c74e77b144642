// The whole state of the explorer and everything that can happen to it. Pure: a key or a completion goes in as an
// action, a new state comes out; what then has to be fetched is read off the state by ui/fetcher.ts.

import type { LookupAttribute } from '../cloudtrail/lookup-attribute.ts';
import type { HistoryRange, LiveStatus, Scope } from '../sources/live-source.ts';
import { TIME_WIDTHS, type TimeZoneChoice } from '../text/format.ts';
import type { Action } from './actions.ts';
import { COLUMNS, type ColumnSpec, listColumns, maxScroll, toggleHidden } from './columns.ts';
import {
  closeFind,
  type Detail,
  find,
  moveDetail,
  NO_DETAIL,
  nextSize,
  openFind,
  resizeDetail,
  showRecord,
  toggleRaw,
} from './detail.ts';
import { type Layout, layoutScreen, WIDE_COLUMNS } from './layout.ts';
import { accountsIn, labelsIn, regionsIn } from './live.ts';
import { type Loading, NO_PROGRESS } from './loading.ts';
import { NO_OFFERS, type Offers, stepOffers } from './offers.ts';
import { failPicker, fillPicker, openPicker, type Picker, resizePicker, stepPicker } from './picker.ts';
import { askCode, type CodePrompts, editCode } from './prompt.ts';
import {
  addEvents,
  holdSelection,
  moveResults,
  NO_RESULTS,
  type Results,
  replaceResult,
  resizeResults,
  selectedRow,
} from './results.ts';
import { type RegionsOfProfile, rememberRegions } from './scope-choice.ts';
import { applyParsed, cancelSearch, keepSearch, leave, NO_SEARCH, openSearch, type Search } from './search.ts';
import { editText } from './text-input.ts';
import { openTimeMenu, relistTimes, resizeTimeMenu, stepTimeMenu, type TimeMenu } from './time-menu.ts';
import { moveTree } from './tree.ts';

/** Named here and drawn by ui/theme.ts. */
export type ThemeName = 'dark' | 'light' | 'mono';

export type Overlay = {
  readonly kind: 'help' | 'loaded' | 'columns';
  /** Its first line on the screen; of `columns` the selected column. */
  readonly at: number;
};

/** What the header says about the events themselves. */
export type Overview = {
  readonly regions: readonly string[];
  readonly accounts: readonly string[];
  /** First and last eventTime of the list in ms since the epoch; null while not known. */
  readonly from: number | null;
  readonly to: number | null;
  /** Events of the list by time, for the one-line histogram; empty while not known. */
  readonly histogram: readonly number[];
};

export type Message = { readonly text: string; readonly isWarning: boolean };

export type AppState = {
  readonly columns: number;
  readonly rows: number;
  readonly layout: Layout;
  readonly focus: 'list' | 'detail';
  readonly overlay: Overlay | null;
  /** Profiles or Regions being chosen, in place of the list. */
  readonly picker: Picker | null;
  readonly timeMenu: TimeMenu | null;
  /** Codes of MFA devices that are waited for. */
  readonly prompts: CodePrompts;
  /** What stands in place of the list while there are no credentials; see isOffering. */
  readonly offers: Offers;
  /** As in the settings, with what was chosen during this run. */
  readonly regionsOfProfile: RegionsOfProfile;
  /** The scope that the person chose during this run; null: none. */
  readonly chosenScope: Scope | null;
  readonly results: Results;
  readonly columnScroll: number;
  readonly search: Search;
  readonly detail: Detail;
  readonly loading: Loading;
  /** Event history of accounts and Regions; null while the source is another one, or not open yet. */
  readonly live: LiveStatus | null;
  /** What of the search the server has been asked for; null: nothing. */
  readonly attribute: LookupAttribute | null;
  /** An explicit span narrows every search; `recent`: everything that is loaded. */
  readonly range: HistoryRange;
  readonly sourceLabel: string;
  readonly overview: Overview;
  /** Said in the status line until the next key. */
  readonly message: Message | null;
  readonly theme: ThemeName;
  /** Set by the person during this run, so worth remembering; null and false otherwise. */
  readonly chosenTheme: ThemeName | null;
  readonly zone: TimeZoneChoice;
  readonly isZoneChosen: boolean;
  readonly isMouseOn: boolean;
  /** Events in the store, whatever the search. */
  readonly total: number;
  /** As in the settings: ids of columns, and perhaps of some that only another trailx has. */
  readonly hiddenColumns: readonly string[];
};

export type AppOptions = {
  readonly columns: number;
  readonly rows: number;
  readonly theme: ThemeName;
  readonly zone: TimeZoneChoice;
  readonly isMouseOn: boolean;
  readonly detailSize: number;
  readonly lastQuery: string;
  readonly hiddenColumns: readonly string[];
  /** The Regions last chosen, by profile; none by default. */
  readonly regionsOfProfile?: RegionsOfProfile;
  readonly hasSource: boolean;
  /** What the source is called until it says so itself. */
  readonly sourceLabel: string;
};

const NO_OVERVIEW: Overview = { regions: [], accounts: [], from: null, to: null, histogram: [] };
const NOT_LAID_OUT: Layout = { isTooSmall: true };

export function openApp(options: AppOptions): AppState {
  return layOut({
    columns: options.columns,
    rows: options.rows,
    layout: NOT_LAID_OUT,
    focus: 'list',
    overlay: null,
    picker: null,
    timeMenu: null,
    prompts: [],
    offers: NO_OFFERS,
    regionsOfProfile: options.regionsOfProfile ?? {},
    chosenScope: null,
    results: NO_RESULTS,
    columnScroll: 0,
    search: { ...NO_SEARCH, recent: options.lastQuery === '' ? [] : [options.lastQuery] },
    detail: { ...NO_DETAIL, size: options.detailSize },
    loading: options.hasSource ? { kind: 'opening' } : { kind: 'nothing' },
    live: null,
    attribute: null,
    range: { kind: 'recent' },
    sourceLabel: options.sourceLabel,
    overview: NO_OVERVIEW,
    message: null,
    theme: options.theme,
    chosenTheme: null,
    zone: options.zone,
    isZoneChosen: false,
    isMouseOn: options.isMouseOn,
    total: 0,
    hiddenColumns: options.hiddenColumns,
  });
}

export function reduce(state: AppState, action: Action): AppState {
  const next = step(state, action);
  return next === state ? state : layOut(next);
}

function step(state: AppState, action: Action): AppState {
  switch (action.kind) {
    case 'resized':
      return { ...state, columns: action.columns, rows: action.rows };
    case 'readingStarted':
      return { ...state, sourceLabel: action.label, loading: stepLoading(state.loading, action) };
    case 'progressed':
    case 'readingStopped':
    case 'readingEnded':
    case 'readingFailed':
      return { ...state, loading: stepLoading(state.loading, action) };
    case 'liveChanged':
      return stepLive(state, action.status);
    case 'attributeAsked':
      return { ...state, attribute: action.attribute };
    case 'rangeChosen':
      return { ...state, range: action.range };
    case 'totalChanged':
      return { ...state, total: action.total };
    case 'overviewArrived':
      return { ...state, overview: { ...state.overview, ...action.overview } };
    case 'newestWanted':
      return { ...state, results: { ...state.results, isFollowing: true } };
    case 'resultArrived':
    case 'searchFailed':
    case 'eventsArrived':
    case 'listMoved':
      return stepList(state, action);
    case 'columnsScrolled':
      return scrollColumns(state, action.step);
    case 'detailOpened':
      return openDetail(state);
    case 'detailClosed':
      return { ...state, focus: 'list', detail: { ...closeFind(state.detail), isOpen: false } };
    case 'detailResized': {
      const size = nextSize(state.detail.size, action.step);
      return size === null ? state : { ...state, detail: { ...state.detail, size } };
    }
    case 'focusMoved':
      return state.detail.isOpen ? { ...state, focus: action.to } : state;
    case 'recordArrived':
    case 'detailMoved':
    case 'treeMoved':
    case 'rawToggled':
    case 'findOpened':
    case 'findEdited':
    case 'findKept':
    case 'findClosed':
    case 'foundAgain': {
      const detail = stepDetail(state.detail, action);
      return { ...state, detail, message: findMessage(state, action, detail) };
    }
    case 'searchOpened':
    case 'searchEdited':
    case 'searchParsed':
    case 'searchKept':
    case 'searchCancelled':
    case 'searchReplaced':
      return { ...state, search: stepSearch(state, action) };
    case 'overlayOpened':
      return { ...state, overlay: { kind: action.overlay, at: 0 } };
    case 'overlayClosed':
      return { ...state, overlay: null };
    case 'overlayScrolled':
      return state.overlay === null ? state : { ...state, overlay: scrolled(state.overlay, action) };
    case 'columnToggled':
      return toggleColumn(state);
    case 'pickerOpened':
    case 'pickerFilled':
    case 'pickerFailed':
    case 'pickerStepped':
    case 'pickerClosed':
      return { ...state, picker: stepPicking(state.picker, action) };
    case 'scopeChosen': {
      const { scope } = action;
      return { ...state, chosenScope: scope, regionsOfProfile: rememberRegions(state.regionsOfProfile, scope) };
    }
    case 'timeMenuOpened':
      return { ...state, timeMenu: openTimeMenu(action.now, action.event, state.zone) };
    case 'timeMenuStepped':
      if (state.timeMenu === null) return state;
      return { ...state, timeMenu: stepTimeMenu(state.timeMenu, action.step, state.zone) };
    case 'timeMenuClosed':
      return { ...state, timeMenu: null };
    case 'codeAsked':
      return { ...state, prompts: askCode(state.prompts, action.id, action.serial, action.profile) };
    case 'codeEdited':
      return { ...state, prompts: editCode(state.prompts, action.edit) };
    case 'codeAnswered':
      return { ...state, prompts: state.prompts.filter(({ id }) => id !== action.id) };
    case 'offersStepped':
      return { ...state, offers: stepOffers(state.offers, action.step) };
    case 'liveClosed':
      return { ...state, live: null, attribute: null, offers: NO_OFFERS };
    case 'themeChanged':
      return { ...state, theme: action.theme, chosenTheme: action.theme };
    case 'zoneChanged':
      return changeZone(state);
    case 'mouseSwitched':
      return { ...state, isMouseOn: !state.isMouseOn };
    case 'said':
      return { ...state, message: { text: action.text, isWarning: action.isWarning ?? false } };
    case 'hushed':
      return state.message === null ? state : { ...state, message: null };
  }
}

type Of<K extends Action['kind']> = Extract<Action, { readonly kind: K }>;

function stepLoading(
  state: Loading,
  action: Of<'readingStarted' | 'progressed' | 'readingStopped' | 'readingEnded' | 'readingFailed'>,
): Loading {
  switch (action.kind) {
    case 'readingStarted':
      return { kind: 'reading', progress: NO_PROGRESS, startedAt: action.now, now: action.now, isStopping: false };
    case 'progressed':
      return state.kind === 'reading' ? { ...state, progress: action.progress, now: action.now } : state;
    case 'readingStopped':
      return state.kind === 'reading' ? { ...state, isStopping: true } : state;
    case 'readingEnded': {
      const tookMs = state.kind === 'reading' ? action.now - state.startedAt : 0;
      return { kind: 'done', report: action.report, tookMs };
    }
    case 'readingFailed':
      return { kind: 'failed', reason: action.reason };
  }
}

function stepPicking(
  picker: Picker | null,
  action: Of<'pickerOpened' | 'pickerFilled' | 'pickerFailed' | 'pickerStepped' | 'pickerClosed'>,
): Picker | null {
  if (action.kind === 'pickerOpened') return openPicker(action.subject, action.picked);
  if (action.kind === 'pickerClosed' || picker === null) return null;
  if (action.kind === 'pickerStepped') return stepPicker(picker, action.step);
  // The answer for a picker that is not open any more is nobody's.
  if (action.subject !== picker.subject) return picker;
  return action.kind === 'pickerFilled' ? fillPicker(picker, action.rows) : failPicker(picker, action.reason);
}

function changeZone(state: AppState): AppState {
  const zone = state.zone === 'utc' ? 'local' : 'utc';
  return { ...state, zone, isZoneChosen: true, timeMenu: state.timeMenu && relistTimes(state.timeMenu, zone) };
}

/** The header's names are those that were asked for, whether or not there are events of them. */
function stepLive(state: AppState, live: LiveStatus): AppState {
  const { overview } = state;
  const regions = sameOr(overview.regions, regionsIn(live));
  const accounts = sameOr(overview.accounts, accountsIn(live));
  const isSame = regions === overview.regions && accounts === overview.accounts;
  const labels = labelsIn(live);
  return {
    ...state,
    live,
    loading: state.loading.kind === 'live' ? state.loading : { kind: 'live' },
    sourceLabel: labels.length === 0 ? state.sourceLabel : labels.join(' + '),
    overview: isSame ? overview : { ...overview, regions, accounts },
  };
}

function sameOr(known: readonly string[], wanted: readonly string[]): readonly string[] {
  return known.length === wanted.length && known.every((name, index) => name === wanted[index]) ? known : wanted;
}

function stepList(
  state: AppState,
  action: Of<'resultArrived' | 'searchFailed' | 'eventsArrived' | 'listMoved'>,
): AppState {
  switch (action.kind) {
    case 'resultArrived': {
      const stage = action.result.stage === 'columns' ? 'records' : 'settled';
      return {
        ...state,
        results: replaceResult(state.results, action.result, action.position, action.newer),
        search: { ...state.search, stage },
      };
    }
    case 'searchFailed':
      return {
        ...state,
        search: { ...state.search, stage: 'settled' },
        message: { text: action.reason, isWarning: true },
      };
    case 'eventsArrived':
      return { ...state, results: addEvents(state.results, action.events) };
    case 'listMoved':
      return { ...state, results: moveResults(state.results, action.move) };
  }
}

function stepDetail(
  state: Detail,
  action: Of<
    | 'recordArrived'
    | 'detailMoved'
    | 'treeMoved'
    | 'rawToggled'
    | 'findOpened'
    | 'findEdited'
    | 'findKept'
    | 'findClosed'
    | 'foundAgain'
  >,
): Detail {
  switch (action.kind) {
    case 'recordArrived':
      return showRecord(state, action.event, action.text);
    case 'detailMoved':
      return moveDetail(state, action.move);
    case 'treeMoved':
      return state.tree === null ? state : { ...state, tree: moveTree(state.tree, action.command) };
    case 'rawToggled':
      return toggleRaw(state);
    case 'findOpened':
      return openFind(state);
    case 'findEdited':
      return { ...state, find: { ...state.find, input: editText(state.find.input, action.edit) } };
    case 'findKept':
      return state.find.input.text === '' ? closeFind(state) : find(state, state.find.input.text, 1);
    case 'findClosed':
      return closeFind(state);
    case 'foundAgain':
      return find(state, state.find.text, action.step);
  }
}

function findMessage(state: AppState, action: Action, detail: Detail): Message | null {
  if (action.kind !== 'findKept' && action.kind !== 'foundAgain') return state.message;
  const { text, matchCount } = detail.find;
  if (text === '') return state.message;
  if (matchCount === 0) return { text: `"${text}" is not in this record`, isWarning: true };
  return { text: `"${text}" is in ${matchCount} ${matchCount === 1 ? 'row' : 'rows'}`, isWarning: false };
}

function stepSearch(
  state: AppState,
  action: Of<'searchOpened' | 'searchEdited' | 'searchParsed' | 'searchKept' | 'searchCancelled' | 'searchReplaced'>,
): Search {
  const { search } = state;
  switch (action.kind) {
    case 'searchOpened':
      return openSearch(search, state.results.isFollowing ? null : selectedRow(state.results));
    case 'searchEdited':
      return { ...search, input: editText(search.input, action.edit) };
    case 'searchParsed':
      return applyParsed(search, action.text, action.parsed);
    case 'searchKept':
      return keepSearch(search);
    case 'searchCancelled':
      return cancelSearch(search);
    case 'searchReplaced':
      return leave(search);
  }
}

function openDetail(state: AppState): AppState {
  if (state.results.list.total === 0) return state;
  return {
    ...state,
    focus: 'detail',
    results: holdSelection(state.results),
    detail: { ...state.detail, isOpen: true },
  };
}

function scrollColumns(state: AppState, by: 1 | -1): AppState {
  if (state.layout.isTooSmall) return state;
  const most = maxScroll(columnsOf(state), listTextWidth(state.layout.list.width));
  return { ...state, columnScroll: Math.max(0, Math.min(most, Math.min(most, state.columnScroll) + by)) };
}

function scrolled(overlay: Overlay, { rows, last }: Of<'overlayScrolled'>): Overlay {
  return { ...overlay, at: Math.max(0, Math.min(last, overlay.at + rows)) };
}

function toggleColumn(state: AppState): AppState {
  const column = state.overlay?.kind === 'columns' ? COLUMNS[state.overlay.at] : undefined;
  if (column === undefined) return state;
  const hiddenColumns = toggleHidden(state.hiddenColumns, column.id);
  return hiddenColumns === state.hiddenColumns ? state : { ...state, hiddenColumns };
}

const DAY_MS = 86_400_000;

const YEAR_MATTERS_MS = 90 * DAY_MS;

/** The columns of the list: Region and account only where there are several; the time of day alone is enough only
 *  where all events are of one day, month and day where they are not of several years. */
export function columnsOf({
  overview,
  hiddenColumns,
}: Pick<AppState, 'overview' | 'hiddenColumns'>): readonly ColumnSpec[] {
  const columns = listColumns({
    hasRegions: overview.regions.length > 1,
    hasAccounts: overview.accounts.length > 1,
    hidden: hiddenColumns,
  });
  const span = spanOf(overview);
  if (span === 'day') return columns;
  return columns.map((column): ColumnSpec => {
    if (column.id !== 'time') return column;
    if (span === 'days') return withWidth(column, TIME_WIDTHS.short);
    return { ...withWidth(column, TIME_WIDTHS.date), whole: TIME_WIDTHS['date-time'] };
  });
}

function withWidth(column: ColumnSpec, width: number): ColumnSpec {
  return { ...column, min: width, ideal: width, max: width };
}

/** What a time has to say so that one knows which it is. Around New Year month and day are enough. */
export function spanOf({ from, to }: Overview): 'day' | 'days' | 'years' {
  if (from === null || to === null || to - from < DAY_MS) return 'day';
  const isOneYear = new Date(from).getUTCFullYear() === new Date(to).getUTCFullYear();
  return isOneYear || to - from <= YEAR_MATTERS_MS ? 'days' : 'years';
}

/** Cells that columns have: the first is the selection's mark. */
export function listTextWidth(width: number): number {
  return Math.max(0, width - 1);
}

/** Places follow from the rest of the state, so they are worked out after every action and nowhere else. */
function layOut(state: AppState): AppState {
  const { columns, rows, detail, search, focus } = state;
  const layout = layoutScreen({
    columns,
    rows,
    detailSize: shareOf(detail.size, columns),
    isDetailOpen: detail.isOpen,
    isSearchOpen: search.isOpen || search.applied !== '',
    focus: search.isOpen ? 'search' : focus,
  });
  if (layout.isTooSmall) return { ...state, layout };
  const results = layout.list.height > 0 ? resizeResults(state.results, layout.list.height) : state.results;
  const resized = layout.detail.height > 0 ? resizeDetail(detail, layout.detail.width, layout.detail.height) : detail;
  const choices = Math.max(1, rows - LINES_AROUND_CHOICES);
  const picker = state.picker && resizePicker(state.picker, choices);
  const timeMenu = state.timeMenu && resizeTimeMenu(state.timeMenu, choices);
  const isSame = isSameLayout(state.layout, layout);
  const isChoosingSame = picker === state.picker && timeMenu === state.timeMenu;
  if (isSame && results === state.results && resized === detail && isChoosingSame) return state;
  return { ...state, layout: isSame ? state.layout : layout, results, detail: resized, picker, timeMenu };
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
