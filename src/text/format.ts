// Numbers and times as people read them. Written out by hand, not through Intl: a window of rows is drawn
// at each key press, and a log must read the same whatever the machine's language.

/** 41208 → `41,208`. */
export function formatCount(count: number | bigint): string {
  return String(typeof count === 'number' ? Math.round(count) : count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 file`, `3,000 files`; `many` where adding an s does not do: `2 copies`. */
export function countOf(count: number, one: string, many: string = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Decimal units, as disks and AWS bills count: 1340000000 → `1.34 GB`; three digits at most. */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? Math.round(value) : threeDigits(value)} ${BYTE_UNITS[unit]}`;
}

/** The two largest units that matter: `340 ms`, `1.2 s`, `48 s`, `3 min 20 s`, `9 h 5 min`, `2 d 4 h`. */
export function formatDuration(ms: number): string {
  const total = Math.max(0, ms);
  if (total < 999.5) return `${Math.round(total)} ms`;
  if (total < 9_950) return `${(total / 1000).toFixed(1)} s`;
  const seconds = Math.round(total / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return twoUnits(seconds, 60, 'min', 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return twoUnits(minutes, 60, 'h', 'min');
  return twoUnits(Math.round(minutes / 60), 24, 'd', 'h');
}

/** How much time is covered, in one unit and never more than it is: `40 s`, `90 min`, `24 h`, `9 d`. A bit more than an
 *  hour or a day is told in the smaller unit: of 90 min a third would go untold. */
export function formatSpan(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60 || (minutes < 3 * 60 && minutes % 60 !== 0)) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48 || (hours < 4 * 24 && hours % 24 !== 0)) return `${hours} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

export type TimeZoneChoice = 'utc' | 'local';

/** - clock:     `14:02:11`
 *  - date:      `2026-05-19`
 *  - minute:    `05-19 14:02`
 *  - short:     `05-19 14:02:11`
 *  - date-time: `2026-05-19 14:02:11`
 *  - iso:       `2026-05-19T14:02:11Z`, `2026-05-19T16:02:11+02:00` */
export type TimeStyle = 'clock' | 'date' | 'minute' | 'short' | 'date-time' | 'iso';

export type TimeFormat = { readonly zone: TimeZoneChoice; readonly style: TimeStyle };

/** Width in cells of each style, for a year of four digits. */
export const TIME_WIDTHS: Readonly<Record<TimeStyle, number>> = {
  clock: 8,
  date: 10,
  minute: 11,
  short: 14,
  'date-time': 19,
  iso: 25,
};

/** A time in ms since the epoch; `–` where a record states none. Whole seconds, for CloudTrail has no finer. */
export function formatTime(ms: number | null, format: TimeFormat): string {
  if (ms === null) return '–';
  const offsetMinutes = format.zone === 'utc' ? 0 : -new Date(ms).getTimezoneOffset();
  const shifted = new Date(ms + offsetMinutes * 60_000);
  if (Number.isNaN(shifted.getTime())) return '–';
  const full = shifted.toISOString();
  const timeAt = full.indexOf('T');
  const date = full.slice(0, timeAt);
  const clock = full.slice(timeAt + 1, timeAt + 9);
  switch (format.style) {
    case 'clock':
      return clock;
    case 'date':
      return date;
    case 'minute':
      return `${date.slice(-5)} ${clock.slice(0, 5)}`;
    case 'short':
      return `${date.slice(-5)} ${clock}`;
    case 'date-time':
      return `${date} ${clock}`;
    case 'iso':
      return `${date}T${clock}${format.zone === 'utc' ? 'Z' : offsetText(offsetMinutes)}`;
  }
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(Math.round(size % 60))}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function threeDigits(value: number): string {
  if (value >= 99.95) return value.toFixed(0);
  return trimZeros(value.toFixed(value >= 9.995 ? 1 : 2));
}

function trimZeros(decimal: string): string {
  return decimal.replace(/\.?0+$/, '');
}

function twoUnits(count: number, factor: number, large: string, small: string): string {
  const rest = count % factor;
  const whole = `${Math.floor(count / factor)} ${large}`;
  return rest === 0 ? whole : `${whole} ${rest} ${small}`;
}
