// eventTime is nearly always '2023-07-10T11:41:17Z', a million times over: that form is read by arithmetic on
// character codes (Date.parse costs ten times as much). Everything else goes through the forms seen in the wild.

const MS_PER_DAY = 86_400_000;
const ZERO = 48;

/** Numbers below this many seconds (1973) are counts, not times; from the same number of ms on, they are ms. */
const EARLIEST_SECONDS = 1e8;
const EARLIEST_MS = 1e11;
const LATEST_MS = 8.64e15;

const EXTENDED =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?$/i;
const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(?:(\d\d)(?:[.,](\d+))?)?(Z|[+-]\d\d(?::?\d\d)?)?$/i;
const NUMERIC = /^\d+(?:\.\d+)?(?:E\+?\d+)?$/i;

/** Milliseconds since the epoch; null for what is no time. Accepts ISO 8601 extended and basic (UTC where no offset
 *  is given), a space for the T, and epoch seconds or milliseconds as a number or its text. */
export function parseTime(value: unknown): number | null {
  if (typeof value === 'string') {
    if (value.length === 20) {
      const common = parseCommon(value);
      if (common !== null) return common;
    }
    return parseOther(value.trim());
  }
  return typeof value === 'number' ? fromNumber(value) : null;
}

function parseCommon(text: string): number | null {
  // 'YYYY-MM-DDTHH:MM:SSZ'
  if (
    text.charCodeAt(19) !== 90 ||
    text.charCodeAt(10) !== 84 ||
    text.charCodeAt(4) !== 45 ||
    text.charCodeAt(7) !== 45 ||
    text.charCodeAt(13) !== 58 ||
    text.charCodeAt(16) !== 58
  )
    return null;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  return utc(
    year,
    twoDigits(text, 5),
    twoDigits(text, 8),
    twoDigits(text, 11),
    twoDigits(text, 14),
    twoDigits(text, 17),
  );
}

/** NaN when either is no digit: it makes the whole time invalid. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function utc(year: number, month: number, day: number, hour: number, minute: number, second: number): number | null {
  // Written so that NaN fails; second 60 is a leap second.
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return null;
  if (!(hour <= 23 && minute <= 59 && second <= 60)) return null;
  return daysSinceEpoch(year, month, day) * MS_PER_DAY + (hour * 3600 + minute * 60 + second) * 1000;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Howard Hinnant's days_from_civil: years begin in March, so that the leap day is the last of its year. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function parseOther(text: string): number | null {
  const iso = EXTENDED.exec(text) ?? BASIC.exec(text);
  if (iso === null) return NUMERIC.test(text) ? fromNumber(Number(text)) : null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = iso;
  const whole = utc(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
  const offset = offsetMs(zone);
  if (whole === null || offset === null) return null;
  return whole + (fraction === '' ? 0 : Math.floor(Number(`0.${fraction}`) * 1000)) - offset;
}

function offsetMs(zone: string): number | null {
  const sign = zone.startsWith('-') ? -1 : 1;
  if (sign === 1 && !zone.startsWith('+')) return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', ''));
  return hours <= 23 && minutes <= 59 ? sign * (hours * 60 + minutes) * 60_000 : null;
}

function fromNumber(value: number): number | null {
  if (!(value >= EARLIEST_SECONDS && value <= LATEST_MS)) return null;
  return Math.floor(value >= EARLIEST_MS ? value : value * 1000);
}
