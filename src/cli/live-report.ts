// What `query` says on stderr about event history: a line while it loads, and at the end what was read of each account
// and Region, so that "no match" always says over what.

import { lookupAttributeText } from '../cloudtrail/lookup-attribute.ts';
import type { Fault } from '../sources/aws/fault.ts';
import type { LaneStatus, LiveStatus } from '../sources/live-source.ts';
import { countOf, formatCount, formatDuration } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import { bar } from './bar.ts';

/** What one run of `query` over event history did. */
export type LiveOutcome = {
  readonly status: LiveStatus;
  /** Events of the time that was asked for, each once; the cache may have brought others. */
  readonly distinct: number;
  /** The same of single lanes, by origin. */
  readonly eventsOf: ReadonlyMap<number, number>;
  readonly matched: number;
  /** Enough had been printed (--limit), so the rest was not fetched. */
  readonly isCutShort: boolean;
  readonly elapsedMs: number;
};

/** E.g. `event history  ███░░  31%  1/3 Regions  1,204 events  98/s  3 min 20 s left  (throttled)`. */
export function liveProgressText({ lanes }: LiveStatus): string {
  const over = lanes.filter(({ phase }) => phase === 'done' || phase === 'failed').length;
  const events = lanes.reduce((sum, lane) => sum + lane.events, 0);
  const perSecond = lanes.reduce((sum, lane) => sum + (lane.eventsPerSecond ?? 0), 0);
  const left = Math.max(0, ...lanes.map(({ remainingMs }) => remainingMs ?? 0));
  const attribute = lanes.find((lane) => lane.attribute !== null)?.attribute ?? null;
  const retried = lanes.find(({ phase }) => phase === 'retrying');
  return [
    'event history',
    ...(lanes.length === 0 ? [] : [bar(lanes.reduce((sum, lane) => sum + share(lane), 0) / lanes.length)]),
    ...(lanes.length > 1 ? [`${formatCount(over)}/${countOf(lanes.length, 'Region')}`] : []),
    countOf(events, 'event'),
    ...(perSecond > 0 ? [`${formatCount(Number(perSecond.toPrecision(3)))}/s`] : []),
    ...(left > 0 ? [`${formatDuration(left)} left`] : []),
    ...(attribute === null ? [] : [`server: ${sanitize(lookupAttributeText(attribute))}`]),
    ...(lanes.some(({ phase }) => phase === 'throttled') ? ['(throttled)'] : []),
    ...(retried === undefined ? [] : [`(trying again: ${sanitize(retried.fault?.message ?? retried.region)})`]),
  ].join('  ');
}

/** What stderr says at the end, line by line. `isBrief`: nobody is watching (a script), so nothing where all that was
 *  wanted was read and something matched. */
export function liveReport(outcome: LiveOutcome, isBrief: boolean): readonly string[] {
  const { status, matched } = outcome;
  const faults = faultLines(status);
  const notices = status.notices.map(sanitize);
  if (isBrief && matched > 0) return [...notices, ...faults];
  const covered = [...coverageLines(outcome), ...growingLine(status), ...globalLine(status)];
  return [summaryLine(outcome), ...covered, ...notices, ...faults];
}

/** What had been read when Ctrl-C came. */
export function stoppedLine(status: LiveStatus, distinct: number, elapsedMs: number): string {
  const kind = status.scope.isInsights ? 'Insights event' : 'event';
  return `stopped; ${countOf(distinct, kind)} of event history had been read${effortText(status, elapsedMs)}`;
}

/** Failures, each with the next step; those that several lanes share once. */
export function faultLines(status: LiveStatus): readonly string[] {
  const failed = status.lanes.filter(({ phase }) => phase === 'failed');
  const lines = [
    ...status.faults.map(faultText),
    ...failed.map((lane) => (lane.fault === null ? `${placeOf(lane)}: failed` : faultText(lane.fault))),
  ];
  return [...new Set(lines)];
}

function faultText({ message, next }: Fault): string {
  return sanitize(next === null ? message : `${message}; ${next}`);
}

function summaryLine({ status, distinct, matched, isCutShort, elapsedMs }: LiveOutcome): string {
  const time = effortText(status, elapsedMs);
  const kind = status.scope.isInsights ? 'Insights event' : 'event';
  if (isNothingRead(status)) return `nothing of event history could be read${time}`;
  if (distinct === 0) return `no ${kind}s in event history${time}`;
  const among = `${countOf(distinct, kind)} of event history`;
  if (matched === 0) return `no match among ${among}${time}`;
  return `${isCutShort ? 'the newest ' : ''}${formatCount(matched)} of ${among}${time}`;
}

function effortText({ lanes }: LiveStatus, elapsedMs: number): string {
  const requests = lanes.reduce((sum, lane) => sum + lane.requests, 0);
  return ` (${countOf(requests, 'request')}, ${formatDuration(elapsedMs)})`;
}

/** What was read, one line for each lane; those in which nothing happened share one. */
function coverageLines({ status, eventsOf }: LiveOutcome): readonly string[] {
  const lines: string[] = [];
  const quiet = new Map<string, string[]>();
  for (const lane of status.lanes) {
    if (isUnread(lane)) continue;
    const events = eventsOf.get(lane.origin) ?? 0;
    const what = `${readSpan(lane)}, ${eventsText(lane, events)}${serverText(lane)}`;
    if (events > 0) lines.push(`${placeOf(lane)}: ${what}`);
    else {
      const key = `of ${ownerOf(lane)}: ${what}`;
      quiet.set(key, [...(quiet.get(key) ?? []), sanitize(lane.region)]);
    }
  }
  return [...lines, ...Array.from(quiet, ([what, regions]) => `${regions.join(', ')} ${what}`)];
}

/** Nobody shall take "no match" for the last word where AWS may still add events. */
function growingLine({ lanes, scope }: LiveStatus): readonly string[] {
  const minutes = scope.isInsights ? 60 : 15;
  const isGrowing = (lane: LaneStatus) =>
    !isUnread(lane) && lane.askedAt !== null && lane.wanted.to > lane.askedAt - minutes * 60_000;
  return lanes.some(isGrowing) ? [`the newest ${minutes} minutes may still grow`] : [];
}

/** `events`: those of the time that was asked for; of them came from the cache what AWS has not sent. */
function eventsText(lane: LaneStatus, events: number): string {
  if (events === 0) return 'no events';
  const cached = Math.min(lane.cachedEvents, Math.max(0, events - (lane.events - lane.cachedEvents)));
  return `${countOf(events, 'event')}${cached > 0 ? `, ${formatCount(cached)} of them from the cache` : ''}`;
}

function serverText({ attribute }: LaneStatus): string {
  return attribute === null ? '' : ` (server: ${sanitize(lookupAttributeText(attribute))})`;
}

/** E.g. `7 d`, or `3 h of 24 h` where the rest was not read. */
function readSpan(lane: LaneStatus): string {
  const wanted = lane.wanted.to - lane.wanted.from;
  const read = readMs(lane);
  return read >= wanted ? formatDuration(wanted) : `${formatDuration(read)} of ${formatDuration(wanted)}`;
}

function readMs({ phase, wanted, reachedDownTo }: LaneStatus): number {
  if (phase === 'done') return wanted.to - wanted.from;
  return reachedDownTo === null ? 0 : Math.max(0, wanted.to - Math.max(wanted.from, reachedDownTo));
}

function share(lane: LaneStatus): number {
  const wanted = lane.wanted.to - lane.wanted.from;
  return lane.phase === 'failed' || wanted <= 0 ? 1 : readMs(lane) / wanted;
}

function placeOf(lane: LaneStatus): string {
  return `${sanitize(lane.region)} of ${ownerOf(lane)}`;
}

function ownerOf({ account, label }: LaneStatus): string {
  return sanitize(account ?? label);
}

function isNothingRead({ lanes, faults }: LiveStatus): boolean {
  return lanes.every(isUnread) && lanes.length + faults.length > 0;
}

function isUnread({ phase, events, reachedDownTo }: LaneStatus): boolean {
  return phase === 'failed' && events === 0 && reachedDownTo === null;
}

function globalLine(status: LiveStatus): readonly string[] {
  const { missingGlobalRegion } = status;
  if (missingGlobalRegion === null || isNothingRead(status)) return [];
  const region = sanitize(missingGlobalRegion);
  return [`IAM, sign-in and other global services are logged in ${region}, which was not read: add -r ${region}`];
}
