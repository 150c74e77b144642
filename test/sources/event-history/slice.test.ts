import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalize } from '../../../src/sources/event-history/coverage.ts';
import { Ledger } from '../../../src/sources/event-history/ledger.ts';
import { Slice } from '../../../src/sources/event-history/slice.ts';

const S = 1000;
const page = (times: readonly number[], token: string | null) => ({
  facts: { oldest: times.length === 0 ? null : Math.min(...times), count: times.length, token },
  ids: new Map(times.map((time, index) => [`${time}-${index}`, time])),
});

function take(slice: Slice, times: readonly number[], token: string | null) {
  const { facts, ids } = page(times, token);
  return slice.accept(facts, ids);
}

describe('a chain of pages', () => {
  test('closes down to the second after the oldest event, and to its end with the last page', () => {
    const slice = new Slice('history', null, { from: 0, to: 100 * S });
    expect(take(slice, [90 * S, 80 * S], 'a')).toEqual({ from: 81 * S, to: 100 * S });
    expect(take(slice, [80 * S, 80 * S], 'b')).toBeNull();
    expect(take(slice, [], 'c')).toBeNull();
    expect(take(slice, [80 * S, 79 * S], 'd')).toEqual({ from: 80 * S, to: 80 * S });
    expect(take(slice, [3 * S], null)).toEqual({ from: 0, to: 79 * S });
    expect(slice.isFinished).toBe(true);
  });

  test('goes on from the oldest second where the token is lost, and knows its events again', () => {
    const slice = new Slice('history', null, { from: 0, to: 100 * S });
    take(slice, [90 * S, 80 * S, 80 * S], 'a');
    slice.onTokenLost();
    expect(slice).toMatchObject({ token: null, from: 0, to: 80 * S });
    expect(slice.hasSeen(`${80 * S}-1`)).toBe(true);
    expect(slice.hasSeen('other')).toBe(false);
    take(slice, [80 * S], 'b');
    // No further than before: the same token has another chance before the second begins anew.
    slice.onTokenLost();
    expect(slice.token).toBe('b');
    slice.onTokenLost();
    expect(slice.token).toBeNull();
  });

  test('leaves nothing out and reads nothing twice when it is split again and again', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 600 }),
        fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
        (seconds, choices) => {
          const times = seconds.map((second) => second * S).sort((a, b) => b - a);
          const slices = [new Slice('history', null, { from: 0, to: 5000 * S })];
          const places = new Map<Slice, number>();
          const closed: { from: number; to: number }[] = [];
          for (let turn = 0; slices.some((slice) => !slice.isFinished); turn++) {
            const open = slices.filter((slice) => !slice.isFinished);
            const choice = choices[turn % choices.length] as number;
            const slice = open[choice % open.length] as Slice;
            const older = choice % 3 === 0 ? slice.split() : null;
            if (older !== null) slices.push(older);
            const own = times.filter((time) => slice.from <= time && time <= slice.to);
            const at = places.get(slice) ?? 0;
            places.set(slice, at + 50);
            const span = take(slice, own.slice(at, at + 50), at + 50 < own.length ? String(at) : null);
            if (span !== null) closed.push(span);
          }
          // Disjoint, and together the whole.
          const length = closed.reduce((sum, { from, to }) => sum + to - from + S, 0);
          expect(normalize(closed)).toEqual([{ from: 0, to: 5000 * S }]);
          expect(length).toBe(5001 * S);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('asks for nothing that AWS does not have any more', () => {
    const slice = new Slice('history', null, { from: 0, to: 100 * S });
    expect(slice.clamp(40 * S)).toEqual({ from: 0, to: 39 * S });
    expect(slice.remaining).toEqual({ from: 40 * S, to: 100 * S });
    const old = new Slice('history', null, { from: 0, to: 30 * S });
    expect(old.clamp(40 * S)).toEqual({ from: 0, to: 30 * S });
    expect(old.isFinished).toBe(true);
  });
});

describe('the ledger', () => {
  const SETTLING_MS = 15 * 60 * S;
  const span = { from: 0, to: 2 * SETTLING_MS };
  const RUN = { key: 'EventName', value: 'RunInstances' } as const;

  test('never calls the newest quarter of an hour complete, and asks for it again', () => {
    const ledger = new Ledger('management');
    expect(ledger.add(null, span, span.to)).toEqual([{ from: 0, to: SETTLING_MS }]);
    expect(ledger.loaded(null)).toEqual([{ from: 0, to: SETTLING_MS }]);
    expect(ledger.read(null)).toEqual([span]);
    ledger.forgetYoung();
    expect(ledger.read(null)).toEqual([{ from: 0, to: SETTLING_MS }]);
  });

  test('of Insights events, which come later, never the newest hour', () => {
    const ledger = new Ledger('insight');
    expect(ledger.add(null, span, span.to)).toEqual([]);
    expect(ledger.add(null, span, 5 * SETTLING_MS)).toEqual([{ from: 0, to: SETTLING_MS }]);
  });

  test('what was read whole counts for every condition, not the other way round', () => {
    const ledger = new Ledger('management');
    ledger.addCached([{ from: 0, to: 9 * S, attribute: null }]);
    ledger.addCached([{ from: 10 * S, to: 19 * S, attribute: RUN }]);
    expect(ledger.read(RUN)).toEqual([{ from: 0, to: 19 * S }]);
    expect(ledger.read(null)).toEqual([{ from: 0, to: 9 * S }]);
    expect(ledger.loaded(RUN)).toEqual([{ from: 10 * S, to: 19 * S }]);
  });

  test('what AWS has no more is not asked for, and not loaded either', () => {
    const ledger = new Ledger('management');
    ledger.giveUp(null, { from: 0, to: 9 * S });
    ledger.forgetYoung();
    expect(ledger.read(null)).toEqual([{ from: 0, to: 9 * S }]);
    expect(ledger.loaded(null)).toEqual([]);
  });
});
