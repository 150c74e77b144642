// What the histogram says of the bars that are chosen.

import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { type Histogram, OPEN_HISTOGRAM } from '../../src/state/histogram.ts';
import { histogramLines } from '../../src/ui/histogram-lines.ts';
import { themeNamed } from '../../src/ui/theme.ts';

const HOUR = 3_600_000;
const FROM = Date.UTC(2026, 4, 19);

function said(first: number, last: number): string {
  const bars = { from: FROM, bucketMs: 12 * HOUR, counts: [1, 2, 3, 4, 5, 6], failures: [0, 0, 1, 0, 0, 0] };
  const time = (bar: number) => FROM + bar * bars.bucketMs;
  const histogram: Histogram = {
    ...OPEN_HISTOGRAM,
    bars,
    cursor: time(last),
    anchor: first === last ? null : time(first),
  };
  const look = { width: 80, height: 6, zone: 'utc', theme: themeNamed('mono'), loadedFrom: null } as const;
  return stripVTControlCharacters(histogramLines(histogram, look)[0] ?? '').split('  ')[0] ?? '';
}

test.each([
  [0, 0, ' 2026-05-19 00:00–12:00'],
  [1, 1, ' 2026-05-19 12:00–24:00'],
  [0, 1, ' 2026-05-19 00:00–24:00'],
  [0, 3, ' 2026-05-19 00:00 – 2026-05-20 24:00'],
  [1, 4, ' 2026-05-19 12:00 – 2026-05-21 12:00'],
])('bars %d to %d end where the last one does, midnight on the day it ends', (first, last, text) => {
  expect(said(first, last)).toBe(text);
});

test('few failures are a mark at the foot of their bar, half a cell of them is shaded', () => {
  const bars = { from: FROM, bucketMs: 12 * HOUR, counts: [100, 100, 2], failures: [1, 60, 0] };
  const look = { width: 32, height: 4, zone: 'utc', theme: themeNamed('mono'), loadedFrom: null } as const;
  const lines = histogramLines({ ...OPEN_HISTOGRAM, bars }, look).map((line) =>
    stripVTControlCharacters(line).slice(7),
  );
  expect(lines.slice(1, 3)).toEqual(['███████ ███████ ', '!██████ ▒▒▒▒▒▒▒ ▁▁▁▁▁▁▁ '].map((line) => line.padEnd(24)));
});
