import type { Caller } from './callers.ts';
import { Random } from './random.ts';
import { type CallDetails, recordText } from './record.ts';
import { beginSession } from './session-start.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Where scenes and background put their events down. */
export class Stage {
  readonly random: Random;
  /** For what came later to the sample: events told with the other one stay what they were. */
  readonly side: Random;
  /** Access keys whose session has its beginning on the stage. */
  readonly begun = new Set<string>();
  /** Mornings on which somebody has signed in to the access portal. */
  readonly signedIn = new Set<string>();
  /** The newest event is not later than this; ms since the epoch. */
  readonly end: number;
  readonly days: number;
  readonly events: { readonly time: number; readonly text: string }[] = [];

  constructor(seed: number, end: number, days: number) {
    this.random = new Random(seed);
    this.side = new Random(~seed);
    this.end = end;
    this.days = days;
  }

  /** Puts the call down; of a session that is new to the stage, first the call that began it. */
  call(time: number, caller: Caller, service: string, eventName: string, details?: CallDetails): void {
    beginSession(this, caller);
    this.put(time, recordText(this.random, time, caller, service, eventName, details));
  }

  /** As `call`, without disturbing what follows. */
  aside(time: number, caller: Caller, service: string, eventName: string, details?: CallDetails): void {
    beginSession(this, caller);
    this.put(time, recordText(this.side, time, caller, service, eventName, details));
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
