// Everything that can happen to the explorer. Pure: a key or a completion goes in as an action, a new state comes out;
// what then has to be fetched is read off the state by ui/fetcher.ts.

import type { LiveStatus } from '../sources/live-source.ts';
import type { Action } from './actions.ts';
import type { AppState, Message, Overlay } from './app-state.ts';
import { COLUMNS, maxScroll, toggleHidden } from './columns.ts';
import { annotate, closeFind, type Detail, nextSize, renewEvent } from './detail.ts';
import { stepFold } from './fold.ts';
import { OPEN_HISTOGRAM, stepHistogram } from './histogram.ts';
import { layOut } from './lay-out.ts';
import { leftTableAfter } from './left-table.ts';
import { columnsOf, listTextWidth } from './list-columns.ts';
import { accountsIn, labelsIn, regionsIn } from './live.ts';
import { type Marks, markOf, stepMarks } from './marks.ts';
import { NO_OFFERS, offersOf, stepOffers } from './offers.ts';
import { stepPanel } from './panel.ts';
import { askCode, editCode } from './prompt.ts';
import { addEvents, holdSelection, moveResults, replaceEvents, replaceResult } from './results.ts';
import { rememberRegions } from './scope-choice.ts';
import { findMessage, type Of, stepDetail, stepLoading, stepPicking, stepSearch } from './steps.ts';
import { openTimeMenu, relistTimes, stepTimeMenu } from './time-menu.ts';
import { hushWriting } from './writing.ts';

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
      return { ...state, range: action.range, noiseCount: null };
    case 'noiseChanged': {
      // The list is asked for anew; until it comes, an empty one says nothing of the new question.
      const isAsked = action.noise.isOn || state.noise.isOn;
      const search = isAsked ? { ...state.search, stage: 'columns' as const } : state.search;
      return { ...state, noise: action.noise, noiseCount: null, search };
    }
    case 'noiseCounted':
      return state.noise.isOn ? { ...state, noiseCount: action.count } : state;
    case 'totalChanged':
      return { ...state, total: action.total, loaded: action.loaded ?? state.loaded };
    case 'overviewArrived':
      return { ...state, overview: { ...state.overview, ...action.overview } };
    case 'newestWanted':
      return { ...state, results: { ...state.results, isFollowing: true } };
    case 'resultArrived':
    case 'searchFailed':
    case 'eventsArrived':
    case 'listMoved':
      return stepList(state, action);
    case 'firstsFound':
    case 'peopleFound':
      return {
        ...state,
        results: replaceEvents(state.results, action.events),
        detail: renewEvent(state.detail, action.events),
      };
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
      const detail = withNote(stepDetail(state.detail, action), state.marks);
      return { ...state, detail, message: findMessage(state, action, detail) };
    }
    case 'searchParsed':
      return {
        ...state,
        search: stepSearch(state, action),
        noiseCount: action.parsed.error === null ? null : state.noiseCount,
      };
    case 'searchOpened':
    case 'searchEdited':
    case 'pathDoubted':
    case 'searchKept':
    case 'searchCancelled':
    case 'searchReplaced':
    case 'completionsStepped':
    case 'completionTaken':
    case 'matchDropped':
    case 'historyMoved':
    case 'queryForgotten':
    case 'savedChanged': {
      const search = stepSearch(state, action);
      if (search === state.search) return state;
      const isOther =
        action.kind === 'searchKept' || action.kind === 'searchReplaced' || action.kind === 'historyMoved';
      return {
        ...state,
        search,
        leftTable: isOther ? leftTableAfter(state.leftTable, search.applied) : state.leftTable,
      };
    }
    case 'overlayOpened':
      return { ...state, overlay: { kind: action.overlay, at: 0 } };
    case 'overlayClosed':
      return { ...state, overlay: null };
    case 'overlayScrolled':
      return state.overlay === null ? state : { ...state, overlay: scrolled(state.overlay, action) };
    case 'columnToggled':
      return toggleColumn(state);
    case 'marked':
    case 'noted':
    case 'marksPlaced':
    case 'marksCleared':
    case 'onlyMarkedSwitched': {
      const marks = stepMarks(state.marks, action);
      return marks === state.marks ? state : { ...state, marks, detail: withNote(state.detail, marks) };
    }
    case 'foldSwitched':
    case 'runOpened':
    case 'runClosed':
    case 'runsMoved': {
      const fold = stepFold(state.fold, action);
      return fold === state.fold ? state : { ...state, fold };
    }
    case 'panelOpened':
      return { ...state, panel: action.panel };
    case 'panelStepped':
      return { ...state, panel: stepPanel(state.panel, action.step) };
    case 'histogramOpened':
      return { ...state, focus: 'list', histogram: state.histogram ?? OPEN_HISTOGRAM };
    case 'histogramStepped':
      return { ...state, histogram: state.histogram && stepHistogram(state.histogram, action.step) };
    case 'histogramClosed':
      return { ...state, histogram: null };
    case 'panelClosed':
      return { ...state, panel: null };
    case 'tableLeft':
      return { ...state, leftTable: action.left };
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
      return { ...state, offers: stepOffers(state.offers, action.step, offersOf(state.live).length) };
    case 'liveClosed':
      return { ...state, live: null, attribute: null, offers: NO_OFFERS, leftTable: null };
    case 'writingChanged':
      return { ...state, writing: action.writing };
    case 'themeChanged':
      return { ...state, theme: action.theme, chosenTheme: action.theme };
    case 'zoneChanged':
      return changeZone(state);
    case 'mouseSwitched':
      return { ...state, isMouseOn: !state.isMouseOn };
    case 'said':
      return { ...state, message: messageOf(action) };
    case 'hushed': {
      const writing = hushWriting(state.writing);
      return state.message === null && writing === state.writing ? state : { ...state, message: null, writing };
    }
  }
}

function messageOf({ text, isWarning = false, isOfEmpty }: Of<'said'>): Message {
  return isOfEmpty ? { text, isWarning, isOfEmpty } : { text, isWarning };
}

/** The detail shows the note to its event. */
function withNote(detail: Detail, marks: Marks): Detail {
  return detail.record === null ? detail : annotate(detail, markOf(marks, detail.record.event.row).note);
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
    sourceLabel:
      labels.length === 0 ? state.sourceLabel : labels.join(' + ') + (live.scope.isInsights ? ' · Insights' : ''),
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
        message: state.message?.isOfEmpty && action.result.total > 0 ? null : state.message,
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
