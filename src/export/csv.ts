import { CONSOLE_CSV_COLUMNS, consoleRowOf } from '../cloudtrail/console-csv.ts';
import { protectFromFormula } from '../text/formula.ts';
import type { RecordTexts } from './json.ts';

/** Rows of cells, a few hundred at a time. */
export type CellRows = AsyncIterable<readonly (readonly string[])[]>;

/** RFC 4180, lines ended by LF, as the console's download is. No cell is a formula for a spreadsheet. Quoted is also what
 *  holds a semicolon or a tab, which some programs separate cells by besides the comma. */
export async function* csv(header: readonly string[], rows: CellRows): AsyncGenerator<string> {
  let head = csvLine(header);
  for await (const batch of rows) {
    let text = head;
    for (const cells of batch) text += csvLine(cells);
    yield text;
    head = '';
  }
  if (head !== '') yield head;
}

/** The console's CSV download: its 16 columns. `show` is applied to each value, for a terminal. */
export function consoleCsv(
  texts: RecordTexts,
  show: (value: string) => string = (value) => value,
): AsyncGenerator<string> {
  return csv(CONSOLE_CSV_COLUMNS, consoleRows(texts, show));
}

async function* consoleRows(texts: RecordTexts, show: (value: string) => string): CellRows {
  for await (const batch of texts) yield batch.map((text) => consoleRowOf(JSON.parse(text)).map(show));
}

const NEEDS_QUOTES = /[",;\t\r\n]/;

function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\n`;
}

function csvCell(value: string): string {
  const safe = protectFromFormula(value);
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
