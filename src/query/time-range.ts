// Times as people write them: 90d, 24h, 15m · ISO 8601 · 14:02 · plain English ("yesterday 5pm") through chrono-node.
// What says no zone is UTC, unless the reader has chosen local time.

import { createRequire } from 'node:module';
import type { ParsedComponents } from 'chrono-node';
import type * as Chrono from 'chrono-node/en';

export type Clock = {
  /** Milliseconds since the epoch: what "now" is. */
  readonly now: number;
  readonly zone: 'utc' | 'local';
};

/** What a text names: its first and last millisecond. `isDate`: no time of day was given, so a whole day (or more). */
export type Span = { readonly from: number; readonly to: number; readonly isDate: boolean };

const DAY_MS = 86_400_000;
const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: DAY_MS,
  w: 604_800_000,
};
const DURATION = /^(?:\d{1,9}[smhdw])+$/i;
const DATE = /^(\d{4})-?(\d\d)-?(\d\d)$/;
const MONTH = /^(\d{4})-(\d\d)$/;
const DATE_TIME =
  /^(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/i;
/** No offset to the west: 14:00-15:00 is meant as a range. */
const TIME_OF_DAY = /^(\d{1,2}):(\d\d)(?::(\d\d))?\s*(Z|UTC|\+\d\d(?::?\d\d)?)?$/i;
const EPOCH = /^(?:\d{10}|\d{13})$/;
/** Longer texts are no time anybody writes; chrono's patterns need not see them. */
const MAX_ENGLISH = 80;
const LATEST = 8.64e15;

/**
 * The moment a text names, in milliseconds since the epoch; null when it names none. A duration counts back from now;
 * a date alone is its first millisecond for `start` and its last for `end`.
 */
export function parseInstant(text: string, edge: 'start' | 'end', clock: Clock): number | null {
  const span = parseSpan(text, clock);
  if (span === null) return null;
  return edge === 'end' && span.isDate ? span.to : span.from;
}

/** All of what a text names: a day, a minute (14:02), a second, or one moment (2h ago). Null when it names no time. */
export function parseSpan(text: string, clock: Clock): Span | null {
  const trimmed = text.trim();
  const back = parseDuration(trimmed);
  if (back !== null) return moment(clock.now - back, 1);
  if (EPOCH.test(trimmed))
    return trimmed.length === 13 ? moment(Number(trimmed), 1) : moment(Number(trimmed) * 1000, 1000);
  return (
    parseDate(trimmed, clock) ??
    parseDateTime(trimmed, clock) ??
    parseTimeOfDay(trimmed, clock) ??
    parseEnglish(trimmed, clock)
  );
}

/** `90d`, `1h30m` in milliseconds; null for anything else. */
export function parseDuration(text: string): number | null {
  if (!DURATION.test(text)) return null;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([smhdw])/gi)) {
    total += Number(count) * (UNIT_MS[(unit ?? '').toLowerCase()] ?? 0);
  }
  return total <= LATEST ? total : null;
}

/** Plain English takes 50 ms to load. Called when the program is idle, so that no key press pays for it. */
export function warmPlainEnglish(): void {
  plainEnglish();
}

function moment(from: number, lengthMs: number): Span | null {
  return Math.abs(from) <= LATEST ? { from, to: from + lengthMs - 1, isDate: false } : null;
}

function parseDate(text: string, { zone }: Clock): Span | null {
  const date = DATE.exec(text);
  if (date !== null) return wholeDays(Number(date[1]), Number(date[2]), Number(date[3]), zone);
  const month = MONTH.exec(text);
  return month === null ? null : wholeMonth(Number(month[1]), Number(month[2]), zone);
}

function wholeDays(year: number, month: number, day: number, zone: Clock['zone']): Span | null {
  const from = instant(zone, year, month, day);
  if (from === null) return null;
  const next = zone === 'utc' ? Date.UTC(year, month - 1, day + 1) : new Date(year, month - 1, day + 1).getTime();
  return { from, to: next - 1, isDate: true };
}

function wholeMonth(year: number, month: number, zone: Clock['zone']): Span | null {
  const from = instant(zone, year, month, 1);
  if (from === null) return null;
  const next = zone === 'utc' ? Date.UTC(year, month, 1) : new Date(year, month, 1).getTime();
  return { from, to: next - 1, isDate: true };
}

function parseDateTime(text: string, { zone }: Clock): Span | null {
  const match = DATE_TIME.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  const fields = [year, month, day, hour, minute, second ?? '0'].map(Number) as [number, number, number, ...number[]];
  const wall = instant(offset === undefined ? zone : 'utc', ...fields);
  if (wall === null) return null;
  const at = wall + Math.floor(Number(`0.${fraction ?? 0}`) * 1000) - offsetMs(offset);
  return moment(at, fraction !== undefined ? 1 : second !== undefined ? 1000 : 60_000);
}

/** The last time the clock showed this: logs lie in the past. */
function parseTimeOfDay(text: string, { now, zone }: Clock): Span | null {
  const match = TIME_OF_DAY.exec(text);
  if (match === null) return null;
  const [, hour, minute, second, offset] = match;
  const shift = offsetMs(offset);
  const inUtc = zone === 'utc' || offset !== undefined;
  const today = new Date(now + shift);
  const [year, month, day] = inUtc
    ? [today.getUTCFullYear(), today.getUTCMonth() + 1, today.getUTCDate()]
    : [today.getFullYear(), today.getMonth() + 1, today.getDate()];
  for (const date of [day, day - 1]) {
    // The day before the first of a month is day 0: it is normalised before it is checked.
    const base = inUtc ? new Date(Date.UTC(year, month - 1, date)) : new Date(year, month - 1, date);
    const [y, m, d] = inUtc
      ? [base.getUTCFullYear(), base.getUTCMonth() + 1, base.getUTCDate()]
      : [base.getFullYear(), base.getMonth() + 1, base.getDate()];
    const wall = instant(inUtc ? 'utc' : zone, y, m, d, Number(hour), Number(minute), Number(second ?? 0));
    if (wall === null) return null;
    if (wall - shift <= now) return moment(wall - shift, second === undefined ? 60_000 : 1000);
  }
  return null;
}

/** Null unless every part is in its range: 2026-02-31 is no date. */
function instant(
  zone: Clock['zone'],
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): number | null {
  if (month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  return zone === 'utc'
    ? Date.UTC(year, month - 1, day, hour, minute, second)
    : new Date(year, month - 1, day, hour, minute, second).getTime();
}

function offsetMs(offset: string | undefined): number {
  if (offset === undefined || !/^[+-]/.test(offset)) return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3).replace(':', ''));
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}

let chrono: typeof Chrono | null = null;

/** Loaded when first needed, and synchronously, because a query is parsed at a key press and answered in the same. */
function plainEnglish(): typeof Chrono {
  const load = createRequire(import.meta.url);
  chrono ??= load('chrono-node/en') as typeof Chrono;
  return chrono;
}

function parseEnglish(text: string, { now, zone }: Clock): Span | null {
  if (text.length > MAX_ENGLISH || !/[a-z]{2}/i.test(text)) return null;
  const reference = zone === 'utc' ? { instant: new Date(now), timezone: 0 } : { instant: new Date(now) };
  const [result, another] = plainEnglish().parse(text, reference);
  // Chrono finds times within a sentence; here the text is the time, all of it.
  if (result === undefined || another !== undefined || result.text.length !== text.length) return null;
  const first = englishSpan(result.start, now, zone);
  const last = result.end == null ? first : englishSpan(result.end, now, zone);
  return first === null || last === null ? null : { from: first.from, to: last.to, isDate: last.isDate };
}

function englishSpan(found: ParsedComponents, now: number, zone: Clock['zone']): Span | null {
  const [year, month, day] = [found.get('year') ?? 0, found.get('month') ?? 1, found.get('day') ?? 1];
  if (!found.isCertain('hour')) {
    if (found.isCertain('day') || found.isCertain('weekday')) return wholeDays(year, month, day, zone);
    if (found.isCertain('month')) return wholeMonth(year, month, zone);
    if (found.isCertain('year')) {
      const [from, to] = [wholeMonth(year, 1, zone), wholeMonth(year, 12, zone)];
      return from === null || to === null ? null : { from: from.from, to: to.to, isDate: true };
    }
  }
  const at = found.date().getTime();
  const isOfToday = !found.isCertain('day') && !found.isCertain('weekday');
  return moment(isOfToday && at > now ? at - DAY_MS : at, found.isCertain('second') ? 1000 : 60_000);
}
