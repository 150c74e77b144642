// What may be put into the search line, below it: completions of the term at the cursor, and in an empty line the
// searches of before. `Tab` takes the one under the highlight.

import { type Completion, completionsAt, dropMatch, type KnownValues } from '../query/completion.ts';
import type { Understood } from '../store/result.ts';
import { listSaved, type SavedQueries } from './saved-queries.ts';
import type { TextInput } from './text-input.ts';

/** `about`: of a match the field that it is in, of a saved search its text. */
export type Suggestion = Omit<Completion, 'kind'> & { readonly kind: Completion['kind'] | 'recent' | 'saved' };

export type CompletionList = {
  readonly items: readonly Suggestion[];
  /** The one that Tab takes. */
  readonly at: number;
  /** They belong to the text before the last edit, whose answer is not there yet: still shown, for lines that blink at
   *  every letter cannot be read, but not to be taken. */
  readonly isStale: boolean;
  /** Out of the way while somebody moves in the list; the next edit brings them back. */
  readonly isHidden: boolean;
};

export type CompletionStep =
  /** `isEdit`: the text or the cursor is another than the one before. */
  | {
      readonly kind: 'fill';
      readonly items: readonly Suggestion[];
      readonly isEdit: boolean;
      readonly isFinal: boolean;
    }
  | { readonly kind: 'move'; readonly step: 1 | -1 }
  | { readonly kind: 'to'; readonly at: number }
  | { readonly kind: 'hide' }
  | { readonly kind: 'show' };

export const NO_COMPLETIONS: CompletionList = { items: [], at: 0, isStale: false, isHidden: false };

/** Of the searches before: more are behind `[`. */
const MAX_RECENT = 5;
/** Names of fields at most before what a word stood for. */
const MAX_FIRST_FIELDS = 5;
const SHORT_NAME = /^[A-Za-z]+:$/;

export type KeptQueries = { readonly recent: readonly string[]; readonly saved: SavedQueries };

/** What fits the cursor's place, best first. Asked once after each edit. */
export function suggestionsFor(
  input: TextInput,
  known: KnownValues,
  understood: readonly Understood[],
  kept: KeptQueries,
): readonly Suggestion[] {
  if (input.text === '') return keptSuggestions(kept);
  const { text, cursor } = input;
  const all = completionsAt(text, cursor, known, understood);
  // A whole value is what was meant, though it may be a part of another one.
  if (all.some((offer) => offer.kind === 'value' && offer.text === text.slice(offer.from, offer.to))) return [];
  const offers = all.filter((offer) => offer.text !== text.slice(offer.from, offer.to) && !isDropped(offer, text));
  // Whoever types `err` or `who` is more likely to begin a field than to narrow the word down.
  const fields = offers
    .filter(
      ({ kind, text: name, about }) => kind === 'field' && SHORT_NAME.test(name) && !about?.startsWith('the same'),
    )
    .slice(0, MAX_FIRST_FIELDS);
  return fields.length === 0 ? offers : [...fields, ...offers.filter((offer) => !fields.includes(offer))];
}

function keptSuggestions({ recent, saved }: KeptQueries): readonly Suggestion[] {
  const whole = { from: 0, to: 0, count: null } as const;
  return [
    ...recent.slice(0, MAX_RECENT).map((text): Suggestion => ({ ...whole, kind: 'recent', text, label: text })),
    ...listSaved(saved).map(
      ({ name, text }): Suggestion => ({ ...whole, kind: 'saved', text, label: name, about: text }),
    ),
  ];
}

/** Whether the text says already that it is not meant. */
function isDropped({ kind, text: term }: Completion, text: string): boolean {
  if (kind !== 'match') return false;
  for (let at = text.indexOf(`!${term}`); at >= 0; at = text.indexOf(`!${term}`, at + 1)) {
    if (/^[\s)|]?$/.test(text.charAt(at + 1 + term.length))) return true;
  }
  return false;
}

export function stepCompletions(list: CompletionList, step: CompletionStep): CompletionList {
  switch (step.kind) {
    case 'fill':
      return fill(list, step);
    case 'move': {
      if (list.items.length === 0) return list;
      if (list.isHidden) return { ...list, isHidden: false };
      return { ...list, at: (list.at + step.step + list.items.length) % list.items.length };
    }
    case 'to':
      return { ...list, at: Math.max(0, Math.min(list.items.length - 1, step.at)) };
    case 'hide':
      return list.isHidden || list.items.length === 0 ? list : { ...list, isHidden: true };
    case 'show':
      return { ...list, isHidden: false };
  }
}

function fill(
  list: CompletionList,
  { items, isEdit, isFinal }: Extract<CompletionStep, { readonly kind: 'fill' }>,
): CompletionList {
  if (items.length === 0 && !isFinal && list.items.length > 0)
    return { ...list, isStale: true, isHidden: list.isHidden };
  if (items.length === 0) return list === NO_COMPLETIONS ? list : NO_COMPLETIONS;
  // The answer to the same text: what somebody has gone to stays under the highlight.
  const chosen = isEdit || list.at === 0 ? undefined : list.items[list.at];
  const at = items.findIndex(({ kind, text }) => kind === chosen?.kind && text === chosen.text);
  return { items, at: Math.max(0, at), isStale: false, isHidden: !isEdit && list.isHidden };
}

/** What Tab takes; null where nothing is shown. */
export function currentSuggestion({ items, at, isStale, isHidden }: CompletionList): Suggestion | null {
  return isStale || isHidden ? null : (items[at] ?? null);
}

/** The line with what was taken in it, the cursor behind. */
export function withSuggestion({ text }: TextInput, { from, to, text: taken }: Suggestion): TextInput {
  return { text: text.slice(0, from) + taken + text.slice(to), cursor: from + taken.length };
}

/** The line that no longer means this match; the cursor stays at the word, so that the next can go as well. */
export function withoutMatch({ text }: TextInput, { from, to, label, about = '' }: Suggestion): TextInput {
  const rest = dropMatch(text, from, to, { field: about, value: label });
  const isGrouped = rest.charAt(from) === '(' && text.charAt(from) !== '(';
  return { text: rest, cursor: to + (isGrouped ? 1 : 0) };
}

/** Lines that the list of completions covers, so that enough of the events stays in sight. */
export function completionHeight({ items, isHidden }: CompletionList, rows: number): number {
  return isHidden ? 0 : Math.min(items.length, Math.max(2, Math.min(8, Math.floor((rows - 9) / 2.5))));
}

/** The first that is shown of `height`. */
export function completionTop({ items, at }: CompletionList, height: number): number {
  return Math.max(0, Math.min(at - height + 1, items.length - height));
}
