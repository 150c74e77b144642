// Pages of rows: what they show where there is no room for all of it.

import { describe, expect, test } from 'vitest';
import { openTable, resizeTable, stepTable, type TablePanel, type TableRow } from '../../src/state/table-panel.ts';
import { DENIED_COLUMNS } from '../../src/ui/denied-page.ts';
import { tableLines } from '../../src/ui/table-lines.ts';
import { themeNamed } from '../../src/ui/theme.ts';

const theme = themeNamed('mono');
const ROWS: readonly TableRow[] = [
  [
    '5',
    '11-20 01:30',
    'SupplierReadOnly/invoice-run',
    'dynamodb:ExportTableToPointInTime',
    'no identity policy allows',
    'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
  ],
  ['1', '11-20 01:31', 'Ops/bob', 'iam:PassRole', 'SCP denies', 'r'],
].map((cells) => ({ cells, query: 'x' }));

type Said = Partial<Pick<TablePanel, 'title' | 'about' | 'none' | 'columns'>>;

/** A page before it has its size. */
function page(rows: readonly TableRow[] = ROWS, said: Said = {}): TablePanel {
  const { title = 'Denied calls', columns = DENIED_COLUMNS, none = 'None.', about = '6 of 7 events' } = said;
  const panel = openTable({ subject: 'denied', of: [], title, columns, none });
  return stepTable(panel, { kind: 'fill', subject: 'denied', rows, about });
}

const plain = (panel: TablePanel, columns: number, height = 21) =>
  tableLines(resizeTable(panel, height, columns), columns, theme).map((line) =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes of the theme
    line.replace(/\u001b\[[0-9;]*m/g, ''),
  );

describe('a table', () => {
  test('keeps of names what tells them apart: the session, and the end of actions', () => {
    const [, titles, first, second] = plain(page(), 80);
    expect(titles).toBe(' COUNT  LAST         WHO                 ACTION              REASON');
    expect(first).toBe('▌    5  11-20 01:30  Suppl…/invoice-run  …ableToPointInTime  no identity policy…');
    expect(second).toBe('     1  11-20 01:31  Ops/bob             iam:PassRole        SCP denies');
  });

  test('tells under the rows what is cut in the row under the cursor', () => {
    const lines = plain(page(), 80);
    expect(lines).toHaveLength(21);
    expect(lines.slice(-3)).toEqual([
      '─'.repeat(80),
      ' SupplierReadOnly/invoice-run · dynamodb:ExportTableToPointInTime · no identity',
      ' policy allows · arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
    ]);
    expect(plain(page(), 200)).toHaveLength(4);
    expect(plain(page(), 60, 11)).toHaveLength(4);
  });

  test('of no rows says that there are none', () => {
    expect(plain(page([]), 80)).toEqual([' Denied calls  6 of 7 events', '', '  None.']);
  });

  test('never writes beyond the screen', () => {
    for (let columns = 60; columns <= 200; columns += 7) {
      for (const line of plain(page(), columns)) expect([...line].length).toBeLessThanOrEqual(columns);
    }
  });

  test('names under the rows what stands in a column that is not there, and leaves out what is not stated', () => {
    const columns = [
      { title: 'WHO', min: 10, max: 40 },
      { title: 'FROM', min: 12, max: 39 },
      { title: 'PORT', min: 8, max: 8 },
      { title: 'KEY', min: 40, max: 80 },
    ];
    const key = `ED25519 SHA256:${'x'.repeat(43)}`;
    const rows = [{ cells: ['alice', '203.0.113.7', '–', key], query: 'x' }];
    expect(plain(page(rows, { columns }), 60).slice(-3)).toEqual([
      '─'.repeat(60),
      ` KEY: ED25519`,
      ` SHA256:${'x'.repeat(43)}`,
    ]);
    expect(plain(page(rows, { columns }), 30).join(' ')).not.toContain('PORT:');
  });

  test('takes as many lines under few rows as they need', () => {
    const columns = [
      { title: 'WHO', min: 10, max: 40 },
      { title: 'CHANGE', min: 12, max: 40 },
    ];
    const long = Array.from({ length: 40 }, (_, k) => `word${k}`).join(' ');
    const lines = plain(page([{ cells: ['alice', long], query: 'x' }], { columns }), 60);
    expect(lines.join(' ')).toContain('word39');
    const many = Array.from({ length: 40 }, () => ({ cells: ['alice', long], query: 'x' }));
    expect(plain(page(many, { columns }), 60)).toHaveLength(21);
  });

  const SESSION = [
    { title: 'WHO', min: 12, max: 60, isFirst: true },
    { title: 'FROM', min: 11, max: 39 },
    { title: 'CALLS', align: 'right', min: 5, max: 9 },
    { title: 'LENGTH', align: 'right', cut: 'unit', min: 6, max: 12 },
  ] as const;

  test('a cell with nothing beside it has the whole line', () => {
    const rows = [
      { cells: ['? AssumeRole of 2026-05-19T13:40:00Z is not loaded'], query: 'x' },
      { cells: ['└ AssumeRole, by its key', '', '12'], query: 'x' },
      { cells: ['prod/job', '203.0.113.9', '2', '19 min'], query: 'x' },
    ];
    const [, , gap, call, session] = plain(page(rows, { columns: SESSION }), 60);
    expect(gap).toBe('▌? AssumeRole of 2026-05-19T13:40:00Z is not loaded');
    expect(call).toMatch(/^ └ AssumeRole, by its key +12$/);
    expect(session).toMatch(/^ prod\/job +203\.0\.113\.9 +2 +19 min$/);
  });

  test('cuts no number and no unit', () => {
    const rows = [{ cells: ['a'.repeat(60), '203.0.113.9', '1,234,567', '2 h 33 min'], query: 'x' }];
    expect(plain(page(rows, { columns: SESSION }), 47)[2]).toMatch(/ 1,234,567 +2 h$/);
    expect(plain(page(rows, { columns: SESSION }), 110)[2]).toMatch(/ 1,234,567 +2 h 33 min$/);
  });

  test('says in more lines what one has no room for', () => {
    const about = `last stated: shutting-down · ${'94 events name it · '.repeat(3)}69 reads left out`;
    const lines = plain(page(ROWS, { title: `History of ${'i'.repeat(30)}`, about }), 80);
    expect(lines.slice(0, 3).join(' ')).toMatch(/^ History of i+ +last stated.* 69 reads left out$/);
    expect(lines).toHaveLength(21);
    expect(lines[3]).toMatch(/^ COUNT/);
    expect(plain(page(ROWS, { about }), 80, 11)[1]).toMatch(/^ COUNT/);
  });

  test('says all of why there is nothing', () => {
    const none =
      'No other event that is loaded has its sharedEventID or requestID, or is of the same click. Esc closes.';
    expect(plain(page([], { none }), 60).slice(2).join(' ').replace(/ +/g, ' ')).toContain(none);
  });
});
