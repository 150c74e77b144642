// What the keys of a folded list do.

import { foldedRun, openedRun } from '../state/fold.ts';
import { countOf } from '../text/format.ts';
import type { Explorer } from './explorer.ts';

/** Enter: a folded run opens in its place, an event shows its record. */
export function openRow(explorer: Explorer): void {
  const run = foldedRun(explorer.state.results);
  if (run === null) explorer.dispatch({ kind: 'detailOpened' });
  else {
    explorer.dispatch({ kind: 'runOpened', ...run });
    explorer.dispatch({ kind: 'said', text: `${countOf(run.count, 'event')} of this run: h folds them again` });
  }
}

/** `h`: columns that have been scrolled off come first; then the opened run folds, and its newest event is selected. */
export function scrollLeft(explorer: Explorer): void {
  const { state } = explorer;
  const run = state.columnScroll > 0 ? null : openedRun(state.fold, state.results);
  if (run === null) {
    explorer.dispatch({ kind: 'columnsScrolled', step: -1 });
    return;
  }
  const position = explorer.placeOf(run.row);
  if (position !== null) explorer.dispatch({ kind: 'listMoved', move: { kind: 'to', index: position } });
  explorer.dispatch({ kind: 'runClosed', row: run.row });
}

export function switchFold(explorer: Explorer): void {
  explorer.dispatch({ kind: 'foldSwitched' });
  const { fold } = explorer.state;
  const text = fold.isOn ? 'runs of the same call are one row: Enter opens one, z unfolds all' : 'unfolded';
  explorer.dispatch({ kind: 'said', text });
}
