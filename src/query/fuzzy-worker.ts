// Worker thread: keeps the distinct values posted to it and says what words stand for. See fuzzy-client.ts.

import { parentPort } from 'node:worker_threads';
import type { StoredFieldId } from '../cloudtrail/fields.ts';
import { findFuzzy, type NameValue } from './fuzzy.ts';
import type { FuzzyMatch } from './fuzzy-matches.ts';

export type FuzzyRequest =
  | { readonly kind: 'update'; readonly field: StoredFieldId; readonly values: readonly NameValue[] }
  | { readonly kind: 'match'; readonly id: number; readonly words: readonly string[] };

export type FuzzyAnswer = { readonly id: number; readonly matches: readonly (readonly FuzzyMatch[])[] };

/** A person types a word letter by letter and back again: recent answers are kept until a value comes in. */
const REMEMBERED_WORDS = 200;

const known = new Map<StoredFieldId, Map<string, number>>();
const lists = new Map<StoredFieldId, readonly NameValue[]>();
const stale = new Set<StoredFieldId>();
const answers = new Map<string, readonly FuzzyMatch[]>();

parentPort?.on('message', (request: FuzzyRequest) => {
  if (request.kind === 'update') update(request.field, request.values);
  else {
    const answer: FuzzyAnswer = { id: request.id, matches: request.words.map(find) };
    parentPort?.postMessage(answer);
  }
});

function update(field: StoredFieldId, values: readonly NameValue[]): void {
  const counts = known.get(field) ?? new Map<string, number>();
  known.set(field, counts);
  for (const { value, count } of values) counts.set(value, count);
  stale.add(field);
  answers.clear();
}

function find(word: string): readonly FuzzyMatch[] {
  // A new list means a new index, so lists are made when they are asked, not with every update while loading.
  for (const field of stale) {
    lists.set(
      field,
      Array.from(known.get(field) ?? [], ([value, count]) => ({ value, count })),
    );
  }
  stale.clear();
  const matches = answers.get(word) ?? findFuzzy(word, lists);
  if (answers.size >= REMEMBERED_WORDS) answers.clear();
  answers.set(word, matches);
  return matches;
}
