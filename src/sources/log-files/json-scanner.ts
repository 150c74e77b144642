// A byte-level JSON scanner: finds where a value ends, checks its grammar, and notes the members of the outermost
// object on the way. It exists because records must come out exactly as they went in (key order, spelling of
// numbers, big integers, keys like `__proto__`), which JSON.parse cannot give, and because cutting 1.3 GB of log
// files into records has to run at gunzip's speed. One pass, no strings made, no recursion: nesting is a byte stack.
//
// Lenient in one point: raw control characters inside strings are accepted and noted (`hasControl`), so that the
// caller can escape them; everything else follows RFC 8259.

/** The value goes on past the end of the buffer. */
export const INCOMPLETE = -1;
/** Not JSON; `errorAt` tells where. */
export const INVALID = -2;

const MAX_MEMBERS = 512;

const VALUE = 0;
const VALUE_OR_END = 1;
const KEY = 2;
const KEY_OR_END = 3;
const COLON = 4;
const COMMA_OR_END = 5;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Bytes that may follow a number or literal. */
function endsScalar(byte: number): boolean {
  return (
    byte === 0x2c || byte === 0x7d || byte === 0x5d || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
  );
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

export class JsonScanner {
  /** Members of the outermost object of the last scan: [keyStart, keyEnd, valueStart, valueEnd] each, quotes of keys excluded. */
  readonly members = new Int32Array(MAX_MEMBERS * 4);
  memberCount = 0;
  /** White space outside strings was seen. */
  hasSpace = false;
  /** Raw control characters inside strings were seen. */
  hasControl = false;
  /** Escapes inside strings were seen. */
  hasEscape = false;
  /** Where the value of a member `creationDate` begins, however deep; -1: there is none. Sessions of one caller differ
   *  in nothing else, so the reader leaves it out when it compares identities. */
  creationDateAt = -1;
  /** After INVALID: the offending byte's offset. */
  errorAt = 0;

  #stack = new Uint8Array(64);

  /**
   * Scans the JSON value that starts at `start` (no white space before it).
   * @returns the offset just past the value, INCOMPLETE or INVALID. A number at the very end of the buffer is
   * INCOMPLETE unless `isLast`.
   */
  scan(buffer: Uint8Array, start: number, limit: number, isLast: boolean): number {
    const members = this.members;
    let stack = this.#stack;
    let depth = 0;
    let state = VALUE;
    let memberCount = 0;
    let hasSpace = false;
    let low = 0;
    let hasEscape = false;
    let creationDateAt = -1;
    let i = start;
    this.memberCount = 0;

    while (i < limit) {
      const byte = buffer[i] as number;
      if (byte === QUOTE) {
        const from = i + 1;
        let inner = -1;
        for (i = from; i < limit; i++) {
          inner = buffer[i] as number;
          if (inner === QUOTE) break;
          if (inner === BACKSLASH) {
            hasEscape = true;
            i++;
            if (i >= limit) return this.#stop(memberCount, INCOMPLETE);
            if (!isEscape(buffer, i, limit)) {
              if (limit - i < 5) return this.#stop(memberCount, INCOMPLETE);
              return this.#fail(i - 1);
            }
          }
          // Negative once a byte below 0x20 was seen: cheaper than a comparison per byte.
          low |= inner - 0x20;
        }
        if (i >= limit) return this.#stop(memberCount, INCOMPLETE);
        if (state <= VALUE_OR_END) {
          if (depth === 1 && stack[0] === 1 && memberCount < MAX_MEMBERS) {
            members[memberCount * 4 + 2] = from - 1;
            members[memberCount * 4 + 3] = i + 1;
            memberCount++;
          }
          i++;
          if (depth === 0) {
            this.hasSpace = hasSpace;
            this.hasControl = low < 0;
            this.hasEscape = hasEscape;
            this.creationDateAt = creationDateAt;
            return i;
          }
          state = COMMA_OR_END;
        } else if (state === KEY || state === KEY_OR_END) {
          if (depth === 1 && memberCount < MAX_MEMBERS) {
            members[memberCount * 4] = from;
            members[memberCount * 4 + 1] = i;
            members[memberCount * 4 + 2] = -1;
          }
          if (i - from === 12 && buffer[from] === 0x63 && buffer[from + 8] === 0x44) creationDateAt = i + 2;
          i++;
          // Nearly always the colon follows at once.
          if (buffer[i] === 0x3a && i < limit) {
            i++;
            state = VALUE;
          } else state = COLON;
        } else return this.#fail(from - 1);
        continue;
      }
      switch (byte) {
        case 0x20:
        case 0x0a:
        case 0x0d:
        case 0x09:
          hasSpace = true;
          i++;
          continue;
        case 0x2c: // ,
          if (state !== COMMA_OR_END) return this.#fail(i);
          state = stack[depth - 1] === 1 ? KEY : VALUE;
          i++;
          continue;
        case 0x3a: // :
          if (state !== COLON) return this.#fail(i);
          state = VALUE;
          i++;
          continue;
        case 0x7b: // {
        case 0x5b: // [
          if (state > VALUE_OR_END) return this.#fail(i);
          if (depth === 1 && stack[0] === 1 && memberCount < MAX_MEMBERS) members[memberCount * 4 + 2] = i;
          if (depth === stack.length) {
            const wider = new Uint8Array(stack.length * 2);
            wider.set(stack);
            this.#stack = stack = wider;
          }
          if (byte === 0x7b) {
            stack[depth++] = 1;
            state = KEY_OR_END;
          } else {
            stack[depth++] = 2;
            state = VALUE_OR_END;
          }
          i++;
          continue;
        case 0x7d: // }
        case 0x5d: // ]
          if (depth === 0 || stack[depth - 1] !== (byte === 0x7d ? 1 : 2)) return this.#fail(i);
          if (state !== COMMA_OR_END && state !== (byte === 0x7d ? KEY_OR_END : VALUE_OR_END)) return this.#fail(i);
          depth--;
          i++;
          if (depth === 0) {
            this.hasSpace = hasSpace;
            this.hasControl = low < 0;
            this.hasEscape = hasEscape;
            this.creationDateAt = creationDateAt;
            this.memberCount = memberCount;
            return i;
          }
          if (depth === 1 && stack[0] === 1 && memberCount < MAX_MEMBERS) {
            members[memberCount * 4 + 3] = i;
            memberCount++;
          }
          state = COMMA_OR_END;
          continue;
        default: {
          if (state > VALUE_OR_END) return this.#fail(i);
          const from = i;
          while (i < limit && !endsScalar(buffer[i] as number)) i++;
          if (i === limit && !isLast) return this.#stop(memberCount, INCOMPLETE);
          if (!isScalar(buffer, from, i)) {
            return i === limit && isScalarPrefix(buffer, from, i)
              ? this.#stop(memberCount, INCOMPLETE)
              : this.#fail(from);
          }
          if (depth === 1 && stack[0] === 1 && memberCount < MAX_MEMBERS) {
            members[memberCount * 4 + 2] = from;
            members[memberCount * 4 + 3] = i;
            memberCount++;
          }
          if (depth === 0) {
            this.hasSpace = hasSpace;
            this.hasControl = low < 0;
            this.hasEscape = hasEscape;
            this.creationDateAt = creationDateAt;
            return i;
          }
          state = COMMA_OR_END;
        }
      }
    }
    return this.#stop(memberCount, INCOMPLETE);
  }

  #stop(memberCount: number, code: number): number {
    this.memberCount = memberCount;
    return code;
  }

  #fail(at: number): number {
    this.errorAt = at;
    return INVALID;
  }
}

function isHex(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}

function isEscape(buffer: Uint8Array, at: number, limit: number): boolean {
  switch (buffer[at]) {
    case 0x22:
    case 0x5c:
    case 0x2f:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return true;
    case 0x75: {
      if (at + 4 >= limit) return false;
      for (let k = 1; k <= 4; k++) if (!isHex(buffer[at + k] as number)) return false;
      return true;
    }
    default:
      return false;
  }
}

function isScalar(buffer: Uint8Array, from: number, to: number): boolean {
  const first = buffer[from];
  const length = to - from;
  if (first === 0x74) return length === 4 && matches(buffer, from, 'true');
  if (first === 0x66) return length === 5 && matches(buffer, from, 'false');
  if (first === 0x6e) return length === 4 && matches(buffer, from, 'null');
  // Short plain integers are nearly all numbers there are.
  if (length < 16 && first !== 0x30) {
    let k = from;
    while (k < to && (buffer[k] as number) >= 0x30 && (buffer[k] as number) <= 0x39) k++;
    if (k === to) return length > 0;
  }
  return length < 4096 && NUMBER.test(latin1(buffer, from, to));
}

function isScalarPrefix(buffer: Uint8Array, from: number, to: number): boolean {
  const text = latin1(buffer, from, Math.min(to, from + 32));
  return 'true'.startsWith(text) || 'false'.startsWith(text) || 'null'.startsWith(text) || /^-?[\d.eE+-]*$/.test(text);
}

function matches(buffer: Uint8Array, from: number, word: string): boolean {
  for (let k = 0; k < word.length; k++) if (buffer[from + k] !== word.charCodeAt(k)) return false;
  return true;
}

function latin1(buffer: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let k = from; k < to; k++) text += String.fromCharCode(buffer[k] as number);
  return text;
}

/**
 * Copies one scanned JSON value to `target` without the white space between tokens; raw control characters inside
 * strings become \u00XX escapes. @returns the offset just past the copy. `target` needs 6 bytes per source byte at
 * worst (all control characters), else as many as the source.
 */
export function compactInto(target: Uint8Array, at: number, source: Uint8Array, from: number, to: number): number {
  let o = at;
  let i = from;
  while (i < to) {
    const byte = source[i++] as number;
    if (byte === QUOTE) {
      target[o++] = byte;
      for (;;) {
        const inner = source[i++] as number;
        if (inner < 0x20) {
          const escaped = `\\u00${inner < 0x10 ? '0' : '1'}${(inner & 15).toString(16)}`;
          for (let k = 0; k < 6; k++) target[o++] = escaped.charCodeAt(k);
          continue;
        }
        target[o++] = inner;
        if (inner === BACKSLASH) target[o++] = source[i++] as number;
        else if (inner === QUOTE) break;
      }
    } else if (byte > 0x20) target[o++] = byte;
  }
  return o;
}
