// What an account's event history is like just now, read off the status of its source. Pure.

import type { Fault } from '../sources/aws/fault.ts';
import type { LanePhase, LaneStatus, LiveStatus, Span } from '../sources/live-source.ts';

/** CloudTrail may still add events this recent: nothing of them is ever called complete. In ms, and in words. */
export function unsettledIn({ scope }: LiveStatus): { readonly ms: number; readonly words: string } {
  return scope.isInsights ? { ms: HOUR_MS, words: 'hour' } : { ms: HOUR_MS / 4, words: '15 minutes' };
}

const WORKING: ReadonlySet<LanePhase> = new Set(['opening', 'loading', 'throttled', 'retrying']);

/** Whether the lane is on its way to what is wanted of it. */
export function isWorking({ phase }: LaneStatus): boolean {
  return WORKING.has(phase);
}

/** Whether all that was wanted of the lane is there. */
export function isDone({ phase }: LaneStatus): boolean {
  return phase === 'done' || phase === 'following';
}

/** Whether something that was wanted is still to come, and is not held back. */
export function isLoading(status: LiveStatus): boolean {
  return !status.isPaused && status.lanes.some(isWorking);
}

/** What the list is confined to. */
export function originsIn(status: LiveStatus): ReadonlySet<number> {
  return new Set(status.lanes.map(({ origin }) => origin));
}

export function regionsIn({ lanes }: LiveStatus): readonly string[] {
  return [...new Set(lanes.map(({ region }) => region))];
}

export function accountsIn({ lanes }: LiveStatus): readonly string[] {
  return [...new Set(lanes.flatMap(({ account }) => (account === null ? [] : [account])))];
}

/** The chosen profiles, as they are called. */
export function labelsIn({ lanes, scope }: LiveStatus): readonly string[] {
  const labels = lanes.length > 0 ? lanes.map(({ label }) => label) : scope.profiles.map((name) => name ?? ENVIRONMENT);
  return [...new Set(labels)];
}

const ENVIRONMENT = 'environment';

/** What to call a lane where several Regions, or several accounts, are to be told apart. */
export function laneName(lane: LaneStatus, status: LiveStatus): string {
  return labelsIn(status).length > 1 ? `${lane.label} ${lane.region}` : lane.region;
}

/** Ends included, in ms. */
export function lengthMs({ from, to }: Span): number {
  return to - from + 1000;
}

/** How much of what is wanted of the lane has been read, in ms: without a gap from the newest down, or, where what came
 *  since the last time is still to be asked for, in the stretches known before. */
export function reachedMs(lane: LaneStatus): number {
  const { wanted, reachedDownTo, loaded } = lane;
  if (isDone(lane)) return lengthMs(wanted);
  const unbroken = reachedDownTo === null ? 0 : within({ from: reachedDownTo, to: wanted.to }, wanted);
  const known = loaded.reduce((sum, span) => sum + within(span, wanted), 0);
  return Math.max(unbroken, known);
}

/** The length of a span's part that lies in another, in ms. */
function within(span: Span, other: Span): number {
  return Math.max(0, lengthMs({ from: Math.max(span.from, other.from), to: Math.min(span.to, other.to) }));
}

/** How far back the server has been searched for an attribute, in ms; null while that is still under way. An hour short
 *  of 90 days counts as all of them: the first minutes of the oldest day are gone while one asks. */
export function searchedMs({ lanes }: LiveStatus): number | null {
  const asked = lanes.filter(({ phase }) => phase !== 'failed');
  if (asked.length === 0 || asked.some((lane) => isWorking(lane) && lane.attribute !== null)) return null;
  const spans = asked.map(({ loadedOfAttribute, wanted }) => {
    const oldest = loadedOfAttribute.at(-1);
    return oldest === undefined ? 0 : lengthMs({ from: oldest.from, to: wanted.to }) + HOUR_MS;
  });
  const least = Math.min(...spans);
  return least === 0 ? null : least;
}

const HOUR_MS = 3_600_000;

/** From when on events of the lanes are there or on their way, ms: what is older was met only by the server's search for
 *  one condition, and would look like all there was. Null: not known yet. */
export function wholeFrom({ lanes }: LiveStatus): number | null {
  if (lanes.length === 0 || lanes.some(({ phase }) => phase === 'opening')) return null;
  return Math.min(...lanes.map(unbrokenFrom));
}

/** From when on everything of all lanes is there, ms, as long as older events are on their way or held back; null where
 *  none are, or none can come. */
export function loadedFrom(status: LiveStatus): number | null {
  const rest = status.lanes.filter((lane) => !isDone(lane) && lane.phase !== 'failed');
  if (rest.length === 0) return null;
  return Math.max(...rest.map(({ reachedDownTo, wanted }) => reachedDownTo ?? wanted.to));
}

/** What is loaded before a gap is left out: nothing tells it from what follows. */
function unbrokenFrom({ wanted, loaded }: LaneStatus): number {
  return loaded.reduce((from, span) => (span.to + SECOND_MS >= from ? Math.min(from, span.from) : from), wanted.from);
}

const SECOND_MS = 1000;

/** The time that is wanted of all lanes together, in ms. */
export function wantedMs({ lanes }: LiveStatus): number {
  return lanes.reduce((most, { wanted }) => Math.max(most, lengthMs(wanted)), 0);
}

/** Everything that went wrong for good: of profiles that could not be opened, then of lanes. */
export function failuresIn({ faults, lanes }: LiveStatus): readonly Fault[] {
  return [...faults, ...lanes.flatMap(({ phase, fault }) => (phase === 'failed' && fault !== null ? [fault] : []))];
}

/** The same origins in the same status need no new search. */
export function hasSameOrigins(a: LiveStatus | null, b: LiveStatus): boolean {
  return (
    a !== null && a.lanes.length === b.lanes.length && a.lanes.every(({ origin }, at) => origin === b.lanes[at]?.origin)
  );
}

/** The command that logs in where something waits for it; null where nothing does. */
export function loginIn(status: LiveStatus | null): readonly string[] | null {
  if (status === null) return null;
  const faults = [...status.faults, ...status.lanes.flatMap(({ fault }) => (fault === null ? [] : [fault]))];
  return faults.find(({ login }) => login !== null)?.login ?? null;
}
