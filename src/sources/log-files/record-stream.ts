// Cuts a stream of bytes into JSON objects that may be records, whatever they are wrapped in:
// {"Records":[…]} and {"Events":[…]} (read element by element, never held whole), bare arrays, single objects,
// NDJSON, concatenated objects. What an object is (a record, an envelope, a notification) is the sink's business.
//
// Broken input costs as little as possible: after a bad value reading goes on at the first place after its *beginning*
// (the scanner may notice late, in the middle of a good neighbour) where a value seems to begin: where bytes stand as
// the last good object began with, or, at the top level, where a line begins with a brace or bracket.

import { INCOMPLETE, INVALID, JsonScanner } from './json-scanner.ts';

/** Takes each complete object, `buffer[start, end)`, with its members in `scanner`. @returns whether it knows such objects. */
export type ObjectSink = {
  object(buffer: Buffer, start: number, end: number, scanner: JsonScanner): boolean;
  /** A JSON value that is not an object, at the top level or in a list. */
  otherValue(): void;
};

const WRAPPER_KEYS = new Set(['Records', 'Events', 'records', 'events', 'logEvents', 'Items', 'items']);

/** A value that goes on beyond this is given up: CloudTrail's are below 1 MB, and a gzip bomb may hold one of 4 GB. */
export const MAX_VALUE_BYTES = 64 * 1024 * 1024;
/** After so many bad values in a row, each is skipped up to where it was found to be bad: no input takes for ever. */
const MAX_BROKEN_IN_A_ROW = 30;

/** Longer first keys are not looked for. */
const MAX_OPENING = 200;
const USUAL_OPENING = Buffer.from('{"eventVersion"');

export class RecordStream {
  /** Objects handed to the sink. */
  objects = 0;
  /** Stretches that are not JSON and were skipped. */
  broken = 0;
  firstBrokenAt = 0;
  /** The data ended in the middle of a value or list. */
  isTruncated = false;
  /** Some value was longer than MAX_VALUE_BYTES; it counts as broken. */
  isTooLong = false;

  readonly #sink: ObjectSink;
  readonly #scanner: JsonScanner;
  /** Open containers: 'a' a list whose elements are items, 'w' an object whose list is being (or was) read. */
  readonly #frames: ('a' | 'w')[] = [];
  #isAfterValue = false;
  #isResyncing = false;
  #brokenInARow = 0;
  /** No line before this offset of the whole data, from where reading is at, begins a value. */
  #lineAt = 0;
  /** Bytes not dealt with yet. */
  #carry: Buffer[] = [];
  #carried = 0;
  /** Offset of the buffer's first byte in the whole data. */
  #base = 0;
  #hasBegun = false;
  /** How objects begin, up to the end of their first key: where to go on after a broken one. That of the last object
   *  the sink knew, or, before the first, what records mostly begin with and what the broken one began with. */
  #openings: readonly Buffer[] = [USUAL_OPENING];
  #hasKnown = false;
  /** Bytes to gather before an incomplete value is scanned again, so that one huge value is not scanned per chunk. */
  #wanted = 0;

  /** `scanner` may be shared by streams that are not read at the same time. */
  constructor(sink: ObjectSink, scanner: JsonScanner = new JsonScanner()) {
    this.#sink = sink;
    this.#scanner = scanner;
  }

  /** Gives the stream its next bytes. `isLast` ends it. */
  push(chunk: Buffer, isLast: boolean): void {
    this.#carry.push(chunk);
    this.#carried += chunk.length;
    if (!isLast && this.#carried < this.#wanted) return;
    const buffer = this.#carry.length === 1 ? chunk : Buffer.concat(this.#carry, this.#carried);
    const used = this.#consume(buffer, isLast);
    this.#base += used;
    this.#carried = buffer.length - used;
    this.#wanted = Math.min(this.#carried * 2, MAX_VALUE_BYTES + 1);
    // A copy, so that a tail of some bytes does not keep the whole chunk alive.
    this.#carry = this.#carried === 0 ? [] : [used === 0 ? buffer : Buffer.from(buffer.subarray(used))];
    if (!isLast) return;
    if (this.#carried > 0 || this.#frames.length > 0) this.isTruncated = true;
    this.#carry = [];
    this.#carried = 0;
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
      // Half a byte order mark: the rest of it comes with the next chunk.
      if (!isLast && buffer[i] === 0xef && limit - i < 3) return i;
      const frame = this.#frames.at(-1);
      const next =
        frame === 'a'
          ? this.#inList(buffer, i, limit, isLast)
          : frame === 'w'
            ? this.#inWrapper(buffer, i, limit, isLast)
            : this.#atTop(buffer, i, limit, isLast);
      if (next >= 0) i = next;
      else if (isLast || limit - i <= MAX_VALUE_BYTES) return i;
      else {
        this.isTooLong = true;
        i = this.#breakAt(buffer, i, i, limit);
      }
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
    if (this.#isAfterValue) return this.#breakAt(buffer, i);
    return this.#value(buffer, i, limit, isLast);
  }

  /** Between the members of a wrapper, after one of its lists was read. */
  #inWrapper(buffer: Buffer, i: number, limit: number, isLast: boolean): number {
    if (buffer[i] === 0x7d) {
      this.#frames.pop();
      return i + 1;
    }
    if (buffer[i] !== 0x2c) return this.#breakAt(buffer, i);
    const keyStart = skipSpace(buffer, i + 1, limit);
    if (keyStart >= limit) return INCOMPLETE;
    if (buffer[keyStart] !== 0x22) return this.#breakAt(buffer, keyStart);
    const keyEnd = this.#scanner.scan(buffer, keyStart, limit, isLast);
    if (keyEnd === INCOMPLETE) return INCOMPLETE;
    if (keyEnd === INVALID) return this.#breakAt(buffer, this.#scanner.errorAt);
    const colon = skipSpace(buffer, keyEnd, limit);
    if (colon >= limit) return INCOMPLETE;
    if (buffer[colon] !== 0x3a) return this.#breakAt(buffer, colon);
    const valueStart = skipSpace(buffer, colon + 1, limit);
    if (valueStart >= limit) return INCOMPLETE;
    if (buffer[valueStart] === 0x5b && WRAPPER_KEYS.has(buffer.toString('latin1', keyStart + 1, keyEnd - 1))) {
      this.#frames.push('a');
      this.#isAfterValue = false;
      return valueStart + 1;
    }
    const valueEnd = this.#scanner.scan(buffer, valueStart, limit, isLast);
    if (valueEnd === INVALID) return this.#breakAt(buffer, this.#scanner.errorAt);
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
    if (!this.#hasBegun) return this.#breakAt(buffer, i);
    // Objects separated by commas are no JSON, but nothing is lost by reading on.
    if (byte === 0x2c) return i + 1;
    if (byte === 0x22) return this.#value(buffer, i, limit, isLast);
    return this.#breakAt(buffer, i);
  }

  #enterWrapper(list: number): number {
    this.#frames.push('w', 'a');
    this.#isAfterValue = false;
    return list + 1;
  }

  #value(buffer: Buffer, i: number, limit: number, isLast: boolean): number {
    const scanner = this.#scanner;
    const end = scanner.scan(buffer, i, limit, isLast);
    if (end === INVALID) return this.#breakAt(buffer, scanner.errorAt, i);
    if (end === INCOMPLETE) {
      const list = this.#frames.length === 0 && buffer[i] === 0x7b ? this.#openWrapperMember(buffer) : -1;
      if (list >= 0) return this.#enterWrapper(list);
      // A value without an end has swallowed those after it.
      const isSearched = isLast && this.#brokenInARow < MAX_BROKEN_IN_A_ROW;
      return isSearched && this.#nextStart(buffer, i + 1) >= 0 ? this.#breakAt(buffer, i, i) : INCOMPLETE;
    }
    this.#brokenInARow = 0;
    if (buffer[i] === 0x7b) {
      this.objects++;
      const keyEnd = scanner.memberCount > 0 ? (scanner.members[1] as number) : 0;
      if (this.#sink.object(buffer, i, end, scanner) && keyEnd > 0) this.#rememberOpening(buffer, i, keyEnd);
    } else this.#sink.otherValue();
    this.#isAfterValue = true;
    return end;
  }

  #rememberOpening(buffer: Buffer, start: number, keyEnd: number): void {
    const length = keyEnd + 1 - start;
    const [opening] = this.#openings as [Buffer];
    if (this.#hasKnown && length === opening.length) {
      let k = 0;
      while (k < length && buffer[start + k] === opening[k]) k++;
      if (k === length) return;
    }
    if (length > MAX_OPENING) return;
    this.#openings = [Buffer.from(buffer.subarray(start, keyEnd + 1))];
    this.#hasKnown = true;
  }

  #guessOpening(buffer: Buffer, start: number): void {
    const key = skipSpace(buffer, start + 1, buffer.length);
    const keyEnd = buffer[start] === 0x7b && buffer[key] === 0x22 ? buffer.indexOf(0x22, key + 1) : -1;
    if (keyEnd < 0 || keyEnd - start > MAX_OPENING) return;
    this.#openings = [USUAL_OPENING, Buffer.from(buffer.subarray(start, keyEnd + 1))];
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

  /**
   * @param at what is wrong. @param start where the value began that holds it. @param noticed how far it was scanned.
   * @returns where to look for the next.
   */
  #breakAt(buffer: Buffer, at: number, start = at - 1, noticed = at): number {
    if (!this.#hasKnown) this.#guessOpening(buffer, start);
    if (this.broken++ === 0) this.firstBrokenAt = this.#base + at;
    this.#isResyncing = true;
    return ++this.#brokenInARow > MAX_BROKEN_IN_A_ROW ? Math.max(noticed, start + 1) : start + 1;
  }

  /** @returns where to go on, or -(bytes dealt with) - 1 when that is not in this buffer. */
  #resync(buffer: Buffer, from: number, isLast: boolean): number {
    const at = this.#nextStart(buffer, from);
    if (at < 0) {
      if (isLast) this.#frames.length = 0;
      return -(isLast ? buffer.length : Math.max(from, buffer.length - MAX_OPENING)) - 1;
    }
    this.#isResyncing = false;
    // An array of a wrapper may have been left half-way; the next elements are its own again.
    if (this.#frames.at(-1) === 'w') this.#frames.push('a');
    this.#isAfterValue = false;
    return at;
  }

  /** Where the next value seems to begin; -1 for nowhere in this buffer. */
  #nextStart(buffer: Buffer, from: number): number {
    let found = this.#frames.length > 0 ? -1 : this.#nextLine(buffer, from);
    for (const opening of this.#openings) {
      const at = (found < 0 ? buffer : buffer.subarray(0, found)).indexOf(opening, from);
      if (at >= 0) found = at;
    }
    return found;
  }

  /** Where the next line begins that opens a value without being indented (else it is inside one, pretty-printed). */
  #nextLine(buffer: Buffer, from: number): number {
    let newline = buffer.indexOf(0x0a, Math.max(from, this.#lineAt - this.#base - 1));
    for (; newline >= 0; newline = buffer.indexOf(0x0a, newline + 1)) {
      let at = newline + 1;
      while (buffer[at] === 0 || buffer[at] === 0x1e) at++;
      if (buffer[at] !== 0x7b && buffer[at] !== 0x5b) continue;
      this.#lineAt = this.#base + newline + 1;
      return at;
    }
    this.#lineAt = this.#base + buffer.length;
    return -1;
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
