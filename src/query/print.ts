// Tree → text, so that parsing the text gives the same tree again. Quotes go where the parser would otherwise read
// something else; a fuzzy word cannot be quoted, so one that was never typed (it holds a space, say) becomes a phrase.

import { parseQuery } from './parse.ts';
import { resolvePath } from './paths.ts';
import type { Query, WordMode } from './query.ts';

/** The text of a query in the search language. */
export function printQuery(query: Query): string {
  switch (query.kind) {
    case 'all':
      return '';
    case 'and':
      return query.terms.map((term) => printWithin(term, ['and', 'or'])).join(' ');
    case 'or':
      return query.terms.map((term) => printWithin(term, ['or'])).join(' | ');
    case 'not':
      return `!${printWithin(query.term, ['and', 'or'])}`;
    case 'word':
      return printWord(query.text, query.mode);
    case 'field':
      return printField(printPath(query.path), query.values);
    case 'present':
      return `${printPath(query.path)}:*`;
    case 'like':
      return `${printPath(query.path)}:~${quoteUnless(BARE_TEXT, query.text)}`;
    case 'compare':
      return `${printPath(query.path)}:${query.operator}${quoteUnless(BARE_OPERAND, query.text)}`;
    case 'since':
    case 'until':
    case 'at':
      return `${query.kind}:${quoteUnless(BARE_TEXT, query.text)}`;
  }
}

function printWithin(query: Query, inParentheses: readonly Query['kind'][]): string {
  return inParentheses.includes(query.kind) ? `(${printQuery(query)})` : printQuery(query);
}

/** What needs no quotes: no space, bar, parenthesis, and nothing that means something at its start. */
const BARE_TEXT = /^[^\s"|()][^\s|()]*$/;
const BARE_OPERAND = /^[^\s"|()=][^\s|()]*$/;
const BARE_VALUE = /^[^\s"|(),<>~][^\s|(),]*$/;
const BARE_PREFIX = /^[^\s"|()][^\s|()]*(?<!\$)$/;

/** A key that the parser would take for a slip of the hand (the explorer offers any that a record has) is put in brackets. */
function printPath(path: string): string {
  return resolvePath(path).kind === 'unknown' ? bracketed(path) : path;
}

function bracketed(path: string): string {
  return path.replace(/^[^.[]+/, (key) => `[${JSON.stringify(key)}]`);
}

/** One value of `path:…`, a pattern, in quotes where it needs them. */
export function printPattern(path: string, pattern: string): string {
  return printField(path, [pattern]).slice(path.length + 1);
}

function printField(path: string, values: readonly string[]): string {
  // A lone * would be "present"; the pattern ** asks the same of the values.
  const patterns = values.length === 1 && values[0] === '*' ? ['**'] : values;
  // A text of no length is for paths only: a field of the table is absent then.
  if (values.includes('') && resolvePath(path).kind === 'field') return printField(bracketed(path), values);
  const bare = `${path}:${patterns.map((pattern) => quoteUnless(BARE_VALUE, pattern)).join(',')}`;
  // arn:aws:… and example.com:443 are words unless the value is in quotes.
  return parseQuery(bare, { now: 0, zone: 'utc' }).query?.kind === 'field'
    ? bare
    : `${path}:${patterns.map(quote).join(',')}`;
}

function printWord(text: string, mode: WordMode): string {
  switch (mode) {
    case 'fuzzy':
      return isReadAs(text, { kind: 'word', text, mode }) ? text : quote(text);
    case 'substring':
      return `'${quoteUnless(BARE_TEXT, text)}`;
    case 'prefix':
      return `^${quoteUnless(BARE_PREFIX, text)}`;
    case 'whole':
      return `^${quoteUnless(BARE_PREFIX, text)}$`;
    case 'suffix':
      return isReadAs(`${text}$`, { kind: 'word', text, mode }) ? `${text}$` : `${quote(text)}$`;
    case 'phrase':
      return quote(text);
  }
}

/** The words that need no quotes are exactly those that the parser reads so. */
function isReadAs(text: string, word: Query & { readonly kind: 'word' }): boolean {
  const { query } = parseQuery(text, { now: 0, zone: 'utc' });
  return query?.kind === 'word' && query.mode === word.mode && query.text === word.text;
}

function quoteUnless(bare: RegExp, text: string): string {
  return bare.test(text) ? text : quote(text);
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
