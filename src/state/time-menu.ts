// What of the time is wanted: a few ranges to choose from, and a line that takes any other: 3h, 2026-05-20,
// 2026-05-20T14:00..15:30, yesterday 5pm. Each says the exact span it would mean.

import { type Clock, parseDuration, parseSpan } from '../query/time-range.ts';
import type { HistoryRange } from '../sources/live-source.ts';
import { clockOffers } from './clock-offers.ts';
import { EMPTY_LIST, type ListMove, type ListState, moveList, resizeList } from './list.ts';
import { EMPTY_INPUT, editText, type TextCommand, type TextInput } from './text-input.ts';

export type TimeMenu = {
  /** When it was opened, ms: what "now" is in it. */
  readonly now: number;
  /** eventTime of the selected event; null where there is none. */
  readonly event: number | null;
  readonly input: TextInput;
  readonly list: ListState;
};

export type TimeChoice = { readonly label: string; readonly range: HistoryRange };

export type TimeStep =
  | { readonly kind: 'edit'; readonly edit: TextCommand }
  | { readonly kind: 'empty' }
  | { readonly kind: 'move'; readonly move: ListMove };

type Zone = Clock['zone'];
type SpanRange = Extract<HistoryRange, { readonly kind: 'span' }>;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** LookupEvents reaches so far back. */
export const HISTORY_MS = 90 * DAY_MS;
const LATEST = 8.64e15;
const DURATIONS = ['15 m', '30 m', '1 h', '3 h', '12 h', '24 h', '2 d', '7 d', '30 d', '90 d'] as const;
const AROUND_MINUTES = [5, 30] as const;
/** 14:00-15:30 */
const CLOCK_RANGE = /^\s*\d{1,2}:\d\d(?::\d\d)?\s*[-–]\s*\d{1,2}:\d\d(?::\d\d)?\s*$/;
const TIME_OF_DAY = /^\d{1,2}:\d\d(?::\d\d)?$/;

export function openTimeMenu(now: number, event: number | null, zone: Zone): TimeMenu {
  return relistTimes({ now, event, input: EMPTY_INPUT, list: EMPTY_LIST }, zone);
}

export function stepTimeMenu(menu: TimeMenu, step: TimeStep, zone: Zone): TimeMenu {
  switch (step.kind) {
    case 'edit':
      return relistTimes({ ...menu, input: editText(menu.input, step.edit) }, zone);
    case 'empty':
      return relistTimes({ ...menu, input: EMPTY_INPUT }, zone);
    case 'move':
      return { ...menu, list: moveList(menu.list, step.move) };
  }
}

/** Lines for the choices. */
export function resizeTimeMenu(menu: TimeMenu, height: number): TimeMenu {
  return menu.list.height === height ? menu : { ...menu, list: resizeList(menu.list, height) };
}

/** The same text may mean another span, or none, in another zone. */
export function relistTimes(menu: TimeMenu, zone: Zone): TimeMenu {
  const list = { ...menu.list, total: timeChoices(menu, zone).length };
  return { ...menu, list: resizeList(list, list.height) };
}

/** What can be chosen now: what is typed, where it names a time, then the ranges whose names hold it. */
export function timeChoices({ now, event, input }: TimeMenu, zone: Zone): readonly TimeChoice[] {
  const sought = squeezed(input.text);
  const offered = offers(now, event).filter(({ label }) => squeezed(label).includes(sought));
  const clock = clockOffers(input.text, { now, zone }).map(({ label, from, to }): TimeChoice => {
    return { label, range: { kind: 'span', from: wholeSecond(from), to: to === null ? null : wholeSecond(to) } };
  });
  const typed = sought === '' ? null : typedRange(input.text, { now, zone });
  // 24h is typed, and offered as well.
  const isOffered = offered.some(({ label }) => squeezed(label) === sought);
  const found = typed === null || isOffered ? [] : [{ label: input.text.trim(), range: typed }];
  return [...found, ...clock, ...offered];
}

/** What a text means: a duration up to now, a whole day or month, from a moment until now, or from..to. Null: nothing
 *  that has begun. */
export function typedRange(text: string, clock: Clock): SpanRange | null {
  const [start = '', end, ...more] = (CLOCK_RANGE.test(text) ? text.replace(/[-–]/, '..') : text)
    .split('..')
    .map((part) => part.trim());
  if (start === '' || more.length > 0) return null;
  const { now, zone } = clock;
  const duration = parseDuration(start);
  const first = duration === null ? parseSpan(start, clock) : { from: now - duration, to: now, isDate: false };
  if (first === null || first.from > now) return null;
  const from = wholeSecond(first.from);
  if (end === undefined) {
    // A minute is a moment, from which on everything is wanted; a day is a day.
    const isMoment = duration !== null || (!first.isDate && first.to - first.from < MINUTE_MS);
    return span(from, isMoment || first.to >= now ? null : first.to);
  }
  if (end === '' || end.toLowerCase() === 'now') return span(from, null);
  if (TIME_OF_DAY.test(end)) {
    const to = clockAfter(from, end, zone);
    return to === null ? null : span(from, to >= now ? null : to);
  }
  const last = parseSpan(end, clock);
  return last === null || last.to < from ? null : span(from, last.to >= now ? null : last.to);
}

/** Nothing of it can be had of event history. */
export function isTooOld(range: HistoryRange, now: number): boolean {
  return range.kind === 'span' && range.to !== null && range.to < now - HISTORY_MS;
}

/** From … to of a range, ms; null for what has no fixed beginning. */
export function spanOfRange(range: HistoryRange, now: number): { readonly from: number; readonly to: number } | null {
  return range.kind === 'recent' ? null : { from: range.from, to: range.to ?? now };
}

function offers(now: number, event: number | null): readonly TimeChoice[] {
  const recent: TimeChoice = { label: 'recent: last 24 h, older on demand', range: { kind: 'recent' } };
  const durations = DURATIONS.map((label): TimeChoice => {
    return { label, range: { kind: 'span', from: wholeSecond(now - (parseDuration(squeezed(label)) ?? 0)), to: null } };
  });
  if (event === null) return [recent, ...durations];
  const around = AROUND_MINUTES.map((minutes): TimeChoice => {
    const [from, to] = [event - minutes * MINUTE_MS, event + minutes * MINUTE_MS];
    return {
      label: `around this event ± ${minutes} min`,
      range: { kind: 'span', from: wholeSecond(from), to: to >= now ? null : wholeSecond(to) },
    };
  });
  return [recent, ...durations, ...around];
}

/** The next time after `from` that the clock shows this; null for no time of day. */
function clockAfter(from: number, text: string, zone: Zone): number | null {
  const [hour = 0, minute = 0, second] = text.split(':').map(Number);
  if (hour > 23 || minute > 59 || (second ?? 0) > 59) return null;
  const date = new Date(from);
  for (const days of [0, 1]) {
    const to =
      zone === 'utc'
        ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + days, hour, minute, second ?? 59)
        : new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hour, minute, second ?? 59).getTime();
    if (to >= from) return to;
  }
  return null;
}

function span(from: number, to: number | null): SpanRange | null {
  if (Math.abs(from) > LATEST) return null;
  return { kind: 'span', from, to: to === null ? null : wholeSecond(to) };
}

/** LookupEvents takes whole seconds. */
function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, '').toLowerCase();
}
