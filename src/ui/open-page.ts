import type { TableSubject } from '../state/table-panel.ts';
import type { Explorer } from './explorer.ts';

/** Opens a page of rows; keys wait for it. */
export function openPage(explorer: Explorer, subject: TableSubject, of: readonly string[] = []): void {
  const { tables } = explorer;
  if (tables !== null) void explorer.opening(tables.open(subject, of));
}
