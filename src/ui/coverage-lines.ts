// The page of what is loaded of an event history: of every account and Region what was read whole, how it goes on, and
// what went wrong.

import { lookupAttributeText } from '../cloudtrail/lookup-attribute.ts';
import type { Fault } from '../sources/aws/fault.ts';
import type { LaneStatus, LiveStatus, Span } from '../sources/live-source.ts';
import type { AppState } from '../state/app-state.ts';
import { isDone, lengthMs, reachedMs, regionsIn, unsettledIn } from '../state/live.ts';
import {
  countOf,
  formatCount,
  formatDuration,
  formatSpan,
  formatTime,
  type TimeStyle,
  type TimeZoneChoice,
} from '../text/format.ts';
import { spanText, type TonedText } from './empty-live.ts';
import { missingText } from './live.ts';
import { FAULT_WORDS, regionsText } from './live-line.ts';
import type { Tone } from './theme.ts';

/** One paragraph of the page of what is loaded; `depth` says how far it is indented. */
export type PageText = { readonly tone: Tone; readonly text: string; readonly depth: 0 | 1 | 2 };

const line = (tone: Tone, text: string, depth: PageText['depth'] = 0): PageText => ({ tone, text, depth });
const BLANK = line('plain', '');

/** All that is known of what is loaded, lane by lane. */
export function coverageTexts(state: AppState, status: LiveStatus): readonly PageText[] {
  const { total } = state;
  const { lanes, faults, notices, missingGlobalRegion } = status;
  const kind = status.scope.isInsights ? 'Insights events' : 'Management events';
  const texts: PageText[] = [
    line('title', 'Event history'),
    line(
      'plain',
      lanes.length === 0
        ? `${kind}: nothing could be asked for yet`
        : `${kind}, ${spanText(status)}: ${countOf(total, 'event')} of ${regionsText(regionsIn(status))}`,
      1,
    ),
  ];
  if (status.isPaused) texts.push(line('warning', 'loading is paused: p goes on', 1));
  if (status.isFollowing) texts.push(line('good', 'following: newer events are asked for as they come', 1));
  if (missingGlobalRegion !== null) texts.push(line('warning', missingText(missingGlobalRegion), 1));
  for (const fault of faults) texts.push(BLANK, ...faultLines(fault, 0));
  for (const lane of byTrouble(lanes)) texts.push(BLANK, ...laneTexts(lane, state, status));
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

function laneTexts(lane: LaneStatus, state: AppState, status: LiveStatus): readonly PageText[] {
  const { zone } = state;
  const attribute = state.attribute ?? lane.attribute;
  const times = { wanted: lane.wanted, unsettled: unsettledIn(status), zone };
  const { account, wanted, loaded, loadedOfAttribute, fault, phase, askedAt } = lane;
  const name = [lane.label, account, lane.region].filter((part) => part !== null && part !== '').join(' · ');
  const [tone, word] = PHASES[phase];
  const what = phase === 'failed' && fault !== null ? `✗ ${FAULT_WORDS[fault.kind]}` : word;
  const texts = [line(tone, `${name}  ${what}${phase === 'loading' ? progressText(lane) : ''}`)];
  if (fault !== null) texts.push(...faultLines(fault, 1));
  const [newest] = loaded;
  const isPlain = isDone(lane) && loaded.length === 1 && newest !== undefined && newest.from <= wanted.from;
  if (!isPlain) texts.push(line('plain', `wanted  ${spanOf(wanted, zone)}`, 1));
  texts.push(...spanTexts('loaded', loaded, times));
  if (attribute !== null) {
    texts.push(line('accent', `server: ${lookupAttributeText(attribute)}`, 1));
    texts.push(...spanTexts('loaded of it', loadedOfAttribute, times));
  }
  const cached = lane.cachedEvents > 0 ? ` (${formatCount(lane.cachedEvents)} from the cache)` : '';
  const asked = askedAt === null ? '' : `, asked at ${formatTime(askedAt, { zone, style: 'clock' })}`;
  texts.push(
    line('quiet', `${countOf(lane.events, 'event')}${cached}, ${countOf(lane.requests, 'request')}${asked}`, 1),
  );
  return texts;
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

type Times = {
  readonly wanted: Span;
  readonly unsettled: ReturnType<typeof unsettledIn>;
  readonly zone: TimeZoneChoice;
};

/** What was read whole, newest first. The newest minutes are never that. */
function spanTexts(title: string, spans: readonly Span[], { wanted, unsettled, zone }: Times): readonly PageText[] {
  const [newest] = spans;
  if (newest === undefined) return [line('plain', `${title}  nothing whole yet`, 1)];
  const isGrowing = wanted.to - newest.to <= unsettled.ms + 60_000;
  const grows = isGrowing
    ? `, up to ${formatTime(newest.to, { zone, style: 'clock' })}; the newest ${unsettled.words} may still grow`
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
