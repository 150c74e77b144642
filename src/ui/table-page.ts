// What a page of rows is made of. Each page has a file of its own that is not read before a page is opened;
// pages.ts knows them all.

import type { Query } from '../query/query.ts';
import type { AppState } from '../state/app-state.ts';
import { isLoading } from '../state/live.ts';
import type { TablePanel, TableRow } from '../state/table-panel.ts';
import type { Result } from '../store/result.ts';
import type { Store } from '../store/store.ts';
import { countOf } from '../text/format.ts';

/** What a page is filled from. */
export type Asked = {
  readonly store: Store;
  /** The list's question with another term. */
  readonly within: (term: Query, signal: AbortSignal) => Promise<Result>;
  /** The term whatever the list's search: among the events that it could hold, noise left out while it is hidden.
   *  `onColumns`: see SearchOptions. */
  readonly anywhere: (term: Query, signal: AbortSignal, onColumns?: (result: Result) => void) => Promise<Result>;
  /** The same, noise or not: what a page tells of an event whatever the list hides. Enter on its rows shows noise. */
  readonly unhidden: (term: Query, signal: AbortSignal) => Promise<Result>;
  /** What is known so far, where the rest takes longer than one would wait. */
  readonly show: (filled: Filled) => void;
  readonly state: AppState;
  /** What the list stands on. */
  readonly result: Result;
  readonly of: TablePanel['of'];
  readonly signal: AbortSignal;
};

export type Filled = {
  readonly rows: readonly TableRow[];
  readonly about: string;
  /** Instead of the title that it opened with. */
  readonly title?: string;
  /** Instead of what the page says of no rows. */
  readonly none?: string;
  /** The row that the cursor stands on when the page is filled for the first time; the first by default. */
  readonly at?: number;
};

export type Page = {
  readonly head: (of: TablePanel['of']) => Pick<TablePanel, 'title' | 'columns' | 'none'>;
  readonly fill: (asked: Asked) => Promise<Filled>;
};

const LEAVE = 'Esc closes the page.';

/** What a page says of no rows, and how to leave it. */
export function noneText(text: string): string {
  return `${text} ${LEAVE}`;
}

export const NO_EVENTS = noneText('There are no events in the list to count.');

/** `41,208 events so far`, `12 events of this search` */
export function overText(state: AppState): string {
  const { results, search } = state;
  const whole = results.result?.folded?.whole ?? results.result;
  const events = countOf(whole?.total ?? 0, 'event');
  return `${events}${search.applied === '' ? '' : ' of this search'}${isGrowing(state) ? ' so far' : ''}`;
}

export function isGrowing({ live, loading }: AppState): boolean {
  return live === null ? loading.kind === 'reading' || loading.kind === 'opening' : isLoading(live);
}

/** The list is confined to a Region, a profile or a range that leaves out some of what is loaded. */
export function isConfined({ state }: Pick<Asked, 'state'>): boolean {
  return state.total < state.loaded;
}

/** How far pages look that tell what is behind an event. */
export function lookedText(asked: Pick<Asked, 'state'>): string {
  return isConfined(asked)
    ? 'as far as loaded, in the Region, profile and range of the list'
    : 'as far as events are loaded';
}

/** The parts that say something, in one line. */
export function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
