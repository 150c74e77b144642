// The JSON tree of the detail pane: which containers are open, which row is focused, which row is on the
// first line. It moves as jless moves, from which the commands and their keys are taken.
//
// The tree is replaced whenever the cursor of the list moves to another event. What a person opened, closed
// and looked at is therefore kept by path, not by row: walking down a list of TerminateInstances shows
// requestParameters.instancesSet.items[0].instanceId of each, even past events that have no such path.

import { type PathSegment, segmentsText } from './json-path.ts';
import { findNearest, type JsonRow, type JsonTree } from './json-tree.ts';
import { foldedText, withLines } from './text-rows.ts';
import { type Choices, withChoices } from './tree-choices.ts';
import { initialOpening, withChosenLines } from './tree-opening.ts';
import { holdsText, nameOf, siblings, siblingsDeep } from './tree-rows.ts';
import { lastVisible, linesBetween, nextVisible, stepVisible, visibleAncestor } from './tree-walk.ts';

export type TreeState = {
  readonly tree: JsonTree;
  /** By row: 1 where a container is open. */
  readonly isOpen: Uint8Array;
  /** Rows; both 0 while the tree has none. */
  readonly focused: number;
  readonly top: number;
  readonly height: number;
  /** Of the pane, in cells: where the lines of a long text are broken. */
  readonly width: number;
  /** Members of the record that start fully open. */
  readonly openPaths: readonly string[];
  /** What was opened and closed by hand, by path. */
  readonly choices: Choices;
  /** Where the person last moved to: other events are shown there too. */
  readonly wantedPath: readonly PathSegment[];
};

export type TreeCommand =
  | 'down'
  | 'up'
  | 'halfDown'
  | 'halfUp'
  | 'pageDown'
  | 'pageUp'
  | 'first'
  | 'last'
  /** Closes an open container; from anywhere else goes to the parent. */
  | 'close'
  /** Opens a closed container; on an open one goes to its first child. */
  | 'open'
  | 'toggle'
  /** The focused row and its siblings; `Deep`: and all they hold. */
  | 'closeSiblings'
  | 'closeSiblingsDeep'
  | 'openSiblings'
  | 'openSiblingsDeep'
  | 'nextSibling'
  | 'previousSibling'
  /** The next row of the same name anywhere in the record, round the end, opening what hides it. */
  | 'nextSameKey'
  | 'previousSameKey'
  | { readonly kind: 'toRow'; readonly row: number }
  /** The wheel: moves the window; the focus moves only where it would leave it. */
  | { readonly kind: 'scroll'; readonly rows: number };

const DEFAULT_OPEN = ['userIdentity', 'requestParameters'];
const SCROLL_MARGIN = 2;
/** Until the pane is drawn. */
const USUAL_WIDTH = 80;

/** `openPaths`: members of the record that are open with all they hold; everything else is closed. */
export function openTree(tree: JsonTree, height: number, openPaths: readonly string[] = DEFAULT_OPEN): TreeState {
  const choices: Choices = new Map();
  const isOpen = initialOpening(tree, openPaths, choices);
  const wantedPath = tree.rows[0]?.path ?? [];
  const place = { focused: 0, top: 0, height: Math.max(0, height), width: USUAL_WIDTH };
  return { ...place, tree, isOpen, openPaths, choices, wantedPath };
}

/** Another record takes the tree's place: open at the same paths, focus on the same path (or as much of it
 *  as there is) and on the same line of the screen. */
export function replaceTree(state: TreeState, record: JsonTree): TreeState {
  const tree = withChosenLines(record, state.choices, state.width);
  const isOpen = initialOpening(tree, state.openPaths, state.choices);
  const found = findNearest(tree, state.wantedPath);
  if (found === undefined) return { ...state, tree, isOpen, focused: 0, top: 0 };
  const line = linesBetween(state, state.top, state.focused, state.height);
  const focused = visibleAncestor({ tree, isOpen }, found.index);
  const next = { ...state, tree, isOpen, focused };
  return showMember(normalize({ ...next, top: stepVisible(next, focused, -line) }, 0));
}

/** The focus on a row of the record itself, with all of it in sight as far as the window reaches, and above it as much
 *  as there is room for. */
export function showWhole(state: TreeState, row: number): TreeState {
  const height = Math.max(1, state.height);
  const last = visibleAncestor(state, state.tree.rows[row]?.lastDescendant ?? row);
  const block = 1 + linesBetween(state, row, last, height - 1);
  return normalize({ ...at(state, row), top: stepVisible(state, row, block - height) }, 0);
}

export function resizeTree(state: TreeState, height: number, width: number = state.width): TreeState {
  const hasLines = width !== state.width && state.tree.rows.some(({ kind }) => kind === 'line');
  const broken = hasLines ? moveTo(state, withLines(state.tree, hasOwnLines, width)) : state;
  return showMember(normalize({ ...broken, width, height: Math.max(0, height) }, 0));
}

/** Whoever looks at a member of the record (requestParameters, from event to event) sees all of it, if there is room. */
function showMember(state: TreeState): TreeState {
  const row = state.tree.rows[state.focused];
  if (row === undefined || row.depth > 0 || row.childCount === 0 || isWhole(state)) return state;
  return showWhole(state, state.focused);
}

/** Whether all of the focused row is in sight, to the end of what is open below it. */
function isWhole(state: TreeState): boolean {
  const last = visibleAncestor(state, state.tree.rows[state.focused]?.lastDescendant ?? state.focused);
  return linesBetween(state, state.top, last, state.height) < state.height;
}

export function moveTree(state: TreeState, command: TreeCommand): TreeState {
  const row = state.tree.rows[state.focused];
  if (row === undefined) return state;
  const half = Math.max(1, Math.floor(state.height / 2));
  const page = Math.max(1, state.height - SCROLL_MARGIN);
  switch (command) {
    case 'down':
      return focus(state, stepVisible(state, row.index, 1));
    case 'up':
      return focus(state, stepVisible(state, row.index, -1));
    case 'halfDown':
      return turnPage(state, half);
    case 'halfUp':
      return turnPage(state, -half);
    case 'pageDown':
      return turnPage(state, page);
    case 'pageUp':
      return turnPage(state, -page);
    case 'first':
      return focus(state, 0);
    case 'last':
      return focus(state, lastVisible(state));
    case 'close':
      if (state.isOpen[row.index] === 1) return setOpen(state, [row.index], false);
      return row.parent < 0 ? state : focus(state, row.parent);
    case 'open':
      if (row.childCount === 0) return openText(state, row);
      return state.isOpen[row.index] === 1 ? focus(state, row.firstChild) : setOpen(state, [row.index], true);
    case 'toggle':
      if (row.childCount === 0) return openText(state, row);
      return setOpen(state, [row.index], state.isOpen[row.index] !== 1);
    case 'closeSiblings':
      return setOpen(state, siblings(state.tree, row), false);
    case 'closeSiblingsDeep':
      return setOpen(state, siblingsDeep(state.tree, row), false);
    case 'openSiblings':
      return setOpen(state, siblings(state.tree, row), true);
    case 'openSiblingsDeep':
      return setOpen(state, siblingsDeep(state.tree, row), true);
    case 'nextSibling':
      return row.nextSibling < 0 ? state : focus(state, row.nextSibling);
    case 'previousSibling':
      return row.previousSibling < 0 ? state : focus(state, row.previousSibling);
    case 'nextSameKey':
      return toSameKey(state, row, 1);
    case 'previousSameKey':
      return toSameKey(state, row, -1);
  }
  if (command.kind === 'toRow') return jump(state, command.row);
  return scroll(state, command.rows);
}

/** The next (step 1) or previous (-1) row after the focused one whose key or value holds `text`, round the
 *  end, whatever the case; what hides it is opened. The same state where there is none. */
export function findInTree(state: TreeState, text: string, step: 1 | -1): TreeState {
  const wanted = text.toLowerCase();
  if (wanted === '') return state;
  return findRow(state, step, (row) => holdsText(state.tree, row, wanted));
}

/** All rows whose key or value holds `text`, whatever the case: for "match 3 of 12". */
export function matchesInTree(tree: JsonTree, text: string): readonly number[] {
  const wanted = text.toLowerCase();
  return wanted === '' ? [] : tree.rows.filter((row) => holdsText(tree, row, wanted)).map((row) => row.index);
}

/** The rows that can be seen if the pane is high enough; grows with what is open, so not for drawing. */
export function visibleRows(state: TreeState): readonly number[] {
  const rows: number[] = [];
  for (let row = state.tree.rows.length > 0 ? 0 : -1; row >= 0; row = nextVisible(state, row)) rows.push(row);
  return rows;
}

/** How many rows can be seen, as far as `limit`. */
export function countLines(state: TreeState, limit: number): number {
  return state.tree.rows.length === 0 ? 0 : 1 + linesBetween(state, 0, lastVisible(state), limit);
}

/** `requestParameters.instancesSet.items[0].instanceId` */
export function pathText(row: Pick<JsonRow, 'path'>): string {
  return segmentsText(row.path);
}

/** The lines of a long text, or what base64 says. */
function openText(state: TreeState, row: JsonRow): TreeState {
  if (foldedText(state.tree, row, state.width) === null) return state;
  const isWanted = (other: JsonRow) => other === row || hasOwnLines(other);
  const moved = moveTo(state, withLines(state.tree, isWanted, state.width));
  const opened = setOpen(moved, [moved.focused], true);
  // Whoever asks for a text wants to read it.
  return isWhole(opened) ? opened : showWhole(opened, opened.focused);
}

function hasOwnLines({ content }: JsonRow): boolean {
  return content === 'lines' || content === 'decoded';
}

/** The same record with other lines below its long texts: everything stays open, and where it is. */
function moveTo(state: TreeState, tree: JsonTree): TreeState {
  const isOpen = new Uint8Array(tree.rows.length);
  const values = tree.rows.filter(({ kind }) => kind !== 'line');
  const movedTo = new Int32Array(state.tree.rows.length);
  let at = -1;
  for (const { kind, index } of state.tree.rows) {
    if (kind !== 'line') at++;
    // A line leads to the text that it is of.
    const row = values[at] as JsonRow;
    movedTo[index] = row.index;
    if (kind !== 'line' && state.isOpen[index] === 1 && row.childCount > 0) isOpen[row.index] = 1;
  }
  return { ...state, tree, isOpen, focused: movedTo[state.focused] ?? 0, top: movedTo[state.top] ?? 0 };
}

/** Opens or closes those of `rows` that are containers, and remembers it. */
function setOpen(state: TreeState, rows: readonly number[], isOpen: boolean): TreeState {
  return normalize(withOpen(state, rows, isOpen), 0);
}

function withOpen(state: TreeState, rows: readonly number[], isOpen: boolean): TreeState {
  const next = state.isOpen.slice();
  const containers = rows.map((index) => state.tree.rows[index] as JsonRow).filter(({ childCount }) => childCount > 0);
  for (const { index } of containers) next[index] = isOpen ? 1 : 0;
  return { ...state, isOpen: next, choices: withChoices(state.choices, containers, isOpen) };
}

function toSameKey(state: TreeState, row: JsonRow, step: 1 | -1): TreeState {
  const name = nameOf(state.tree, row);
  return findRow(state, step, (other) => nameOf(state.tree, other) === name);
}

function findRow(state: TreeState, step: 1 | -1, isWanted: (row: JsonRow) => boolean): TreeState {
  const { rows } = state.tree;
  for (let offset = 1; offset < rows.length; offset++) {
    const index = (state.focused + step * offset + rows.length) % rows.length;
    if (isWanted(rows[index] as JsonRow)) return jump(reveal(state, index), index);
  }
  return state;
}

/** Opens every container around a row. */
function reveal(state: TreeState, index: number): TreeState {
  const closed: number[] = [];
  for (let row = state.tree.rows[index]?.parent ?? -1; row >= 0; row = state.tree.rows[row]?.parent ?? -1) {
    if (state.isOpen[row] !== 1) closed.push(row);
  }
  return closed.length === 0 ? state : withOpen(state, closed, true);
}

function focus(state: TreeState, row: number): TreeState {
  return normalize(at(state, row), SCROLL_MARGIN);
}

/** Far away is shown in the middle; a line that is seen does not move, for it may have been clicked. */
function jump(state: TreeState, row: number): TreeState {
  const visible = visibleAncestor(state, Math.max(0, Math.min(row, state.tree.rows.length - 1)));
  const next = at(state, visible);
  const isInWindow = linesBetween(next, visibleAncestor(next, next.top), visible, next.height) < next.height;
  if (isInWindow) return normalize(next, 0);
  return normalize({ ...next, top: stepVisible(next, visible, -Math.floor(next.height / 2)) }, SCROLL_MARGIN);
}

function turnPage(state: TreeState, rows: number): TreeState {
  const top = stepVisible(state, state.top, rows);
  return normalize({ ...at(state, stepVisible(state, state.focused, rows)), top }, SCROLL_MARGIN);
}

function scroll(state: TreeState, rows: number): TreeState {
  const top = fullTop(state, stepVisible(state, state.top, rows));
  const bottom = stepVisible(state, top, Math.max(0, state.height - 1));
  return normalize({ ...at(state, Math.max(top, Math.min(state.focused, bottom))), top }, 0);
}

function at(state: TreeState, row: number): TreeState {
  return { ...state, focused: row, wantedPath: state.tree.rows[row]?.path ?? [] };
}

/** The one place that keeps the focus visible and the window around it. */
function normalize(state: TreeState, margin: number): TreeState {
  if (state.tree.rows.length === 0) return { ...state, focused: 0, top: 0 };
  const focused = visibleAncestor(state, Math.min(state.focused, state.tree.rows.length - 1));
  const height = Math.max(1, state.height);
  const room = Math.min(margin, Math.floor((height - 1) / 2));
  let top = visibleAncestor(state, Math.min(state.top, state.tree.rows.length - 1));
  const line = top > focused ? -1 : linesBetween(state, top, focused, height);
  if (line < room) top = stepVisible(state, focused, -room);
  else if (line > height - 1 - room) top = stepVisible(state, focused, -(height - 1 - room));
  return { ...state, focused, top: fullTop(state, top) };
}

/** No empty lines below the last row while there are more above. */
function fullTop(state: TreeState, top: number): number {
  const bottom = stepVisible(state, top, Math.max(0, state.height - 1));
  return stepVisible(state, bottom, -Math.max(0, state.height - 1));
}
