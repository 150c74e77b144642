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

function page(height: number, rows = ROWS): TablePanel {
  const columns = DENIED_COLUMNS;
  const panel = openTable({ subject: 'denied', of: [], title: 'Denied calls', columns, none: 'None.' });
  return stepTable(resizeTable(panel, height), { kind: 'fill', subject: 'denied', rows, about: '6 of 7 events' });
}

const plain = (panel: TablePanel, columns: number) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes of the theme
  tableLines(panel, columns, theme).map((line) => line.replace(/\u001b\[[0-9;]*m/g, ''));

describe('a table', () => {
  test('keeps of names what tells them apart: the session, and the end of actions', () => {
    const [, titles, first, second] = plain(page(21), 80);
    expect(titles).toBe(' COUNT  LAST         WHO                 ACTION              REASON');
    expect(first).toBe('▌    5  11-20 01:30  Suppl…/invoice-run  …ableToPointInTime  no identity policy…');
    expect(second).toBe('     1  11-20 01:31  Ops/bob             iam:PassRole        SCP denies');
  });

  test('tells under the rows what is cut in the row under the cursor', () => {
    const lines = plain(page(21), 80);
    expect(lines).toHaveLength(21);
    expect(lines.slice(-3)).toEqual([
      '─'.repeat(80),
      ' SupplierReadOnly/invoice-run · dynamodb:ExportTableToPointInTime · no identity',
      ' policy allows · arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
    ]);
    expect(plain(page(21), 200)).toHaveLength(4);
    expect(plain(page(11), 60)).toHaveLength(4);
  });

  test('of no rows says that there are none', () => {
    expect(plain(page(21, []), 80)).toEqual([' Denied calls  6 of 7 events', '', '  None.']);
  });

  test('never writes beyond the screen', () => {
    for (let columns = 60; columns <= 200; columns += 7) {
      for (const line of plain(page(21), columns)) expect([...line].length).toBeLessThanOrEqual(columns);
    }
  });
});
