// What is wrong with terms that stand side by side, though each is right: words that are operators in other languages,
// and spans of time that end before they begin. Each would find nothing, or the wrong events, and say nothing.

import type { Query } from './query.ts';
import { isEndOfTerm, Mistake, type Scanner, skipSpaces } from './scan.ts';

const OPERATOR = /(?:AND|OR|NOT|and|or|not)(?![^\s|()])/y;
/** Of which an example can be made. */
const SIMPLE = /[\p{L}\p{N}][\p{L}\p{N}_.:*@/-]{0,29}(?![^\s|()])/uy;

/** Where one of those words stands, and whether it is refused there. */
type Operator = { readonly word: string; readonly mistake: Mistake | null };

/** The bare word AND, OR or NOT (or all in small letters) at the scanner, which is left where it is; null for any other. */
export function operatorAt({ text, at }: Scanner, isFirst: boolean): Operator | null {
  OPERATOR.lastIndex = at;
  const word = OPERATOR.exec(text)?.[0];
  if (word === undefined) return null;
  const ahead: Scanner = { text, at: at + word.length };
  skipSpaces(ahead);
  // At either end it is a word that somebody looks for, or not yet all of one: "not" of "notify".
  const isOperator = !isEndOfTerm(ahead) && (word.toLowerCase() === 'not' || !isFirst);
  return { word, mistake: isOperator ? new Mistake(at, at + word.length, adviceOn(word, ahead)) : null };
}

function adviceOn(word: string, { text, at }: Scanner): string {
  SIMPLE.lastIndex = at;
  const next = SIMPLE.exec(text)?.[0] ?? 'b';
  const advice = {
    not: `for not, write !${next}`,
    and: `and needs no word: write a ${next}`,
    or: `for or, write a | ${next}`,
  }[word.toLowerCase() as 'not' | 'and' | 'or'];
  return `${advice}; to find the text, quote it: '${word}`;
}

/** Reading goes on: the term that was read between `from` and `to`, and those before it in the same and. */
export function refuseEmptySpan(terms: readonly Query[], from: number, to: number): void {
  const last = terms.at(-1);
  if (last?.kind !== 'since' && last?.kind !== 'until') return;
  const begins = Math.max(...terms.map((term) => (term.kind === 'since' ? term.at : Number.NEGATIVE_INFINITY)));
  const ends = Math.min(...terms.map((term) => (term.kind === 'until' ? term.at : Number.POSITIVE_INFINITY)));
  if (begins > ends) {
    const hint = terms.some((term) => isDuration(term)) ? ' (2h is two hours ago)' : '';
    throw new Mistake(
      from,
      to,
      `this time begins after it ends: since: takes the earlier time, until: the later${hint}`,
    );
  }
}

function isDuration(term: Query): boolean {
  return (term.kind === 'since' || term.kind === 'until') && /^[\dsmhdw]+$/i.test(term.text);
}
