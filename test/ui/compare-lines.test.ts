import { describe, expect, test } from 'vitest';
import { compareRecords } from '../../src/state/compare.ts';
import { openCompare, resizeCompare, stepCompare } from '../../src/state/compare-panel.ts';
import { widthCells } from '../../src/text/width.ts';
import { compareColumnAt, compareLines } from '../../src/ui/compare-lines.ts';
import { themeNamed } from '../../src/ui/theme.ts';

const event = (row: number) => ({
  row,
  time: Date.UTC(2026, 4, 19, 14, row),
  cells: { name: 'RunInstances', who: 'alice' },
});

function page(records: readonly object[], height = 20) {
  const texts = records.map((record) => JSON.stringify(record));
  return resizeCompare(openCompare(records.map((_, row) => event(row)) as never, compareRecords(texts)), height);
}

function lines(panel: ReturnType<typeof page>, columns = 100): readonly string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours
  return compareLines(panel, columns, 'utc', themeNamed('mono')).map((line) => line.replace(/\u001b\[[\d;]*m/g, ''));
}

const ARN = 'arn:aws:iam::111122223333:role/a-very-long-path-of-a-role/with-a-name-that-goes-on';

describe('compareLines', () => {
  test('a difference beyond the width of a column is what is shown of it', () => {
    const shown = lines(page([{ arn: `${ARN}/alice` }, { arn: `${ARN}/bob` }]));
    expect(shown[4]).toMatch(/^▌≠arn +….*on\/alice +….*on\/bob$/);
  });

  test('what only some have begins at its beginning', () => {
    expect(lines(page([{ arn: ARN }, { b: 1 }, { arn: ARN }]))[5]).toMatch(/≠arn +arn:aws:iam:.*… {2}– +arn:aws:iam:/);
  });

  test('the whole value of the cell stands below the table', () => {
    const shown = lines(page([{ arn: ARN }, { arn: 'short' }]));
    expect(shown.at(-2)).toBe(' arn');
    expect(shown.at(-1)).toBe(` ${ARN}`);
  });

  test('what a record holds cannot reach the terminal as it is', () => {
    const hostile = 'a\u001b[2J\u202eb\n';
    const shown = compareLines(page([{ [hostile]: hostile }, {}]), 100, 'utc', themeNamed('mono')).join('');
    expect(shown).not.toContain('\u001b[2J');
    expect(shown).not.toContain('\u202e');
    expect(shown).toContain('\\u001b[2J\\u202e');
  });

  test.each([60, 80, 100, 200])('no line is wider than %i cells, and the page has its height', (columns) => {
    const records = Array.from({ length: 5 }, (_, k) => ({
      [`key${'x'.repeat(200)}`]: '日本語'.repeat(50),
      same: 1,
      k,
    }));
    let panel = page(records);
    for (let step = 0; step < 5; step++) {
      const shown = lines(panel, columns);
      expect(shown).toHaveLength(20);
      for (const line of shown) expect(widthCells(line)).toBeLessThanOrEqual(columns);
      panel = stepCompare(panel, { kind: 'column', step: 1 });
    }
  });

  test('a click tells its column', () => {
    const panel = page([{ a: 1 }, { a: 2 }]);
    const title = lines(panel)[2] ?? '';
    const [first, second] = [title.indexOf('RunInstances'), title.lastIndexOf('RunInstances')];
    expect([first, second, 3].map((x) => compareColumnAt(panel, 100, x))).toEqual([0, 1, -1]);
  });
});
