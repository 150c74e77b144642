import { selectedRow } from '../state/results.ts';
import type { TableSubject } from '../state/table-panel.ts';
import type { Explorer } from './explorer.ts';

/** Opens a page of rows; keys wait for it. */
export function openPage(explorer: Explorer, subject: TableSubject, of: readonly string[] = []): void {
  const { tables } = explorer;
  if (tables !== null) void explorer.opening(tables.open(subject, of));
}

/** Opens a page about the selected event. */
export function openOfEvent(subject: 'session' | 'related'): (explorer: Explorer) => void {
  return (explorer) => {
    const row = selectedRow(explorer.state.results);
    if (row !== null) openPage(explorer, subject, [String(row)]);
  };
}
