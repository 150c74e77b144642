import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../src/query/parse.ts';
import { type NamedRange, namedRange } from '../../src/ui/named-range.ts';

const NOW = Date.UTC(2026, 4, 20);
const MINUTE = 60_000;
const DAY = 86_400_000;

function named(text: string, asked: NamedRange | null = null, loadedFrom = NOW - DAY) {
  const parsed = parseQuery(text, { now: NOW, zone: 'utc' });
  expect(parsed.error).toBeNull();
  return namedRange(parsed.query ?? { kind: 'all' }, loadedFrom, { asked, now: NOW });
}

describe('what a search names of the time', () => {
  test('is nothing where it names none, or what is loaded anyway', () => {
    for (const text of ['', 'who:alice', 'since:2h', 'since:24h', 'until:2h', 'at:2026-05-19T14:02±5m']) {
      expect(named(text), text).toBeNull();
    }
    expect(named('since:7d', null, NOW - 8 * DAY)).toBeNull();
  });

  test('is from its beginning, until its end or now', () => {
    expect(named('error:* since:7d')).toEqual({ kind: 'span', from: NOW - 7 * DAY, to: null });
    const at = Date.UTC(2026, 4, 1, 14, 2);
    expect(named('at:2026-05-01T14:02:00Z±5m')).toMatchObject({ kind: 'span', from: at - 5 * MINUTE });
    expect(named('since:2026-05-01 until:2026-05-02')).toEqual({
      kind: 'span',
      from: Date.UTC(2026, 4, 1),
      to: Date.UTC(2026, 4, 3) - 1,
    });
  });

  test('is the day before an end that has no beginning', () => {
    const to = Date.UTC(2026, 4, 10, 12);
    expect(named('until:2026-05-10T12:00:00Z')).toEqual({ kind: 'span', from: to - DAY, to });
  });

  test('is nothing of what is only one of several choices, or excluded', () => {
    expect(named('since:7d | who:alice')).toBeNull();
    expect(named('!since:7d')).toBeNull();
  });

  test('goes back as far as AWS does, and asks for nothing before', () => {
    expect(named('since:400d')).toEqual({ kind: 'span', from: NOW - 90 * DAY + MINUTE, to: null });
    expect(named('at:2025-01-01')).toBeNull();
    expect(named('since:400d', null, NOW - 90 * DAY + 1000)).toBeNull();
  });

  test('stays as it was asked for while the search is typed on', () => {
    const asked: NamedRange = { kind: 'span', from: NOW - 7 * DAY - 30_000, to: null };
    expect(named('since:7d who:alice', asked)).toBe(asked);
    expect(named('since:6d', asked)).toEqual({ kind: 'span', from: NOW - 6 * DAY, to: null });
    expect(named('since:8d', asked)).toEqual({ kind: 'span', from: NOW - 8 * DAY, to: null });
  });
});
