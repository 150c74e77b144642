// The list between two worlds: keys move it at once, rows come from the store a few milliseconds later.
//
// `list` is where the keys have moved to. `shown` is the last state whose rows have all arrived, and the screen
// draws only that: it is never blank, never half of one result and half of another. Rows are kept by their number
// in the store, so a newer result that holds the same events needs nothing fetched.

import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import type { Result } from '../store/result.ts';
import { EMPTY_LIST, type ListMove, type ListState, moveList, replaceList, resizeList } from './list.ts';

export type Shown = { readonly result: Result; readonly list: ListState };

export type Results = {
  /** What the list stands on; null until the store has answered for the first time. */
  readonly result: Result | null;
  readonly list: ListState;
  readonly shown: Shown | null;
  /** Events at hand, by row number. */
  readonly events: ReadonlyMap<number, TrailEvent>;
  /** Nobody has moved away from the newest event yet, so the list stays there while newer ones arrive. */
  readonly isFollowing: boolean;
  /** Row of the newest event that has been on the screen in this search; null before the first. */
  readonly newestSeen: number | null;
  /** Events that have come above it since. */
  readonly newer: number;
};

export const NO_RESULTS: Results = {
  result: null,
  list: EMPTY_LIST,
  shown: null,
  events: new Map(),
  isFollowing: true,
  newestSeen: null,
  newer: 0,
};

/** Positions [start, start + count) of a result whose events are wanted. */
export type WantedRows = { readonly result: Result; readonly start: number; readonly count: number };

export function moveResults(state: Results, move: ListMove): Results {
  const list = moveList(state.list, move);
  return settle({ ...state, list, isFollowing: move === 'first' || (list.selected === 0 && isUpward(move)) });
}

/** Whoever comes up to the newest event wants to see the next ones as well. */
function isUpward(move: ListMove): boolean {
  return move === 'up' || move === 'halfUp' || move === 'pageUp';
}

export function resizeResults(state: Results, height: number): Results {
  if (height === state.list.height) return state;
  const shown = state.shown === null ? null : { ...state.shown, list: resizeList(state.shown.list, height) };
  return settle({ ...state, list: resizeList(state.list, height), shown });
}

/** Another answer. `position` is where the selected event is in it; `null` starts again at the newest. `newer`: events
 *  above the newest that was seen; 0 where it answers another question. */
export function replaceResult(state: Results, result: Result, position: number | null, newer: number = 0): Results {
  const isFollowing = position === null;
  const list = isFollowing
    ? replaceList({ ...state.list, top: 0, selected: 0 }, result.total, 0)
    : replaceList(state.list, result.total, position);
  const newestSeen = newer > 0 ? state.newestSeen : (result.rows[0] ?? null);
  return settle({ ...state, result, list, isFollowing, newestSeen, newer });
}

/** The user looks at this event: from now on it stays selected whatever arrives above it. */
export function holdSelection(state: Results): Results {
  return state.isFollowing ? { ...state, isFollowing: false } : state;
}

export function addEvents(state: Results, arrived: readonly TrailEvent[]): Results {
  const events = new Map<number, TrailEvent>();
  if (state.shown !== null) {
    for (const row of visibleRows(state.shown)) {
      const event = state.events.get(row);
      if (event !== undefined) events.set(row, event);
    }
  }
  for (const event of arrived) events.set(event.row, event);
  return settle({ ...state, events });
}

/** The same events, of which more is known: what is on the screen is drawn anew. */
export function replaceEvents(state: Results, events: readonly TrailEvent[]): Results {
  const next = addEvents(state, events);
  return next.shown === null ? next : { ...next, shown: { ...next.shown } };
}

/** What to ask the store for next, or null: the visible rows with two pages either side, asked for while there is
 *  still half a page at hand, so that holding a key down never runs into rows that are not there. */
export function wantedRows({ result, list, events }: Results): WantedRows | null {
  if (result === null || list.height === 0 || result.total === 0) return null;
  const margin = Math.ceil(list.height / 2);
  const from = Math.max(0, list.top - margin);
  const to = Math.min(result.total, list.top + list.height + margin);
  for (let position = from; position < to; position++) {
    if (events.has(result.rows[position] as number)) continue;
    const start = Math.max(0, list.top - 2 * list.height);
    return { result, start, count: Math.min(result.total, list.top + 3 * list.height) - start };
  }
  return null;
}

/** Row number of the selected event; null in an empty list. */
export function selectedRow({ result, list }: Results): number | null {
  return result === null || list.total === 0 ? null : (result.rows[list.selected] ?? null);
}

/** The selected event of what is on the screen. */
export function selectedEvent({ shown, events }: Results): TrailEvent | null {
  if (shown === null || shown.list.total === 0) return null;
  return events.get(shown.result.rows[shown.list.selected] as number) ?? null;
}

/** The screen shows the event that is selected, and not the one that was. */
export function isSelectionShown(state: Results): boolean {
  const row = selectedRow(state);
  return row === null || selectedEvent(state)?.row === row;
}

/** Row numbers of the visible positions. */
export function visibleRows({ result, list }: Shown): Int32Array {
  return result.rows.subarray(list.top, Math.min(list.total, list.top + list.height));
}

function settle(state: Results): Results {
  const { result, list, events, shown } = state;
  if (result === null || (shown?.result === result && shown.list === list)) return state;
  const next: Shown = { result, list };
  for (const row of visibleRows(next)) {
    if (!events.has(row)) return state;
  }
  if (list.top > 0 || state.newer === 0) return { ...state, shown: next };
  return { ...state, shown: next, newestSeen: result.rows[0] ?? null, newer: 0 };
}
