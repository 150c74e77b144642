import { sanitize } from './sanitize.ts';
import { cutCells, padCells, widthCells } from './width.ts';

/** Cells of a role that still tell it from others. */
const MIN_ROLE = 4;

/** A value as it may be shown in `width` cells: sanitised and cut, at a cost that depends on `width` only
 *  (a record may hold a string of 10 MB). */
export function cutValue(value: string, width: number): string {
  return cutCells(sanitize(headUnits(value, width)), width);
}

/** Whether `cutValue` shows all of it. */
export function fitsCells(value: string, width: number): boolean {
  return !isLong(value, width) && widthCells(sanitize(value)) <= width;
}

/** As `cutValue`, filled to exactly `width` cells. */
export function padValue(value: string, width: number, align?: 'left' | 'right'): string {
  return padCells(sanitize(headUnits(value, width)), width, align);
}

/** As `cutValue`, leaving out the start: of ARNs the end tells them apart. What is too long to be looked at whole loses
 *  its end. */
export function cutValueStart(value: string, width: number): string {
  return isLong(value, width) ? cutValue(value, width) : cutCells(sanitize(value), width, 'start');
}

/** As `cutValue` for `role/session`, leaving out the end of the role as long as something of it stays. */
export function cutValueSession(value: string, width: number): string {
  const slash = value.lastIndexOf('/');
  if (slash < 0 || isLong(value, width)) return cutValue(value, width);
  const session = sanitize(value.slice(slash));
  const room = width - widthCells(session);
  if (room < MIN_ROLE) return cutCells(sanitize(value), width, 'middle');
  return cutCells(sanitize(value.slice(0, slash)), room) + session;
}

function isLong(value: string, width: number): boolean {
  return headUnits(value, width).length < value.length;
}

/** More than `width` cells can show: at least one unit more than cutCells looks at, so that it still sees
 *  that the text goes on. Never ends within a surrogate pair, which would show as an escape. */
function headUnits(value: string, width: number): string {
  const limit = width * 16 + 128;
  if (value.length <= limit) return value;
  const isHighSurrogate = (value.charCodeAt(limit - 1) & 0xfc00) === 0xd800;
  return value.slice(0, isHighSurrogate ? limit - 1 : limit);
}
