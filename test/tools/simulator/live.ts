// Events that keep happening: old ones again under a new time and a new id.

import { accountOf } from '../../helpers/cloudtrail-server/event-shelf.ts';
import type { CloudTrailServer } from '../../helpers/cloudtrail-server/server.ts';
import type { LogRecord } from './read-logs.ts';

/** One in this time in each account and Region: the newest 15 minutes stay below 45 events, which is one page. */
const EVERY_MS = 24_000;
const BACKFILL_MS = 15 * 60_000;
/** From happening to being delivered; with AWS some minutes, here short enough to watch. */
const DELAY_MS = [2_000, 20_000] as const;
const KEPT = 500;

type Place = { readonly account: string; readonly region: string; readonly records: LogRecord[]; next: number };

/** Fills the last quarter of an hour, then goes on. Returns what ends it. */
export function startLive(server: CloudTrailServer, records: readonly LogRecord[]): () => void {
  const places = placesOf(records);
  const now = Date.now();
  for (const place of places)
    for (let time = now - BACKFILL_MS; time < now; time += EVERY_MS * between(0.8, 1.4))
      happen(server, place, time, time);
  const timers = new Set<NodeJS.Timeout>();
  for (const place of places) {
    const again = (ms: number) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        const time = Date.now();
        happen(server, place, time, time + between(...DELAY_MS));
        again(EVERY_MS * between(0.8, 1.4));
      }, ms);
      timers.add(timer);
    };
    again(EVERY_MS * Math.random());
  }
  return () => {
    for (const timer of timers) clearTimeout(timer);
  };
}

function happen(server: CloudTrailServer, place: Place, time: number, arrivesAt: number): void {
  const record = place.records[place.next++ % place.records.length];
  const again = {
    ...record,
    eventTime: `${new Date(time).toISOString().slice(0, 19)}Z`,
    requestID: record?.requestID === undefined ? undefined : crypto.randomUUID(),
    eventID: crypto.randomUUID(),
  };
  server.add(place.account, place.region, [again], { arrivesAt });
}

/** The newest management events of each account and Region, as patterns. */
function placesOf(records: readonly LogRecord[]): Place[] {
  const places = new Map<string, Place>();
  for (let index = records.length - 1; index >= 0; index--) {
    const record = records[index] as LogRecord;
    if ((record.eventCategory ?? 'Management') !== 'Management' || record.managementEvent === false) continue;
    const account = accountOf(record);
    const region = String(record.awsRegion);
    const key = `${account} ${region}`;
    const place = places.get(key) ?? { account, region, records: [], next: 0 };
    places.set(key, place);
    if (place.records.length < KEPT) place.records.push(record);
  }
  return [...places.values()];
}

function between(from: number, to: number): number {
  return from + Math.random() * (to - from);
}
