// What the keys and the mouse do in the histogram.

import type { MouseInput } from '../keys/mouse.ts';
import { timeTerms, withSpan, withTimeTerms } from '../query/edit.ts';
import { printQuery } from '../query/print.ts';
import { barAt, chosenBars, type HistogramStep } from '../state/histogram.ts';
import type { Explorer } from './explorer.ts';
import { barAtColumn } from './histogram-lines.ts';

/** `i`: opens it, takes the keys back to it, closes it. */
export function switchHistogram(explorer: Explorer): void {
  const { histogram } = explorer.state;
  if (histogram === null) openHistogram(explorer);
  else if (histogram.isFocused) explorer.dispatch({ kind: 'histogramClosed' });
  else step(explorer, { kind: 'focus', isFocused: true });
}

export function openHistogram(explorer: Explorer): void {
  explorer.dispatch({ kind: 'histogramOpened' });
  const { layout } = explorer.state;
  if (layout.isTooSmall || layout.band.height > 0) return;
  explorer.dispatch({ kind: 'histogramClosed' });
  const text = 'no room for the histogram: close the detail, or use a higher window';
  explorer.dispatch({ kind: 'said', text, isWarning: true });
}

/** Moves the cursor, and the list to the newest event of the bar it comes to. */
export function moveHistogram(bars: number, isBrushing: boolean): (explorer: Explorer) => void {
  return (explorer) => {
    step(explorer, { kind: 'move', bars, isBrushing });
    showBar(explorer);
  };
}

export function stepsHistogram(made: HistogramStep): (explorer: Explorer) => void {
  return (explorer) => step(explorer, made);
}

/** Enter: the search says from when until when; what it said about time before is kept for the way back. */
export function zoomIn(explorer: Explorer): void {
  const { histogram, search } = explorer.state;
  const chosen = histogram === null ? null : chosenBars(histogram);
  if (chosen === null) return;
  // Both ends belong to a range of the search, and events have whole seconds.
  const text = printQuery(withSpan(search.query, chosen.from, chosen.to - 1000));
  // A second Enter before the bars of the range are there, or the only bar of it.
  if (text === search.applied) return;
  step(explorer, { kind: 'zoomed', before: timeTerms(search.query) });
  explorer.replaceSearch(text);
}

/** Out of the last range, or, where nothing is left of how one came in, to any time. */
export function zoomOut(explorer: Explorer): void {
  const { histogram, search } = explorer.state;
  const before = histogram?.before.at(-1) ?? [];
  if (histogram?.before.length === 0 && timeTerms(search.query).length === 0) {
    explorer.dispatch({ kind: 'said', text: 'the search has no time: this is the whole range' });
    return;
  }
  step(explorer, { kind: 'back' });
  explorer.replaceSearch(printQuery(withTimeTerms(search.query, before)));
}

/** The whole range again, however deep one was. */
export function zoomWhole(explorer: Explorer): void {
  step(explorer, { kind: 'whole' });
  explorer.replaceSearch(printQuery(withTimeTerms(explorer.state.search.query, [])));
}

/** A click moves the cursor, dragging chooses a range. */
export function mouseInHistogram(mouse: MouseInput, explorer: Explorer): void {
  const { histogram, layout } = explorer.state;
  if (histogram === null || layout.isTooSmall || mouse.button !== 'left') return;
  const index = barAtColumn(histogram, layout.band.width, mouse.column);
  const { bars, cursor, anchor } = histogram;
  if (index === null || bars === null) return;
  const time = bars.from + index * bars.bucketMs;
  if (mouse.kind === 'press') {
    step(explorer, { kind: 'focus', isFocused: true });
    step(explorer, { kind: 'to', time, anchor: null });
    showBar(explorer);
  } else if (mouse.kind === 'drag' && cursor !== null && (anchor !== null || barAt(bars, cursor) !== index)) {
    step(explorer, { kind: 'to', time, anchor: anchor ?? cursor });
  }
}

function showBar(explorer: Explorer): void {
  const { histogram, results } = explorer.state;
  const { store } = explorer;
  if (histogram === null || results.result === null || store === null) return;
  // Of a range the bar under the cursor.
  const chosen = chosenBars({ ...histogram, anchor: null });
  if (chosen === null || chosen.count === 0) return;
  const index = store.since(results.result, chosen.to).total;
  explorer.dispatch({ kind: 'listMoved', move: { kind: 'to', index } });
}

function step(explorer: Explorer, made: HistogramStep): void {
  explorer.dispatch({ kind: 'histogramStepped', step: made });
}

/** Tab: the histogram, the list, the detail, as far as they are open. */
export function nextPane(explorer: Explorer): void {
  const { histogram, detail, focus } = explorer.state;
  if (focus === 'list' && histogram?.isFocused === true) {
    step(explorer, { kind: 'focus', isFocused: false });
    return;
  }
  if (focus === 'list' && detail.isOpen) explorer.dispatch({ kind: 'focusMoved', to: 'detail' });
  else {
    explorer.dispatch({ kind: 'focusMoved', to: 'list' });
    step(explorer, { kind: 'focus', isFocused: true });
  }
}
