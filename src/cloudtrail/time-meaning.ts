// Times in a record, beside the time of its event: which moment a number is, how long before or after, and what the
// clock on the wall said.

import { parseTime } from './time.ts';

const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d|^\d{8}T\d{6}/;
/** As the older SDKs of AWS for Java wrote dates, with a plain or a narrow space: `Jul 10, 2023, 11:41:17 AM`. */
const AMERICAN = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}),? (\d{1,2}):(\d\d):(\d\d)\s([AP])M$/;
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
/** Keys under which a number is a time. */
const TIME_KEY = /(?:time|timestamp|date|expir(?:y|ation|es|esat)|createdat|updatedat|(?:^|_)(?:exp|iat|nbf))$/i;
const NUMERIC = /^\d{9,13}(?:\.\d+)?(?:E\+?\d+)?$|^\d\.\d+E\+?\d+$/i;
const MAX_UNITS = 40;

/** Milliseconds since the epoch of what is a time by its form, or by its key where it is a number; else null. */
export function timeIn(key: string, value: string | number | boolean | null): number | null {
  if (typeof value === 'number') return TIME_KEY.test(key) ? parseTime(value) : null;
  if (typeof value !== 'string' || value.length > MAX_UNITS) return null;
  if (ISO.test(value)) return parseTime(value);
  if (NUMERIC.test(value)) return TIME_KEY.test(key) ? parseTime(value) : null;
  return americanTime(value);
}

/** `12 min before`, with the moment where the value does not spell it, or the local time where that is asked for.
 *  `eventTime` in ms, null where it is not stated or the value is it. */
export function timeMeaning(time: number, value: unknown, zone: 'utc' | 'local', eventTime: number | null): string {
  const isSpelled = typeof value === 'string' && ISO.test(value);
  const clock = zone === 'local' ? localText(time, eventTime) : isSpelled ? '' : utcText(time);
  return [clock, eventTime === null ? '' : relativeText(time - eventTime)].filter((part) => part !== '').join(', ');
}

/** `3 min`, `2 h 5 min`, `90 d`: the two largest units that matter. */
export function spanText(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  for (const [unit, name, smaller, smallerName] of UNITS) {
    if (seconds < unit) continue;
    const whole = Math.floor(seconds / unit);
    const rest = Math.floor((seconds % unit) / smaller);
    return rest === 0 || whole >= 10 ? `${whole} ${name}` : `${whole} ${name} ${rest} ${smallerName}`;
  }
  return `${seconds} s`;
}

const UNITS = [
  [31_536_000, 'years', 86_400, 'd'],
  [86_400, 'd', 3600, 'h'],
  [3600, 'h', 60, 'min'],
  [60, 'min', 1, 's'],
] as const;

function relativeText(ms: number): string {
  if (Math.abs(ms) < 1000) return 'at the event';
  return `${spanText(ms).replace(/^1 years/, '1 year')} ${ms < 0 ? 'before' : 'after'}`;
}

function utcText(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Without the day, where that is the event's. */
function localText(time: number, eventTime: number | null): string {
  const [day = '', clock = ''] = localParts(time);
  if (clock === '') return '';
  const isSameDay = eventTime !== null && localParts(eventTime)[0] === day;
  return `${isSameDay ? '' : `${day} `}${clock} local`;
}

function localParts(time: number): readonly string[] {
  const shifted = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return Number.isNaN(shifted.getTime())
    ? []
    : shifted
        .toISOString()
        .replace(/\.\d+Z$/, '')
        .split('T');
}

function americanTime(text: string): number | null {
  const [, month = '', day, year, hour, minute, second, half] = AMERICAN.exec(text) ?? [];
  const at = MONTHS.indexOf(month);
  if (month === '' || at < 0 || at % 3 !== 0) return null;
  const hours = (Number(hour) % 12) + (half === 'P' ? 12 : 0);
  return Date.UTC(Number(year), at / 3, Number(day), hours, Number(minute), Number(second));
}
