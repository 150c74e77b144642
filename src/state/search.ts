// The search line. What is typed and what the list shows are two things: a text with a mistake in it, or one whose
// answer is not there yet, leaves the last good result standing.

import type { Parsed, Query, QueryError } from '../query/query.ts';
import {
  type CompletionList,
  currentSuggestion,
  NO_COMPLETIONS,
  withoutMatch,
  withSuggestion,
} from './completion-list.ts';
import { NO_HISTORY, type QueryHistory, rememberQuery } from './query-history.ts';
import type { SavedQueries } from './saved-queries.ts';
import { EMPTY_INPUT, editText, inputOf, type TextCommand, type TextInput } from './text-input.ts';

export type SearchStage = 'settled' | 'columns' | 'records';

export type Search = {
  readonly isOpen: boolean;
  readonly input: TextInput;
  /** The text whose answer the list shows or will show. */
  readonly applied: string;
  readonly query: Query;
  readonly error: QueryError | null;
  /** Of a text that can be read, what it asks for in vain: a path that no event has. */
  readonly doubt: QueryError | null;
  /** `columns`: no answer yet; `records`: the columns have answered, the records' texts are being searched. */
  readonly stage: SearchStage;
  /** Where Esc leads back to: the text and the selected row when the line was opened. */
  readonly before: { readonly text: string; readonly row: number | null };
  /** The last two texts that were searched for and kept, the newest first; never the empty one. */
  readonly recent: readonly string[];
  /** All that were kept, those of earlier runs included. */
  readonly history: QueryHistory;
  readonly saved: SavedQueries;
  /** Below the line while it is open. */
  readonly completions: CompletionList;
};

export const NO_SEARCH: Search = {
  isOpen: false,
  input: EMPTY_INPUT,
  applied: '',
  query: { kind: 'all' },
  error: null,
  doubt: null,
  stage: 'settled',
  before: { text: '', row: null },
  recent: [],
  history: NO_HISTORY,
  saved: {},
  completions: NO_COMPLETIONS,
};

export function openSearch(state: Search, selectedRow: number | null): Search {
  if (state.isOpen) return state;
  const before = { text: state.applied, row: selectedRow };
  return { ...state, isOpen: true, input: inputToGoOn(state.applied), before, error: null };
}

/** The cursor at the end, behind a space: what is typed next is another word. */
function inputToGoOn(applied: string): TextInput {
  return inputOf(applied === '' || applied.endsWith(' ') ? applied : `${applied} `);
}

/** A space typed where the line opened behind one is that space. */
export function editSearch(state: Search, edit: TextCommand): Search {
  const { input, applied } = state;
  const isAsOpened = input.text === `${applied} ` && input.cursor === input.text.length;
  const meant: TextCommand =
    isAsOpened && typeof edit === 'object' ? { ...edit, text: edit.text.replace(/^ +/, '') } : edit;
  return { ...state, input: editText(input, meant) };
}

/** What the parser said about a text. A mistake changes nothing but the underline. */
export function applyParsed(state: Search, text: string, parsed: Parsed): Search {
  if (parsed.error !== null) return { ...state, error: parsed.error, doubt: null };
  return { ...state, applied: text, query: parsed.query, error: null, doubt: null, stage: 'columns' };
}

/** Told of a text that may have been replaced meanwhile. */
export function doubtPath(state: Search, text: string, doubt: QueryError | null): Search {
  return text === state.applied && state.error === null ? { ...state, doubt } : state;
}

/** Enter: the search stays. A text with a mistake in it keeps the line open, for its result is not on the screen. */
export function keepSearch(state: Search): Search {
  if (state.error !== null) return state;
  return leave(state);
}

/** Esc: the caller applies `before.text` again. */
export function cancelSearch(state: Search): Search {
  return { ...state, isOpen: false, error: null, input: inputOf(state.before.text), completions: NO_COMPLETIONS };
}

/** A search that stays: kept in the line, or set from outside it (`-`, `=`, clearing). */
export function leave(state: Search): Search {
  const { applied, recent } = state;
  const others = recent.filter((text) => text !== applied);
  return {
    ...state,
    isOpen: false,
    input: inputOf(applied),
    recent: applied === '' ? recent : [applied, ...others].slice(0, 2),
    history: rememberQuery(state.history, applied),
    completions: NO_COMPLETIONS,
  };
}

/** Where `-` leads: the newest of the last two searches that is not on now, so that it goes to and fro between them. */
export function lastSearch({ recent, applied }: Search): string | null {
  return recent.find((text) => text !== applied) ?? null;
}

/** Tab: what is under the highlight stands in the line. */
export function takeSuggestion(state: Search): Search {
  const suggestion = currentSuggestion(state.completions);
  return suggestion === null ? state : { ...state, input: withSuggestion(state.input, suggestion) };
}

/** What a fuzzy word stood for, under the highlight, is not meant. */
export function dropSuggestion(state: Search): Search {
  const suggestion = currentSuggestion(state.completions);
  return suggestion?.kind === 'match' ? { ...state, input: withoutMatch(state.input, suggestion) } : state;
}
