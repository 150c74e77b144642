import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareRecords, comparing, MAX_LEAVES, unusualLeaves } from '../../src/state/compare.ts';
import { cellBlocked, openCompare, resizeCompare, selectedCell, stepCompare } from '../../src/state/compare-panel.ts';
import { leafTerm } from '../../src/state/leaf-term.ts';
import { compareLines } from '../../src/ui/compare-lines.ts';
import { themeNamed } from '../../src/ui/theme.ts';

const rowsOf = (texts: readonly string[]) => compareRecords(texts).rows;

/** `≠ a.b  1 | –` */
function table(...records: readonly unknown[]): readonly string[] {
  return rowsOf(records.map((record) => (typeof record === 'string' ? record : JSON.stringify(record)))).map(
    ({ path, leaves, isDifferent }) =>
      `${isDifferent ? '≠' : '='} ${path}  ${leaves.map((leaf) => leaf?.value ?? '–').join(' | ')}`,
  );
}

describe('compareRecords', () => {
  test('has a row for every leaf of any of them, in the order of the records', () => {
    expect(
      table(
        { eventName: 'RunInstances', requestParameters: { a: 1, c: 3 }, z: true },
        { eventName: 'RunInstances', requestParameters: { a: 2, b: 2, c: 3 }, z: true },
      ),
    ).toEqual([
      '= eventName  RunInstances | RunInstances',
      '≠ requestParameters.a  1 | 2',
      '≠ requestParameters.b  – | 2',
      '= requestParameters.c  3 | 3',
      '= z  true | true',
    ]);
  });

  test('compares lists by index, and asks the search for any element', () => {
    const rows = rowsOf(['{"items":[{"id":"a"},{"id":"b"}]}', '{"items":[{"id":"a"}]}']);
    expect(rows.map(({ path }) => path)).toEqual(['items[0].id', 'items[1].id']);
    expect(rows.map(({ segments, leaves }) => leafTerm(segments ?? [], leaves[0] ?? null))).toEqual(
      ['a', 'b'].map((value) => ({ kind: 'term', term: { kind: 'field', path: 'items[].id', values: [value] } })),
    );
    expect(rows.map(({ isDifferent }) => isDifferent)).toEqual([false, true]);
  });

  test('null and absent are the same, "true" and true are not, numbers keep their spelling', () => {
    expect(table({ a: null, b: 'true', c: 1 }, { b: true, c: 1 })).toEqual([
      '= a  null | –',
      '≠ b  true | true',
      '= c  1 | 1',
    ]);
    expect(table('{"a":12345678901234567890}', '{"a":12345678901234567891}')).toEqual([
      '≠ a  12345678901234567890 | 12345678901234567891',
    ]);
  });

  test('an empty container is a leaf, an odd key is quoted', () => {
    expect(table({ a: {}, 'x.y': [] }, { a: { b: 1 } })).toEqual(['≠ a.b  – | 1', '≠ a  {} | –', '≠ ["x.y"]  [] | –']);
  });

  test('what is nested for the sake of it is one value, which cannot be searched for', () => {
    const deep = (leaf: string) => `{"a":${'['.repeat(50_000)}${leaf}${']'.repeat(50_000)}}`;
    const rows = rowsOf([deep('1'), deep('2')]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ segments: null, isDifferent: true });
    expect(cellBlocked(openCompare([], compareRecords([deep('1'), deep('2')])))).toContain('too deep');
  });

  test('a text that is not JSON is a value without a name', () => {
    expect(table('{"a":1}', '{"a":')).toEqual(['≠   – | {"a":', '≠ a  1 | –']);
  });

  test('the value that most have is the usual one', () => {
    const of = (...values: readonly unknown[]) => {
      const [row] = rowsOf(values.map((value) => JSON.stringify(value === undefined ? {} : { a: value })));
      return row === undefined ? [] : unusualLeaves(row);
    };
    expect(of('x', 'y', 'y')).toEqual([true, false, false]);
    expect(of('x', 'y')).toEqual([false, true]);
    expect(of('x', 'x')).toEqual([false, false]);
    expect(of('x', undefined, null, 'x', undefined)).toEqual([true, false, false, true, false]);
  });

  test('every leaf of every record is there once, and the same records do not differ', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 4 }), { minLength: 2, maxLength: 5 }), (values) => {
        const texts = values.map((value) => JSON.stringify({ value }));
        const rows = rowsOf(texts);
        const paths = rows.map(({ path }) => path);
        expect(new Set(paths).size).toBe(paths.length);
        texts.forEach((text, record) => {
          const own = rowsOf([text, text]);
          expect(own.some(({ isDifferent }) => isDifferent)).toBe(false);
          const there = rows.filter(({ leaves }) => leaves[record] !== null);
          expect(there.map(({ path, leaves }) => [path, leaves[record]]).toSorted()).toEqual(
            own.map(({ path, leaves }) => [path, leaves[0]]).toSorted(),
          );
        });
      }),
    );
  });
});

test('what is beyond the first values of a record is not compared, and that is said', () => {
  const of = (count: number, last: number) => JSON.stringify({ list: [...new Array(count - 1).fill(0), last] });
  expect(compareRecords([of(MAX_LEAVES, 1), of(MAX_LEAVES, 2)])).toMatchObject({ isCut: false });
  const cut = compareRecords([of(MAX_LEAVES + 1, 1), of(MAX_LEAVES + 1, 2)]);
  expect(cut.isCut).toBe(true);
  expect(cut.rows).toHaveLength(MAX_LEAVES);
  const panel = resizeCompare(openCompare([], cut), 20);
  const shown = (page: typeof panel) => compareLines(page, 160, 'utc', themeNamed('mono')).join('\n');
  expect(shown(panel)).toContain('only the first 20,000 values of each are compared');
  expect(shown(stepCompare(panel, { kind: 'switch' }))).toContain('they do not differ in what was compared');
});

test('large records are compared in slices', () => {
  const text = JSON.stringify({ list: Array.from({ length: 5000 }, (_, k) => ({ k })) });
  let slices = 0;
  for (const _ of comparing([text, text, text])) slices++;
  expect(slices).toBeGreaterThan(30);
  const events: readonly never[] = [];
  const waiting = openCompare(events);
  expect(compareLines(resizeCompare(waiting, 20), 80, 'utc', themeNamed('mono')).join()).toContain('comparing…');
  const compared = compareRecords([text, text]);
  expect(stepCompare(waiting, { kind: 'fill', events, compared }).rows).toHaveLength(5000);
  expect(stepCompare(waiting, { kind: 'fill', events: [], compared })).toBe(waiting);
});

describe('the page', () => {
  const texts = ['{"a":1,"b":1,"c":1,"d":1}', '{"a":1,"b":2,"c":1,"d":2}', '{"a":1,"b":1,"c":1,"d":3}'];
  const opened = () =>
    resizeCompare({ ...openCompare([], compareRecords(texts)), events: new Array(3).fill(null) as never }, 20);

  test('shows only what differs on request, and stays at the row or goes to the next that differs', () => {
    const at = (index: number) =>
      stepCompare(opened(), { panel: 'compare', kind: 'move', move: { kind: 'to', index } } as never);
    const paths = (from: number) => selectedCell(stepCompare(at(from), { kind: 'switch' }))?.row.path;
    expect([0, 1, 2, 3].map(paths)).toEqual(['b', 'b', 'd', 'd']);
    const only = stepCompare(opened(), { kind: 'switch' });
    expect(only.rows.map(({ path }) => path)).toEqual(['b', 'd']);
    const back = stepCompare(stepCompare(only, { kind: 'move', move: 'down' }), { kind: 'switch' });
    expect(back.rows).toHaveLength(4);
    expect(selectedCell(back)?.row.path).toBe('d');
  });

  test('the chosen event stays one of them', () => {
    let panel = opened();
    for (let press = 0; press < 5; press++) panel = stepCompare(panel, { kind: 'column', step: 1 });
    expect(panel.column).toBe(2);
    expect(selectedCell(stepCompare(panel, { kind: 'move', move: 'last' }))?.leaf?.value).toBe('3');
    for (let press = 0; press < 5; press++) panel = stepCompare(panel, { kind: 'column', step: -1 });
    expect(panel.column).toBe(0);
  });

  test('records that do not differ leave nothing to show', () => {
    const panel = stepCompare(openCompare([], compareRecords(['{"a":1}', '{"a":1}'])), { kind: 'switch' });
    expect(panel.rows).toEqual([]);
    expect(selectedCell(panel)).toBeNull();
    expect(cellBlocked(panel)).toBe('there is no value');
  });
});
