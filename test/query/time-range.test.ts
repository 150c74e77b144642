import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseDuration, parseInstant, parseSpan } from '../../src/query/time-range.ts';

const NOW = Date.UTC(2026, 4, 20, 12, 0, 0);
const UTC = { now: NOW, zone: 'utc' } as const;
const LOCAL = { now: NOW, zone: 'local' } as const;

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

afterEach(() => vi.unstubAllEnvs());

describe('parseInstant', () => {
  test.each<[string, string, string]>([
    ['90d', '2026-02-19T12:00:00.000Z', '2026-02-19T12:00:00.000Z'],
    ['24h', '2026-05-19T12:00:00.000Z', '2026-05-19T12:00:00.000Z'],
    ['15m', '2026-05-20T11:45:00.000Z', '2026-05-20T11:45:00.000Z'],
    ['1h30m', '2026-05-20T10:30:00.000Z', '2026-05-20T10:30:00.000Z'],
    ['2026-05-19', '2026-05-19T00:00:00.000Z', '2026-05-19T23:59:59.999Z'],
    ['20260519', '2026-05-19T00:00:00.000Z', '2026-05-19T23:59:59.999Z'],
    ['2026-04', '2026-04-01T00:00:00.000Z', '2026-04-30T23:59:59.999Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z', '2024-02-29T23:59:59.999Z'],
    ['2026-05-19T10:11Z', '2026-05-19T10:11:00.000Z', '2026-05-19T10:11:00.000Z'],
    ['2026-05-19T10:11:12.5', '2026-05-19T10:11:12.500Z', '2026-05-19T10:11:12.500Z'],
    ['2026-05-19 10:11:12+02:00', '2026-05-19T08:11:12.000Z', '2026-05-19T08:11:12.000Z'],
    ['20260519T101112Z', '2026-05-19T10:11:12.000Z', '2026-05-19T10:11:12.000Z'],
    ['1779184800', '2026-05-19T10:00:00.000Z', '2026-05-19T10:00:00.000Z'],
    ['11:02', '2026-05-20T11:02:00.000Z', '2026-05-20T11:02:00.000Z'],
    ['14:02', '2026-05-19T14:02:00.000Z', '2026-05-19T14:02:00.000Z'],
    ['13:02+02:00', '2026-05-20T11:02:00.000Z', '2026-05-20T11:02:00.000Z'],
    ['yesterday', '2026-05-19T00:00:00.000Z', '2026-05-19T23:59:59.999Z'],
    ['yesterday 5pm', '2026-05-19T17:00:00.000Z', '2026-05-19T17:00:00.000Z'],
    ['2 hours ago', '2026-05-20T10:00:00.000Z', '2026-05-20T10:00:00.000Z'],
    ['3 days ago', '2026-05-17T00:00:00.000Z', '2026-05-17T23:59:59.999Z'],
    ['may 2026', '2026-05-01T00:00:00.000Z', '2026-05-31T23:59:59.999Z'],
    ['5pm', '2026-05-19T17:00:00.000Z', '2026-05-19T17:00:00.000Z'],
  ])('%s', (text, start, end) => {
    expect([iso(parseInstant(text, 'start', UTC)), iso(parseInstant(text, 'end', UTC))]).toEqual([start, end]);
  });

  test.each([
    '',
    'x',
    '2026-02-30',
    '2026-13-01',
    '2026-05-19T25:00Z',
    '25:00',
    'foo yesterday',
    '5',
    '2h ago now then',
    '99999999999d',
    '2026-05-1',
  ])('%j is no time', (text) => expect(parseInstant(text, 'start', UTC)).toBeNull());

  test.each<[string, string]>([
    ['2026-05-19', '2026-05-19T04:00:00.000Z'],
    ['2026-05-19T10:00', '2026-05-19T14:00:00.000Z'],
    ['2026-05-19T10:00Z', '2026-05-19T10:00:00.000Z'],
    ['07:30', '2026-05-20T11:30:00.000Z'],
    ['yesterday', '2026-05-19T04:00:00.000Z'],
    ['yesterday 5pm', '2026-05-19T21:00:00.000Z'],
  ])('local: %s', (text, start) => {
    vi.stubEnv('TZ', 'America/New_York');
    expect(iso(parseInstant(text, 'start', LOCAL))).toBe(start);
  });

  test('a local day that is short of an hour ends when it ends', () => {
    vi.stubEnv('TZ', 'America/New_York');
    expect(parseSpan('2026-03-08', LOCAL)).toEqual({
      from: Date.UTC(2026, 2, 8, 5),
      to: Date.UTC(2026, 2, 9, 4) - 1,
      isDate: true,
    });
  });

  test('the machine’s zone does not matter to UTC', () => {
    vi.stubEnv('TZ', 'Asia/Tokyo');
    expect(iso(parseInstant('yesterday 5pm', 'start', UTC))).toBe('2026-05-19T17:00:00.000Z');
  });
});

test('parseDuration', () => {
  expect(parseDuration('2w3d')).toBe(17 * 86_400_000);
  expect(parseDuration('2 w')).toBeNull();
});
