// A question that is given up ends, whenever that happens: what follows never waits for it.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { Duck } from '../../src/store/duck.ts';

/** Would take hours. */
const ENDLESS = 'SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE hash(a.range + b.range) = 7';

let duck: Duck;
beforeAll(async () => {
  duck = await Duck.open({ threads: '2' });
});
afterAll(() => duck.close());

const MOMENTS: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['at once', async () => {}],
  ['a moment later', () => new Promise((resolve) => setImmediate(resolve))],
  ['while it is prepared', () => new Promise((resolve) => setTimeout(resolve, 1))],
  ['while it runs', () => new Promise((resolve) => setTimeout(resolve, 60))],
];

test.each(MOMENTS)('given up %s', async (_, moment) => {
  for (let k = 0; k < 5; k++) {
    const controller = new AbortController();
    const running = duck.query(ENDLESS, {}, controller.signal);
    const settled = expect(running).rejects.toMatchObject({ name: 'AbortError' });
    await moment();
    controller.abort();
    await settled;
    expect((await duck.query('SELECT 7::INTEGER')).integers(0)).toEqual(Int32Array.of(7));
  }
});

test('more of them than there are threads for them', async () => {
  const controllers = Array.from({ length: 12 }, () => new AbortController());
  const running = controllers.map(({ signal }) => duck.query(ENDLESS, {}, signal));
  const settled = Promise.allSettled(running);
  // Most wait for a thread.
  await new Promise((resolve) => setTimeout(resolve, 10));
  for (const controller of controllers) controller.abort();
  expect((await duck.query('SELECT 7::INTEGER')).integers(0)).toEqual(Int32Array.of(7));
  expect((await settled).map(({ status }) => status)).toEqual(controllers.map(() => 'rejected'));
});

test.each(MOMENTS)('a stream given up %s', async (_, moment) => {
  const controller = new AbortController();
  const settled = expect(duck.stream(ENDLESS, {}, controller.signal).next()).rejects.toMatchObject({
    name: 'AbortError',
  });
  await moment();
  controller.abort();
  await settled;
});

test.each(MOMENTS)('closed %s', async (_, moment) => {
  const other = await Duck.open({ threads: '2' });
  const outcome = expect(other.query(ENDLESS)).rejects.toThrow();
  await moment();
  await other.close();
  await outcome;
});
