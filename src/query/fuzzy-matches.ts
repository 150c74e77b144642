// What fuzzy words are and what they stood for. Three answers are possible, the first that has any wins: values that
// are the word; values that hold it; values that resemble it. The matcher (fuzzy.ts) lists them, best first; the
// compiler turns the list into a condition.

import { FIELDS, findField, type StoredFieldId } from '../cloudtrail/fields.ts';
import type { Query } from './query.ts';

/** A name that a fuzzy word stood for, and how many events hold it. */
export type FuzzyMatch = { readonly field: StoredFieldId; readonly value: string; readonly count: number };

/** What each fuzzy word of a query stood for, by the words that `fuzzyWords` lists. */
export type FuzzyMatches = ReadonlyMap<string, readonly FuzzyMatch[]>;

/** Where a bare word is looked for among names. The other name-like fields (type, readOnly …) hold a handful of
 *  values that most events share: a word that strayed into them would match everything. */
export const NAME_FIELDS: readonly StoredFieldId[] = [
  'name',
  'source',
  'who',
  'user',
  'role',
  'session',
  'service',
  'error',
  'region',
];

/** The key of `field:~text` among the words: no word can look like it. */
export function likeKey(field: StoredFieldId, text: string): string {
  return `${field}:~${text}`;
}

/** The field and text of a `likeKey`; null for a plain word. */
export function splitLikeKey(key: string): { readonly field: StoredFieldId; readonly text: string } | null {
  const at = key.indexOf(':~');
  const field = at < 0 ? undefined : FIELDS.find(({ id }) => id === key.slice(0, at));
  return field === undefined ? null : { field: field.id as StoredFieldId, text: key.slice(at + 2) };
}

/** The words of a query that the matcher must be asked about, each once. */
export function fuzzyWords(query: Query): readonly string[] {
  const words = new Set<string>();
  collect(query, words);
  return [...words];
}

function collect(query: Query, words: Set<string>): void {
  if (query.kind === 'and' || query.kind === 'or') for (const term of query.terms) collect(term, words);
  else if (query.kind === 'not') collect(query.term, words);
  else if (query.kind === 'word' && query.mode === 'fuzzy') words.add(query.text);
  else if (query.kind === 'like') {
    const field = findField(query.path);
    if (field?.kind === 'name') words.add(likeKey(field.id as StoredFieldId, query.text));
  }
}

/** Whether a value is the word: in any case, without stray spaces, a service also without its domain. */
export function isWord(word: string, { field, value }: Pick<FuzzyMatch, 'field' | 'value'>): boolean {
  const sought = word.toLowerCase();
  const found = value.trim().toLowerCase();
  return found === sought || ((field === 'source' || field === 'service') && found === `${sought}.amazonaws.com`);
}

/** Whether the matches were found because they hold the word. The list is cut short, so all that hold it are meant. */
export function isSubstringMatch(word: string, matches: readonly FuzzyMatch[]): boolean {
  const [best] = matches;
  return best !== undefined && !isWord(word, best) && best.value.toLowerCase().includes(word.toLowerCase());
}
