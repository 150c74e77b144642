// One term in plain words.

import { DENIED_CODE_PATTERNS } from '../cloudtrail/denied.ts';
import { findField } from '../cloudtrail/fields.ts';
import type { ExplainContext, UnderstoodWord } from './explain.ts';
import { thousands } from './explain-cost.ts';
import { isSubstringMatch, isWord, likeKey } from './fuzzy-matches.ts';
import { parseNetwork, wordNetwork } from './network.ts';
import { resolvePath } from './paths.ts';
import { plainText } from './pattern.ts';
import type { Comparison, Query } from './query.ts';

/** What a word stood for is listed up to here. */
const MAX_NAMED = 5;

const COMPARED: Readonly<Record<Comparison, string>> = {
  '>': 'more than',
  '>=': 'at least',
  '<': 'less than',
  '<=': 'at most',
};

/** What an event must be for the term to find it. Groups and negations are told by explain.ts. */
export function meaningOf(query: Query, context: ExplainContext): string {
  const time = context.timeText ?? ((ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z'));
  switch (query.kind) {
    case 'all':
      return 'every event';
    case 'and':
    case 'or':
    case 'not':
      return '';
    case 'word':
      return wordMeaning(query.text, query.mode, context.understood);
    case 'since':
      return `at ${time(query.at)} or later`;
    case 'until':
      return `at ${time(query.at)} or earlier`;
    case 'at':
      return `from ${time(query.from)} to ${time(query.to)}, both included`;
    case 'present':
      return `${nameOf(query.path)} is stated`;
    case 'field':
      return fieldMeaning(query.path, query.values);
    case 'like':
      return likeMeaning(query.path, query.text, context.understood);
    case 'compare': {
      if (query.at === null) return `${nameOf(query.path)} is a number, ${COMPARED[query.operator]} ${query.text}`;
      const than = { '>': 'after', '>=': 'at or after', '<': 'before', '<=': 'at or before' }[query.operator];
      return `${nameOf(query.path)} is ${than} ${time(query.at)}`;
    }
  }
}

function wordMeaning(text: string, mode: string, understood: readonly UnderstoodWord[]): string {
  switch (mode) {
    case 'fuzzy': {
      const matches = understood.find(({ word }) => word === text)?.matches ?? [];
      const edges = wordNetwork(text) === null ? '' : 'an address in this network, or ';
      const elsewhere = `${edges}any id, address, resource or text of the record that holds ${quoted(text)}`;
      return matches.length === 0 ? elsewhere : `${standsFor(text, matches)}; or ${elsewhere}`;
    }
    case 'substring':
    case 'phrase':
      return `some value (no key) holds ${quoted(text)}`;
    case 'prefix':
      return `some value of the fields starts with ${quoted(text)}`;
    case 'suffix':
      return `some value of the fields ends with ${quoted(text)}`;
    default:
      return `some value of the fields is ${quoted(text)}`;
  }
}

/** `names that resemble it: RunInstances 12 (name), …, 3 more` */
function standsFor(word: string, matches: UnderstoodWord['matches']): string {
  const [best] = matches;
  const how =
    best !== undefined && isWord(word, best) ? 'are it' : isSubstringMatch(word, matches) ? 'hold it' : 'resemble it';
  const named = matches
    .slice(0, MAX_NAMED)
    .map(({ field, value, count }) => `${value} ${thousands(count)} (${field})`)
    .join(', ');
  const more = matches.length > MAX_NAMED ? `, ${matches.length - MAX_NAMED} more` : '';
  return `names that ${how}: ${named}${more}`;
}

function likeMeaning(path: string, text: string, understood: readonly UnderstoodWord[]): string {
  const field = findField(path.replaceAll('[]', ''));
  if (field?.kind !== 'name') return `${nameOf(path)} holds ${quoted(text)}`;
  const key = likeKey(field.id as Parameters<typeof likeKey>[0], text);
  const matches = understood.find(({ word }) => word === key)?.matches ?? [];
  return matches.length === 0 ? `${field.id} resembles ${quoted(text)}` : `${field.id}: ${standsFor(text, matches)}`;
}

function fieldMeaning(path: string, values: readonly string[]): string {
  const id = findField(path.replaceAll('[]', ''))?.id ?? null;
  if (id === 'first') return `the first of its person, among what is loaded, by ${values.join(' or ')}`;
  if (id === 'person') return personMeaning(values);
  const meanings = values.map((value) => valueMeaning(id, value));
  const notes = [
    id === 'who' ? 'or either half of role/session is' : '',
    id === 'resource' ? 'any of the names, ids and ARNs counts' : '',
    (id === 'source' || id === 'service') && values.some((value) => !value.toLowerCase().endsWith('.amazonaws.com'))
      ? '.amazonaws.com may be left out'
      : '',
  ].filter((note) => note !== '');
  return `${nameOf(path)} ${meanings.join(', or ')}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`;
}

/** The calls of their own sessions, and of those that other credentials were handed out to. */
function personMeaning(values: readonly string[]): string {
  const meanings = values.map((value) => valueMeaning('person', value));
  return `the person behind it ${meanings.join(', or ')}, whatever role they took on (as far as loaded calls hand out its key)`;
}

function valueMeaning(id: string | null, value: string): string {
  if (id === 'error' && value.toLowerCase() === 'denied') {
    return `says that it was not allowed: ${DENIED_CODE_PATTERNS.slice(0, 3).join(', ')} …`;
  }
  if (id === 'ip' && parseNetwork(value) !== null) return `is in the network ${value}`;
  const text = plainText(value);
  return text === null ? `is all of the pattern ${value}` : `is ${quoted(text)}`;
}

/** A field by its short name, and where CloudTrail keeps it; a path as it is. */
function nameOf(path: string): string {
  const target = resolvePath(path);
  if (target.kind !== 'field') return path;
  const { id, path: place } = target.field;
  return place === '' || place === id ? id : `${id} (${place})`;
}

function quoted(text: string): string {
  return `“${text}”`;
}
