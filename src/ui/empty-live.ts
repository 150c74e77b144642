import { lookupAttributeText } from '../cloudtrail/lookup-attribute.ts';
import type { Fault } from '../sources/aws/fault.ts';
import type { LiveStatus } from '../sources/live-source.ts';
import type { AppState } from '../state/app-state.ts';
import { failuresIn, isDone, isLoading, lengthMs, reachedMs, regionsIn, searchedMs, wantedMs } from '../state/live.ts';
import { countOf, formatSpan } from '../text/format.ts';
import { regionsText } from './live-line.ts';
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
    ...failures.slice(0, MAX_FAILURES).flatMap((fault) => faultTexts(fault, 'failed')),
    ...(failures.length > MAX_FAILURES
      ? [['quiet', `${countOf(failures.length - MAX_FAILURES, 'more failure')}: c lists them.`] as const]
      : []),
    ...passingIn(status)
      .slice(0, MAX_FAILURES)
      .flatMap((fault) => faultTexts(fault, 'warning')),
  ];
  const working = status.lanes.filter(({ phase }) => phase !== 'failed');
  if (working.length === 0 && told.length > 0) return told;
  if (status.lanes.length === 0) return [['quiet', 'Getting ready to ask for the event history…']];
  if (results.shown === null || search.stage === 'columns') return told;
  return [['quiet', total > 0 && search.applied !== '' ? noMatch(state, status) : noEvents(state, status)], ...told];
}

function noMatch(state: AppState, status: LiveStatus): string {
  const { search, total } = state;
  if (search.stage === 'records')
    return `No match in names and values of ${countOf(total, 'event')}; the records are still being searched.`;
  const loaded = isWhole(status)
    ? spanText(status)
    : `${formatSpan(leastReached(status))} of ${formatSpan(wantedMs(status))} loaded`;
  const over = `${loaded} (${regionsOf(status)}), ${countOf(total, 'event')}`;
  return `No match for ${search.applied} in ${over}${goingOn(state, status)}. Esc goes back${older(state, status)}.`;
}

function noEvents(state: AppState, status: LiveStatus): string {
  const { total } = state;
  const regions = regionsOf(status);
  if (!isWhole(status)) {
    const reached = leastReached(status);
    const so = reached === 0 ? '' : ` None in the newest ${formatSpan(reached)}.`;
    if (status.isPaused) return `Loading is paused.${so} p goes on.`;
    return `Asking for ${spanText(status)} of ${regions}…${so}`;
  }
  if (total > 0) return 'No events in the chosen time. t chooses another.';
  const more = older(state, status).replace(/^, /, '');
  return `No ${status.scope.isInsights ? 'Insights ' : ''}events in ${spanText(status)} of ${regions}. ${more === '' ? '' : `${more}, `}R chooses other Regions.`;
}

/** What is tried again by itself: without a row to look at, a person wants to know what is waited for. Said once for
 *  however many Regions. */
function passingIn({ lanes }: LiveStatus): readonly Fault[] {
  const faults = lanes.flatMap(({ phase, fault }) =>
    (phase === 'retrying' || phase === 'throttled') && fault !== null ? [fault] : [],
  );
  return [...new Map(faults.map((fault) => [fault.name, fault])).values()];
}

/** Those that can be read. */
function regionsOf(status: LiveStatus): string {
  return regionsText(regionsIn({ ...status, lanes: status.lanes.filter(({ phase }) => phase !== 'failed') }));
}

function older({ attribute }: AppState, { range, lanes }: LiveStatus): string {
  const isAll = lanes.every(({ wanted }) => lengthMs(wanted) >= ALL_HISTORY_MS);
  return range.kind === 'recent' && attribute === null && !isAll ? ', L loads 90 days' : '';
}

function goingOn({ attribute }: AppState, status: LiveStatus): string {
  if (status.isPaused) return '; loading is paused: p goes on';
  const searched = attribute === null ? null : searchedMs(status);
  if (attribute !== null && searched !== null)
    return `; nor in ${formatSpan(searched)} that AWS has searched for ${lookupAttributeText(attribute)}`;
  if (!isLoading(status)) return '';
  return attribute === null ? '; still loading' : `; AWS still searches for ${lookupAttributeText(attribute)}`;
}

function isWhole({ lanes }: LiveStatus): boolean {
  return lanes.every((lane) => isDone(lane) || lane.phase === 'failed');
}

function leastReached({ lanes }: LiveStatus): number {
  return Math.min(...lanes.filter(({ phase }) => phase !== 'failed').map(reachedMs));
}

/** `the last 24 h`, `the chosen 3 d` */
export function spanText(status: LiveStatus): string {
  const { range } = status;
  return `the ${range.kind === 'recent' || range.to === null ? 'last' : 'chosen'} ${formatSpan(wantedMs(status))}`;
}

function faultTexts({ message, next, login }: Fault, tone: Tone): readonly TonedText[] {
  const step = next === null ? '' : ended(`${capital(next)}${login === null ? '' : ' (l runs it here)'}`);
  return [[tone, ended(capital(message))], ...(step === '' ? [] : [['plain', step] as const])];
}

function ended(text: string): string {
  return text.endsWith('?') ? text : `${text}.`;
}

function capital(text: string): string {
  // The name of a command or a profile keeps its spelling.
  return /^[a-z]+ /u.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
