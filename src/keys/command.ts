// What a command is, and what it may know of the screen.

import type { TableRow } from '../state/table-panel.ts';

/** What the screen is doing, as far as commands care. */
export type Facts = {
  readonly hasEvents: boolean;
  /** Events that are marked, and whether the list holds only those. */
  readonly marked: number;
  readonly isOnlyMarked: boolean;
  readonly isFolded: boolean;
  /** The cursor is on a folded run, or on an event of an opened one; null: on neither. */
  readonly run: 'folded' | 'opened' | null;
  /** Why the cell under the cursor of a comparison cannot be searched for; null when it can. */
  readonly cellBlocked: string | null;
  readonly hasSearched: boolean;
  /** There is a search other than the one that is on. */
  readonly hasLastQuery: boolean;
  readonly hasEarlierQuery: boolean;
  readonly hasLaterQuery: boolean;
  /** What the search line offers under its highlight; `match`: something that a word stood for. */
  readonly completion: 'match' | 'other' | 'hidden' | 'pending' | 'none';
  readonly isDetailOpen: boolean;
  readonly isRaw: boolean;
  readonly hasFindText: boolean;
  /** The row under the tree's cursor holds a plain value. */
  readonly isOnValue: boolean;
  /** The overlay of columns is on one that cannot be hidden. */
  readonly isColumnFixed: boolean;
  /** The source is an account's event history. */
  readonly isLive: boolean;
  /** At least one account of it could be opened. */
  readonly hasLanes: boolean;
  readonly isFollowing: boolean;
  readonly isPaused: boolean;
  /** A span of time was chosen, so there is nothing older to load. */
  readonly hasSpan: boolean;
  /** Something cannot be read before somebody logs in, and a command is known that does it. */
  readonly canLogIn: boolean;
  /** Enter has something to apply in the picker or the time menu. */
  readonly hasChoice: boolean;
  /** All digits of the MFA code are typed. */
  readonly isCodeWhole: boolean;
  /** The menu's item under the cursor can be taken; what blocks it, else. */
  readonly menuBlocked: string | null;
  readonly isHistogramOpen: boolean;
  /** The histogram's cursor stands on a bar. */
  readonly hasBar: boolean;
  /** `=` has something to narrow by in the facets. */
  readonly hasFacetTerm: boolean;
  /** The facets' cursor is among the fields, not among the values. */
  readonly isOnFacetField: boolean;
  /** A file is on its way. */
  readonly isWriting: boolean;
  /** The name in the form of a download is that of a file. */
  readonly isTaken: boolean;
  /** The row under the cursor of the table; null where there is none. */
  readonly tableRow: Pick<TableRow, 'query' | 'hint' | 'after'> | null;
  /** What `y` takes from the page of text; null: nothing. */
  readonly copyable: string | null;
  /** What Esc does now, in a word or two; null where there is nothing to go back from. */
  readonly back: string | null;
};

export type Command = {
  readonly title: string;
  /** Word for the footer; a command without one is only in the help. */
  readonly hint?: string | ((facts: Facts) => string);
  /** Why it cannot run now, for the reader; null when it can. */
  readonly blocked?: (facts: Facts) => string | null;
};
