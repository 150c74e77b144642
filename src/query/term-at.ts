// Which term of a text the cursor is in, whether or not the text can be read already: completion works while a person
// types, when quotes are open and values are missing.

import { PATH_SOURCE, resolvePath } from './paths.ts';
import { isSpace, readBare, type Scanner } from './scan.ts';

/** A piece of the text: offsets in UTF-16 units. */
export type Piece = { readonly from: number; readonly to: number };

/** A term without its sign (! or -). */
export type TermAt = Piece & {
  /** What stands before the colon, where the term is field:value. */
  readonly name: string | null;
  /** Of field:a,b: those values as written, the one at the cursor included. */
  readonly values: readonly Piece[];
};

const NAME = new RegExp(`${PATH_SOURCE}:`, 'uy');
const TIMES = new Set(['since', 'until', 'at']);

/** The term that the cursor touches; null between terms. */
export function termAt(text: string, cursor: number): TermAt | null {
  const scanner: Scanner = { text, at: 0 };
  while (scanner.at < text.length && scanner.at <= cursor) {
    const char = text.charAt(scanner.at);
    if (isSpace(char) || '|()'.includes(char) || ((char === '!' || char === '-') && isSignHere(scanner))) {
      scanner.at++;
      continue;
    }
    const term = readTerm(scanner);
    if (cursor <= term.to) return cursor >= term.from ? term : null;
  }
  return null;
}

function isSignHere({ text, at }: Scanner): boolean {
  return at + 1 < text.length && !isSpace(text.charAt(at + 1));
}

function readTerm(scanner: Scanner): TermAt {
  const from = scanner.at;
  NAME.lastIndex = from;
  const match = NAME.exec(scanner.text);
  const name = match === null ? null : match[0].slice(0, -1);
  if (name === null || !isName(name)) {
    if (scanner.text[from] === "'" || scanner.text[from] === '^') scanner.at++;
    readPiece(scanner, '');
    return { from, to: scanner.at, name: null, values: [] };
  }
  scanner.at = NAME.lastIndex;
  const stop = TIMES.has(name.toLowerCase()) ? '' : ',';
  const values = [readPiece(scanner, stop)];
  while (stop !== '' && scanner.text[scanner.at] === stop) {
    scanner.at++;
    values.push(readPiece(scanner, stop));
  }
  return { from, to: scanner.at, name, values };
}

function isName(name: string): boolean {
  return TIMES.has(name.toLowerCase()) || resolvePath(name).kind !== 'unknown';
}

/** Quoted or bare; a quote that is not closed holds all that follows. */
function readPiece(scanner: Scanner, stop: string): Piece {
  const from = scanner.at;
  if (scanner.text[from] === '"') {
    for (scanner.at++; scanner.at < scanner.text.length && scanner.text[scanner.at] !== '"'; scanner.at++) {
      if (scanner.text[scanner.at] === '\\') scanner.at++;
    }
    scanner.at = Math.min(scanner.at + 1, scanner.text.length);
  }
  readBare(scanner, stop);
  return { from, to: scanner.at };
}
