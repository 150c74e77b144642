// Finds the values in a JSON text: where each begins and ends, what kind it is, what it hangs on. Strict as
// JSON.parse is, but without recursion and without making values. Kept apart from json-tree.ts, which turns
// the nodes into the rows that people see.

import type { PathSegment } from './json-path.ts';
import type { JsonError, JsonKind } from './json-tree.ts';

export type JsonNode = {
  readonly kind: JsonKind;
  /** Decoded name in the parent object, or index in the parent array; null for the outermost value. */
  readonly key: PathSegment | null;
  /** Index of the parent node; -1 for the outermost value. A parent comes before its children. */
  readonly parent: number;
  readonly start: number;
  end: number;
  childCount: number;
};

export type Scanned =
  | { readonly nodes: readonly JsonNode[]; readonly error: null }
  | { readonly nodes: null; readonly error: JsonError };

/** A record with more values is no longer something to look at value by value; CloudTrail's largest (256 kB)
 *  cannot hold nearly as many. */
export const MAX_NODES = 250_000;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
const SPACE = ' \t\n\r';
const NEEDS_PARSE = /[\\\p{Cc}]/u;

/** All values of one JSON text in document order. Never throws. */
export function scanJson(text: string): Scanned {
  try {
    return { nodes: new Scanner(text).scan(), error: null };
  } catch (error) {
    if (error instanceof Mistake) return { nodes: null, error: { reason: error.reason, at: error.at } };
    throw error;
  }
}

class Mistake extends Error {
  readonly reason: string;
  readonly at: number;
  constructor(reason: string, at: number) {
    super(reason);
    this.reason = reason;
    this.at = at;
  }
}

class Scanner {
  readonly #text: string;
  readonly #nodes: JsonNode[] = [];
  #at = 0;
  /** The innermost container that is still open; -1 outside. */
  #open = -1;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): readonly JsonNode[] {
    this.#value();
    while (this.#open >= 0) this.#member();
    this.#space();
    if (this.#at < this.#text.length) this.#fail('more text after the end of the record');
    return this.#nodes;
  }

  /** One member of the open container, or its end. */
  #member(): void {
    const container = this.#nodes[this.#open] as JsonNode;
    const isObject = container.kind === 'object';
    const close = isObject ? '}' : ']';
    this.#space();
    if (this.#text[this.#at] === close) {
      this.#at++;
      container.end = this.#at;
      this.#open = container.parent;
      return;
    }
    if (container.childCount > 0) this.#expect(',', `expected "," or "${close}"`);
    if (isObject) {
      this.#space();
      if (this.#text[this.#at] !== '"') this.#fail('expected a key in double quotes');
      const start = this.#at;
      this.#string();
      const key = decodeString(this.#text.slice(start, this.#at));
      this.#space();
      this.#expect(':', 'expected ":" after a key');
      this.#value(key);
    } else this.#value(container.childCount);
  }

  #value(key: PathSegment | null = null): void {
    this.#space();
    const start = this.#at;
    const parent = this.#open;
    if (this.#nodes.length >= MAX_NODES) this.#fail('too many values to show as a tree');
    if (parent >= 0) (this.#nodes[parent] as JsonNode).childCount++;
    const kind = this.#kind();
    this.#nodes.push({ kind, key, parent, start, end: this.#at, childCount: 0 });
    if (kind === 'object' || kind === 'array') this.#open = this.#nodes.length - 1;
  }

  /** Steps over a scalar, or over the bracket that opens a container. */
  #kind(): JsonKind {
    switch (this.#text[this.#at]) {
      case '{':
        this.#at++;
        return 'object';
      case '[':
        this.#at++;
        return 'array';
      case '"':
        this.#string();
        return 'string';
      case undefined:
        return this.#fail('the record ends too early');
    }
    if (this.#skip(NUMBER)) return 'number';
    if (this.#skip(LITERAL)) return 'literal';
    return this.#fail('expected a value');
  }

  #string(): void {
    const start = this.#at;
    let quote = this.#text.indexOf('"', start + 1);
    while (quote >= 0 && this.#isEscaped(quote)) quote = this.#text.indexOf('"', quote + 1);
    if (quote < 0) this.#fail('a string does not end');
    this.#at = quote + 1;
    const spelling = this.#text.slice(start, this.#at);
    if (NEEDS_PARSE.test(spelling)) this.#check(spelling, start);
  }

  /** A quote after an odd number of backslashes belongs to the string. */
  #isEscaped(quote: number): boolean {
    let before = quote - 1;
    while (this.#text[before] === '\\') before--;
    return (quote - before) % 2 === 0;
  }

  #check(spelling: string, start: number): void {
    try {
      JSON.parse(spelling);
    } catch {
      throw new Mistake('a string with a wrong escape or a raw control character', start);
    }
  }

  #expect(character: string, reason: string): void {
    if (this.#text[this.#at] !== character) this.#fail(reason);
    this.#at++;
  }

  #space(): void {
    while (this.#at < this.#text.length && SPACE.includes(this.#text.charAt(this.#at))) this.#at++;
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const isFound = pattern.test(this.#text);
    if (isFound) this.#at = pattern.lastIndex;
    return isFound;
  }

  #fail(reason: string): never {
    throw new Mistake(reason, this.#at);
  }
}

/** What a valid JSON string, given with its quotes, says. */
export function decodeString(spelling: string): string {
  return spelling.includes('\\') ? JSON.parse(spelling) : spelling.slice(1, -1);
}
