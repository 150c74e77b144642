import { describe, expect, test } from 'vitest';
import { openTable, resizeTable, stepTable, type TablePanel, type TableRow } from '../../src/state/table-panel.ts';

function filled(rows: readonly TableRow[], down = 0): TablePanel {
  const opened = openTable({ subject: 'sessions', of: [], title: '', columns: [], none: '' });
  const panel = refilled(resizeTable(opened, 30, 80), rows);
  return stepTable(panel, { kind: 'move', move: { kind: 'by', rows: down } });
}

function refilled(panel: TablePanel, rows: readonly TableRow[]): TablePanel {
  return stepTable(panel, { kind: 'fill', subject: 'sessions', about: '', rows });
}

describe('a page that is filled again while the cursor is on a row', () => {
  const bySearch = (name: string, calls = 1): TableRow => ({ cells: [name, String(calls)], query: `key:${name}` });
  const byEvent = (row: number, text = 'x'): TableRow => ({ cells: [text], query: 'name:x', row });
  const cursor = (panel: TablePanel): readonly string[] | undefined => panel.rows[panel.list.selected]?.cells;

  test('keeps the row by its search, whatever it counts by then', () => {
    const panel = refilled(
      filled(
        ['A', 'B', 'C'].map((name) => bySearch(name)),
        1,
      ),
      [...['N', 'M', 'A'].map((name) => bySearch(name)), bySearch('B', 7), bySearch('C')],
    );
    expect(cursor(panel)).toEqual(['B', '7']);
  });

  test('keeps it by its event, where all rows have the same search', () => {
    const panel = refilled(filled([byEvent(1), byEvent(2), byEvent(3)], 2), [
      byEvent(9),
      byEvent(1),
      byEvent(2),
      byEvent(3),
    ]);
    expect(panel.rows[panel.list.selected]?.row).toBe(3);
  });

  test('of rows of one event keeps the one that says the same', () => {
    const rows = [byEvent(1, 'a'), byEvent(1, 'b'), byEvent(1, 'c')];
    expect(cursor(refilled(filled(rows, 2), [byEvent(5), ...rows]))).toEqual(['c']);
  });

  test('keeps it by what it is of, before its newest event', () => {
    const row = (key: string, event: number): TableRow => ({
      cells: [key, String(event)],
      query: key,
      key,
      row: event,
    });
    const panel = refilled(filled([row('a', 3), row('b', 2)], 1), [row('b', 8), row('a', 3), row('c', 2)]);
    expect(cursor(panel)).toEqual(['b', '8']);
  });

  test('keeps it by what it says, where there is nothing to search for', () => {
    const row = (text: string): TableRow => ({ cells: [text], query: '' });
    expect(cursor(refilled(filled([row('a'), row('b')], 1), [row('x'), row('a'), row('b')]))).toEqual(['b']);
  });

  test('stays at its place where the row is gone', () => {
    const panel = filled(
      ['A', 'B', 'C'].map((name) => bySearch(name)),
      1,
    );
    expect(
      refilled(
        panel,
        ['X', 'Y', 'Z'].map((name) => bySearch(name)),
      ).list.selected,
    ).toBe(1);
    expect(refilled(panel, [bySearch('X')]).list.selected).toBe(0);
    expect(refilled(panel, []).list.selected).toBe(0);
  });
});
