// What a half-remembered word stands for, among the distinct values of name-like fields (never among rows: a million
// of them would take seconds). Values that are the word, else values that hold it, else values that resemble it:
// Fuse.js proposes those within a few slips, fuzzy-rank.ts keeps the ones that a person would take for the word.

import Fuse from 'fuse.js';
import type { StoredFieldId } from '../cloudtrail/fields.ts';
import { type FuzzyMatch, isWord, NAME_FIELDS, splitLikeKey } from './fuzzy-matches.ts';
import { partStarts, resemblance } from './fuzzy-rank.ts';

export type NameValue = { readonly value: string; readonly count: number };

/** More than this nobody reads; a query means all values that hold the word anyway (see isSubstringMatch). */
export const MAX_MATCHES = 50;
/** Of those that resemble it, more: `delte` means every name that starts with Delete, and they are all listed. */
export const MAX_SIMILAR = 200;
/** What Fuse may propose of one field: the nearest of many thousand. */
const MAX_PROPOSED = 2000;
/** Values of one field that are looked at for resemblance, the first seen: whoever is frequent is among them. A large
 *  organisation has a hundred thousand sessions, and Fuse takes half a second for them. */
const MAX_COMPARED = 5000;
/** Values of one field that are ranked when they hold the word; all of them are meant anyway. */
const MAX_RANKED = 3000;

/** A swap of neighbours is two slips to Fuse: 0.4 of a word of five letters, the shortest that may hold one. */
const FUSE_THRESHOLD = 0.45;
/** A word with so many digits is an id: no slips are looked for. */
const MIN_DIGITS = 5;
/** Longer than any name; Fuse takes a word in pieces of 32 letters. */
const LONGEST_WORD = 64;

/**
 * The values a word of `fuzzyWords` stands for, best first, at most 200. `values` are the distinct values of each
 * field; an array that stays the same object keeps its index.
 */
export function findFuzzy(
  key: string,
  values: ReadonlyMap<StoredFieldId, readonly NameValue[]>,
): readonly FuzzyMatch[] {
  const like = splitLikeKey(key);
  const word = like?.text ?? key;
  const fields = like === null ? NAME_FIELDS : [like.field];
  const candidates = fields.map((field) => ({ field, values: values.get(field) ?? [] }));
  const sought = word.toLowerCase();
  const held = candidates.map(({ field, values }) => ({ field, ...holding(field, values, sought) }));
  const exact = pick(
    held.map(({ field, exact }) => ({ field, values: exact })),
    () => 0,
  );
  if (exact.length > 0) return exact;
  const partly = pick(held, ({ value }) => placeCost(sought, value));
  if (partly.length > 0) return partly;
  if (word.length > LONGEST_WORD || isId(word)) return [];
  const similar = candidates.map(({ field, values }) => ({ field, values: propose(word, values) }));
  return bestOnly(similar, word);
}

/** An address, a key, an account: whoever writes so many digits has copied them, and half the values resemble them. */
function isId(word: string): boolean {
  return (word.match(/\d/g)?.length ?? 0) >= MIN_DIGITS;
}

const lowered = new WeakMap<readonly NameValue[], readonly string[]>();

/** The values that are the word, and the first of those that hold it. */
function holding(
  field: StoredFieldId,
  values: readonly NameValue[],
  sought: string,
): { readonly exact: readonly NameValue[]; readonly values: readonly NameValue[] } {
  let texts = lowered.get(values);
  if (texts === undefined) {
    texts = values.map(({ value }) => value.toLowerCase());
    lowered.set(values, texts);
  }
  const exact: NameValue[] = [];
  const held: NameValue[] = [];
  for (let k = 0; k < texts.length; k++) {
    const text = texts[k] as string;
    if (text === '' || !text.includes(sought)) continue;
    const known = values[k] as NameValue;
    if (mayBe(text, sought) && isWord(sought, { field, value: text })) exact.push(known);
    if (held.length < MAX_RANKED) held.push(known);
  }
  return { exact, values: held };
}

/** Whether a text that holds the word is no longer than a service's name, or may have spaces around it: one letter is held
 *  by everybody. */
function mayBe(text: string, sought: string): boolean {
  if (text.length <= sought.length + '.amazonaws.com'.length) return true;
  const [first, last] = [text.charCodeAt(0), text.charCodeAt(text.length - 1)];
  return first <= 32 || last <= 32 || first > 127 || last > 127;
}

type Candidates = readonly { readonly field: StoredFieldId; readonly values: readonly NameValue[] }[];
type Ranked = { readonly match: FuzzyMatch; readonly cost: number };

function rank(candidates: Candidates, costOf: (match: FuzzyMatch) => number | null): Ranked[] {
  const ranked: Ranked[] = [];
  for (const { field, values } of candidates) {
    let found = 0;
    for (const { value, count } of values) {
      if (value === '') continue;
      const match = { field, value, count };
      const cost = costOf(match);
      if (cost === null) continue;
      ranked.push({ match, cost });
      if (++found === MAX_RANKED) break;
    }
  }
  return ranked.sort(
    (a, b) => a.cost - b.cost || b.match.count - a.match.count || a.match.value.length - b.match.value.length,
  );
}

function pick(candidates: Candidates, costOf: (match: FuzzyMatch) => number | null): readonly FuzzyMatch[] {
  return rank(candidates, costOf)
    .slice(0, MAX_MATCHES)
    .map(({ match }) => match);
}

/** Holding the word at its start is best, then at the start of a part, then anywhere. */
function placeCost(sought: string, value: string): number {
  const at = value.toLowerCase().indexOf(sought);
  if (at === 0) return 0;
  return partStarts(value).includes(at) ? 1 : 2;
}

/** Who resembles the word most is meant; who resembles it less is not, unless by no more than where the word starts. */
function bestOnly(candidates: Candidates, word: string): readonly FuzzyMatch[] {
  const ranked = rank(candidates, ({ value }) => resemblance(word, value));
  const best = ranked[0]?.cost ?? 0;
  return ranked
    .filter(({ cost }) => cost <= best + 0.5)
    .slice(0, MAX_SIMILAR)
    .map(({ match }) => match);
}

const indexes = new WeakMap<readonly NameValue[], Fuse<NameValue>>();

/** Values within a few slips of the word, and those that hold its letters in order. */
function propose(word: string, values: readonly NameValue[]): readonly NameValue[] {
  let fuse = indexes.get(values);
  if (fuse === undefined) {
    fuse = new Fuse(values.slice(0, MAX_COMPARED), {
      keys: ['value'],
      threshold: FUSE_THRESHOLD,
      ignoreLocation: true,
    });
    indexes.set(values, fuse);
  }
  const sought = word.toLowerCase();
  const proposed = new Set(fuse.search(word, { limit: MAX_PROPOSED }).map(({ item }) => item));
  for (const item of values.slice(0, MAX_COMPARED))
    if (holdsInOrder(sought, item.value.toLowerCase())) proposed.add(item);
  return [...proposed];
}

function holdsInOrder(letters: string, text: string): boolean {
  let at = -1;
  for (let letter = 0; letter < letters.length; letter++) {
    at = text.indexOf(letters.charAt(letter), at + 1);
    if (at < 0) return false;
  }
  return true;
}
