import type { StoredFieldId } from '../cloudtrail/fields.ts';

/** A name that a fuzzy word stood for, and how many events hold it. */
export type FuzzyMatch = { readonly field: StoredFieldId; readonly value: string; readonly count: number };

/** What each fuzzy word of a query stood for, by the words that `fuzzyWords` lists. */
export type FuzzyMatches = ReadonlyMap<string, readonly FuzzyMatch[]>;

/** The key of `field:~text` among the words: no word can look like it. */
export function likeKey(field: StoredFieldId, text: string): string {
  return `${field}:~${text}`;
}
