import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeTerms } from '../../src/query/edit.ts';
import { parseQuery } from '../../src/query/parse.ts';
import {
  type Bars,
  barAt,
  chosenBars,
  DAY,
  type HistogramStep,
  OPEN_HISTOGRAM,
  planBars,
  spanIn,
  stepHistogram,
} from '../../src/state/histogram.ts';

const NOON = Date.UTC(2026, 4, 19, 12);
const MINUTE = 60_000;
const BARS: Bars = { from: NOON, bucketMs: 5 * MINUTE, counts: [1, 0, 4, 2], failures: [0, 0, 3, 0] };

const afterSteps = (...steps: readonly HistogramStep[]) => steps.reduce(stepHistogram, OPEN_HISTOGRAM);
const FILL: HistogramStep = { kind: 'fill', bars: BARS, time: NOON + 11 * MINUTE };
const move = (bars: number, isBrushing = false): HistogramStep => ({ kind: 'move', bars, isBrushing });

describe('stepHistogram', () => {
  test('begins at the selected event, else at the newest bar', () => {
    expect(chosenBars(afterSteps(FILL))).toMatchObject({ first: 2, last: 2, count: 4, failures: 3 });
    expect(chosenBars(afterSteps({ ...FILL, time: null }))).toMatchObject({ first: 3, count: 2 });
    expect(chosenBars(afterSteps({ kind: 'fill', bars: null, time: null }))).toBeNull();
  });

  test('moves within the bars', () => {
    expect(chosenBars(afterSteps(FILL, move(-1)))).toMatchObject({ first: 1, from: NOON + 5 * MINUTE, count: 0 });
    expect(chosenBars(afterSteps(FILL, move(-9)))?.first).toBe(0);
    expect(chosenBars(afterSteps(FILL, move(9)))?.last).toBe(3);
  });

  test('chooses a range from either end, and takes it back', () => {
    const brushed = afterSteps(FILL, move(-1, true), move(-1, true));
    expect(chosenBars(brushed)).toMatchObject({ first: 0, last: 2, to: NOON + 15 * MINUTE, count: 5, failures: 3 });
    const begun = afterSteps(FILL, { kind: 'anchor' }, move(1));
    expect(chosenBars(begun)).toMatchObject({ first: 2, last: 3 });
    expect(chosenBars(stepHistogram(begun, { kind: 'anchor' }))).toMatchObject({ first: 3, last: 3 });
  });

  test('the cursor keeps its time while the bars change, and follows the list', () => {
    const wider: Bars = { from: NOON - 60 * MINUTE, bucketMs: 15 * MINUTE, counts: [0, 0, 0, 1, 6], failures: [] };
    expect(chosenBars(afterSteps(FILL, move(-1), { kind: 'fill', bars: wider, time: null }))).toMatchObject({
      first: 4,
    });
    expect(chosenBars(afterSteps(FILL, { kind: 'follow', time: NOON }))).toMatchObject({ first: 0 });
    // Outside of the bars there is nowhere to go.
    expect(chosenBars(afterSteps(FILL, { kind: 'follow', time: NOON - DAY }))).toMatchObject({ first: 2 });
  });

  test('knows the way back out of each range', () => {
    const terms = timeTerms(parseQuery('since:2h x', { now: NOON, zone: 'utc' }).query ?? { kind: 'all' });
    const deep = afterSteps(FILL, { kind: 'zoomed', before: [] }, { kind: 'zoomed', before: terms });
    expect(deep.before.at(-1)).toMatchObject([{ kind: 'since', text: '2h' }]);
    expect(stepHistogram(deep, { kind: 'back' }).before).toEqual([[]]);
    expect(stepHistogram(deep, { kind: 'whole' }).before).toEqual([]);
  });
});

describe('planBars', () => {
  test.each([
    ['an hour', 60 * MINUTE, 60, 2 * MINUTE],
    ['a day', DAY, 100, 15 * MINUTE],
    ['90 days', 90 * DAY, 100, DAY],
    ['a second', 0, 60, 1000],
  ])('%s has bars of a length that people count in', (_, length, most, bucketMs) => {
    expect(planBars({ from: NOON, to: NOON + length }, most, 'utc').bucketMs).toBe(bucketMs);
  });

  test('weeks begin on Mondays', () => {
    const { from, bucketMs } = planBars({ from: NOON, to: NOON + 300 * DAY }, 60, 'utc');
    expect([bucketMs / DAY, new Date(from).getUTCDay()]).toEqual([7, 1]);
  });

  test('covers the whole span with no more bars than there is room for', () => {
    const span = fc.record({
      from: fc.integer({ min: 0, max: Date.UTC(2100, 0) }),
      length: fc.oneof(
        fc.integer({ min: 0, max: DAY }),
        fc.integer({ min: 0, max: 80 * 365 }).map((days) => days * DAY),
      ),
      most: fc.integer({ min: 1, max: 250 }),
      zone: fc.constantFrom('utc', 'local'),
    });
    fc.assert(
      fc.property(span, ({ from, length, most, zone }) => {
        const plan = planBars({ from, to: from + length }, most, zone);
        expect(plan.count).toBeGreaterThan(0);
        expect(plan.count).toBeLessThanOrEqual(most);
        expect(plan.from).toBeLessThanOrEqual(from);
        expect(plan.from + plan.count * plan.bucketMs).toBeGreaterThan(from + length);
        const bars: Bars = { ...plan, counts: new Array(plan.count).fill(0), failures: [] };
        expect(barAt(bars, from)).toBe(0);
        expect(barAt(bars, from + length)).toBe(plan.count - 1);
      }),
    );
  });
});

test('the time that a search leaves is the narrowest that it names', () => {
  const spanOf = (text: string) => {
    const { query } = parseQuery(text, { now: NOON, zone: 'utc' });
    const { from, to } = spanIn(timeTerms(query ?? { kind: 'all' }));
    return [from, to].map((time) => (time === null ? null : new Date(time).toISOString().slice(11, 19)));
  };
  expect(spanOf('x')).toEqual([null, null]);
  expect(spanOf('since:2h x')).toEqual(['10:00:00', null]);
  expect(spanOf('since:2h since:1h until:2026-05-19T11:30:00Z')).toEqual(['11:00:00', '11:30:00']);
  expect(spanOf('at:2026-05-19T11:00:00Z±5m since:3h')).toEqual(['10:55:00', '11:05:00']);
});
