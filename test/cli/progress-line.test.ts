import { expect, test } from 'vitest';
import { createProgressLine, readingText } from '../../src/cli/progress-line.ts';

const PROGRESS = {
  filesDone: 152,
  filesTotal: 500,
  bytesDone: 47e6,
  bytesTotal: 153e6,
  isListing: false,
  events: 312_400,
};

test('how far, how fast, how long still', () => {
  expect(readingText(PROGRESS, 2650)).toBe(
    'reading  ██████░░░░░░░░░░░░░░  30%  152/500 files  47 MB of 153 MB  312,400 events  118,000/s  6.0 s left',
  );
});

test('while folders are listed nothing is promised', () => {
  expect(readingText({ ...PROGRESS, isListing: true }, 1000)).toBe(
    'reading  152 of 500+ files  312,400 events  312,000/s',
  );
  expect(readingText({ ...PROGRESS, bytesTotal: 0, bytesDone: 0 }, 1000)).not.toMatch(/NaN|Infinity/);
});

function terminal(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 40, written, write: (text: string) => written.push(text) };
}

test('drawn at most ten times a second, within the line, and erased', () => {
  let now = 0;
  const screen = terminal(true);
  const line = createProgressLine(screen, false, () => now);
  for (now = 0; now <= 1000; now += 10) line.reading(PROGRESS);
  expect(screen.written.length).toBeLessThanOrEqual(10);
  expect(screen.written.length).toBeGreaterThan(5);
  for (const text of screen.written) {
    expect(text.startsWith('\r')).toBe(true);
    expect(text.endsWith('\u001b[K')).toBe(true);
    expect([...text].length).toBe(1 + 39 + 3);
  }
  line.clear();
  expect(screen.written.at(-1)).toBe('\r\u001b[K');
});

test('work that is done at once shows nothing', () => {
  let now = 0;
  const screen = terminal(true);
  const line = createProgressLine(screen, false, () => now);
  for (now = 0; now < 200; now += 50) line.reading(PROGRESS);
  line.clear();
  expect(screen.written).toEqual([]);
});

test.each([
  [false, false],
  [true, true],
])('nothing is drawn off a terminal or on a dumb one', (isTTY, isDumb) => {
  let now = 0;
  const screen = terminal(isTTY);
  const line = createProgressLine(screen, isDumb, () => now);
  for (now = 0; now < 2000; now += 50) line.writing(1, 2);
  line.clear();
  expect(screen.written).toEqual([]);
});
