// An event history in sentences: what an empty list says of it, and what the page of what is loaded lists.

import { lookupAttributeText } from '../cloudtrail/lookup-attribute.ts';
import type { Fault } from '../sources/aws/fault.ts';
import type { LaneStatus, LiveStatus, Span } from '../sources/live-source.ts';
import type { AppState } from '../state/app.ts';
import { failuresIn, isLoading, lengthMs, reachedMs, regionsIn, UNSETTLED_MS, wantedMs } from '../state/live.ts';
import {
  countOf,
  formatCount,
  formatDuration,
  formatSpan,
  formatTime,
  type TimeStyle,
  type TimeZoneChoice,
} from '../text/format.ts';
import { missingText } from './live.ts';
import { FAULT_WORDS, regionsText } from './live-line.ts';
import type { Tone } from './theme.ts';

/** A paragraph and how it is meant; not sanitised. */
export type TonedText = readonly [Tone, string];

/** More failures than this are counted in an empty list. */
const MAX_FAILURES = 3;
const ALL_HISTORY_MS = 90 * 86_400_000;

/** Why the list has no rows, over what that was looked for, and what to do. */
export function emptyLiveTexts(state: AppState, status: LiveStatus): readonly TonedText[] {
  const { search, results, total } = state;
  const failures = failuresIn(status);
  const told = [
    ...failures.slice(0, MAX_FAILURES).flatMap(faultTexts),
    ...(failures.length > MAX_FAILURES
      ? [['quiet', `${countOf(failures.length - MAX_FAILURES, 'more failure')}: c lists them.`] as const]
      : []),
  ];
  const working = status.lanes.filter(({ phase }) => phase !== 'failed');
  if (working.length === 0 && told.length > 0) return told;
  if (status.lanes.length === 0) return [['quiet', 'Getting ready to ask for the event history…']];
  if (results.shown === null || search.stage === 'columns') return told;
  return [['quiet', total > 0 && search.applied !== '' ? noMatch(state, status) : noEvents(state, status)], ...told];
}

function noMatch({ search, total }: AppState, status: LiveStatus): string {
  if (search.stage === 'records')
    return `No match in names and values of ${countOf(total, 'event')}; the records are still being searched.`;
  const over = isWhole(status)
    ? `${spanText(status)} (${regionsOf(status)}), ${countOf(total, 'event')}`
    : `${formatSpan(leastReached(status))} of ${formatSpan(wantedMs(status))} loaded (${regionsOf(status)}), ${countOf(total, 'event')}`;
  return `No match for ${search.applied} in ${over}${goingOn(status)}. Esc goes back${older(status)}.`;
}

function noEvents({ total }: AppState, status: LiveStatus): string {
  const regions = regionsOf(status);
  if (!isWhole(status)) {
    const reached = leastReached(status);
    const so = reached === 0 ? '' : ` None in the newest ${formatSpan(reached)}.`;
    if (status.isPaused) return `Loading is paused.${so} p goes on.`;
    return `Asking for ${spanText(status)} of ${regions}…${so}`;
  }
  if (total > 0) return 'No events in the chosen time. t chooses another.';
  const more = older(status).replace(/^, /, '');
  return `No events in ${spanText(status)} of ${regions}. ${more === '' ? '' : `${more}, `}R chooses other Regions.`;
}

/** Those that can be read. */
function regionsOf(status: LiveStatus): string {
  return regionsText(regionsIn({ ...status, lanes: status.lanes.filter(({ phase }) => phase !== 'failed') }));
}

function older({ range, lanes }: LiveStatus): string {
  const isAll = lanes.every(({ wanted, attribute }) => attribute !== null || lengthMs(wanted) >= ALL_HISTORY_MS);
  return range.kind === 'recent' && !isAll ? ', L loads 90 days' : '';
}

function goingOn(status: LiveStatus): string {
  if (isLoading(status)) return '; still loading';
  return status.isPaused ? '; loading is paused: p goes on' : '';
}

function isWhole({ lanes }: LiveStatus): boolean {
  return lanes.every((lane) => isDone(lane) || lane.phase === 'failed');
}

function leastReached({ lanes }: LiveStatus): number {
  return Math.min(...lanes.filter(({ phase }) => phase !== 'failed').map(reachedMs));
}

/** `the last 24 h`, `the chosen 3 d` */
function spanText(status: LiveStatus): string {
  const { range } = status;
  return `the ${range.kind === 'recent' || range.to === null ? 'last' : 'chosen'} ${formatSpan(wantedMs(status))}`;
}

function faultTexts({ message, next, login }: Fault): readonly TonedText[] {
  const step = next === null ? '' : `${capital(next)}${login === null ? '' : ' (l runs it here)'}.`;
  return [['failed', `${capital(message)}.`], ...(step === '' ? [] : [['plain', step] as const])];
}

function capital(text: string): string {
  // The name of a command or a profile keeps its spelling.
  return /^[a-z]+ /u.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** One paragraph of the page of what is loaded; `depth` says how far it is indented. */
export type PageText = { readonly tone: Tone; readonly text: string; readonly depth: 0 | 1 | 2 };

const line = (tone: Tone, text: string, depth: PageText['depth'] = 0): PageText => ({ tone, text, depth });
const BLANK = line('plain', '');

/** All that is known of what is loaded, lane by lane. */
export function coverageTexts(status: LiveStatus, total: number, zone: TimeZoneChoice): readonly PageText[] {
  const { lanes, faults, notices, missingGlobalRegion } = status;
  const kind = status.scope.isInsights ? 'Insights events' : 'Management events';
  const texts: PageText[] = [
    line('title', 'Event history'),
    line(
      'plain',
      `${kind}, ${spanText(status)}: ${countOf(total, 'event')} of ${regionsText(regionsIn(status)) || 'nothing yet'}`,
      1,
    ),
  ];
  if (status.isPaused) texts.push(line('warning', 'loading is paused: p goes on', 1));
  if (status.isFollowing) texts.push(line('good', 'following: newer events are asked for as they come', 1));
  if (missingGlobalRegion !== null) texts.push(line('warning', missingText(missingGlobalRegion), 1));
  for (const fault of faults) texts.push(BLANK, ...faultLines(fault, 0));
  for (const lane of byTrouble(lanes)) texts.push(BLANK, ...laneTexts(lane, zone));
  if (notices.length > 0) texts.push(BLANK, line('title', 'Besides'), ...notices.map((text) => line('plain', text, 1)));
  return texts;
}

const PHASES: Readonly<Record<LaneStatus['phase'], TonedText>> = {
  opening: ['plain', '⟳ opening'],
  loading: ['plain', '⟳ loading'],
  throttled: ['warning', '⟳ throttled, shared with other users of the account'],
  retrying: ['warning', '⟳ trying again'],
  paused: ['warning', '‖ paused'],
  done: ['good', '✓ loaded'],
  following: ['good', '✓ loaded, following'],
  failed: ['failed', '✗ failed'],
};

function laneTexts(lane: LaneStatus, zone: TimeZoneChoice): readonly PageText[] {
  const { account, attribute, wanted, loaded, loadedOfAttribute, fault, phase, askedAt } = lane;
  const name = [lane.label, account, lane.region].filter((part) => part !== null && part !== '').join(' · ');
  const [tone, word] = PHASES[phase];
  const what = phase === 'failed' && fault !== null ? `✗ ${FAULT_WORDS[fault.kind]}` : word;
  const texts = [line(tone, `${name}  ${what}${phase === 'loading' ? progressText(lane) : ''}`)];
  if (fault !== null) texts.push(...faultLines(fault, 1));
  const [newest] = loaded;
  const isPlain = isDone(lane) && loaded.length === 1 && newest !== undefined && newest.from <= wanted.from;
  if (!isPlain) texts.push(line('plain', `wanted  ${spanOf(wanted, zone)}`, 1));
  texts.push(...spanTexts('loaded', loaded, wanted, zone));
  if (attribute !== null) {
    texts.push(line('accent', `server: ${lookupAttributeText(attribute)}`, 1));
    texts.push(...spanTexts('loaded of it', loadedOfAttribute, wanted, zone));
  }
  const cached = lane.cachedEvents > 0 ? ` (${formatCount(lane.cachedEvents)} from the cache)` : '';
  const asked = askedAt === null ? '' : `, asked at ${formatTime(askedAt, { zone, style: 'clock' })}`;
  texts.push(
    line('quiet', `${countOf(lane.events, 'event')}${cached}, ${countOf(lane.requests, 'request')}${asked}`, 1),
  );
  return texts;
}

function isDone({ phase }: LaneStatus): boolean {
  return phase === 'done' || phase === 'following';
}

/** Whatever somebody may have to do something about comes first. */
const ORDER: readonly LaneStatus['phase'][] = [
  'failed',
  'retrying',
  'throttled',
  'opening',
  'loading',
  'paused',
  'following',
  'done',
];

function byTrouble(lanes: readonly LaneStatus[]): readonly LaneStatus[] {
  return lanes.toSorted((a, b) => ORDER.indexOf(a.phase) - ORDER.indexOf(b.phase));
}

function progressText(lane: LaneStatus): string {
  const { eventsPerSecond, remainingMs } = lane;
  const rate = eventsPerSecond === null ? '' : `, ${formatCount(eventsPerSecond)} events/s`;
  const left = remainingMs === null ? '' : `, ${formatDuration(Math.max(1000, remainingMs))} left`;
  return `: ${formatSpan(reachedMs(lane))} of ${formatSpan(lengthMs(lane.wanted))}${rate}${left}`;
}

/** What was read whole, newest first. The newest minutes are never that. */
function spanTexts(title: string, spans: readonly Span[], wanted: Span, zone: TimeZoneChoice): readonly PageText[] {
  const [newest] = spans;
  if (newest === undefined) return [line('plain', `${title}  nothing whole yet`, 1)];
  const isGrowing = wanted.to - newest.to <= UNSETTLED_MS + 60_000;
  const grows = isGrowing
    ? `, up to ${formatTime(newest.to, { zone, style: 'clock' })}; the newest 15 minutes may still grow`
    : '';
  return spans.map((span, at) =>
    line('plain', `${at === 0 ? title : 'and'}  ${spanOf(span, zone)}${at === 0 ? grows : ''}`, at === 0 ? 1 : 2),
  );
}

function spanOf(span: Span, zone: TimeZoneChoice): string {
  const style: TimeStyle = 'date-time';
  const zoneName = zone === 'utc' ? 'UTC' : 'local';
  return `${formatTime(span.from, { zone, style })} – ${formatTime(span.to, { zone, style })} ${zoneName} (${formatSpan(lengthMs(span))})`;
}

function faultLines({ message, next, login }: Fault, depth: 0 | 1): readonly PageText[] {
  const step =
    next === null
      ? []
      : [line('plain', `next: ${next}${login === null ? '' : ' (l runs it here)'}`, depth === 0 ? 1 : 2)];
  return [line('failed', message, depth), ...step];
}
