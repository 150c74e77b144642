// Somebody said "just before half past two": what is before, around and after a time that is typed as one hears it.

import { type Clock, parseSpan } from '../query/time-range.ts';

/** Ends included, ms; `to` null: until now. */
export type ClockOffer = { readonly label: string; readonly from: number; readonly to: number | null };

type Zone = Clock['zone'];

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const AROUND_MINUTES = 5;
const BESIDE_MINUTES = 30;
/** Of no day: 14:30, 1430, 930, 5pm. */
const BARE = /^\d{1,2}(?::?\d\d)?\s*(?:[ap]m)?$/i;
/** 1430 and 930, at the end; a year looks the same, so this is tried last. */
const WITHOUT_COLON = /(^|\s)(\d{1,2})(\d\d)$/;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** Of a text that names a minute: of the last two days that had it, where it names no day. Each label names the day. */
export function clockOffers(typed: string, clock: Clock): readonly ClockOffer[] {
  const text = typed.trim();
  const { now, zone } = clock;
  const last = parseSpan(text, clock) ?? parseSpan(text.replace(WITHOUT_COLON, '$1$2:$3'), clock);
  const isMinute = last !== null && !last.isDate && last.to - last.from === MINUTE_MS - 1;
  if (!isMinute || last.from > now) return [];
  const times = BARE.test(text) ? [last.from, sameClockDayBefore(last.from, zone)] : [last.from];
  return times.flatMap((at) => {
    const [date = '', time = ''] = wallText(at, zone).split(' ');
    const day = dayText(at, date, clock);
    const offer = (label: string, from: number, to: number): ClockOffer => ({
      label: `${label} ${day}`,
      from,
      to: to >= now ? null : to,
    });
    const [around, beside] = [AROUND_MINUTES * MINUTE_MS, BESIDE_MINUTES * MINUTE_MS];
    return [
      offer(`${BESIDE_MINUTES} min before ${time}`, at - beside, at),
      offer(`${time} ± ${AROUND_MINUTES} min`, at - around, at + around),
      offer(`${BESIDE_MINUTES} min after ${time}`, at, at + beside),
    ];
  });
}

function sameClockDayBefore(at: number, zone: Zone): number {
  if (zone === 'utc') return at - DAY_MS;
  const date = new Date(at);
  date.setDate(date.getDate() - 1);
  return date.getTime();
}

/** `today`, `yesterday`, or `Tue 2026-05-19`. */
function dayText(at: number, date: string, { now, zone }: Clock): string {
  const [today] = wallText(now, zone).split(' ');
  if (date === today) return 'today';
  const [yesterday] = wallText(sameClockDayBefore(now, zone), zone).split(' ');
  if (date === yesterday) return 'yesterday';
  const wall = new Date(at);
  return `${WEEKDAYS[zone === 'utc' ? wall.getUTCDay() : wall.getDay()]} ${date}`;
}

/** `2026-05-19 14:30` */
function wallText(at: number, zone: Zone): string {
  const offsetMs = zone === 'utc' ? 0 : new Date(at).getTimezoneOffset() * MINUTE_MS;
  return new Date(at - offsetMs).toISOString().slice(0, 16).replace('T', ' ');
}
