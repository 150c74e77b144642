import { describe, expect, test } from 'vitest';
import {
  FACET_FIELDS,
  type FacetsPanel,
  type FacetsStep,
  facetField,
  facetRows,
  facetTerm,
  openFacets,
  resizeFacets,
  selectedFacetRow,
  stepFacets,
} from '../../src/state/facets-panel.ts';
import type { Facet, FacetId } from '../../src/store/analysis.ts';

function facet(field: FacetId, counts: Readonly<Record<string, number>>, absent = 0): Facet {
  const values = Object.entries(counts).map(([value, count]) => ({ value, count, failures: 0 }));
  return { field, values, distinct: values.length, absent };
}

const fill = (facets: readonly Facet[], holding = ''): FacetsStep => ({ kind: 'fill', facets, total: 10, holding });

function afterSteps(...steps: readonly FacetsStep[]): FacetsPanel {
  return steps.reduce(stepFacets, resizeFacets(openFacets(), 12));
}

const DOWN: FacetsStep = { kind: 'move', move: 'down' };
const VALUES: FacetsStep = { kind: 'focus', to: 'values' };

describe('stepFacets', () => {
  test('begins at the names, or at the values of the field that was asked for', () => {
    expect(openFacets()).toMatchObject({ focus: 'fields', total: null });
    expect(facetField(openFacets('ip'))).toBe('ip');
    expect(openFacets('ip').focus).toBe('values');
  });

  test('lists the values, and at the end the events that state none', () => {
    const panel = afterSteps(fill([facet('name', { a: 5, b: 3 }, 2)]));
    expect(facetRows(panel)).toEqual([
      { value: 'a', count: 5, failures: 0 },
      { value: 'b', count: 3, failures: 0 },
      { value: '', count: 2, failures: null },
    ]);
  });

  test('the cursor stays on its value wherever that comes to stand, and in its place where the value is gone', () => {
    const panel = afterSteps(fill([facet('name', { a: 5, b: 3, c: 1 })]), VALUES, DOWN);
    expect(selectedFacetRow(panel)?.value).toBe('b');
    const newer = stepFacets(panel, fill([facet('name', { x: 9, a: 8, c: 7, b: 6 })]));
    expect(selectedFacetRow(newer)?.value).toBe('b');
    const without = stepFacets(newer, fill([facet('name', { x: 9, a: 8, c: 7 })]));
    expect(selectedFacetRow(without)?.value).toBe('c');
    expect(selectedFacetRow(stepFacets(without, fill([facet('name', {})])))).toBeNull();
  });

  test('another field shows what is known of it, from its first value', () => {
    const both = [facet('name', { a: 5, b: 3 }), facet(FACET_FIELDS[1] ?? 'who', { alice: 1, bob: 1 })];
    const panel = afterSteps(fill(both), VALUES, DOWN, { kind: 'focus', to: 'fields' }, DOWN);
    expect(selectedFacetRow(panel)?.value).toBe('alice');
    expect(facetRows(stepFacets(panel, DOWN))).toEqual([]);
  });

  test('a text narrows the values of its field only, and an answer for another text is nobody’s', () => {
    const typed: FacetsStep[] = [{ kind: 'filter' }, { kind: 'edit', edit: { kind: 'insert', text: 'ru' } }];
    const panel = afterSteps(fill([facet('name', { a: 5, run: 3 }, 4)]), ...typed);
    const stale = stepFacets(panel, fill([facet('name', { a: 5, run: 3 }, 4)]));
    expect(stale.facets).toEqual(panel.facets);
    const narrowed = stepFacets(panel, fill([facet('name', { run: 3 }, 4)], 'ru'));
    expect(facetRows(narrowed).map(({ value }) => value)).toEqual(['run']);
    const all = stepFacets(narrowed, { kind: 'endFilter', isKept: false });
    expect(all).toMatchObject({ isFiltering: false, filter: { text: '' } });
  });

  test('= is the value among the values, and "states it" among the fields', () => {
    const panel = afterSteps(fill([facet('name', { 'a*': 5 }, 2)]));
    expect(facetTerm(panel)).toEqual({ kind: 'present', path: 'name' });
    const onValue = stepFacets(panel, VALUES);
    expect(facetTerm(onValue)).toEqual({ kind: 'field', path: 'name', values: ['a\\*'] });
    expect(facetTerm(stepFacets(onValue, DOWN))).toEqual({ kind: 'not', term: { kind: 'present', path: 'name' } });
    expect(facetTerm(afterSteps(VALUES))).toBeNull();
  });
});
