// Numbers in words for people; cells of the list and exports keep the record's own spelling.

const BYTE_UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

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

/** '512 bytes', '1.5 MB' (1 KB is 1024 bytes). */
export function bytesText(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (Math.abs(size) >= 1024 && unit < BYTE_UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  if (unit === 0) return `${grouped(size)} ${size === 1 ? 'byte' : 'bytes'}`;
  return `${size >= 100 ? grouped(Math.round(size)) : Number(size.toPrecision(2))} ${BYTE_UNITS[unit]}`;
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
