// How the page of counts is opened: by names that are typed, or by what is under the cursor.

import { countColumn, readCountNames } from '../query/count-names.ts';
import type { Explorer } from './explorer.ts';
import { openPage } from './open-page.ts';
import { pathUnderCursor } from './pivots.ts';

/** Opens the page; says why it cannot, or null. */
export function openCounts(text: string, explorer: Explorer): string | null {
  const read = readCountNames(text);
  if (read.kind === 'problem') return read.reason;
  openPage(explorer, 'by', read.names);
  return null;
}

/** Counts the list by what is under the cursor in the record. */
export function countByPath(explorer: Explorer): void {
  const path = pathUnderCursor(explorer);
  if (path === null) return;
  const column = countColumn(path);
  if (column.kind === 'problem') explorer.dispatch({ kind: 'said', text: column.reason });
  else openPage(explorer, 'by', [path]);
}
