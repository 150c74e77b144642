// Comparing the marked events: their records are read, then the page opens; and what its keys do.

import { setImmediate } from 'node:timers/promises';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import type { MouseInput } from '../keys/mouse.ts';
import { type Compared, comparing } from '../state/compare.ts';
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
import type { Host } from './host.ts';
import { copy } from './panel-keys.ts';
import { narrowByLeaf } from './pivots.ts';

/** Of one turn: a key press is not held up. */
const SLICE_MS = 8;

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
    await openInSlices(explorer, events.toReversed(), texts.toReversed());
  } catch (error) {
    if (!explorer.isClosed) explorer.dispatch({ kind: 'said', text: messageOf(error), isWarning: true });
  }
}

/** Small records are compared at once; of large ones the page says that it is under way, until it has been left. */
async function openInSlices(
  explorer: Explorer,
  events: readonly TrailEvent[],
  texts: readonly string[],
): Promise<void> {
  const steps = comparing(texts);
  let step = slice(steps);
  explorer.dispatch({ kind: 'panelOpened', panel: openCompare(events, step.done === true ? step.value : null) });
  while (step.done !== true) {
    await setImmediate();
    const { panel } = explorer.state;
    if (explorer.isClosed || panel?.kind !== 'compare' || panel.events !== events) return;
    step = slice(steps);
    if (step.done === true) compareStep({ kind: 'fill', events, compared: step.value })(explorer);
  }
}

function slice(steps: Generator<void, Compared, void>): IteratorResult<void, Compared> {
  const startedAt = performance.now();
  let step = steps.next();
  while (step.done !== true && performance.now() - startedAt < SLICE_MS) step = steps.next();
  return step;
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
