// The search language as typed → tree. A recursive descent over the text itself; there are no tokens, because what a
// colon, a bracket or a star means depends on where it stands (arn:aws:…, fe80::1, 14:02 and agent:*(X11*) are all
// written without quotes). What is read is bounded in length, depth and number of terms, so that nothing a person
// pastes can hold a key press up. Mistakes are thrown inside as Mistake and come out as positions with a reason.

import { operatorAt, refuseEmptySpan } from './parse-group.ts';
import { parseTerm, type Reader } from './parse-term.ts';
import type { Parsed, Query } from './query.ts';
import { isEndOfTerm, Mistake, skipSpaces } from './scan.ts';
import type { Clock } from './time-range.ts';

export const MAX_QUERY_LENGTH = 10_000;
const MAX_DEPTH = 50;
const MAX_TERMS = 100;
/** Each word asks every field and every record; more of them are a sentence that was pasted. */
const MAX_WORDS = 20;

/** Reads any text, at any time while it is typed; never throws. Times count from `now` and are UTC or local by `zone`. */
export function parseQuery(text: string, clock: Clock): Parsed {
  if (text.length > MAX_QUERY_LENGTH) {
    return mistake(MAX_QUERY_LENGTH, text.length, `this is too long: at most ${MAX_QUERY_LENGTH} characters`);
  }
  try {
    return { query: new Descent(text, clock).read(), error: null };
  } catch (error) {
    if (error instanceof Mistake) return mistake(error.from, error.to, error.message);
    throw error;
  }
}

function mistake(from: number, to: number, reason: string): Parsed {
  return { query: null, error: { from, to, reason } };
}

class Descent implements Reader {
  readonly text: string;
  readonly clock: Clock;
  at = 0;
  #depth = 0;
  #terms = 0;
  #words = 0;

  constructor(text: string, clock: Clock) {
    this.text = text;
    this.clock = clock;
  }

  read(): Query {
    skipSpaces(this);
    if (this.at === this.text.length) return { kind: 'all' };
    const query = this.#readOr();
    if (this.at < this.text.length) throw new Mistake(this.at, this.at + 1, 'there is no ( for this )');
    return query;
  }

  #readOr(): Query {
    const terms = [this.#readAnd('say what comes before |')];
    while (this.text[this.at] === '|') {
      const bar = this.at++;
      // "||" is how many other languages say it.
      if (this.text[this.at] === '|') this.at++;
      skipSpaces(this);
      if (isEndOfTerm(this)) throw new Mistake(bar, this.at, 'say what comes after |');
      terms.push(this.#readAnd('say what comes between the bars'));
    }
    return terms.length === 1 ? (terms[0] as Query) : { kind: 'or', terms };
  }

  #readAnd(whenEmpty: string): Query {
    const terms: Query[] = [];
    for (skipSpaces(this); !isEndOfTerm(this); skipSpaces(this)) {
      const from = this.at;
      terms.push(this.#readOperator(terms.length === 0) ?? this.#readNot());
      refuseEmptySpan(terms, from, this.at);
    }
    if (terms.length === 0) {
      const isClosing = this.text[this.at] === ')' && this.#depth === 0;
      throw new Mistake(this.at, this.at + 1, isClosing ? 'there is no ( for this )' : whenEmpty);
    }
    return terms.length === 1 ? (terms[0] as Query) : { kind: 'and', terms };
  }

  /** Such a word is looked for as it is: no name resembles it, and where others come to stand beside it, it is printed
   *  so that it can be read. */
  #readOperator(isFirst: boolean): Query | null {
    const operator = operatorAt(this, isFirst);
    if (operator === null) return null;
    if (operator.mistake !== null) throw operator.mistake;
    this.at += operator.word.length;
    this.#count(this.at - operator.word.length, true);
    return { kind: 'word', text: operator.word, mode: 'substring' };
  }

  #readNot(): Query {
    const sign = this.text[this.at];
    if (sign !== '!' && sign !== '-') return this.#readPrimary();
    const from = this.at++;
    if (isEndOfTerm(this) || /\s/.test(this.text.charAt(this.at))) {
      throw new Mistake(from, this.at, `say what to leave out, right after the ${sign} (${sign}alice, ${sign}error:*)`);
    }
    return this.#nested(from, () => ({ kind: 'not', term: this.#readNot() }));
  }

  #readPrimary(): Query {
    const from = this.at;
    if (this.text[from] === '(') {
      return this.#nested(from, () => {
        this.at++;
        skipSpaces(this);
        if (this.text[this.at] === ')')
          throw new Mistake(from, this.at + 1, 'there is nothing between these parentheses');
        if (this.at === this.text.length) throw new Mistake(from, this.at, 'this ( is not closed');
        const query = this.#readOr();
        if (this.text[this.at] !== ')') throw new Mistake(from, from + 1, 'this ( is not closed');
        this.at++;
        return query;
      });
    }
    const term = parseTerm(this);
    this.#count(from, term.kind === 'word');
    return term;
  }

  #count(from: number, isWord: boolean): void {
    if (++this.#terms > MAX_TERMS) throw new Mistake(from, this.text.length, `too many terms: at most ${MAX_TERMS}`);
    if (isWord && ++this.#words > MAX_WORDS) {
      throw new Mistake(from, this.text.length, `too many words: at most ${MAX_WORDS}; to find a sentence, quote it`);
    }
  }

  #nested(from: number, read: () => Query): Query {
    if (++this.#depth > MAX_DEPTH) throw new Mistake(from, from + 1, `nested too deep: at most ${MAX_DEPTH} levels`);
    const query = read();
    this.#depth--;
    return query;
  }
}
