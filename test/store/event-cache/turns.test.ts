import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Turns } from '../../../src/store/event-cache/turns.ts';

test('one piece of work at a time, in the order of asking, other work in between', async () => {
  const turns = new Turns();
  const log: string[] = [];
  const work = (name: string) =>
    turns.take(async () => {
      log.push(`${name} begins`);
      await null;
      log.push(`${name} ends`);
    });
  const all = Promise.all([work('a'), work('b'), work('c')]);
  for (let k = 0; k < 3; k++) {
    await setImmediate();
    log.push('other');
  }
  await all;
  const own = log.filter((entry) => entry !== 'other');
  expect(own).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(log.lastIndexOf('other')).toBeGreaterThan(log.indexOf('a ends'));
  expect(log.indexOf('other')).toBeLessThan(log.indexOf('c begins'));
});

test('who is in the middle of something goes on before others begin', async () => {
  const turns = new Turns();
  const log: string[] = [];
  const lane = async (name: string) => {
    await turns.take(async () => void log.push(`${name} opens`));
    await turns.take(async () => void log.push(`${name} reads`), 'next');
  };
  await Promise.all([lane('a'), lane('b')]);
  expect(log).toEqual(['a opens', 'a reads', 'b opens', 'b reads']);
});

test('work that fails takes no turn away', async () => {
  const turns = new Turns();
  const failed = turns.take(() => Promise.reject(new Error('damaged')));
  const next = turns.take(async () => 7);
  await expect(failed).rejects.toThrow('damaged');
  expect(await next).toBe(7);
});
