import { objectOf } from '../../cloudtrail/json-value.ts';
import { parseTime } from '../../cloudtrail/time.ts';
import { KEY } from './record-keys.ts';
import type { RecordView } from './record-view.ts';

/** eventTime in ms since the epoch (of aggregated events, the end of their time window); NaN where the record states
 *  none, or nothing that is a time. */
export function timeOf(view: RecordView): number {
  if (!view.isStated(KEY.eventTime)) return windowEnd(view);
  const [from, to] = [view.from(KEY.eventTime), view.to(KEY.eventTime)];
  const plain = plainTime(view.buffer, from, to);
  if (!Number.isNaN(plain)) return plain;
  const value = view.isString(KEY.eventTime)
    ? view.text(KEY.eventTime)
    : Number(view.buffer.toString('latin1', from, to));
  return parseTime(value) ?? Number.NaN;
}

/** Aggregated events tell when they stopped counting instead. */
function windowEnd(view: RecordView): number {
  if (!view.has(KEY.timeWindow)) return Number.NaN;
  const { windowEnd: end } = objectOf(view.parsed(KEY.timeWindow));
  return typeof end === 'string' ? (parseTime(end) ?? Number.NaN) : Number.NaN;
}

/** `"2026-05-19T14:02:11Z"`, the form of nearly all records, without making a string of it; NaN for any other. */
function plainTime(buffer: Buffer, from: number, to: number): number {
  if (to - from !== 22 || buffer[to - 2] !== 0x5a || buffer[from + 11] !== 0x54) return Number.NaN;
  const two = (at: number): number => {
    const tens = (buffer[from + at] as number) - 0x30;
    const ones = (buffer[from + at + 1] as number) - 0x30;
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
  };
  const [month, day, hour, minute, second] = [two(6), two(9), two(12), two(15), two(18)] as const;
  // Later days need the calendar, which parseTime has.
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 28)) return Number.NaN;
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
  return Date.UTC(two(1) * 100 + two(3), month - 1, day, hour, minute, second);
}
