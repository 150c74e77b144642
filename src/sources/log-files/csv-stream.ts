import { StringDecoder } from 'node:string_decoder';

const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;

/** Splits CSV (RFC 4180: quotes doubled, line ends LF or CRLF, line breaks inside quotes) into rows as bytes arrive.
 *  A quote inside a cell that did not begin with one is a character like any other; empty lines are no rows. */
export class CsvStream {
  /** The data ended inside a quoted cell. */
  isTruncated = false;

  readonly #onRow: (cells: string[]) => void;
  readonly #decoder = new StringDecoder('utf8');
  #cells: string[] = [];
  /** What is known of the cell being read, less what `push` still has in hand. */
  #cell = '';
  #state: 'begin' | 'plain' | 'quoted' | 'quote' = 'begin';

  constructor(onRow: (cells: string[]) => void) {
    this.#onRow = onRow;
  }

  push(chunk: Buffer, isLast: boolean): void {
    const text = this.#decoder.write(chunk) + (isLast ? this.#decoder.end() : '');
    let from = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (this.#state === 'quoted') {
        if (code !== QUOTE) continue;
        this.#cell += text.slice(from, i);
        from = i + 1;
        this.#state = 'quote';
      } else if (code === QUOTE && this.#state !== 'plain') {
        // The second of two quotes stands for one; the first of a cell for none.
        from = this.#state === 'quote' ? i : i + 1;
        this.#state = 'quoted';
      } else if (code === COMMA || code === LF) {
        this.#endCell(text.slice(from, i), code === LF);
        if (code === LF) this.#endRow();
        from = i + 1;
      } else this.#state = 'plain';
    }
    this.#cell += text.slice(from);
    if (!isLast) return;
    this.isTruncated = this.#state === 'quoted';
    if (this.isTruncated || (this.#state === 'begin' && this.#cells.length === 0)) return;
    this.#endCell('', true);
    this.#endRow();
  }

  #endCell(rest: string, isLastOfRow: boolean): void {
    let cell = this.#cell + rest;
    const endsOutsideQuotes = this.#state === 'plain';
    if (isLastOfRow && endsOutsideQuotes && cell.charCodeAt(cell.length - 1) === CR) cell = cell.slice(0, -1);
    this.#cells.push(cell);
    this.#cell = '';
    this.#state = 'begin';
  }

  #endRow(): void {
    const cells = this.#cells;
    this.#cells = [];
    if (cells.length > 1 || cells[0] !== '') this.#onRow(cells);
  }
}
