// A window of `height` lines onto a list of `total` events, with one of them selected. Nothing here knows
// the events; the list may hold ten million. Every change ends in `normalize`, the one place that keeps
// the selection inside the list and the window around the selection.

/** `selected` and `top` are positions in the list, from 0; both are 0 while the list is empty. */
export type ListState = {
  readonly total: number;
  readonly selected: number;
  /** The position shown on the first line. */
  readonly top: number;
  readonly height: number;
};

export type ListMove =
  | 'down'
  | 'up'
  | 'first'
  | 'last'
  | 'halfDown'
  | 'halfUp'
  | 'pageDown'
  | 'pageUp'
  /** Selects a position: a click, a search hit. One far away is shown in the middle. */
  | { readonly kind: 'to'; readonly index: number }
  | { readonly kind: 'by'; readonly rows: number }
  /** Moves the window (the wheel); the selection moves only where it would leave it. */
  | { readonly kind: 'scroll'; readonly rows: number };

/** Lines kept between the selection and the edge of the window while moving, so that one sees what comes. */
const SCROLL_MARGIN = 2;

export const EMPTY_LIST: ListState = { total: 0, selected: 0, top: 0, height: 0 };

export function moveList(state: ListState, move: ListMove): ListState {
  const half = Math.max(1, Math.floor(state.height / 2));
  const page = Math.max(1, state.height - SCROLL_MARGIN);
  switch (move) {
    case 'down':
      return moveBy(state, 1);
    case 'up':
      return moveBy(state, -1);
    case 'first':
      return moveBy(state, -state.total);
    case 'last':
      return moveBy(state, state.total);
    case 'halfDown':
      return turnPage(state, half);
    case 'halfUp':
      return turnPage(state, -half);
    case 'pageDown':
      return turnPage(state, page);
    case 'pageUp':
      return turnPage(state, -page);
  }
  switch (move.kind) {
    case 'by':
      return moveBy(state, move.rows);
    case 'to':
      return jump(state, move.index);
    case 'scroll':
      return scroll(state, move.rows);
  }
}

/** Whether a move leads to older events. */
export function isDownward(move: ListMove): boolean {
  if (typeof move !== 'object') return move === 'down' || move === 'halfDown' || move === 'pageDown' || move === 'last';
  return move.kind === 'to' || move.rows > 0;
}

/** The selection stays on its line where the new height has that line, else on the nearest one. */
export function resizeList(state: ListState, height: number): ListState {
  return normalize({ ...state, height: Math.max(0, height) }, 0);
}

/** Another result takes the list's place. `selected` is where the selected event is now; it stays on the
 *  line of the screen where it was, as far as the new list reaches. */
export function replaceList(state: ListState, total: number, selected: number): ListState {
  const line = state.selected - state.top;
  return normalize({ total, selected, top: clamp(selected, 0, total - 1) - line, height: state.height }, 0);
}

function moveBy(state: ListState, rows: number): ListState {
  return normalize({ ...state, selected: state.selected + rows }, SCROLL_MARGIN);
}

/** Window and selection move together: the selection keeps its line until an end is reached. */
function turnPage(state: ListState, rows: number): ListState {
  return normalize({ ...state, selected: state.selected + rows, top: state.top + rows }, SCROLL_MARGIN);
}

function jump(state: ListState, index: number): ListState {
  const isInWindow = index >= state.top && index < state.top + state.height;
  // A line that is clicked must not move away under the pointer: no margin.
  if (isInWindow) return normalize({ ...state, selected: index }, 0);
  const isNear = index >= state.top - state.height && index < state.top + 2 * state.height;
  const top = isNear ? state.top : index - Math.floor(state.height / 2);
  return normalize({ ...state, selected: index, top }, SCROLL_MARGIN);
}

function scroll(state: ListState, rows: number): ListState {
  const top = clamp(state.top + rows, 0, lastTop(state));
  const selected = clamp(state.selected, top, top + state.height - 1);
  return normalize({ ...state, selected, top }, 0);
}

function normalize(state: ListState, margin: number): ListState {
  const { total, height } = state;
  if (total <= 0) return { total: 0, selected: 0, top: 0, height };
  const lines = Math.max(1, height);
  const selected = clamp(state.selected, 0, total - 1);
  const room = Math.max(0, Math.min(margin, Math.floor((lines - 1) / 2)));
  const lowest = selected - lines + 1 + room;
  const top = clamp(clamp(state.top, lowest, selected - room), 0, lastTop(state));
  return { total, selected, top, height };
}

/** The top of a window that ends with the list: no empty lines below the last event while there are more above. */
function lastTop({ total, height }: ListState): number {
  return Math.max(0, total - Math.max(1, height));
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
