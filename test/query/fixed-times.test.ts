import { expect, test } from 'vitest';
import { withFixedTimes } from '../../src/query/fixed-times.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { printQuery } from '../../src/query/print.ts';

const NOW = Date.UTC(2026, 4, 20, 14, 30);

function fixed(text: string): string {
  const { query } = parseQuery(text, { now: NOW, zone: 'utc' });
  if (query === null) throw new Error(text);
  return printQuery(withFixedTimes(query));
}

test.each([
  ['since:2h', 'since:2026-05-20T12:30:00Z'],
  ['until:2026-05-19', 'until:2026-05-19T23:59:59.999Z'],
  ['at:14:02±5m', 'since:2026-05-20T13:57:00Z until:2026-05-20T14:07:00Z'],
  ['time:>2026-05-19', 'time:>2026-05-19T23:59:59.999Z'],
  ['!(name:Run* since:1d) | x', '!(name:Run* since:2026-05-19T14:30:00Z) | x'],
  ['who:alice', 'who:alice'],
])('%s is %s', (text, expected) => {
  expect(fixed(text)).toBe(expected);
});

test.each(['since:2h name:X', 'until:yesterday', 'at:14:02±5m', 'time:>=2026-05-19', 'time:<1h', 'time:2026-05-19'])(
  '%s means the same a year later and elsewhere',
  (text) => {
    const later = { now: NOW + 365 * 86_400_000, zone: 'local' } as const;
    const again = parseQuery(fixed(text), later).query;
    expect(again).not.toBeNull();
    expect(printQuery(withFixedTimes(again ?? { kind: 'all' }))).toBe(fixed(text));
    expect(timesIn(again)).toEqual(
      timesIn(withFixedTimes(parseQuery(text, { now: NOW, zone: 'utc' }).query ?? { kind: 'all' })),
    );
  },
);

/** Every moment in the tree. */
function timesIn(query: unknown): readonly number[] {
  const times: number[] = [];
  JSON.stringify(query, (key, value: unknown) => {
    if (['at', 'from', 'to'].includes(key) && typeof value === 'number') times.push(value);
    return value;
  });
  return times;
}
