import type { Caller } from './callers.ts';
import type { Random } from './random.ts';
import { type CallDetails, recordText } from './record.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Where scenes and background put their events down. */
export class Stage {
  readonly random: Random;
  /** The newest event is not later than this; ms since the epoch. */
  readonly end: number;
  readonly days: number;
  readonly events: { readonly time: number; readonly text: string }[] = [];

  constructor(random: Random, end: number, days: number) {
    this.random = random;
    this.end = end;
    this.days = days;
  }

  call(time: number, caller: Caller, service: string, eventName: string, details?: CallDetails): void {
    this.put(time, recordText(this.random, time, caller, service, eventName, details));
  }

  put(time: number, text: string): void {
    this.events.push({ time, text });
  }

  /** Midnight (UTC) of the day that many days before the last full one. */
  day(daysBefore: number): number {
    return Math.floor(this.end / DAY) * DAY - (daysBefore + 1) * DAY;
  }
}

/** A clock for scenes: each `after` is somewhat later than the one before. */
export function clock(random: Random, start: number): (seconds: number) => number {
  let now = start;
  return (seconds) => {
    now += Math.max(1, Math.round(seconds * (0.7 + random.next() * 0.6))) * SECOND;
    return now;
  };
}
