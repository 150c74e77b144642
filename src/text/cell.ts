import { sanitize } from './sanitize.ts';
import { cutCells, padCells } from './width.ts';

/** A value as it may be shown in `width` cells: sanitised and cut, at a cost that depends on `width` only
 *  (a record may hold a string of 10 MB). */
export function cutValue(value: string, width: number): string {
  return cutCells(sanitize(headUnits(value, width)), width);
}

/** As `cutValue`, filled to exactly `width` cells. */
export function padValue(value: string, width: number, align?: 'left' | 'right'): string {
  return padCells(sanitize(headUnits(value, width)), width, align);
}

/** More than `width` cells can show: at least one unit more than cutCells looks at, so that it still sees
 *  that the text goes on. Never ends within a surrogate pair, which would show as an escape. */
function headUnits(value: string, width: number): string {
  const limit = width * 16 + 128;
  if (value.length <= limit) return value;
  const isHighSurrogate = (value.charCodeAt(limit - 1) & 0xfc00) === 0xd800;
  return value.slice(0, isHighSurrogate ? limit - 1 : limit);
}
