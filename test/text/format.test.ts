import { describe, expect, it, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatSpan,
  formatTime,
  TIME_WIDTHS,
  type TimeStyle,
} from '../../src/text/format.ts';

const AT = Date.UTC(2026, 4, 19, 14, 2, 11);

describe('formatCount', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [41_208, '41,208'],
    [10_000_000, '10,000,000'],
    [-1234, '-1,234'],
    [9007199254740993n, '9,007,199,254,740,993'],
  ])('%s as %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [1536, '1.54 kB'],
    [153_000_000, '153 MB'],
    [999_600, '1 MB'],
    [1_340_000_000, '1.34 GB'],
    [12_300_000_000, '12.3 GB'],
  ])('%i as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [340, '340 ms'],
    [999.7, '1.0 s'],
    [1234, '1.2 s'],
    [48_000, '48 s'],
    [59_700, '1 min'],
    [200_000, '3 min 20 s'],
    [3_600_000, '1 h'],
    [32_700_000, '9 h 5 min'],
    [187_200_000, '2 d 4 h'],
  ])('%d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe('formatTime', () => {
  it.each([
    ['clock', '14:02:11'],
    ['short', '05-19 14:02:11'],
    ['date-time', '2026-05-19 14:02:11'],
    ['iso', '2026-05-19T14:02:11Z'],
  ] as const)('%s in UTC', (style, text) => {
    expect(formatTime(AT, { zone: 'utc', style })).toBe(text);
    expect(TIME_WIDTHS[style]).toBeGreaterThanOrEqual(text.length);
  });

  it('follows the local zone, whose offset may have minutes and may change in the year', () => {
    const before = process.env.TZ;
    try {
      process.env.TZ = 'Asia/Kolkata';
      expect(formatTime(AT, { zone: 'local', style: 'iso' })).toBe('2026-05-19T19:32:11+05:30');
      process.env.TZ = 'America/St_Johns';
      expect(formatTime(AT, { zone: 'local', style: 'iso' })).toBe('2026-05-19T11:32:11-02:30');
      process.env.TZ = 'Europe/Berlin';
      expect(formatTime(AT, { zone: 'local', style: 'date-time' })).toBe('2026-05-19 16:02:11');
      expect(formatTime(Date.UTC(2026, 11, 31, 23, 30), { zone: 'local', style: 'short' })).toBe('01-01 00:30:00');
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });

  it('shows a dash where there is no time', () => {
    for (const style of Object.keys(TIME_WIDTHS) as TimeStyle[]) {
      expect(formatTime(null, { zone: 'utc', style })).toBe('–');
      expect(formatTime(Number.NaN, { zone: 'local', style })).toBe('–');
      expect(formatTime(8.64e15 + 1, { zone: 'utc', style })).toBe('–');
    }
  });
});

test.each([
  [40_000, '40 s'],
  [45 * 60_000, '45 min'],
  [60 * 60_000, '1 h'],
  [90 * 60_000, '90 min'],
  [3 * 3_600_000 + 60_000, '3 h'],
  [24 * 3_600_000, '24 h'],
  [60 * 3_600_000, '60 h'],
  [72 * 3_600_000, '3 d'],
  [9.5 * 86_400_000, '9 d'],
])('%i ms are %s: a chosen time is not rounded to two thirds', (ms, text) => {
  expect(formatSpan(ms)).toBe(text);
});
