import { StringDecoder } from 'node:string_decoder';

/** Splits CSV (RFC 4180: quotes doubled, line ends LF or CRLF, line breaks inside quotes) into rows as bytes arrive. */
export class CsvStream {
  /** The data ended inside a quoted cell. */
  isTruncated = false;

  readonly #onRow: (cells: string[]) => void;
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';
  /** How far `#rest` was searched for the end of its row, and whether that place is inside quotes. */
  #searched = 0;
  #isQuoted = false;

  constructor(onRow: (cells: string[]) => void) {
    this.#onRow = onRow;
  }

  push(chunk: Buffer, isLast: boolean): void {
    const text = this.#rest + this.#decoder.write(chunk) + (isLast ? this.#decoder.end() : '');
    let start = 0;
    let isQuoted = this.#isQuoted;
    let i = this.#searched;
    for (; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 0x22) isQuoted = !isQuoted;
      else if (code === 0x0a && !isQuoted) {
        this.#row(text.slice(start, i));
        start = i + 1;
      }
    }
    this.#rest = text.slice(start);
    this.#searched = this.#rest.length;
    this.#isQuoted = isQuoted;
    if (!isLast) return;
    this.isTruncated = isQuoted;
    if (!isQuoted && this.#rest !== '') this.#row(this.#rest);
    this.#rest = '';
  }

  #row(line: string): void {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (text === '') return;
    const cells: string[] = [];
    let i = 0;
    for (;;) {
      if (text[i] === '"') {
        let cell = '';
        let from = i + 1;
        for (;;) {
          const quote = text.indexOf('"', from);
          if (quote < 0) {
            cell += text.slice(from);
            i = text.length;
            break;
          }
          cell += text.slice(from, quote);
          if (text[quote + 1] === '"') {
            cell += '"';
            from = quote + 2;
            continue;
          }
          i = quote + 1;
          break;
        }
        cells.push(cell);
        const comma = text.indexOf(',', i);
        if (comma < 0) break;
        i = comma + 1;
      } else {
        const comma = text.indexOf(',', i);
        cells.push(comma < 0 ? text.slice(i) : text.slice(i, comma));
        if (comma < 0) break;
        i = comma + 1;
      }
    }
    this.#onRow(cells);
  }
}
