// What the keys and words of marks and notes do. Where marks are kept is the work of marks-keeper.ts.

import { openLine } from '../state/line-panel.ts';
import { MAX_MARKED_AT_ONCE, MAX_NOTE, markOf } from '../state/marks.ts';
import { selectedRow } from '../state/results.ts';
import { countOf, formatCount } from '../text/format.ts';
import type { Explorer } from './explorer.ts';

/** Space: marks the event under the cursor, a folded run whole, or takes that back. The cursor stays: what is marked is
 *  often noted, opened or compared next. */
export function toggleMark(explorer: Explorer): void {
  const { marks } = explorer.state;
  const rows = rowsUnderCursor(explorer);
  if (rows.length === 0) return;
  if (rows.length > MAX_MARKED_AT_ONCE) {
    sayTooMany(explorer, `a run of ${countOf(rows.length, 'event')}`);
    return;
  }
  const isWanted = !rows.every((row) => markOf(marks, row).isMarked);
  explorer.dispatch({ kind: 'marked', rows, isMarked: isWanted });
}

/** Marks all that the list holds. */
export function markAll(explorer: Explorer): void {
  const { result } = explorer.state.results;
  if (result === null) return;
  const { rows } = result.folded?.whole ?? result;
  if (rows.length > MAX_MARKED_AT_ONCE) {
    sayTooMany(explorer, `the list holds ${countOf(rows.length, 'event')}`);
    return;
  }
  explorer.dispatch({ kind: 'marked', rows: Array.from(rows), isMarked: true });
  explorer.dispatch({ kind: 'said', text: `${countOf(rows.length, 'event')} marked` });
}

export function clearMarks(explorer: Explorer): void {
  const { count } = explorer.state.marks;
  explorer.dispatch({ kind: 'marksCleared' });
  explorer.dispatch({ kind: 'said', text: `${countOf(count, 'mark')} taken back; notes stay` });
}

/** To the nearest marked or noted event of the list, or to the run that holds it. */
export function goToMarked(explorer: Explorer, step: 1 | -1): void {
  const { results, marks } = explorer.state;
  const from = results.list.selected;
  let nearest: number | null = null;
  for (const row of marks.byRow.keys()) {
    const position = explorer.placeOf(row);
    if (position === null || (position - from) * step <= 0) continue;
    if (nearest === null || (nearest - position) * step > 0) nearest = position;
  }
  if (nearest !== null) explorer.dispatch({ kind: 'listMoved', move: { kind: 'to', index: nearest } });
  else explorer.dispatch({ kind: 'said', text: `no ${step > 0 ? 'older' : 'newer'} marked event in this list` });
}

/** `m`: a line to write a note in. It belongs to the event that is under the cursor now, whatever comes above it. */
export function openNote(explorer: Explorer): void {
  const row = selectedRow(explorer.state.results);
  if (row === null) return;
  const { note } = markOf(explorer.state.marks, row);
  const title = note === '' ? 'Note to this event' : 'Note to this event (empty takes it away)';
  explorer.dispatch({ kind: 'panelOpened', panel: { ...openLine('note', title, note), row } });
}

/** Why the note cannot be taken; null: it has been. */
export function takeNote(text: string, explorer: Explorer): string | null {
  const { panel } = explorer.state;
  if (panel?.kind !== 'line' || panel.row === undefined) return null;
  const note = text.trim();
  if (note.length > MAX_NOTE) return `${formatCount(note.length)} of ${formatCount(MAX_NOTE)} characters`;
  explorer.dispatch({ kind: 'noted', row: panel.row, note });
  return null;
}

/** Rows of the events that the line under the cursor stands for. */
function rowsUnderCursor({ store, state }: Explorer): readonly number[] {
  const { result, list } = state.results;
  const row = selectedRow(state.results);
  if (store === null || result === null || row === null) return [];
  const { folded } = result;
  const count = folded?.counts[list.selected] ?? 1;
  if (folded === undefined || count < 2) return [row];
  const from = store.positionOf(folded.whole, row);
  return Array.from(folded.whole.rows.subarray(from, from + count));
}

function sayTooMany(explorer: Explorer, what: string): void {
  const text = `${what}: at most ${formatCount(MAX_MARKED_AT_ONCE)} are marked at once`;
  explorer.dispatch({ kind: 'said', text });
}
