// What an action does to one part of the state. app.ts puts the parts together.

import type { Action } from './actions.ts';
import type { AppState, Message } from './app-state.ts';
import { stepCompletions } from './completion-list.ts';
import { closeFind, type Detail, find, moveDetail, openFind, showRecord, toggleRaw } from './detail.ts';
import { type Loading, NO_PROGRESS } from './loading.ts';
import { failPicker, fillPicker, openPicker, type Picker, stepPicker } from './picker.ts';
import { forgetQuery } from './query-history.ts';
import { selectedRow } from './results.ts';
import {
  applyParsed,
  cancelSearch,
  doubtPath,
  dropSuggestion,
  editSearch,
  keepSearch,
  leave,
  openSearch,
  type Search,
  takeSuggestion,
} from './search.ts';
import { editText } from './text-input.ts';
import { moveTree } from './tree.ts';

/** One of the actions, or one of several. */
export type Of<K extends Action['kind']> = Extract<Action, { readonly kind: K }>;

export function stepLoading(
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

export function stepPicking(
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

export function stepDetail(
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

export function findMessage(state: AppState, action: Action, detail: Detail): Message | null {
  if (action.kind !== 'findKept' && action.kind !== 'foundAgain') return state.message;
  const { text, matchCount } = detail.find;
  if (text === '') return state.message;
  if (matchCount === 0) return { text: `"${text}" is not in this record`, isWarning: true };
  return { text: `"${text}" is in ${matchCount} ${matchCount === 1 ? 'row' : 'rows'}`, isWarning: false };
}

export function stepSearch(
  state: AppState,
  action: Of<
    | 'searchOpened'
    | 'searchEdited'
    | 'searchParsed'
    | 'pathDoubted'
    | 'searchKept'
    | 'searchCancelled'
    | 'searchReplaced'
    | 'completionsStepped'
    | 'completionTaken'
    | 'matchDropped'
    | 'historyMoved'
    | 'queryForgotten'
    | 'savedChanged'
  >,
): Search {
  const { search } = state;
  switch (action.kind) {
    case 'searchOpened':
      return openSearch(search, state.results.isFollowing ? null : selectedRow(state.results));
    case 'searchEdited':
      return editSearch(search, action.edit);
    case 'pathDoubted':
      return doubtPath(search, action.text, action.doubt);
    case 'searchParsed':
      return applyParsed(search, action.text, action.parsed);
    case 'searchKept':
      return keepSearch(search);
    case 'searchCancelled':
      return cancelSearch(search);
    case 'searchReplaced':
      return leave(search);
    case 'completionsStepped': {
      const completions = stepCompletions(search.completions, action.step);
      return completions === search.completions ? search : { ...search, completions };
    }
    case 'completionTaken':
      return takeSuggestion(search);
    case 'matchDropped':
      return dropSuggestion(search);
    case 'historyMoved':
      return { ...search, history: { ...search.history, at: action.at } };
    case 'queryForgotten':
      return { ...search, history: forgetQuery(search.history, action.text) };
    case 'savedChanged':
      return { ...search, saved: action.saved };
  }
}
