// Which term of a text the cursor is in, whether or not the text can be read already: completion works while a person
// types, when quotes are open and values are missing.

import { findField } from '../cloudtrail/fields.ts';
import { RECORD_KEYS } from '../cloudtrail/record-keys.ts';
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
const KEYS = new Set(RECORD_KEYS.map((key) => key.toLowerCase()));
/** Of a name: no path that anybody means is longer. */
const MAX_NAME = 500;
/** Paths that begin with a key CloudTrail does not know are compared with all that it knows, to tell a slip of the hand. */
const MAX_COMPARED = 16;

/** The term that the cursor touches; null between terms. */
export function termAt(text: string, cursor: number): TermAt | null {
  const scanner: Scanner = { text, at: 0 };
  const isName = nameTest();
  while (scanner.at < text.length && scanner.at <= cursor) {
    const char = text.charAt(scanner.at);
    if (isSpace(char) || '|()'.includes(char) || ((char === '!' || char === '-') && isSignHere(scanner))) {
      scanner.at++;
      continue;
    }
    const from = scanner.at;
    let term = readTerm(scanner, isName);
    if (cursor <= term.to) {
      // The one that is asked about is never guessed.
      scanner.at = from;
      term = readTerm(scanner, nameTest());
    }
    if (cursor <= term.to) return cursor >= term.from ? term : null;
  }
  return null;
}

function isSignHere({ text, at }: Scanner): boolean {
  return at + 1 < text.length && !isSpace(text.charAt(at + 1));
}

function readTerm(scanner: Scanner, isName: (name: string) => boolean): TermAt {
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

/** Whether a text before a colon is a name, as the parser sees it. It is asked about every term up to the cursor, at
 *  every key press: what takes time is done once for each name, and for a handful of them; all others are names then. */
function nameTest(): (name: string) => boolean {
  const answers = new Map<string, boolean>();
  return (name) => {
    const isPath = /[.[]/.test(name);
    if (name.length > MAX_NAME) return isPath;
    const lower = name.toLowerCase();
    if (TIMES.has(lower) || findField(lower.replaceAll('[]', '')) !== undefined) return true;
    if (KEYS.has(/^[^.[]*/.exec(lower)?.[0] ?? '')) return true;
    if (!isPath) return false;
    const known = answers.get(name);
    if (known !== undefined || answers.size >= MAX_COMPARED) return known ?? true;
    const answer = resolvePath(name).kind !== 'unknown';
    answers.set(name, answer);
    return answer;
  };
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
