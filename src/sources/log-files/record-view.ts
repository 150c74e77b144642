import { compactInto, type JsonScanner } from './json-scanner.ts';
import { KEYS, keyAt } from './record-keys.ts';

/** Longer values are not parsed for what the columns need. */
const MAX_PARSED_BYTES = 256 * 1024;

const QUOTE = 0x22;
const NULL = 0x6e;

/** One scanned object in its buffer: where each member of interest is. Reused from object to object. */
export class RecordView {
  buffer: Buffer = Buffer.alloc(0);
  start = 0;
  end = 0;
  /** Index among the scanner's members of each of KEYS, or -1. */
  readonly at = new Int32Array(KEYS.length);
  members: Int32Array = new Int32Array(0);
  /** No string in it needs decoding. */
  isPlain = false;
  creationDateAt = -1;

  /** Looks at `buffer[start, end)`, the object that `scanner` has just scanned. */
  show(buffer: Buffer, start: number, end: number, scanner: JsonScanner): void {
    this.buffer = buffer;
    this.start = start;
    this.end = end;
    this.members = scanner.members;
    this.isPlain = !scanner.hasEscape && !scanner.hasControl;
    this.creationDateAt = scanner.creationDateAt;
    const at = this.at.fill(-1);
    const { members, memberCount } = scanner;
    for (let m = 0; m < memberCount; m++) {
      const key = keyAt(buffer, members[m * 4] as number, members[m * 4 + 1] as number);
      if (key >= 0) at[key] = m;
    }
  }

  has(key: number): boolean {
    return (this.at[key] as number) >= 0;
  }

  /** False for a member that is absent or null. */
  isStated(key: number): boolean {
    return this.has(key) && this.buffer[this.from(key)] !== NULL;
  }

  isString(key: number): boolean {
    return this.has(key) && this.buffer[this.from(key)] === QUOTE;
  }

  /** Offset of a member's value; the member must be there. */
  from(key: number): number {
    return this.members[(this.at[key] as number) * 4 + 2] as number;
  }

  /** Offset just past a member's value; the member must be there. */
  to(key: number): number {
    return this.members[(this.at[key] as number) * 4 + 3] as number;
  }

  /** A member's value; undefined where it is absent, null, empty or too long to look through. */
  parsed(key: number): unknown {
    if (!this.isStated(key)) return undefined;
    const [from, to] = [this.from(key), this.to(key)];
    return to - from <= 2 || to - from > MAX_PARSED_BYTES ? undefined : parseJson(this.buffer, from, to);
  }

  /** A string member's text. */
  text(key: number): string {
    return parseText(this.buffer, this.from(key), this.to(key));
  }
}

/** JSON.parse of a scanned span; undefined where not even escaping its control characters makes it JSON. */
export function parseJson(buffer: Buffer, from: number, to: number): unknown {
  const text = buffer.toString('utf8', from, to);
  try {
    return JSON.parse(text);
  } catch {
    const compact = Buffer.alloc((to - from) * 6);
    try {
      return JSON.parse(compact.toString('utf8', 0, compactInto(compact, 0, buffer, from, to)));
    } catch {
      return undefined;
    }
  }
}

/** The text of a scanned string. */
export function parseText(buffer: Buffer, from: number, to: number): string {
  const text = parseJson(buffer, from, to);
  return typeof text === 'string' ? text : '';
}
