// Each of the questions that trailx is for, asked in a real terminal, and answered in fewer than ten key presses.

import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, describe, expect, test } from 'vitest';
import { QUESTIONS, QUESTIONS_TIME, type Question } from '../helpers/questions.ts';
import { startTerminal, type TestTerminal } from '../helpers/terminal.ts';

const FIXED_WORLD = new URL('../tools/pictures/fixed-world.ts', import.meta.url).href;
const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 200, rows: 50 },
];

let terminal: TestTerminal;
afterEach(() => terminal.dispose());

async function ask(question: Question, size: (typeof SIZES)[number], cwd?: string): Promise<void> {
  expect(question.keys.length).toBeLessThan(10);
  terminal = startTerminal({
    args: ['--sample'],
    ...size,
    ...(cwd === undefined ? {} : { cwd }),
    nodeArgs: [`--import=${FIXED_WORLD}`],
    env: { TRAILX_SAMPLE_END: QUESTIONS_TIME, TRAILX_PICTURE_TIME: QUESTIONS_TIME },
  });
  await terminal.until(/UTC · 1\/3,000/);
  for (const [index, key] of question.keys.entries()) {
    const expected = question.between?.[index];
    if (expected !== undefined) await terminal.until(expected);
    terminal.press(key);
  }
  for (const shown of question.shows) await terminal.until(shown);
}

describe.each(SIZES)('on $columns × $rows', (size) => {
  test.each(QUESTIONS.filter(({ id }) => id !== 'root'))('$asks', async (question) => {
    await ask(question, size);
  });

  test('all that root did in 90 days, as CSV that another program opens', async () => {
    const question = QUESTIONS.find(({ id }) => id === 'root') as Question;
    const folder = mkdtempSync(join(tmpdir(), 'trailx-csv-'));
    await ask(question, size, folder);
    const [name = '', ...others] = readdirSync(folder);
    expect(others).toEqual([]);
    const path = join(folder, name);
    expect(readFileSync(path, 'utf8')).toMatch(/^User name,AWS access key,Event time,/);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const rows = await connection.runAndReadAll(
      `SELECT "User name", "Event name" FROM read_csv('${path}', header = true) ORDER BY "Event time"`,
    );
    expect(rows.getRows()).toHaveLength(13);
    expect(new Set(rows.getRows().map(([user]) => user))).toEqual(new Set(['root']));
    connection.closeSync();
    instance.closeSync();
  });
});
