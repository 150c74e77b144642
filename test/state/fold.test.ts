import { expect, test } from 'vitest';
import { type Fold, foldedRun, NO_FOLD, openedRun, stepFold } from '../../src/state/fold.ts';
import { NO_RESULTS, type Results } from '../../src/state/results.ts';

/** A list of rows 10, 11, …, the cursor on one of them. */
function results(counts: readonly number[], selected: number): Results {
  const rows = Int32Array.from(counts, (_, place) => 10 + place);
  const whole = {
    id: 1,
    revision: 1,
    query: { kind: 'all' },
    total: 0,
    stage: 'complete',
    understood: [],
    rows,
  } as const;
  const result = { ...whole, total: rows.length, folded: { counts: Int32Array.from(counts), whole } };
  return { ...NO_RESULTS, result, list: { total: rows.length, selected, top: 0, height: 5 } };
}

test('a run is what stands for several events', () => {
  expect(foldedRun(results([1, 3], 0))).toBeNull();
  expect(foldedRun(results([1, 3], 1))).toEqual({ row: 11, count: 3 });
  expect(foldedRun(NO_RESULTS)).toBeNull();
});

test('an opened run reaches as far as its events', () => {
  const fold = stepFold({ ...NO_FOLD, isOn: true }, { kind: 'runOpened', row: 11, count: 3 });
  const runAt = (selected: number, of: Fold = fold) => openedRun(of, results([1, 1, 1, 1, 1], selected))?.row ?? null;
  expect([0, 1, 2, 3, 4].map((selected) => runAt(selected))).toEqual([null, 11, 11, 11, null]);
  expect(runAt(1, stepFold(fold, { kind: 'runClosed', row: 11 }))).toBeNull();
  expect(runAt(1, stepFold(fold, { kind: 'foldSwitched' }))).toBeNull();
});
