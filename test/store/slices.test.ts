import { expect, test } from 'vitest';
import { Slices } from '../../src/store/slices.ts';

function workFor(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test('other work gets its turn between long steps, short ones follow at once', async () => {
  const slices = new Slices();
  let turns = 0;
  const other = (): void => {
    turns++;
    timer = setImmediate(other);
  };
  let timer = setImmediate(other);
  for (let step = 0; step < 100; step++) await slices.next();
  const afterShort = turns;
  for (let step = 0; step < 5; step++) {
    workFor(6);
    await slices.next();
  }
  clearImmediate(timer);
  expect(afterShort).toBeLessThan(5);
  expect(turns - afterShort).toBeGreaterThanOrEqual(5);
});
