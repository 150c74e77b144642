import { isUtf8 } from 'node:buffer';
import { CONSOLE_CSV_COLUMNS, recordOfConsoleRow } from '../../cloudtrail/console-csv.ts';
import { unprotectFromFormula } from '../../text/formula.ts';
import { CsvStream } from './csv-stream.ts';
import type { RecordReader } from './record-reader.ts';
import { MAX_VALUE_BYTES, RecordStream } from './record-stream.ts';

const EMPTY = Buffer.alloc(0);
/** As many bytes tell at the latest what a file holds. */
const HEAD_BYTES = 4096;
const CSV_HEADER = CONSOLE_CSV_COLUMNS.slice(0, 4).join(',');
const BEGINS_JSON = /^(?:\{[ \t\r\n]*["}]|\[[ \t\r\n]*(?:["[\]{\d-]|true|false|null))/;
/** A file that is one JSON value which is neither an object nor a list. */
const IS_SCALAR = /^(?:"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)\s*$/;
const MAY_BEGIN_JSON = /^[[{][ \t\r\n]*(?:t|tr|tru|f|fa|fal|fals|n|nu|nul)?$/;

/** What is inside, told from its first bytes. */
type Content = 'json' | 'csv' | 'empty' | 'other';

/** The file holds more than it may. */
export class TooLarge extends Error {}

/** The bytes of one file on their way to the reader: decides once what they are, counts, checks, and tells what was wrong. */
export class FileContent {
  readonly #reader: RecordReader;
  readonly #maxBytes: number;
  readonly #json: RecordStream;
  readonly #csv: CsvStream;
  readonly #brokenBefore: number;
  #kind: Content = 'empty';
  #raw = 0;
  /** The first bytes, as long as they do not tell what this is, and how much white space was dropped before them. */
  #head: Buffer = EMPTY;
  #dropped = 0;
  #isUtf8 = true;
  #pendingUtf8: Buffer = EMPTY;
  /** Of a content of another kind: what it is, as far as its first bytes tell. */
  #otherReason = 'neither JSON, gzip nor a console CSV';
  #csvHeader: readonly string[] | null = null;
  #badRows = 0;

  /** `maxBytes` is what it may hold, unpacked. */
  constructor(reader: RecordReader, maxBytes: number) {
    this.#reader = reader;
    this.#maxBytes = maxBytes;
    this.#json = new RecordStream(reader, reader.scanner);
    this.#csv = new CsvStream((cells) => this.#row(cells));
    this.#brokenBefore = reader.brokenTexts;
  }

  /** 'empty' until enough has come to tell. */
  get kind(): Content {
    return this.#kind;
  }

  /** Why nothing can be read from content of the kind 'other'. */
  get otherReason(): string {
    return this.#otherReason;
  }

  get rawBytes(): number {
    return this.#raw;
  }

  /** @throws TooLarge at the first byte that is too many; those before it are read. */
  push(chunk: Buffer): void {
    const room = this.#maxBytes - this.#raw;
    this.#raw += chunk.length;
    this.#push(chunk.length > room ? chunk.subarray(0, Math.max(0, room)) : chunk, false);
    if (chunk.length > room) throw new TooLarge();
  }

  end(): void {
    this.#push(EMPTY, true);
  }

  /** What was wrong with the content, or null. */
  problem(events: number): string | null {
    if (this.#kind === 'empty') return this.#raw === 0 ? 'empty file' : 'nothing but white space';
    const json = this.#json;
    if (json.isTooLong) return `a value of more than ${MAX_VALUE_BYTES.toLocaleString('en-US')} bytes; skipped`;
    if (json.broken > 0) {
      const where = `at byte ${(this.#dropped + json.firstBrokenAt).toLocaleString('en-US')}`;
      if (events === 0 && json.objects === 0) return `not valid JSON (${where})`;
      return json.broken === 1
        ? `not valid JSON ${where}; skipped to the next record`
        : `not valid JSON in ${json.broken} places (the first ${where}); skipped`;
    }
    if (json.isTruncated) return 'the JSON breaks off in the middle';
    const brokenTexts = this.#reader.brokenTexts - this.#brokenBefore;
    if (brokenTexts > 0)
      return `the records inside ${brokenTexts === 1 ? 'a text' : `${brokenTexts} texts`} (CloudTrailEvent, _raw or message) are not valid JSON; skipped`;
    if (this.#csv.isTruncated) return 'the CSV breaks off in the middle';
    if (this.#badRows > 0)
      return `${this.#badRows} CSV rows do not have ${CONSOLE_CSV_COLUMNS.length} columns; skipped`;
    if (!this.#isUtf8) return 'not valid UTF-8; the bytes in question show as \ufffd';
    return null;
  }

  #push(chunk: Buffer, isLast: boolean): void {
    let bytes = chunk;
    if (this.#kind === 'empty') {
      bytes = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
      const content = contentOf(bytes, isLast);
      this.#head = EMPTY;
      if (content === null) {
        // A gzip bomb of spaces shall not fill the memory. A byte order mark may be half there.
        const from = Math.max(0, Math.min(spaceEnd(bytes), bytes.length - 2));
        this.#dropped += from;
        this.#head = bytes.subarray(from);
        return;
      }
      this.#kind = content;
      if (content === 'other') this.#otherReason = otherReasonOf(bytes);
    }
    if (this.#isUtf8 && this.#kind !== 'other') this.#checkUtf8(bytes, isLast);
    if (this.#kind === 'json') this.#json.push(bytes, isLast);
    else if (this.#kind === 'csv') this.#csv.push(bytes, isLast);
  }

  #row(cells: string[]): void {
    const width = CONSOLE_CSV_COLUMNS.length;
    if (this.#csvHeader === null) this.#csvHeader = cells;
    // Our own export may have one more: notes.
    else if (cells.length !== width && (cells.length !== width + 1 || this.#csvHeader.length !== width + 1)) {
      this.#badRows++;
    } else this.#reader.text(recordOfConsoleRow(cells.slice(0, width).map(unprotectFromFormula)));
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

/** What begins like this; null when more bytes must tell. `[section]` begins an INI file, `{{` a template: no JSON. */
function contentOf(bytes: Buffer, isLast: boolean): Content | null {
  const start = spaceEnd(bytes);
  if (start === bytes.length) return isLast ? 'empty' : null;
  const text = bytes.toString('latin1', start, start + HEAD_BYTES);
  if (BEGINS_JSON.test(text)) return 'json';
  if (text.startsWith(CSV_HEADER)) return 'csv';
  const isOpen = !isLast && text.length < HEAD_BYTES;
  if (MAY_BEGIN_JSON.test(text)) return isOpen ? null : 'json';
  return isOpen && CSV_HEADER.startsWith(text) ? null : 'other';
}

/** What a reader is told of a file they named. */
function otherReasonOf(bytes: Buffer): string {
  const mark = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  if (mark === 0xfffe || mark === 0xfeff) return 'UTF-16 text; convert it to UTF-8';
  // A file that goes on after these bytes holds more than one value.
  const head = bytes.toString('utf8', spaceEnd(bytes), spaceEnd(bytes) + HEAD_BYTES);
  return IS_SCALAR.test(head) ? 'JSON, but no events in it' : 'neither JSON, gzip nor a console CSV';
}

/** Where white space, NUL padding, record separators and byte order marks at the beginning end. */
function spaceEnd(bytes: Buffer): number {
  let i = 0;
  while (i < bytes.length) {
    const byte = bytes[i] as number;
    if (byte === 0xef && bytes[i + 1] === 0xbb && bytes[i + 2] === 0xbf) i += 3;
    else if (byte === 0x20 || byte === 0 || (byte >= 9 && byte <= 13) || byte === 0x1e) i++;
    else break;
  }
  return i;
}
