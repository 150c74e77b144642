// The table that was left for the events of one of its rows: Esc leads back to it as long as the search is that row's.

import type { TablePanel } from './table-panel.ts';

export type LeftTable = {
  /** As it stood, with the cursor on the row. */
  readonly panel: TablePanel;
  /** The row's search. */
  readonly query: string;
  /** The search that the table was over, and the event under the list's cursor. */
  readonly before: { readonly text: string; readonly row: number | null };
};

/** What is left of it once a search stays. */
export function leftTableAfter(left: LeftTable | null, applied: string): LeftTable | null {
  return left?.query === applied ? left : null;
}
