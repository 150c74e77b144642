// Numbers in words for people; cells of the list and exports keep the record's own spelling.

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** The number in a JSON value: a number, or a string that is one; null for anything else. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'string' && !/^[+-]?\d{1,20}(?:\.\d{1,30})?$/.test(value)) return null;
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** 0.0166666667 → '0.017', 41 → '41', 59.6746 → '60', 1234.5 → '1,235'. */
export function roundText(number: number): string {
  const size = Math.abs(number);
  if (size >= 10 || Number.isInteger(number)) return grouped(Math.round(number));
  return String(Number(number.toPrecision(2)));
}

/** '512 B', '1.34 GB': as text/format.ts has them, for both stand on one screen (1 kB is 1,000 bytes). */
export function bytesText(bytes: number): string {
  let size = Math.max(0, bytes);
  let unit = 0;
  for (; size >= 999.5 && unit < BYTE_UNITS.length - 1; unit++) size /= 1000;
  return `${unit === 0 ? Math.round(size) : threeDigits(size)} ${BYTE_UNITS[unit]}`;
}

function threeDigits(size: number): string {
  if (size >= 99.95) return size.toFixed(0);
  return size.toFixed(size >= 9.995 ? 1 : 2).replace(/\.?0+$/, '');
}

/** Minutes as '77 minutes', '7 days'. */
export function minutesText(minutes: number): string {
  const [value, unit] =
    minutes >= 2880 ? [minutes / 1440, 'day'] : minutes >= 120 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
  const text = roundText(value);
  return `${text} ${unit}${text === '1' ? '' : 's'}`;
}

/** '1 block', '3 blocks'. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

function grouped(number: number): string {
  return Number.isSafeInteger(number) ? String(number).replace(/\B(?=(?:\d{3})+$)/g, ',') : String(number);
}
