// Comparing the marked events: their records are read, then the page opens; and what its keys do.

import type { MouseInput } from '../keys/mouse.ts';
import {
  COMPARE_TOP,
  type ComparePanel,
  type CompareStep,
  cellTerm,
  openCompare,
  selectedCell,
} from '../state/compare-panel.ts';
import { markedRows } from '../state/marks.ts';
import { compareColumnAt } from './compare-lines.ts';
import type { Explorer } from './explorer.ts';
import { messageOf } from './fetcher.ts';
import { copy } from './panel-keys.ts';
import type { Host } from './perform.ts';
import { narrowByLeaf } from './pivots.ts';

/** Opens the page, unless something else has been opened or marked meanwhile. */
export async function compareMarked(explorer: Explorer): Promise<void> {
  const { store } = explorer;
  const { marks } = explorer.state;
  if (store === null) return;
  try {
    const picked = store.pick(markedRows(marks));
    const [events, texts] = await Promise.all([
      store.window(picked, 0, picked.total),
      Promise.all(Array.from(picked.rows, (row) => store.record(row))),
    ]);
    const { state } = explorer;
    if (explorer.isClosed || state.panel !== null || state.marks !== marks) return;
    // The oldest first: what changed reads from left to right.
    explorer.dispatch({ kind: 'panelOpened', panel: openCompare(events.toReversed(), texts.toReversed()) });
  } catch (error) {
    if (!explorer.isClosed) explorer.dispatch({ kind: 'said', text: messageOf(error), isWarning: true });
  }
}

export function compareStep(step: CompareStep): (explorer: Explorer) => void {
  return (explorer) => explorer.dispatch({ kind: 'panelStepped', step: { panel: 'compare', ...step } });
}

/** To the chosen event in the list, and opens it there. */
export function openCompared(explorer: Explorer): void {
  const { panel, results } = explorer.state;
  const event = panel?.kind === 'compare' ? panel.events[panel.column] : undefined;
  if (event === undefined || results.result === null) return;
  const position = explorer.placeOf(event.row);
  explorer.dispatch({ kind: 'panelClosed' });
  if (position === null) {
    explorer.dispatch({ kind: 'said', text: 'the list does not hold this event now: Esc there clears the search' });
    return;
  }
  explorer.dispatch({ kind: 'listMoved', move: { kind: 'to', index: position } });
  explorer.dispatch({ kind: 'detailOpened' });
}

/** `=` and `!`: the search, narrowed by the value of the cell. */
export function filterByCell(explorer: Explorer, isNegated: boolean): void {
  const { panel } = explorer.state;
  if (panel?.kind !== 'compare') return;
  const asked = cellTerm(panel);
  if (asked.kind === 'term') explorer.dispatch({ kind: 'panelClosed' });
  narrowByLeaf(explorer, asked, isNegated);
}

export function copyCell(explorer: Explorer, host: Host): void {
  const { panel } = explorer.state;
  const cell = panel?.kind === 'compare' ? selectedCell(panel) : null;
  if (cell !== null && cell.leaf !== null) copy(cell.leaf.value, 'the value', explorer, host);
}

const WHEEL_ROWS = 3;

/** `line`: from the page's first. A click chooses a cell, on the names of an event that event. */
export function mouseInCompare(mouse: MouseInput, line: number, panel: ComparePanel, explorer: Explorer): void {
  if (mouse.kind === 'wheel')
    compareStep({ kind: 'move', move: { kind: 'scroll', rows: mouse.wheel * WHEEL_ROWS } })(explorer);
  if (mouse.kind !== 'press' || mouse.button !== 'left') return;
  const { list } = panel;
  const column = compareColumnAt(panel, explorer.state.columns, mouse.column);
  if (column >= 0 && line >= 1) compareStep({ kind: 'toColumn', column })(explorer);
  const index = list.top + line - COMPARE_TOP;
  if (index < list.top || index >= Math.min(list.total, list.top + list.height)) return;
  compareStep({ kind: 'move', move: { kind: 'to', index } })(explorer);
}
