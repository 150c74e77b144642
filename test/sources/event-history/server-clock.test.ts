import { expect, test } from 'vitest';
import { ServerClock } from '../../../src/sources/event-history/server-clock.ts';

const NOON = Date.parse('2026-05-20T12:00:00Z');
const MINUTE = 60_000;

/** A machine whose clock is off by `aheadMs`. */
function machine(aheadMs: number) {
  let time = NOON;
  const moves: number[] = [];
  const state = { aheadMs };
  const clock = new ServerClock(
    () => time + state.aheadMs,
    (by) => moves.push(by),
  );
  const answer = (tookMs = 100) => {
    time += tookMs;
    clock.note(Math.floor(time / 1000) * 1000, tookMs);
  };
  const error = () => Math.abs(clock.now() - time);
  return { clock, answer, error, moves, state, pass: (ms: number) => (time += ms) };
}

test.each([-900, 0, 900, 1900])('a clock that is %i ms ahead is right', (aheadMs) => {
  const { clock, answer, moves, pass } = machine(aheadMs);
  for (let k = 0; k < 200; k++) {
    pass(137);
    answer(k % 7 === 0 ? 20_000 : 80);
  }
  expect(moves).toEqual([]);
  expect(clock.notice).toBeNull();
});

test.each([
  [58 * MINUTE, '58 min ahead of'],
  [-61 * MINUTE, '61 min behind'],
  [26 * 60 * MINUTE, '26 h ahead of'],
  [-100 * 1440 * MINUTE, '100 d behind'],
])('one that is %i ms ahead is corrected once, and told', (aheadMs, words) => {
  const { clock, answer, error, moves, pass } = machine(aheadMs);
  for (let k = 0; k < 50; k++) {
    pass(137);
    answer(k === 0 ? 700 : 80);
    expect(error()).toBeLessThan(2000);
  }
  expect(moves).toHaveLength(1);
  expect(clock.notice).toBe(`the clock of this machine is ${words} AWS's; AWS's time is used`);
});

test('set right while trailx runs: nothing is told any more', () => {
  const { clock, answer, error, moves, state } = machine(10 * MINUTE);
  answer();
  state.aheadMs = 0;
  answer();
  expect(moves).toHaveLength(2);
  expect([clock.notice, error()]).toEqual([null, 0]);
});
