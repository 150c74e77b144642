// What the status line says of an event history: what is loaded of each account and Region, how fast the rest comes,
// and what went wrong. The fullest text that fits is taken; what went wrong comes first and keeps its words longest.

import { type LookupAttribute, lookupAttributeText } from '../cloudtrail/lookup-attribute.ts';
import type { Fault, FaultKind } from '../sources/aws/fault.ts';
import type { LaneStatus, LiveStatus } from '../sources/live-source.ts';
import { failuresIn, isWorking, laneName, lengthMs, reachedMs, searchedMs } from '../state/live.ts';
import { countOf, formatCount, formatDuration, formatSpan } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells, widthCells } from '../text/width.ts';
import type { Tone } from './theme.ts';

/** Texts side by side, sanitised. */
export type Segments = readonly (readonly [Tone, string])[];

const GAP = '  ';
const LISTED = 'c lists them';
const DETAILED = 'c tells all';
/** Fewer cells of a failure's own words tell nothing. */
const MIN_WORDS = 48;
/** As much of `server: eventName=…` says at least which field. */
const MIN_MARK = 20;

/** The texts for `width` cells, never more. `isWhole`: nothing had to be left out for want of room. */
export function liveSegments(
  status: LiveStatus,
  attribute: LookupAttribute | null,
  width: number,
): { readonly segments: Segments; readonly isWhole: boolean } {
  const candidates = textsOf(status, attribute, width);
  const fitting = candidates.findIndex((segments) => cellsOf(segments) <= width);
  if (fitting >= 0) return { segments: candidates[fitting] as Segments, isWhole: fitting === 0 };
  return { segments: cutSegments(candidates.at(-1) ?? [], width), isWhole: false };
}

/** From the one that says most to the one that says least. */
function textsOf(status: LiveStatus, attribute: LookupAttribute | null, width: number): readonly Segments[] {
  const failures = failuresIn(status);
  const marks = marksOf(status, attribute);
  const [groups, few] = [groupsOf(status, true), groupsOf(status, false)];
  if (failures.length === 0) {
    return [
      [...eachLane(status, true), ...marks],
      [...eachLane(status, false), ...marks],
      [...groups, ...marks],
      [...few, ...marks],
      ...cutMarks(few, marks, width),
      few,
    ];
  }
  const [first] = failures;
  const told =
    failures.length === 1 && first !== undefined ? oneFailure(status, first, [...few, ...marks], width) : many(status);
  return [
    ...told.flatMap((texts) => [groups, few].map((others) => [...texts, ...others, ...marks])),
    ...told.map((texts) => [...texts, ...few, ...marks.slice(0, 1)]),
    ...told.map((texts) => [...texts, ...few]),
    ...told,
  ];
}

/** What the server filters by is worth its beginning. */
function cutMarks(others: Segments, marks: Segments, width: number): readonly Segments[] {
  const all = [...others, ...marks];
  const cut = cutSegments(all, width);
  const isReadable = cut.length === all.length && widthCells(cut.at(-1)?.[1] ?? '') >= MIN_MARK;
  return isReadable ? [cut] : [];
}

/** Its words, as many as there is room for. */
function oneFailure(status: LiveStatus, fault: Fault, others: Segments, width: number): readonly Segments[] {
  const { kind, message, next } = fault;
  const text = `✗ ${sanitize(next === null ? message : `${message}: ${next}`)}`;
  const room = width - cellsOf([['plain', DETAILED], ...others]) - GAP.length;
  const cut: Segments = [
    ['failed', cutCells(text, room)],
    ['failed', DETAILED],
  ];
  if (room >= MIN_WORDS) return [[['failed', text]], cut];
  const lane = status.lanes.find(({ phase }) => phase === 'failed');
  const short = `✗ ${lane === undefined ? '' : `${sanitize(laneName(lane, status))} `}${FAULT_WORDS[kind]}: ${DETAILED}`;
  return [[['failed', text]], [['failed', short]]];
}

function many(status: LiveStatus): readonly Segments[] {
  const { lanes, faults } = status;
  const names = lanes
    .filter(({ phase }) => phase === 'failed')
    .map((lane) => `${sanitize(laneName(lane, status))} ${wordsOf(lane)}`);
  const kinds = new Set(failuresIn(status).map(({ kind }) => FAULT_WORDS[kind]));
  const words = [...new Set([...faults.map(({ kind }) => FAULT_WORDS[kind]), ...names])];
  const count = faults.length + names.length;
  const [first] = failuresIn(status);
  const told =
    first === undefined ? '' : sanitize(first.next === null ? first.message : `${first.message}: ${first.next}`);
  return [
    [['failed', `✗ ${told}; ${countOf(count - 1, 'more failure')}: ${LISTED}`]],
    [['failed', `✗ ${words.join(', ')}: ${LISTED}`]],
    [['failed', `${count} ✗ ${kinds.size === 1 ? [...kinds].join('') : 'failed'}: ${LISTED}`]],
  ];
}

function wordsOf({ fault }: LaneStatus): string {
  return fault === null ? 'no answer' : FAULT_WORDS[fault.kind];
}

function eachLane(status: LiveStatus, isFull: boolean): Segments {
  return status.lanes
    .filter(({ phase }) => phase !== 'failed')
    .map((lane): readonly [Tone, string] => {
      const [tone, text] = laneText(lane, isFull);
      return [tone, `${sanitize(laneName(lane, status))} ${text}`];
    });
}

/** `isFull`: with the rate, what is left, and why it takes longer. */
function laneText(lane: LaneStatus, isFull: boolean): readonly [Tone, string] {
  const reached = formatSpan(reachedMs(lane));
  const soFar = reachedMs(lane) === 0 ? '' : `${reached}, `;
  const pace = isFull ? [rateText(lane.eventsPerSecond), leftText(lane.remainingMs)] : [];
  switch (lane.phase) {
    case 'opening':
      return ['quiet', '⟳ opening'];
    case 'loading':
      return ['plain', `⟳ ${[isFull ? ofWanted(reached, lane) : reached, ...pace].filter(Boolean).join(', ')}`];
    case 'throttled':
      return ['warning', `⟳ ${soFar}throttled${isFull ? ', shared with other users of the account' : ''}`];
    case 'retrying':
      return [
        'warning',
        `⟳ ${soFar}trying again: ${isFull ? sanitize(lane.fault?.message ?? 'no answer') : wordsOf(lane)}`,
      ];
    case 'paused':
      return ['quiet', `‖ ${reached}`];
    case 'done':
    case 'following':
      return ['quiet', `✓ ${reached}`];
    case 'failed':
      return ['failed', `✗ ${wordsOf(lane)}`];
  }
}

/** `9 h of 24 h` */
function ofWanted(reached: string, { wanted }: LaneStatus): string {
  const all = formatSpan(lengthMs(wanted));
  return reached === all ? all : `${reached} of ${all}`;
}

/** `15 ✓ 24 h  1 ⟳ 9 h 98 ev/s`: a group is as far as the last of it. */
function groupsOf({ lanes }: LiveStatus, isFull: boolean): Segments {
  const done = lanes.filter(({ phase }) => phase === 'done' || phase === 'following');
  const loading = lanes.filter(({ phase }) => phase === 'opening' || phase === 'loading');
  const throttled = lanes.filter(({ phase }) => phase === 'throttled');
  const retrying = lanes.filter(({ phase }) => phase === 'retrying');
  const paused = lanes.filter(({ phase }) => phase === 'paused');
  const rate = loading.reduce((sum, { eventsPerSecond }) => sum + (eventsPerSecond ?? 0), 0);
  const left = lanes.filter(isWorking).reduce((most, { remainingMs }) => Math.max(most, remainingMs ?? 0), 0);
  const groups: (readonly [Tone, string])[] = [];
  const say = (tone: Tone, of: readonly LaneStatus[], mark: string, ...more: readonly string[]): void => {
    if (of.length === 0) return;
    const least = Math.min(...of.map(reachedMs));
    groups.push([
      tone,
      [`${of.length} ${mark}`, least === 0 ? '' : formatSpan(least), ...more].filter(Boolean).join(' '),
    ]);
  };
  say('warning', throttled, '⟳ throttled');
  say('warning', retrying, '⟳ trying again');
  say('plain', loading, '⟳', ...(isFull ? [rateText(rate), leftText(left)] : []));
  say('quiet', paused, '‖');
  say('quiet', done, '✓');
  return groups;
}

function marksOf(status: LiveStatus, attribute: LookupAttribute | null): Segments {
  const marks: (readonly [Tone, string])[] = [];
  if (status.isPaused) marks.push(['warning', 'paused: p goes on']);
  if (status.isFollowing) marks.push(['good', 'following']);
  if (attribute !== null) {
    const searched = searchedMs(status);
    const far = searched === null ? '' : ` ✓ ${formatSpan(searched)}`;
    marks.push(['accent', `server: ${sanitize(lookupAttributeText(attribute))}${far}`]);
  }
  return marks;
}

function rateText(eventsPerSecond: number | null): string {
  return eventsPerSecond === null || eventsPerSecond < 0.5 ? '' : `${formatCount(eventsPerSecond)} ev/s`;
}

function leftText(remainingMs: number | null): string {
  return remainingMs === null || remainingMs <= 0 ? '' : `${formatDuration(Math.max(1000, remainingMs))} left`;
}

/** A fault in a word or two. */
export const FAULT_WORDS: Readonly<Record<FaultKind, string>> = {
  throttled: 'throttled',
  transient: 'no good answer',
  network: 'not reached',
  token: 'interrupted',
  expired: 'credentials expired',
  credentials: 'no credentials',
  denied: 'denied',
  unavailable: 'not available',
  request: 'request refused',
  internal: 'a mistake in trailx',
  cancelled: 'stopped',
};

/** Widths with the gaps between. */
export function cellsOf(segments: Segments): number {
  return segments.reduce((sum, [, text], at) => sum + widthCells(text) + (at === 0 ? 0 : GAP.length), 0);
}

export function joined(segments: Segments): Segments {
  return segments.flatMap((segment, at): Segments => (at === 0 ? [segment] : [['plain', GAP], segment]));
}

function cutSegments(segments: Segments, width: number): Segments {
  const kept: (readonly [Tone, string])[] = [];
  let room = width;
  for (const [tone, text] of segments) {
    const gap = kept.length === 0 ? 0 : GAP.length;
    const cut = cutCells(text, Math.max(0, room - gap));
    if (cut === '') break;
    kept.push([tone, cut]);
    room -= gap + widthCells(cut);
  }
  return kept;
}

/** `eu-west-1`, `eu-west-1 and us-east-1`, `17 Regions`. */
export function regionsText(regions: readonly string[]): string {
  if (regions.length > 3) return countOf(regions.length, 'Region');
  const last = regions.at(-1) ?? '';
  return regions.length < 2 ? last : `${regions.slice(0, -1).join(', ')} and ${last}`;
}
