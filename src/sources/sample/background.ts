// The ordinary days around the scenes: people in office hours, pipelines on weekdays, services and instances day and
// night. Events come in bursts of one caller, as they do in real trails.

import {
  audit,
  functionAtWork,
  instanceAtWork,
  logDelivery,
  monitoring,
  scaling,
  serviceAssumesRole,
} from './machine-work.ts';
import { analyst, personAtWork, pipeline } from './office-work.ts';
import type { Random } from './random.ts';
import { HOUR, MINUTE, type Stage } from './stage.ts';

type Burst = (stage: Stage, time: number) => void;

/** How often each kind of burst happens, and whether only people's hours will do. */
const BURSTS: readonly { readonly weight: number; readonly isOffice: boolean; readonly burst: Burst }[] = [
  { weight: 16, isOffice: true, burst: personAtWork },
  { weight: 6, isOffice: true, burst: pipeline },
  { weight: 3, isOffice: true, burst: analyst },
  { weight: 22, isOffice: false, burst: serviceAssumesRole },
  { weight: 12, isOffice: false, burst: instanceAtWork },
  { weight: 12, isOffice: false, burst: functionAtWork },
  { weight: 9, isOffice: false, burst: logDelivery },
  { weight: 6, isOffice: false, burst: scaling },
  { weight: 5, isOffice: false, burst: monitoring },
  { weight: 3, isOffice: false, burst: audit },
];
const TOTAL_WEIGHT = BURSTS.reduce((sum, { weight }) => sum + weight, 0);

/** Adds bursts over the days before `end` until the stage holds at least `events`. */
export function background(stage: Stage, events: number): void {
  while (stage.events.length < events) {
    const { isOffice, burst } = pickBurst(stage.random);
    const time = isOffice ? officeTime(stage) : stage.end - stage.random.next() * stage.days * 24 * HOUR;
    // A burst takes minutes: late ones would run past the end.
    if (time < stage.end - 20 * MINUTE) burst(stage, time);
  }
}

function pickBurst(random: Random) {
  let left = random.next() * TOTAL_WEIGHT;
  for (const entry of BURSTS) {
    left -= entry.weight;
    if (left < 0) return entry;
  }
  return BURSTS[0] as (typeof BURSTS)[number];
}

/** Weekdays from 7 to 18, mostly around 10 and 15. */
function officeTime({ random, end, days }: Stage): number {
  for (;;) {
    const time = end - random.next() * days * 24 * HOUR;
    const date = new Date(time);
    const hour = date.getUTCHours();
    const isWeekday = date.getUTCDay() % 6 !== 0;
    const busy = hour < 7 || hour > 17 ? 0.02 : hour === 12 ? 0.5 : 1;
    if (random.chance(isWeekday ? busy : 0.02)) return time;
  }
}
