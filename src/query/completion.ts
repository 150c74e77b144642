// What may stand where the cursor is: fields, values that are loaded, what a fuzzy word stood for. Asked at every key
// press, so no more of the distinct values are looked at than a frame has time for: the most frequent.

import { agentFamily } from '../cloudtrail/agent-family.ts';
import { FIELDS, type Field, findField, RESOURCE_SEPARATOR, type StoredFieldId } from '../cloudtrail/fields.ts';
import { FIRST_KINDS } from '../cloudtrail/firsts.ts';
import { RECORD_KEYS } from '../cloudtrail/record-keys.ts';
import { RECORD_PATHS } from '../cloudtrail/record-paths.ts';
import type { FuzzyMatch } from './fuzzy-matches.ts';
import { literalPattern } from './pattern.ts';
import { printPattern } from './print.ts';
import { type Piece, type TermAt, termAt } from './term-at.ts';

export type Completion = {
  /** Replaces [from, to) of the text (UTF-16 offsets). */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** What a person reads; it may come from a record. */
  readonly label: string;
  /** Events that hold it, where that is known. */
  readonly count: number | null;
  readonly kind: 'field' | 'value' | 'match';
  readonly about?: string;
};

/** What is loaded. */
export type KnownValues = {
  /** Most frequent first. */
  distinct(field: StoredFieldId): readonly DistinctValue[];
  /** Persons behind callers, where somebody has looked; most calls first. */
  people?(): readonly DistinctValue[];
  /** Paths that the records at hand have, where somebody has looked. */
  readonly paths?: readonly string[];
};

type DistinctValue = { readonly value: string; readonly count: number };
type UnderstoodWord = { readonly word: string; readonly matches: readonly FuzzyMatch[] };

export const MAX_COMPLETIONS = 50;
/** Values of one field that are looked at: 4 ms. */
const MAX_VALUES = 20_000;
/** Cells of resources are taken apart first, once for each list: 5 ms. */
const MAX_CELLS = 5000;
/** A user agent's family takes dozens of patterns to tell: 3 ms, once for each list. */
const MAX_AGENTS = 300;
/** UTF-16 units of values that are looked at: messages are long. */
const MAX_UNITS = 1_000_000;
/** Longer values can be read neither here nor in the line. */
const MAX_LENGTH = 1000;
/** Other values of the same term, which are not offered again. */
const MAX_OTHERS = 200;
/** Of one name. */
const MAX_PERSONS = 5;
const SERVICE_SUFFIX = '.amazonaws.com';

type Offer = Omit<Completion, 'from' | 'to'>;

/** What the term at the cursor may become, best first, at most 50; nothing between terms. */
export function completionsAt(
  text: string,
  cursor: number,
  known: KnownValues,
  understood: readonly UnderstoodWord[],
): readonly Completion[] {
  const term = termAt(text, cursor);
  if (term === null) return [];
  const place = placeOf(term, cursor);
  const typed = text.slice(place.from, cursor);
  const offers =
    term.name === null
      ? ofWord(text.slice(term.from, term.to), typed, known, understood)
      : ofField(term.name, unquoted(typed), known, othersOf(term, place, text));
  return offers.slice(0, MAX_COMPLETIONS).map((offer) => ({ ...offer, from: place.from, to: place.to }));
}

/** The text without one of the things that the word at [from, to) stood for: `termin !name:TerminateSession`. */
export function dropMatch(text: string, from: number, to: number, match: { field: string; value: string }): string {
  const word = text.slice(from, to);
  const drop = `!${match.field}:${printPattern(match.field, literalPattern(match.value))}`;
  const sign = text.charAt(from - 1);
  const isNegated = (sign === '!' || sign === '-') && !/[^\s(|!-]/.test(text.charAt(from - 2));
  return text.slice(0, from) + (isNegated ? `(${word} ${drop})` : `${word} ${drop}`) + text.slice(to);
}

/** What a completion replaces: a word, a whole term while its field is typed, or one value. */
function placeOf(term: TermAt, cursor: number): Piece {
  return term.values.find(({ from, to }) => cursor >= from && cursor <= to) ?? term;
}

function othersOf(term: TermAt, place: Piece, text: string): ReadonlySet<string> {
  const others = term.values.slice(0, MAX_OTHERS).filter((value) => value !== place);
  return new Set(others.map(({ from, to }) => unquoted(text.slice(from, to)).toLowerCase()));
}

/** A value as typed so far → the text that is meant. */
function unquoted(typed: string): string {
  const text = typed.startsWith('"')
    ? typed
        .slice(1)
        .replace(/(?<!\\)"$/, '')
        .replace(/\\(["\\])/g, '$1')
    : typed;
  return text.replace(/\\([*?\\])/g, '$1');
}

// --- words, and names before their colon ---

function ofWord(
  word: string,
  typed: string,
  known: KnownValues,
  understood: readonly UnderstoodWord[],
): readonly Offer[] {
  const matches = understood.find((other) => other.word === word)?.matches ?? [];
  const names = /^[\p{L}$@_]/u.test(typed) ? nameOffers(typed, known) : [];
  return [...personOffers(word, known), ...matchOffers(matches), ...names];
}

/** A word that is a person's name: all of theirs is more than what holds the name. Two of one name have labels that tell
 *  them apart, `dave (111122223333)`. */
function personOffers(word: string, known: KnownValues): readonly Offer[] {
  const sought = unquoted(word).toLowerCase();
  if (sought === '') return [];
  const isMeant = ({ value }: DistinctValue) => {
    const label = value.slice(0, MAX_LENGTH).toLowerCase();
    return label === sought || label.startsWith(`${sought} (`);
  };
  const people = (known.people?.() ?? []).slice(0, MAX_VALUES).filter(isMeant);
  return people.slice(0, MAX_PERSONS).map(({ value, count }) => {
    const text = `person:${printPattern('person', literalPattern(value))}`;
    return { text, label: value, count, kind: 'match', about: 'person' };
  });
}

/** One value may stand in several fields (who, user, session): it is one answer to a reader. */
function matchOffers(matches: readonly FuzzyMatch[]): readonly Offer[] {
  const offers = new Map<string, Offer>();
  for (const { field, value, count } of matches) {
    const before = offers.get(value);
    if (before !== undefined && (before.count ?? 0) >= count) continue;
    const text = `${field}:${printPattern(field, literalPattern(value))}`;
    offers.set(value, { text, label: value, count, kind: 'match', about: field });
    if (offers.size === MAX_COMPLETIONS) break;
  }
  return [...offers.values()];
}

const TIME_NAMES: readonly Offer[] = [
  { text: 'since:', label: 'since:', count: null, kind: 'field', about: 'from then on: 2h, yesterday, 2026-05-20' },
  { text: 'until:', label: 'until:', count: null, kind: 'field', about: 'up to then, a day to its end' },
  { text: 'at:', label: 'at:', count: null, kind: 'field', about: 'around a moment: 14:02±5m; or a day' },
];

const NAME_OFFERS: readonly Offer[] = [
  ...FIELDS.map((field): Offer => nameOffer(`${field.id}:`, field.about)),
  ...TIME_NAMES,
  ...FIELDS.flatMap((field): Offer[] =>
    field.path === '' || field.path.toLowerCase() === field.id.toLowerCase() || field.path.includes('.')
      ? []
      : [nameOffer(`${field.path}:`, `the same as ${field.id}`)],
  ),
];

function nameOffer(text: string, about?: string): Offer {
  return { text, label: text, count: null, kind: 'field', ...(about === undefined ? {} : { about }) };
}

function nameOffers(typed: string, known: KnownValues): readonly Offer[] {
  const sought = typed.toLowerCase();
  const names = NAME_OFFERS.filter(({ text }) => text.toLowerCase().startsWith(sought));
  const paths = new Set<string>();
  for (const path of [...RECORD_KEYS, ...(known.paths ?? []), ...RECORD_PATHS]) {
    const part = firstPart(path, sought);
    if (part !== null) paths.add(part);
    if (paths.size > 2 * MAX_COMPLETIONS) break;
  }
  const taken = new Set(names.map(({ text }) => text.toLowerCase()));
  // A key that holds more is gone into.
  const inner = [...paths].filter(
    (path) => !taken.has(path.toLowerCase()) && !(path.endsWith(':') && paths.has(path.replace(/:$/, '.'))),
  );
  return [...names, ...inner.map((path) => nameOffer(path))];
}

/** Of a path that starts with what is typed: up to the end of the key that is being typed; a leaf with its colon. */
function firstPart(path: string, sought: string): string | null {
  if (sought.length > path.length || !path.toLowerCase().startsWith(sought)) return null;
  const dot = path.indexOf('.', sought.length);
  return dot < 0 ? `${path}:` : path.slice(0, dot + 1);
}

// --- values ---

function ofField(name: string, typed: string, known: KnownValues, others: ReadonlySet<string>): readonly Offer[] {
  const lower = name.toLowerCase();
  if (lower === 'since' || lower === 'until' || lower === 'at') return timeOffers(typed, lower);
  const field: Field | undefined = findField(name.replaceAll('[]', ''));
  if (field === undefined || field.kind === 'record') return present(typed);
  if (field.kind === 'time') return timeOffers(typed.replace(/^[<>]=?/, ''), 'at');
  const sought = typed.replace(/^~/, '').toLowerCase();
  const words = wordsOf(field, sought).filter(({ text }) => !others.has(text));
  const values = field.id === 'first' ? [] : matching(valuesOf(field, known), field.id, sought, others);
  const spelt = new Set(values.map(({ text }) => text));
  return [...words.filter(({ text }) => !spelt.has(text)), ...values, ...present(typed)];
}

/** Values that the language itself knows. */
function wordsOf({ id }: Field, sought: string): readonly Offer[] {
  const words: readonly (readonly [text: string, about: string])[] =
    id === 'error'
      ? [['denied', 'AccessDenied, UnauthorizedOperation and their kin']]
      : id === 'readOnly' || id === 'mfa'
        ? [
            ['true', ''],
            ['false', ''],
          ]
        : id === 'first'
          ? FIRST_KINDS.map((kind) => [kind, FIRST_ABOUT[kind]] as const)
          : [];
  return words
    .filter(([text]) => text.startsWith(sought))
    .map(([text, about]) => ({ text, label: text, count: null, kind: 'value', ...(about === '' ? {} : { about }) }));
}

const FIRST_ABOUT: Readonly<Record<(typeof FIRST_KINDS)[number], string>> = {
  who: "a person's first events",
  call: 'their first call of this name',
  ip: 'their first from this address',
  region: 'their first in this Region',
  family: 'their first with this kind of user agent',
};

function present(typed: string): readonly Offer[] {
  if (typed !== '' && typed !== '*') return [];
  return [{ text: '*', label: '*', count: null, kind: 'value', about: 'stated at all' }];
}

function valuesOf(field: Field, known: KnownValues): readonly DistinctValue[] {
  if (field.id === 'person') return known.people?.() ?? [];
  if (field.kind === 'derived') return families(known.distinct('agent'));
  const values = known.distinct(field.id as StoredFieldId);
  return field.id === 'resource' ? elements(values) : values;
}

/** Those that start with what is typed, then those with a part that does (Admin/alice), then those that hold it; each
 *  by how many events hold it. */
function matching(
  values: readonly DistinctValue[],
  field: string,
  sought: string,
  others: ReadonlySet<string>,
): readonly Offer[] {
  const starting: DistinctValue[] = [];
  const inParts: DistinctValue[] = [];
  const holding: DistinctValue[] = [];
  let units = 0;
  for (let k = 0; k < values.length && k < MAX_VALUES && starting.length < MAX_COMPLETIONS; k++) {
    const item = values[k] as DistinctValue;
    if (item.value.length > MAX_LENGTH) continue;
    units += item.value.length;
    if (units > MAX_UNITS) break;
    const at = item.value.toLowerCase().indexOf(sought);
    if (at < 0 || item.value === '' || others.has(short(field, item.value).toLowerCase())) continue;
    if (at === 0) starting.push(item);
    else if (inParts.length < MAX_COMPLETIONS && isPartStart(item.value, at)) inParts.push(item);
    else if (holding.length < MAX_COMPLETIONS) holding.push(item);
  }
  return [...starting, ...inParts, ...holding].slice(0, MAX_COMPLETIONS).map(({ value, count }) => {
    const label = short(field, value);
    return { text: printPattern(field, literalPattern(label)), label, count, kind: 'value' };
  });
}

/** Behind a separator, or an upper case letter behind a lower case one. */
function isPartStart(value: string, at: number): boolean {
  return /[^\p{L}\p{N}]|\p{Ll}\p{Lu}/u.test(value.slice(at - 1, at + 1)) && !/[^\p{L}\p{N}]/u.test(value.charAt(at));
}

/** ec2 will do for ec2.amazonaws.com. */
function short(field: string, value: string): string {
  const isService = (field === 'source' || field === 'service') && value.endsWith(SERVICE_SUFFIX);
  return isService ? value.slice(0, -SERVICE_SUFFIX.length) : value;
}

/** A cell holds all resources of its events. */
const elements = remembered((cells) => summed(cells.slice(0, MAX_CELLS), (cell) => cell.split(RESOURCE_SEPARATOR)));
const families = remembered((agents) => summed(agents.slice(0, MAX_AGENTS), (agent) => [agentFamily(agent)]));

function summed(
  cells: readonly DistinctValue[],
  valuesOf: (cell: string) => readonly string[],
): readonly DistinctValue[] {
  const counts = new Map<string, number>();
  for (const { value, count } of cells)
    for (const part of valuesOf(value)) counts.set(part, (counts.get(part) ?? 0) + count);
  return Array.from(counts, ([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

type Values = readonly DistinctValue[];

/** Once for each list: a letter later it is the same one. */
function remembered(make: (list: Values) => Values): (list: Values) => Values {
  const answers = new WeakMap<Values, Values>();
  return (list) => {
    const answer = answers.get(list) ?? make(list);
    answers.set(list, answer);
    return answer;
  };
}

// --- times ---

const TIME_WORDS: readonly (readonly [text: string, about: string])[] = [
  ['15m', 'a quarter of an hour ago'],
  ['1h', 'an hour ago'],
  ['2h', 'two hours ago'],
  ['24h', 'a day ago'],
  ['7d', 'a week ago'],
  ['30d', 'a month ago'],
  ['90d', 'as far back as event history goes'],
  ['today', 'since midnight'],
  ['yesterday', 'the day before, all of it'],
  ['"last monday"', 'or any day in plain English'],
];
const AROUND_WORDS: readonly (readonly [text: string, about: string])[] = [
  ['today', 'all of it'],
  ['yesterday', 'all of it'],
  ['"last monday"', 'or any day in plain English'],
];

function timeOffers(typed: string, name: 'since' | 'until' | 'at'): readonly Offer[] {
  const sought = typed.toLowerCase();
  return (name === 'at' ? AROUND_WORDS : TIME_WORDS)
    .filter(([text]) => unquoted(text).toLowerCase().startsWith(sought))
    .map(([text, about]) => ({ text, label: unquoted(text), count: null, kind: 'value', about }));
}
