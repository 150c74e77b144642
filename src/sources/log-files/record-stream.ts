// Cuts a stream of bytes into JSON objects that may be records, whatever they are wrapped in:
// {"Records":[…]} and {"Events":[…]} (read element by element, never held whole), bare arrays, single objects,
// NDJSON, concatenated objects. What an object is (a record, an envelope, a notification) is the sink's business.
//
// Broken input costs as little as possible: a bad line of NDJSON is skipped to its end, a bad element of an array up
// to the next one that begins as the one before it did, and everything before a break is kept.

import { INCOMPLETE, INVALID, JsonScanner } from './json-scanner.ts';

/** Takes each complete object: `buffer[start, end)`, with its members in `scanner`. */
export type ObjectSink = {
  object(buffer: Buffer, start: number, end: number, scanner: JsonScanner): void;
  /** A JSON value that is not an object, at the top level or in a list. */
  otherValue(): void;
};

const WRAPPER_KEYS = new Set(['Records', 'Events', 'records', 'events', 'logEvents', 'Items', 'items']);

const EMPTY = Buffer.alloc(0);
const DEFAULT_OPENING = Buffer.from('{"eventVersion"');

export class RecordStream {
  /** Objects handed to the sink. */
  objects = 0;
  /** Stretches that are not JSON and were skipped. */
  broken = 0;
  firstBrokenAt = 0;
  /** The data ended in the middle of a value or list. */
  isTruncated = false;
  /** The first thing in the data is not the beginning of a JSON object or list. */
  isNotJson = false;

  readonly #sink: ObjectSink;
  readonly #scanner: JsonScanner;
  /** Open containers: 'a' a list whose elements are items, 'w' an object whose list is being (or was) read. */
  readonly #frames: ('a' | 'w')[] = [];
  #isAfterValue = false;
  #isResyncing = false;
  #carry: Buffer = EMPTY;
  /** Offset of the buffer's first byte in the whole data. */
  #base = 0;
  #hasBegun = false;
  /** How the last good object began, up to the end of its first key: where to go on after a broken one. */
  #opening: Buffer = DEFAULT_OPENING;
  /** Bytes to gather before an incomplete value is scanned again, so that one huge value is not scanned per chunk. */
  #wanted = 0;

  /** `scanner` may be shared by streams that are not read at the same time. */
  constructor(sink: ObjectSink, scanner: JsonScanner = new JsonScanner()) {
    this.#sink = sink;
    this.#scanner = scanner;
  }

  /** Gives the stream its next bytes. `isLast` ends it. */
  push(chunk: Buffer, isLast: boolean): void {
    let buffer = this.#carry.length === 0 ? chunk : Buffer.concat([this.#carry, chunk]);
    if (!isLast && buffer.length < this.#wanted) {
      this.#carry = buffer;
      return;
    }
    const used = this.#consume(buffer, isLast);
    this.#base += used;
    buffer = buffer.subarray(used);
    this.#wanted = buffer.length * 2;
    // A copy, so that a tail of some bytes does not keep the whole chunk alive.
    this.#carry = buffer.length === 0 ? EMPTY : used === 0 ? buffer : Buffer.from(buffer);
    if (isLast) {
      if (this.#carry.length > 0 || this.#frames.length > 0) this.isTruncated = true;
      this.#carry = EMPTY;
    }
  }

  /** @returns how many bytes are dealt with; the rest waits for more, or is the truncated end. */
  #consume(buffer: Buffer, isLast: boolean): number {
    const limit = buffer.length;
    let i = 0;
    for (;;) {
      if (this.#isResyncing) {
        const next = this.#resync(buffer, i, isLast);
        if (next < 0) return -next - 1;
        i = next;
      }
      i = skipSpace(buffer, i, limit);
      if (i >= limit) return limit;
      const frame = this.#frames.at(-1);
      const next =
        frame === 'a'
          ? this.#inList(buffer, i, limit, isLast)
          : frame === 'w'
            ? this.#inWrapper(buffer, i, limit, isLast)
            : this.#atTop(buffer, i, limit, isLast);
      if (next < 0) return i;
      i = next;
    }
  }

  #inList(buffer: Buffer, i: number, limit: number, isLast: boolean): number {
    const byte = buffer[i];
    if (byte === 0x5d) {
      this.#frames.pop();
      this.#isAfterValue = true;
      return i + 1;
    }
    if (byte === 0x2c && this.#isAfterValue) {
      this.#isAfterValue = false;
      return i + 1;
    }
    if (this.#isAfterValue) return this.#breakAt(i);
    return this.#value(buffer, i, limit, isLast);
  }

  /** Between the members of a wrapper, after one of its lists was read. */
  #inWrapper(buffer: Buffer, i: number, limit: number, isLast: boolean): number {
    if (buffer[i] === 0x7d) {
      this.#frames.pop();
      return i + 1;
    }
    if (buffer[i] !== 0x2c) return this.#breakAt(i);
    const keyStart = skipSpace(buffer, i + 1, limit);
    if (keyStart >= limit) return INCOMPLETE;
    if (buffer[keyStart] !== 0x22) return this.#breakAt(keyStart);
    const keyEnd = this.#scanner.scan(buffer, keyStart, limit, isLast);
    if (keyEnd === INCOMPLETE) return INCOMPLETE;
    if (keyEnd === INVALID) return this.#breakAt(this.#scanner.errorAt);
    const colon = skipSpace(buffer, keyEnd, limit);
    if (colon >= limit) return INCOMPLETE;
    if (buffer[colon] !== 0x3a) return this.#breakAt(colon);
    const valueStart = skipSpace(buffer, colon + 1, limit);
    if (valueStart >= limit) return INCOMPLETE;
    if (buffer[valueStart] === 0x5b && WRAPPER_KEYS.has(buffer.toString('latin1', keyStart + 1, keyEnd - 1))) {
      this.#frames.push('a');
      this.#isAfterValue = false;
      return valueStart + 1;
    }
    const valueEnd = this.#scanner.scan(buffer, valueStart, limit, isLast);
    if (valueEnd === INVALID) return this.#breakAt(this.#scanner.errorAt);
    return valueEnd;
  }

  #atTop(buffer: Buffer, i: number, limit: number, isLast: boolean): number {
    const byte = buffer[i];
    if (byte === 0x5b) {
      this.#hasBegun = true;
      this.#frames.push('a');
      this.#isAfterValue = false;
      return i + 1;
    }
    if (byte === 0x7b) {
      this.#hasBegun = true;
      const list = wrapperList(buffer, i, limit);
      if (list > 0) return this.#enterWrapper(list);
      return this.#value(buffer, i, limit, isLast);
    }
    if (!this.#hasBegun) {
      this.isNotJson = true;
      return this.#breakAt(i);
    }
    // Objects separated by commas are no JSON, but nothing is lost by reading on.
    if (byte === 0x2c) return i + 1;
    if (byte === 0x22) return this.#value(buffer, i, limit, isLast);
    return this.#breakAt(i);
  }

  #enterWrapper(list: number): number {
    this.#frames.push('w', 'a');
    this.#isAfterValue = false;
    return list + 1;
  }

  #value(buffer: Buffer, i: number, limit: number, isLast: boolean): number {
    const scanner = this.#scanner;
    const end = scanner.scan(buffer, i, limit, isLast);
    if (end === INVALID) return this.#breakAt(scanner.errorAt);
    if (end === INCOMPLETE) {
      const list = this.#frames.length === 0 && buffer[i] === 0x7b ? this.#openWrapperMember(buffer) : -1;
      return list < 0 ? INCOMPLETE : this.#enterWrapper(list);
    }
    if (buffer[i] === 0x7b) {
      this.objects++;
      if (scanner.memberCount > 0) this.#rememberOpening(buffer, i, scanner.members[1] as number);
      this.#sink.object(buffer, i, end, scanner);
    } else this.#sink.otherValue();
    this.#isAfterValue = true;
    return end;
  }

  #rememberOpening(buffer: Buffer, start: number, keyEnd: number): void {
    const opening = this.#opening;
    const length = keyEnd + 1 - start;
    if (length === opening.length) {
      let k = 0;
      while (k < length && buffer[start + k] === opening[k]) k++;
      if (k === length) return;
    }
    if (length < 200) this.#opening = Buffer.from(buffer.subarray(start, keyEnd + 1));
  }

  /** In an object that does not end here: where the list of a wrapper key that is still open begins, or -1. */
  #openWrapperMember(buffer: Buffer): number {
    const { members, memberCount } = this.#scanner;
    if (memberCount >= members.length / 4) return -1;
    const [keyStart, keyEnd, valueStart] = members.subarray(memberCount * 4, memberCount * 4 + 3);
    if (keyStart === undefined || keyEnd === undefined || valueStart === undefined) return -1;
    if (valueStart <= keyEnd || buffer[keyStart - 1] !== 0x22 || buffer[valueStart] !== 0x5b) return -1;
    return WRAPPER_KEYS.has(buffer.toString('latin1', keyStart, keyEnd)) ? valueStart : -1;
  }

  #breakAt(at: number): number {
    if (this.broken++ === 0) this.firstBrokenAt = this.#base + at;
    this.#isResyncing = true;
    return at;
  }

  /** @returns where to go on, or -(bytes dealt with) - 1 when that is not in this buffer. */
  #resync(buffer: Buffer, from: number, isLast: boolean): number {
    if (this.#frames.length === 0) {
      const newline = buffer.indexOf(0x0a, from);
      if (newline < 0) return -buffer.length - 1;
      this.#isResyncing = false;
      return newline + 1;
    }
    const at = buffer.indexOf(this.#opening, from);
    if (at < 0) {
      if (isLast) this.#frames.length = 0;
      return -(isLast ? buffer.length : Math.max(from, buffer.length - this.#opening.length)) - 1;
    }
    this.#isResyncing = false;
    // An array of a wrapper may have been left half-way; the next elements are its own again.
    if (this.#frames.at(-1) === 'w') this.#frames.push('a');
    this.#isAfterValue = false;
    return at;
  }
}

/** Skips white space, a byte order mark, record separators (RFC 7464) and NUL padding between values. */
function skipSpace(buffer: Buffer, from: number, limit: number): number {
  let i = from;
  while (i < limit) {
    const byte = buffer[i] as number;
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0 || byte === 0x1e) i++;
    else if (byte === 0xef && buffer[i + 1] === 0xbb && buffer[i + 2] === 0xbf) i += 3;
    else break;
  }
  return i;
}

/** Where the list begins in `{"Records":[`, or -1 when the object's first member is something else. */
function wrapperList(buffer: Buffer, start: number, limit: number): number {
  const keyStart = skipSpace(buffer, start + 1, limit);
  if (buffer[keyStart] !== 0x22) return -1;
  let keyEnd = keyStart + 1;
  while (keyEnd < limit && keyEnd - keyStart < 12 && buffer[keyEnd] !== 0x22) keyEnd++;
  if (buffer[keyEnd] !== 0x22 || !WRAPPER_KEYS.has(buffer.toString('latin1', keyStart + 1, keyEnd))) return -1;
  const colon = skipSpace(buffer, keyEnd + 1, limit);
  if (buffer[colon] !== 0x3a) return -1;
  const list = skipSpace(buffer, colon + 1, limit);
  return buffer[list] === 0x5b ? list : -1;
}
