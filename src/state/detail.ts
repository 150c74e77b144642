// The detail pane: one event's record as a sentence, an identity card and a tree, or as raw JSON.

import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { sanitize } from '../text/sanitize.ts';
import { chopCells } from '../text/wrap.ts';
import { detailHead } from './detail-head.ts';
import { firstsText } from './firsts.ts';
import type { HeadLine } from './head-line.ts';
import { buildTree, type JsonTree } from './json-tree.ts';
import { indentJson, rawLineOf } from './raw-json.ts';
import { EMPTY_INPUT, inputOf, type TextInput } from './text-input.ts';
import {
  countLines,
  findInTree,
  matchesInTree,
  moveTree,
  openTree,
  replaceTree,
  resizeTree,
  showWhole,
  type TreeState,
} from './tree.ts';

export type Find = {
  readonly isOpen: boolean;
  readonly input: TextInput;
  /** What `n` and `N` look for. */
  readonly text: string;
  readonly matchCount: number;
};

/** A record on the screen. `value` is the parsed record, null where the text is not JSON. */
export type ShownRecord = {
  readonly event: TrailEvent;
  readonly text: string;
  readonly value: unknown;
};

export type Detail = {
  readonly isOpen: boolean;
  /** The share of the screen that the pane takes, 0 to 1. */
  readonly size: number;
  readonly record: ShownRecord | null;
  readonly tree: TreeState | null;
  readonly isRaw: boolean;
  /** The person's own, to this event; '' where there is none. */
  readonly note: string;
  /** The sentence, the error and the identity card, above the tree. */
  readonly head: readonly HeadLine[];
  /** Lines of the raw view, sanitised and broken at the pane's width; empty while it is not on. */
  readonly rawLines: readonly string[];
  readonly rawTop: number;
  readonly find: Find;
  /** Of the pane, in cells. */
  readonly width: number;
  readonly height: number;
};

export const SIZES: readonly number[] = [0.25, 0.4, 0.5, 0.65, 0.8, 1];
/** What stands before the raw JSON's wanted line, so that one sees what it is in. */
const LINES_ABOVE = 2;

export function showRecord(state: Detail, event: TrailEvent, text: string): Detail {
  const value = parseOrNull(text);
  const next: Detail = {
    ...state,
    record: { event, text, value },
    rawTop: 0,
  };
  const tree = buildTree(text);
  const opened = state.tree === null ? opening(tree, state.height, state.width) : replaceTree(state.tree, tree);
  const lines = countLines(opened, state.height);
  const head = detailHead(value, state.width, state.height, lines, { note: state.note, ...notesOf(event) });
  const height = Math.max(0, state.height - head.length);
  const shown = state.tree === null ? openAtParameters(tree, height, state.width) : resizeTree(opened, height);
  return withRaw({ ...next, head, tree: shown }, next.isRaw);
}

/** The head has told who it was: what must not need scrolling to are the parameters. The rest above them, userIdentity
 *  before all, is in sight as far as the pane reaches. */
function openAtParameters(tree: JsonTree, height: number, width: number): TreeState {
  const opened = opening(tree, height, width);
  const row = tree.rows.findIndex(({ depth, key }) => depth === 0 && key === 'requestParameters');
  return row < 0 ? opened : showWhole(opened, row);
}

function opening(tree: JsonTree, height: number, width: number): TreeState {
  return resizeTree(openTree(tree, height), height, width);
}

export function resizeDetail(state: Detail, width: number, height: number): Detail {
  return state.width === width && state.height === height ? state : resized(state, width, height);
}

/** The same event, of which more is known. */
export function renewEvent(state: Detail, events: readonly TrailEvent[]): Detail {
  const { record } = state;
  const event = events.find(({ row }) => row === record?.event.row);
  if (record === null || event === undefined) return state;
  const [now, before] = [notesOf(event), notesOf(record.event)];
  if (now.news === before.news && now.person === before.person) return state;
  return resized({ ...state, record: { ...record, event } }, state.width, state.height);
}

/** What is known of an event from the others that are loaded. */
function notesOf(event: TrailEvent): { readonly news: string; readonly person: string } {
  return { news: firstsText(event), person: event.person ?? '' };
}

/** The note goes above the sentence, and the tree gives way to it. */
export function annotate(state: Detail, note: string): Detail {
  return state.note === note ? state : resized({ ...state, note }, state.width, state.height);
}

function resized(state: Detail, width: number, height: number): Detail {
  const lines = state.tree === null ? 0 : countLines(state.tree, height);
  const { record } = state;
  const head =
    record === null
      ? []
      : detailHead(record.value, width, height, lines, { note: state.note, ...notesOf(record.event) });
  const next: Detail = { ...state, width, height, head };
  const tree = next.tree === null ? null : resizeTree(next.tree, treeHeight(next), width);
  const fitted = { ...next, tree };
  return width === state.width ? scrollRaw(fitted, 0) : withRaw(fitted, fitted.isRaw);
}

export type DetailMove =
  | 'down'
  | 'up'
  | 'halfDown'
  | 'halfUp'
  | 'pageDown'
  | 'pageUp'
  | 'first'
  | 'last'
  | { readonly kind: 'scroll'; readonly rows: number };

/** Movement that both views know. */
export function moveDetail(state: Detail, move: DetailMove): Detail {
  if (!state.isRaw) return state.tree === null ? state : { ...state, tree: moveTree(state.tree, move) };
  if (typeof move === 'object') return scrollRaw(state, move.rows);
  const half = Math.max(1, Math.floor(state.height / 2));
  const page = Math.max(1, state.height - 2);
  const rows: Readonly<Record<string, number>> = {
    down: 1,
    up: -1,
    halfDown: half,
    halfUp: -half,
    pageDown: page,
    pageUp: -page,
    first: -state.rawLines.length,
    last: state.rawLines.length,
  };
  return scrollRaw(state, rows[move] ?? 0);
}

/** The raw JSON begins at the line of the tree's cursor. */
export function toggleRaw(state: Detail): Detail {
  const { tree, record } = state;
  const raw = withRaw({ ...state, rawTop: 0 }, !state.isRaw);
  if (!raw.isRaw || tree === null || record === null) return raw;
  const width = Math.max(1, state.width);
  const above = indentJson(record.text).slice(0, rawLineOf(tree.tree, tree.focused));
  const lines = above.reduce((sum, line) => sum + chopCells(sanitize(line), width).length, 0);
  return scrollRaw(raw, lines - LINES_ABOVE);
}

/** Larger or smaller by one of SIZES; null when it is already the largest or smallest. */
export function nextSize(size: number, step: 1 | -1): number | null {
  const larger = SIZES.filter((each) => (step > 0 ? each > size + 0.001 : each < size - 0.001));
  return (step > 0 ? larger[0] : larger.at(-1)) ?? null;
}

/** An empty line, whatever was looked for before, maybe in another record: `n` goes on with that. */
export function openFind(state: Detail): Detail {
  return { ...state, find: { ...state.find, isOpen: true, input: EMPTY_INPUT } };
}

export function closeFind(state: Detail): Detail {
  return { ...state, find: { ...state.find, isOpen: false } };
}

/** Goes to the next or previous row that holds `text`; `matchCount` says of how many. */
export function find(state: Detail, text: string, step: 1 | -1): Detail {
  if (state.tree === null) return state;
  const matchCount = matchesInTree(state.tree.tree, text).length;
  const tree = matchCount === 0 ? state.tree : findInTree(state.tree, text, step);
  return { ...state, tree, find: { isOpen: false, input: inputOf(text), text, matchCount } };
}

/** Lines that the tree has. */
function treeHeight({ height, head }: Detail): number {
  return Math.max(0, height - head.length);
}

function scrollRaw(state: Detail, rows: number): Detail {
  const last = Math.max(0, state.rawLines.length - state.height);
  return { ...state, rawTop: Math.max(0, Math.min(last, state.rawTop + rows)) };
}

function withRaw(state: Detail, isRaw: boolean): Detail {
  if (!isRaw || state.record === null) return { ...state, isRaw, rawLines: [] };
  const width = Math.max(1, state.width);
  const rawLines = indentJson(state.record.text).flatMap((line) => chopCells(sanitize(line), width));
  return scrollRaw({ ...state, isRaw, rawLines }, 0);
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
