// Counts of the result by value, in place of the list: the fields at the left, the values of the field under the cursor
// at the right. It follows the result as that changes; the cursor stays on its value, wherever that comes to stand.

import { fieldTerm } from '../query/edit.ts';
import type { Query } from '../query/query.ts';
import type { Facet, FacetId } from '../store/analysis.ts';
import { EMPTY_LIST, type ListMove, type ListState, moveList, replaceList, resizeList } from './list.ts';
import { EMPTY_INPUT, editText, inputOf, type TextCommand, type TextInput } from './text-input.ts';

/** In the order of the panel: what people ask for first. */
export const FACET_FIELDS: readonly FacetId[] = [
  'name',
  'who',
  'error',
  'source',
  'resource',
  'ip',
  'family',
  'region',
  'role',
  'session',
  'key',
  'account',
  'readOnly',
  'mfa',
  'type',
  'agent',
  'service',
  'eventType',
];

/** One line of the values. `value` '': the events that do not state the field. */
export type FacetRow = {
  readonly value: string;
  readonly count: number;
  /** Null: not counted. */
  readonly failures: number | null;
};

export type FacetsPanel = {
  readonly kind: 'facets';
  readonly focus: 'fields' | 'values';
  /** What is known so far, by field. */
  readonly facets: ReadonlyMap<FacetId, Facet>;
  /** Events of the result that was counted; null before the first answer. */
  readonly total: number | null;
  /** Why the last count failed; '' when it did not. */
  readonly problem: string;
  readonly fields: ListState;
  readonly values: ListState;
  /** Only values that hold this text. */
  readonly filter: TextInput;
  readonly isFiltering: boolean;
};

export type FacetsStep =
  | { readonly kind: 'focus'; readonly to: FacetsPanel['focus'] }
  | { readonly kind: 'move'; readonly move: ListMove }
  /** In one of the two lists, whichever has the keys. */
  | { readonly kind: 'moveIn'; readonly list: FacetsPanel['focus']; readonly move: ListMove }
  /** `holding`: the text that the values of these fields hold. */
  | { readonly kind: 'fill'; readonly facets: readonly Facet[]; readonly total: number; readonly holding: string }
  | { readonly kind: 'fail'; readonly reason: string }
  | { readonly kind: 'filter' }
  | { readonly kind: 'edit'; readonly edit: TextCommand }
  | { readonly kind: 'empty' }
  /** `isKept` false: all values again. */
  | { readonly kind: 'endFilter'; readonly isKept: boolean };

/** Lines of the page above the first field and the first value: what is counted, and what the lists are. */
export const FACETS_TOP = 2;

export function openFacets(field: FacetId = 'name'): FacetsPanel {
  const selected = Math.max(0, FACET_FIELDS.indexOf(field));
  return {
    kind: 'facets',
    focus: field === 'name' ? 'fields' : 'values',
    facets: new Map(),
    total: null,
    problem: '',
    fields: { ...EMPTY_LIST, total: FACET_FIELDS.length, selected },
    values: EMPTY_LIST,
    filter: EMPTY_INPUT,
    isFiltering: false,
  };
}

export function stepFacets(panel: FacetsPanel, step: FacetsStep): FacetsPanel {
  switch (step.kind) {
    case 'focus':
      return { ...panel, focus: step.to };
    case 'move':
      return moveIn(panel, panel.focus, step.move);
    case 'moveIn':
      return moveIn(panel, step.list, step.move);
    case 'fill':
      return fill(panel, step.facets, step.total, step.holding);
    case 'fail':
      return { ...panel, problem: step.reason };
    case 'filter':
      return { ...panel, focus: 'values', isFiltering: true };
    case 'edit':
      return { ...panel, filter: editText(panel.filter, step.edit) };
    case 'empty':
      return { ...panel, filter: EMPTY_INPUT };
    case 'endFilter':
      return { ...panel, isFiltering: false, filter: step.isKept ? inputOf(panel.filter.text) : EMPTY_INPUT };
  }
}

function moveIn(panel: FacetsPanel, list: FacetsPanel['focus'], move: ListMove): FacetsPanel {
  if (list === 'values') return { ...panel, values: moveList(panel.values, move) };
  const fields = moveList(panel.fields, move);
  if (fields.selected === panel.fields.selected) return { ...panel, fields };
  // Another field has other values: what was typed to find one goes with them.
  const moved = { ...panel, fields, filter: EMPTY_INPUT, isFiltering: false };
  const values = { ...panel.values, selected: 0, top: 0 };
  return { ...moved, values: replaceList(values, facetRows(moved).length, 0) };
}

function fill(panel: FacetsPanel, answered: readonly Facet[], total: number, holding: string): FacetsPanel {
  const facets = new Map(panel.facets);
  const field = facetField(panel);
  for (const facet of answered) {
    // The values of a field that is narrowed by a text come with that text, and with no other.
    const isOfText = holding === (facet.field === field ? panel.filter.text : '');
    if (isOfText) facets.set(facet.field, facet);
  }
  const filled = { ...panel, facets, total, problem: '' };
  if (facets.get(field) === panel.facets.get(field)) return filled;
  const selected = selectedFacetRow(panel)?.value;
  const rows = facetRows(filled);
  const at = rows.findIndex(({ value }) => value === selected);
  return { ...filled, values: replaceList(panel.values, rows.length, at < 0 ? panel.values.selected : at) };
}

export function resizeFacets(panel: FacetsPanel, height: number): FacetsPanel {
  const lines = Math.max(1, height - FACETS_TOP);
  if (panel.fields.height === lines && panel.values.height === lines) return panel;
  return { ...panel, fields: resizeList(panel.fields, lines), values: resizeList(panel.values, lines) };
}

/** The field under the cursor. */
export function facetField({ fields }: FacetsPanel): FacetId {
  return FACET_FIELDS[fields.selected] ?? 'name';
}

/** The lines of that field: its values, the most frequent first, and at the end the events that state none. */
export function facetRows(panel: FacetsPanel): readonly FacetRow[] {
  const facet = panel.facets.get(facetField(panel));
  return facet === undefined ? [] : rowsOf(facet, panel.filter.text !== '');
}

const ROWS = new WeakMap<Facet, readonly FacetRow[]>();

function rowsOf(facet: Facet, isNarrowed: boolean): readonly FacetRow[] {
  if (isNarrowed || facet.absent === 0) return facet.values;
  let rows = ROWS.get(facet);
  if (rows === undefined) {
    rows = [...facet.values, { value: '', count: facet.absent, failures: null }];
    ROWS.set(facet, rows);
  }
  return rows;
}

/** Null where there is none. */
export function selectedFacetRow(panel: FacetsPanel): FacetRow | null {
  return facetRows(panel)[panel.values.selected] ?? null;
}

/** What `=` adds: among the values events with this value, among the fields events that state the field. Null where
 *  there is no value. */
export function facetTerm(panel: FacetsPanel): Query | null {
  const field = facetField(panel);
  if (panel.focus === 'fields') return { kind: 'present', path: field };
  const row = selectedFacetRow(panel);
  return row === null ? null : fieldTerm(field, row.value);
}
