import { isUtf8 } from 'node:buffer';
import { CONSOLE_CSV_COLUMNS, recordOfConsoleRow } from '../../cloudtrail/console-csv.ts';
import { CsvStream } from './csv-stream.ts';
import type { RecordReader } from './record-reader.ts';
import { RecordStream } from './record-stream.ts';

const CSV_HEADER = CONSOLE_CSV_COLUMNS.slice(0, 4).join(',');

/** What is inside, told from its first bytes. */
type Content = 'json' | 'csv' | 'empty' | 'other';

/** The bytes of one file on their way to the reader: decides once what they are, counts, checks, and tells what was wrong. */
export class FileContent {
  readonly #reader: RecordReader;
  readonly #json: RecordStream;
  readonly #csv: CsvStream;
  #kind: Content = 'empty';
  #raw = 0;
  #isUtf8 = true;
  #pendingUtf8: Buffer = Buffer.alloc(0);
  #csvHeader: readonly string[] | null = null;
  #badRows = 0;

  constructor(reader: RecordReader) {
    this.#reader = reader;
    this.#json = new RecordStream(reader, reader.scanner);
    this.#csv = new CsvStream((cells) => this.#row(cells));
  }

  get kind(): Content {
    return this.#kind;
  }

  get rawBytes(): number {
    return this.#raw;
  }

  push(chunk: Buffer, isLast: boolean): void {
    this.#raw += chunk.length;
    if (this.#kind === 'empty') this.#kind = contentOf(chunk);
    if (this.#isUtf8 && chunk.length > 0) this.#checkUtf8(chunk, isLast);
    if (this.#kind === 'json') this.#json.push(chunk, isLast);
    else if (this.#kind === 'csv') this.#csv.push(chunk, isLast);
  }

  /** What was wrong with the content, or null. */
  problem(events: number): string | null {
    if (this.#kind === 'empty') return this.#raw === 0 ? 'empty file' : 'nothing but white space';
    const json = this.#json;
    if (json.broken > 0) {
      const where = `at byte ${json.firstBrokenAt.toLocaleString('en-US')}`;
      if (events === 0 && json.objects === 0) return `not valid JSON (${where})`;
      return json.broken === 1
        ? `not valid JSON ${where}; skipped to the next record`
        : `not valid JSON in ${json.broken} places (the first ${where}); skipped`;
    }
    if (json.isTruncated) return 'the JSON breaks off in the middle';
    if (this.#csv.isTruncated) return 'the CSV breaks off in the middle';
    if (this.#badRows > 0)
      return `${this.#badRows} CSV rows do not have ${CONSOLE_CSV_COLUMNS.length} columns; skipped`;
    if (!this.#isUtf8) return 'not valid UTF-8; the bytes in question show as \ufffd';
    return null;
  }

  #row(cells: string[]): void {
    if (this.#csvHeader === null) this.#csvHeader = cells;
    else if (cells.length !== CONSOLE_CSV_COLUMNS.length) this.#badRows++;
    else this.#reader.text(recordOfConsoleRow(cells));
  }

  /** A character may straddle two chunks: its first bytes wait for the rest. */
  #checkUtf8(chunk: Buffer, isLast: boolean): void {
    let bytes = this.#pendingUtf8.length > 0 ? Buffer.concat([this.#pendingUtf8, chunk]) : chunk;
    let tail = 0;
    if (!isLast) {
      while (tail < 3 && tail < bytes.length && ((bytes[bytes.length - 1 - tail] as number) & 0xc0) === 0x80) tail++;
      if (tail < bytes.length && (bytes[bytes.length - 1 - tail] as number) >= 0xc0) tail++;
      else tail = 0;
    }
    this.#pendingUtf8 = Buffer.from(bytes.subarray(bytes.length - tail));
    bytes = bytes.subarray(0, bytes.length - tail);
    this.#isUtf8 = isUtf8(bytes);
  }
}

function contentOf(chunk: Buffer): Content {
  let i = 0;
  while (i < chunk.length) {
    const byte = chunk[i] as number;
    if (byte === 0xef && chunk[i + 1] === 0xbb && chunk[i + 2] === 0xbf) i += 3;
    else if (byte <= 0x20 && (byte === 0x20 || byte === 0 || (byte >= 9 && byte <= 13) || byte === 0x1e)) i++;
    else break;
  }
  if (i >= chunk.length) return 'empty';
  if (chunk[i] === 0x7b || chunk[i] === 0x5b) return 'json';
  return chunk.toString('latin1', i, i + CSV_HEADER.length) === CSV_HEADER ? 'csv' : 'other';
}
