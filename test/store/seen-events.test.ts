import { expect, test } from 'vitest';
import { SeenEvents } from '../../src/store/seen-events.ts';

/** Two words that differ from number to number, often only in one of them. */
function wordsOf(number: number): readonly [number, number] {
  return [Math.imul(number >>> 2, 0x9e37_79b1) >>> 0, Math.imul((number & 3) + 1, 0x85eb_ca6b) >>> 0];
}

test('an event is found again while the tables grow, before, during and after the move', () => {
  const seen = new SeenEvents();
  const rows = new Map<number, number>();
  let row = 0;
  // Every third event comes again: one of long ago, or the one just before.
  for (let number = 0; number < 100_000; number++) {
    const again = number % 3 === 2 ? (number % 2 === 0 ? Math.floor(number / 7) : number - 1) : number;
    const [high, low] = wordsOf(again);
    const known = rows.get(again) ?? -1;
    expect(seen.add(high, low, row)).toBe(known);
    if (known < 0) rows.set(again, row++);
  }
  for (const [number, known] of rows) expect(seen.add(...wordsOf(number), row)).toBe(known);
  expect(rows.size).toBeGreaterThan(1 << 15);
});

test('events without eventID are all kept', () => {
  const seen = new SeenEvents();
  expect(seen.add(0, 0, 1)).toBe(-1);
  expect(seen.add(0, 0, 2)).toBe(-1);
});

test('one word may be nothing', () => {
  const seen = new SeenEvents();
  expect(seen.add(0, 7, 1)).toBe(-1);
  expect(seen.add(7, 0, 2)).toBe(-1);
  expect(seen.add(0, 7, 3)).toBe(1);
  expect(seen.add(7, 0, 4)).toBe(2);
});

test('what did not come to be is forgotten, before, during and after the move', () => {
  for (const kept of [100, 8000, 8200, 8500, 10_000, 20_000]) {
    const seen = new SeenEvents();
    for (let number = 0; number < kept; number++) seen.add(...wordsOf(number), number);
    for (let number = kept; number < kept + 9000; number++) seen.add(...wordsOf(number), number);
    seen.forget(kept);
    for (let number = 0; number < kept; number++) expect(seen.add(...wordsOf(number), -2)).toBe(number);
    for (let number = kept; number < kept + 9000; number++) expect(seen.add(...wordsOf(number), number)).toBe(-1);
    for (let number = 0; number < kept + 9000; number++) expect(seen.add(...wordsOf(number), -2)).toBe(number);
  }
});

test('a row tells its key, and a key its row, before, during and after the move', async () => {
  for (const count of [1, 100, 8192, 8500, 20_000]) {
    const seen = new SeenEvents();
    for (let row = 0; row < count; row++) seen.add(...wordsOf(row), row);
    const keys = new Set<string>();
    for (let row = 0; row < count; row += 37) {
      const key = seen.keyOf(row) as string;
      expect(key).toMatch(/^[0-9a-f]{16}$/);
      expect(seen.rowOf(key)).toBe(row);
      keys.add(key);
    }
    expect(keys.size).toBe(Math.ceil(count / 37));
    expect(seen.keyOf(count)).toBeNull();
    const many = await seen.keysOf([-1, count, ...Array.from({ length: count }, (_, row) => row)]);
    expect(many.size).toBe(count);
    for (let row = 0; row < count; row += 37) expect(many.get(row)).toBe(seen.keyOf(row));
    for (const key of ['', 'f'.repeat(16), '0'.repeat(16), 'F'.repeat(16), '0x12345678901234', `${[...keys][0]} `]) {
      expect(seen.rowOf(key)).toBe(-1);
    }
  }
});
