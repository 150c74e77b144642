// A word asks every field at once: names by what the fuzzy matcher made of it, other values by substring, and, in the
// final stage, the whole record.

import { FIELDS, RESOURCE_SEPARATOR, STORED_FIELDS, type StoredFieldId } from '../cloudtrail/fields.ts';
import type { CompileOptions } from './compile.ts';
import { inNetworks } from './compile-field.ts';
import { type FuzzyMatches, isSubstringMatch, NAME_FIELDS } from './fuzzy-matches.ts';
import { wordNetwork } from './network.ts';
import { escapeRegex } from './pattern.ts';
import type { Query } from './query.ts';
import { textSource, valueSource } from './record-text.ts';
import { anyOf, bind, FALSE, type Sql, whereRecord, whereValue } from './sql.ts';

type Word = Query & { readonly kind: 'word' };

const VALUE_FIELDS = FIELDS.filter((field) => field.kind === 'value').map((field) => field.id);

export function compileWord(sql: Sql, word: Word, { fuzzy }: CompileOptions): string {
  switch (word.mode) {
    case 'fuzzy': {
      const names = NAME_FIELDS.map((field) => matchesName(sql, field, word.text, fuzzy));
      const values = VALUE_FIELDS.map((field) => holds(sql, field, word.text));
      return anyOf([...names, ...values, ...network(sql, word), recordHolds(sql, word.text)]);
    }
    case 'substring':
    case 'phrase': {
      const conditions = STORED_FIELDS.map((field) => holds(sql, field, word.text));
      return anyOf([...conditions, recordValueHolds(sql, word.text)]);
    }
    case 'prefix':
    case 'suffix':
    case 'whole': {
      const { mode, text } = word;
      return anyOf(STORED_FIELDS.map((field) => isAnchored(sql, field, mode, text)));
    }
  }
}

/** The names a fuzzy word stood for; before the matcher has answered, those that hold the word. */
export function matchesName(sql: Sql, field: StoredFieldId, key: string, fuzzy: FuzzyMatches, text = key): string {
  const matches = fuzzy.get(key);
  if (matches === undefined || isSubstringMatch(text, matches)) return holds(sql, field, text);
  const values = matches.filter((match) => match.field === field).map((match) => bind(sql, match.value));
  return values.length === 0 ? FALSE : whereValue(sql, field, `d.value IN (${values.join(', ')})`);
}

/** Events whose value in the field holds the text, whatever the case. */
export function holds(sql: Sql, field: StoredFieldId, text: string): string {
  return whereValue(sql, field, `contains(lower(d.value), lower(${bind(sql, text)}))`);
}

function isAnchored(sql: Sql, field: StoredFieldId, mode: 'prefix' | 'suffix' | 'whole', text: string): string {
  if (field === 'resource') {
    const separator = escapeRegex(RESOURCE_SEPARATOR);
    const start = mode === 'suffix' ? '' : `(?:^|${separator})`;
    const end = mode === 'prefix' ? '' : `(?:${separator}|$)`;
    return whereValue(sql, field, `regexp_matches(d.value, ${bind(sql, start + escapeRegex(text) + end)}, 'i')`);
  }
  const sought = `lower(${bind(sql, text)})`;
  if (mode === 'whole') return whereValue(sql, field, `lower(d.value) = ${sought}`);
  return whereValue(sql, field, `${mode === 'prefix' ? 'starts_with' : 'ends_with'}(lower(d.value), ${sought})`);
}

/** A bare network (10.0.0.0/8) means the addresses in it as well. */
function network(sql: Sql, { text }: Word): readonly string[] {
  const edges = wordNetwork(text);
  return edges === null ? [] : [whereValue(sql, 'ip', inNetworks(sql, [edges]))];
}

function recordHolds(sql: Sql, text: string): string {
  return whereRecord(sql, hasText(sql, text), true);
}

function recordValueHolds(sql: Sql, text: string): string {
  // The first, a plain literal for most words, is several times as fast and rules out most records. CASE, because AND
  // may be evaluated in any order.
  const exact = `regexp_matches(r.raw, ${bind(sql, valueSource(text))}, 'i')`;
  return whereRecord(sql, `CASE WHEN ${hasText(sql, text)} THEN ${exact} ELSE false END`, true);
}

function hasText(sql: Sql, text: string): string {
  return `regexp_matches(r.raw, ${bind(sql, textSource(text))}, 'i')`;
}
