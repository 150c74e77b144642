// What `=`, `!` and the pivots do with the selected event, and what they do in the tree.

import { hasTerm, withoutTerm, withTerm } from '../query/edit.ts';
import { findPreset } from '../query/presets.ts';
import { printQuery } from '../query/print.ts';
import type { Query } from '../query/query.ts';
import { type LeafTerm, pathOf } from '../state/leaf-term.ts';
import { openPivotMenu, type PivotId, pivotQuery, pivotTerm } from '../state/pivots.ts';
import { selectedEvent } from '../state/results.ts';
import { recordPath, rowTerm } from '../state/row-value.ts';
import type { Explorer } from './explorer.ts';
import { showNoise } from './noise.ts';
import { openPage } from './open-page.ts';

/** Of the screen: header, status, footer; of the menu: a line of ─ and its title. */
const LINES_AROUND_ITEMS = 5;
const FAILED: Query = { kind: 'present', path: 'error' };

/** The menu of the selected event's values: only those, or not those. */
export function openPivots(subject: 'only' | 'not'): (explorer: Explorer) => void {
  return (explorer) => {
    const event = selectedEvent(explorer.state.results);
    if (event === null) return;
    const { zone, rows } = explorer.state;
    const hasSearch = explorer.state.search.applied !== '';
    const panel = openPivotMenu(subject, event, { zone, maxItems: rows - LINES_AROUND_ITEMS, hasSearch });
    explorer.dispatch({ kind: 'panelOpened', panel });
  };
}

/** An item of that menu. `isAlone`: in place of the search, not beside it. */
export function takePivot(subject: 'only' | 'not', id: string, explorer: Explorer, isAlone = false): void {
  const term = pivotTerm(id);
  if (term === null) pivot('around')(explorer);
  else if (isAlone) explorer.replaceSearch(printQuery(term));
  else narrow(explorer, term, subject === 'not');
}

/** Everything that shares something with the selected event, whatever the search was; that event stays selected. */
export function pivot(id: PivotId): (explorer: Explorer) => void {
  return (explorer) => {
    const event = selectedEvent(explorer.state.results);
    if (event === null) return;
    const query = pivotQuery(id, event);
    if (query.kind === 'lacking') {
      explorer.dispatch({ kind: 'said', text: `the record does not state ${query.what}` });
      return;
    }
    // What happened around an event is told by the reads too.
    if (id === 'around') showNoise(explorer);
    explorer.replaceSearch(printQuery(query));
  };
}

/** The search, with the term as well or with what it excludes left out. */
export function narrow(explorer: Explorer, term: Query, isNegated: boolean): void {
  explorer.replaceSearch(printQuery(withTerm(explorer.state.search.query, isNegated ? negated(term) : term)));
}

export function toggleFailures(explorer: Explorer): void {
  const { query } = explorer.state.search;
  const isOn = hasTerm(query, FAILED);
  explorer.replaceSearch(printQuery(isOn ? withoutTerm(query, FAILED) : withTerm(query, FAILED)));
  explorer.dispatch({ kind: 'said', text: isOn ? 'failures and the rest' : 'failures only: x shows the rest again' });
}

export function showSshAccess(explorer: Explorer): void {
  const preset = findPreset('ssh');
  if (preset === undefined) return;
  showNoise(explorer);
  explorer.replaceSearch(preset.query);
  openPage(explorer, 'ssh');
}

/** `=` and `!` in the tree: the search, narrowed by the value under the cursor. */
export function narrowByValue(explorer: Explorer, isNegated: boolean): void {
  const { tree } = explorer.state.detail;
  const row = tree?.tree.rows[tree.focused];
  if (tree !== null && row !== undefined) narrowByLeaf(explorer, rowTerm(tree.tree, row), isNegated);
}

/** The search, narrowed by a value of a record, or why it cannot ask for that. */
export function narrowByLeaf(explorer: Explorer, asked: LeafTerm, isNegated: boolean): void {
  if (asked.kind === 'term') narrow(explorer, asked.term, isNegated);
  const said = asked.kind === 'term' ? asked.note : asked.reason;
  if (said !== undefined) explorer.dispatch({ kind: 'said', text: said });
}

/** Of the row under the cursor in the tree, any element of its lists; null where there is none. */
export function pathUnderCursor(explorer: Explorer): string | null {
  const { tree } = explorer.state.detail;
  const row = tree?.tree.rows[tree.focused];
  return tree === null || row === undefined ? null : pathOf(recordPath(tree.tree, row));
}

function negated(term: Query): Query {
  return term.kind === 'not' ? term.term : { kind: 'not', term };
}
