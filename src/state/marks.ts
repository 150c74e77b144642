// Events that the person has marked or written a note to, by their rows. What of them is kept from run to run is the
// work of ui/marks-keeper.ts.

import type { EventKey } from '../store/analysis.ts';

export type Mark = {
  /** A note stays when its event's mark is taken back. */
  readonly isMarked: boolean;
  /** '' where there is none. */
  readonly note: string;
};

export type Marks = {
  readonly byRow: ReadonlyMap<number, Mark>;
  /** How many of them are marked. */
  readonly count: number;
  /** The list holds the marked events only. */
  readonly isOnly: boolean;
  /** Rows of whose mark, and of whose note, was decided in this run: what an earlier one has left counts less. */
  readonly decided: { readonly marks: ReadonlySet<number>; readonly notes: ReadonlySet<number> };
};

/** A mark as it is kept in a file, beside what makes that file readable. */
export type StoredMark = {
  readonly marked: boolean;
  readonly note: string;
  readonly eventID: string;
  /** eventTime, as the record states it. */
  readonly time: string;
  readonly name: string;
  readonly who: string;
  /** When it was marked or written to, as ISO text. */
  readonly at: string;
};

/** What of a mark has changed; of a new one all that is known. A mark without a note that is taken back goes. */
export type MarkChange = Partial<StoredMark>;

export type StoredMarks = ReadonlyMap<EventKey, StoredMark>;

export type MarksStep =
  | { readonly kind: 'marked'; readonly rows: readonly number[]; readonly isMarked: boolean }
  | { readonly kind: 'noted'; readonly row: number; readonly note: string }
  /** Of an earlier run, or of another trailx. What has been done to the same rows meanwhile counts
   *  more, the mark and the note each for itself. */
  | { readonly kind: 'marksPlaced'; readonly marks: ReadonlyMap<number, Mark> }
  /** All marks are taken back; notes stay. */
  | { readonly kind: 'marksCleared' }
  | { readonly kind: 'onlyMarkedSwitched' };

/** Characters of a note. */
export const MAX_NOTE = 2000;
/** Events that are marked at once; more is a search, not a choice. */
export const MAX_MARKED_AT_ONCE = 10_000;
/** Events that can be compared. */
export const COMPARED = { least: 2, most: 5 } as const;

export const NO_MARKS: Marks = {
  byRow: new Map(),
  count: 0,
  isOnly: false,
  decided: { marks: new Set(), notes: new Set() },
};

const NO_MARK: Mark = { isMarked: false, note: '' };

export function stepMarks(state: Marks, step: MarksStep): Marks {
  switch (step.kind) {
    case 'marked': {
      const { isMarked } = step;
      return decidedIn(
        state,
        step.rows.map((row) => [row, { ...markOf(state, row), isMarked }]),
      );
    }
    case 'noted': {
      const note = step.note.trim();
      // Whoever writes to an event wants to find it again.
      return decidedIn(state, [[step.row, { isMarked: note !== '' || markOf(state, step.row).isMarked, note }]]);
    }
    case 'marksPlaced':
      return withMarks(
        state,
        [...step.marks].map(([row, stored]) => [row, merged(state, row, stored)]),
      );
    case 'marksCleared':
      return decidedIn(
        state,
        [...state.byRow].map(([row, mark]) => [row, { ...mark, isMarked: false }]),
      );
    case 'onlyMarkedSwitched':
      return { ...state, isOnly: !state.isOnly && state.count > 0 };
  }
}

export function markOf({ byRow }: Marks, row: number): Mark {
  return byRow.get(row) ?? NO_MARK;
}

/** In no order. */
export function markedRows({ byRow }: Marks): readonly number[] {
  const rows: number[] = [];
  for (const [row, mark] of byRow) if (mark.isMarked) rows.push(row);
  return rows;
}

/** Why the marked events cannot be compared; null when they can. */
export function compareBlocked(count: number): string | null {
  const { least, most } = COMPARED;
  if (count < least) return `mark ${least} to ${most} events to compare: Space marks the event under the cursor`;
  if (count <= most) return null;
  return `${count} events are marked, ${most} can be compared: Space on a marked one takes it back`;
}

/** Neither is lost: where nobody has decided about a mark or a note in this run, the stored one stays. */
function merged(state: Marks, row: number, stored: Mark): Mark {
  const { isMarked, note } = markOf(state, row);
  const { marks, notes } = state.decided;
  return { isMarked: marks.has(row) ? isMarked : stored.isMarked, note: notes.has(row) ? note : stored.note };
}

/** The same by the hand of the person. */
function decidedIn(state: Marks, changes: readonly (readonly [number, Mark])[]): Marks {
  const next = withMarks(state, changes);
  if (next === state) return state;
  const marks = new Set(state.decided.marks);
  const notes = new Set(state.decided.notes);
  for (const [row] of changes) {
    const [before, after] = [markOf(state, row), markOf(next, row)];
    if (before.isMarked !== after.isMarked) marks.add(row);
    if (before.note !== after.note) notes.add(row);
  }
  return { ...next, decided: { marks, notes } };
}

function withMarks(state: Marks, changes: readonly (readonly [number, Mark])[]): Marks {
  const byRow = new Map(state.byRow);
  let { count } = state;
  let isChanged = false;
  for (const [row, mark] of changes) {
    const before = byRow.get(row) ?? NO_MARK;
    if (before.isMarked === mark.isMarked && before.note === mark.note) continue;
    isChanged = true;
    count += Number(mark.isMarked) - Number(before.isMarked);
    if (mark.isMarked || mark.note !== '') byRow.set(row, mark);
    else byRow.delete(row);
  }
  return isChanged ? { ...state, byRow, count, isOnly: state.isOnly && count > 0 } : state;
}
