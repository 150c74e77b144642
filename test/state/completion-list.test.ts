import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../src/query/parse.ts';
import {
  type CompletionList,
  completionHeight,
  completionTop,
  currentSuggestion,
  NO_COMPLETIONS,
  type Suggestion,
  stepCompletions,
  suggestionsFor,
  withoutMatch,
  withSuggestion,
} from '../../src/state/completion-list.ts';
import { inputOf } from '../../src/state/text-input.ts';

const NAMES = [
  { value: 'DescribeInstances', count: 30 },
  { value: 'TerminateInstances', count: 12 },
  { value: 'TerminateSession', count: 1 },
];
const ERRORS = [{ value: 'AccessDenied', count: 4 }];
const known = { distinct: (field: string) => (field === 'name' ? NAMES : field === 'error' ? ERRORS : []) };
const understood = [{ word: 'termin', matches: NAMES.slice(1).map((name) => ({ field: 'name' as const, ...name })) }];
const nothingKept = { recent: [], saved: {} };
const suggest = (text: string, cursor: number = text.length) =>
  suggestionsFor({ text, cursor }, known, understood, nothingKept);
const first = (text: string, cursor?: number) => suggest(text, cursor)[0] as Suggestion;

describe('what is offered', () => {
  test('what a word stood for can be taken in its place', () => {
    expect(suggest('termin').map(({ kind, text, count }) => [kind, text, count])).toEqual([
      ['match', 'name:TerminateInstances', 12],
      ['match', 'name:TerminateSession', 1],
    ]);
    const text = 'termin who:alice';
    expect(withSuggestion(inputOf(text), first(text, 6))).toEqual({
      text: 'name:TerminateInstances who:alice',
      cursor: 'name:TerminateInstances'.length,
    });
  });

  test.each([
    ['termin', 'termin !name:TerminateInstances'],
    ['termin | error:*', 'termin !name:TerminateInstances | error:*'],
    ['!termin', '!(termin !name:TerminateInstances)'],
    ['(a termin) b', '(a termin !name:TerminateInstances) b'],
  ])('dropping one from %s leaves a text that can be read: %s', (text, expected) => {
    const word = text.indexOf('termin') + 'termin'.length;
    const input = withoutMatch({ text, cursor: word }, first(text, word));
    expect(input.text).toBe(expected);
    expect(parseQuery(input.text, { now: 0, zone: 'utc' }).error).toBeNull();
    // The word is still under the cursor: the next one can go as well, and what went is not offered again.
    expect(input.text.slice(0, input.cursor)).toMatch(/termin$/);
    expect(suggest(input.text, input.cursor).map(({ label }) => label)).toEqual(['TerminateSession']);
  });

  test('fields come before what the word stood for; the same text again is not offered', () => {
    const words = [{ word: 'na', matches: [{ field: 'name' as const, value: 'na', count: 3 }] }];
    const offers = suggestionsFor(inputOf('na'), known, words, nothingKept);
    expect(offers.slice(0, 2).map(({ text }) => text)).toEqual(['name:', 'name:na']);
    expect(suggest('name:TerminateSession')).toEqual([]);
    expect(suggest('error:denied')).toEqual([]);
    expect(suggest('error:denie').map(({ text }) => text)).toEqual(['denied', 'AccessDenied']);
  });

  test('an empty line offers the searches of before and those with a name', () => {
    const recent = ['error:*', 'who:bob', 'c', 'd', 'e', 'f'];
    const offers = suggestionsFor(inputOf(''), known, [], { recent, saved: { weekly: 'name:Run*' } });
    expect(offers.map(({ kind, label, about }) => [kind, label, about])).toEqual([
      ...recent.slice(0, 5).map((text) => ['recent', text, undefined]),
      ['saved', 'weekly', 'name:Run*'],
    ]);
    expect(withSuggestion(inputOf(''), offers[5] as Suggestion).text).toBe('name:Run*');
  });
});

describe('the highlight', () => {
  const items = suggest('termin');
  const fill = (list: CompletionList, isEdit: boolean, offers = items, isFinal = true) =>
    stepCompletions(list, { kind: 'fill', items: offers, isEdit, isFinal });
  const list = fill(NO_COMPLETIONS, true);
  const move = (state: CompletionList, step: 1 | -1) => stepCompletions(state, { kind: 'move', step });

  test('goes round, and to the first at an edit', () => {
    expect(currentSuggestion(list)?.label).toBe('TerminateInstances');
    expect(currentSuggestion(move(list, 1))?.label).toBe('TerminateSession');
    expect(move(move(list, 1), 1).at).toBe(0);
    expect(move(list, -1).at).toBe(1);
    expect(fill(move(list, 1), true).at).toBe(0);
  });

  test('stays on what it is on when the answer to the same text comes', () => {
    const more = [{ ...(items[0] as Suggestion), text: 'name:Other', label: 'Other' }, ...items];
    expect(currentSuggestion(fill(move(list, 1), false, more))?.label).toBe('TerminateSession');
  });

  test('what belongs to the text before is shown until the answer comes, but not taken', () => {
    const stale = fill(list, true, [], false);
    expect(stale.items).toBe(items);
    expect(currentSuggestion(stale)).toBeNull();
    expect(fill(stale, false, [])).toEqual(NO_COMPLETIONS);
    expect(currentSuggestion(fill(stale, false))?.label).toBe('TerminateInstances');
  });

  test('makes way for the list until the next edit or the next step', () => {
    const hidden = stepCompletions(list, { kind: 'hide' });
    expect(completionHeight(hidden, 24)).toBe(0);
    expect(currentSuggestion(hidden)).toBeNull();
    expect(fill(hidden, false).isHidden).toBe(true);
    expect(fill(hidden, true).isHidden).toBe(false);
    expect(move(hidden, 1)).toMatchObject({ isHidden: false, at: 0 });
  });

  test('is always among the lines that are shown, and they leave room for events', () => {
    const many = { ...list, items: Array.from({ length: 50 }, () => items[0] as Suggestion) };
    expect([15, 24, 50, 200].map((rows) => completionHeight(many, rows))).toEqual([2, 6, 8, 8]);
    expect(completionHeight(list, 50)).toBe(2);
    for (let at = 0; at < 50; at++) {
      const top = completionTop({ ...many, at }, 6);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top).toBeLessThanOrEqual(44);
      expect(at - top).toBeGreaterThanOrEqual(0);
      expect(at - top).toBeLessThan(6);
    }
  });
});
