import { CONSOLE_CSV_COLUMNS, consoleRowOf } from '../cloudtrail/console-csv.ts';
import type { RecordTexts } from './json.ts';

/** The console's CSV download: its 16 columns, quoted only where RFC 4180 asks for it, lines ended by LF.
 *  `show` is applied to each value, for a terminal. */
export async function* consoleCsv(
  texts: RecordTexts,
  show: (value: string) => string = (value) => value,
): AsyncGenerator<string> {
  let head = csvLine(CONSOLE_CSV_COLUMNS);
  for await (const batch of texts) {
    yield head + batch.map((text) => csvLine(consoleRowOf(JSON.parse(text)).map(show))).join('');
    head = '';
  }
  if (head !== '') yield head;
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\n`;
}

function csvCell(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
