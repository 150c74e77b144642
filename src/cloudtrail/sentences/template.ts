// Templates of phrases: 'attach policy {policyArn:name} to role {roleName}[ of account {…}]'.
//
// {path}       what stands there in requestParameters; {>path} in responseElements, {+path} in additionalEventData,
//              {.path} anywhere in the record, {@} the best name of what the event is about
// {a|b}        the first that says something
// {a?words}    words where nothing does; without them "(not stated)"
// {a:name}     the name in an ARN; lists read 'a, b and 3 more'
// [ … ]        left out where a value in it is not stated; not nested

import { listOf, textOf } from '../json-value.ts';
import { type Call, type PhraseOf, phrase } from './call.ts';
import { listText, nameIn, short, textsOf, valueAt } from './values.ts';

type Part = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'value'; readonly value: Value };
type Value = { readonly places: readonly Place[]; readonly words: string | null };
type Place = {
  readonly of: 'request' | 'answer' | 'more' | 'record' | 'label';
  readonly path: readonly string[];
  readonly filter: string;
};
type Group = { readonly isOptional: boolean; readonly parts: readonly Part[] };

/** Stands for a value that the sentence needs and the record lacks. */
export const NOT_STATED = '(not stated)';
const SIGNS = { '>': 'answer', '+': 'more', '.': 'record' } as const;

/** A template as a phrase of a call. Its first word is the verb. */
export function say(template: string): PhraseOf {
  const fill = filler(template);
  return (call) => phrase(fill(call));
}

/** A template as a text. */
export function filler(template: string): (call: Call) => string {
  const groups = groupsOf(template);
  return (call) => groups.map((group) => groupText(group, call)).join('');
}

function groupsOf(template: string): readonly Group[] {
  return template
    .split(/(\[[^\]]*\])/)
    .filter((text) => text !== '')
    .map((text) => {
      const isOptional = text.startsWith('[');
      return { isOptional, parts: partsOf(isOptional ? text.slice(1, -1) : text) };
    });
}

function partsOf(text: string): readonly Part[] {
  return text.split(/(\{[^}]*\})/).map((part): Part => {
    return part.startsWith('{')
      ? { kind: 'value', value: parsedValue(part.slice(1, -1)) }
      : { kind: 'text', text: part };
  });
}

function parsedValue(text: string): Value {
  const [places = '', words] = text.split('?', 2);
  return { places: places.split('|').map(placeOf), words: words ?? null };
}

function placeOf(text: string): Place {
  const [place = '', filter = ''] = text.split(':', 2);
  if (place === '@') return { of: 'label', path: [], filter };
  const sign = place[0] ?? '';
  if (!Object.hasOwn(SIGNS, sign)) return { of: 'request', path: place.split('.'), filter };
  return { of: SIGNS[sign as keyof typeof SIGNS], path: place.slice(1).split('.'), filter };
}

function groupText({ isOptional, parts }: Group, call: Call): string {
  const texts = parts.map((part) => (part.kind === 'text' ? part.text : stated(part.value, call)));
  if (isOptional && texts.some((text, i) => text === '' && parts[i]?.kind === 'value')) return '';
  return texts.map((text, i) => (text === '' ? wordsOf(parts[i]) : text)).join('');
}

function wordsOf(part: Part | undefined): string {
  return part?.kind === 'value' ? (part.value.words ?? NOT_STATED) : '';
}

function stated({ places }: Value, call: Call): string {
  for (const { of, path, filter } of places) {
    const value = of === 'label' ? call.label : valueAt(call[of], path);
    if (listOf(value).length > 0) return listText(textsOf(value));
    const text = textOf(value);
    if (text !== '') return short(filter === 'name' ? nameIn(text) : text);
  }
  return '';
}
