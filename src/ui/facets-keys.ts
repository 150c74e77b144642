// What the keys and the mouse do in the facets.

import type { MouseInput } from '../keys/mouse.ts';
import { type FacetsPanel, type FacetsStep, facetTerm, openFacets } from '../state/facets-panel.ts';
import type { ListMove } from '../state/list.ts';
import type { FacetId } from '../store/analysis.ts';
import type { Explorer } from './explorer.ts';
import { facetsPlace } from './facets-lines.ts';
import { narrow } from './pivots.ts';

const WHEEL_ROWS = 3;

export function showFacets(explorer: Explorer, field?: FacetId): void {
  explorer.dispatch({ kind: 'panelOpened', panel: openFacets(field) });
}

/** As a command's handler. */
export function stepsFacets(step: FacetsStep): (explorer: Explorer) => void {
  return (explorer) => dispatchStep(explorer, step);
}

export function moveFacets(move: ListMove): (explorer: Explorer) => void {
  return stepsFacets({ kind: 'move', move });
}

/** `=` and `!`: the page stays, and follows. */
export function narrowByFacet(isNegated: boolean): (explorer: Explorer) => void {
  return (explorer) => {
    const term = termIn(explorer);
    if (term !== null) narrow(explorer, term, isNegated);
  };
}

/** Enter: among the fields to the values; among the values to the events of this one. */
export function takeFacet(explorer: Explorer): void {
  const { panel } = explorer.state;
  if (panel?.kind !== 'facets') return;
  if (panel.focus === 'fields') {
    dispatchStep(explorer, { kind: 'focus', to: 'values' });
    return;
  }
  const term = facetTerm(panel);
  if (term === null) return;
  explorer.dispatch({ kind: 'panelClosed' });
  narrow(explorer, term, false);
}

export function otherFacetList(explorer: Explorer): void {
  const { panel } = explorer.state;
  if (panel?.kind !== 'facets') return;
  dispatchStep(explorer, { kind: 'focus', to: panel.focus === 'fields' ? 'values' : 'fields' });
}

/** One level back: all values again, then the list. */
export function closeFacets(explorer: Explorer): void {
  const { panel } = explorer.state;
  if (panel?.kind !== 'facets') return;
  if (panel.filter.text === '') explorer.dispatch({ kind: 'panelClosed' });
  else dispatchStep(explorer, { kind: 'endFilter', isKept: false });
}

/** `line`: of the page, from 0. A click goes there, a click on the value under the cursor takes it. */
export function mouseInFacets(mouse: MouseInput, line: number, panel: FacetsPanel, explorer: Explorer): void {
  const place = { column: mouse.column, line };
  const found = facetsPlace(panel, explorer.state.columns, place);
  if (mouse.kind === 'wheel') {
    const list = facetsPlace(panel, explorer.state.columns, { ...place, line: 2 })?.list ?? panel.focus;
    dispatchStep(explorer, { kind: 'moveIn', list, move: { kind: 'scroll', rows: mouse.wheel * WHEEL_ROWS } });
    return;
  }
  if (mouse.kind !== 'press' || mouse.button !== 'left' || found === null) return;
  const { list, index } = found;
  const isThere = panel.focus === list && panel[list].selected === index;
  if (isThere) takeFacet(explorer);
  else {
    dispatchStep(explorer, { kind: 'focus', to: list });
    dispatchStep(explorer, { kind: 'moveIn', list, move: { kind: 'to', index } });
  }
}

function termIn({ state }: Explorer) {
  return state.panel?.kind === 'facets' ? facetTerm(state.panel) : null;
}

function dispatchStep(explorer: Explorer, step: FacetsStep): void {
  explorer.dispatch({ kind: 'panelStepped', step: { panel: 'facets', ...step } });
}
