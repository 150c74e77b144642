// A call that a page lacks, looked up in an account's event history: the source is asked for the time that the page names,
// whatever time was chosen, and by the one condition that the server compares. What comes of it is told in one line.

import { knownSpelling } from '../cloudtrail/event-names.ts';
import type { LookupAttribute } from '../cloudtrail/lookup-attribute.ts';
import { globalRegionOf, partitionOf } from '../cloudtrail/regions.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { timeTerms } from '../query/edit.ts';
import { lookupAttributeOf } from '../query/lookup-attribute.ts';
import { plainText } from '../query/pattern.ts';
import type { Query } from '../query/query.ts';
import type { LiveStatus, Span } from '../sources/live-source.ts';
import { spanIn } from '../state/histogram.ts';
import { accountsIn, isDone, regionsIn } from '../state/live.ts';
import { formatTime, type TimeZoneChoice } from '../text/format.ts';

export type LookUp = {
  /** `AssumeRole`, `GetSessionToken or ConsoleLogin` */
  readonly what: string;
  readonly attribute: LookupAttribute | null;
  readonly span: Span;
  /** In whose trail it is; '' where nothing says so. */
  readonly account: string;
};

/** A span that is no longer is around its middle. */
const AROUND_MS = 5 * 60_000;
const MAX_NAMED = 3;

/** What to ask for; null where the query names no stretch of time. Its values are a record's own: spelt as they are there. */
export function lookUpOf(query: Query, account: string): LookUp | null {
  const { from, to } = spanIn(timeTerms(query));
  if (from === null || to === null) return null;
  const attribute = lookupAttributeOf(query, (key, value) => knownSpelling(key, value) ?? value);
  const names = namesIn(query);
  return { what: names.length === 0 ? 'it' : names.join(' or '), attribute, span: { from, to }, account };
}

function namesIn(query: Query): readonly string[] {
  if (query.kind === 'and') return query.terms.flatMap(namesIn);
  return query.kind === 'field' && query.path === 'name' ? query.values.map((value) => plainText(value) ?? value) : [];
}

/** Whether all Regions and accounts have answered, or cannot. */
export function isAsked({ attribute }: LookUp, { lanes }: LiveStatus): boolean {
  return lanes.every(
    (lane) =>
      lane.phase === 'failed' ||
      isDone(lane) ||
      // The rest of that time is read after it, and need not be waited for.
      (attribute !== null && lane.attribute === null && lane.account !== null && lane.phase !== 'opening'),
  );
}

export function lookingText(lookUp: LookUp, status: LiveStatus, zone: TimeZoneChoice): string {
  return `looking for ${lookUp.what} ${timesText(lookUp, zone)} in ${regionsText(regionsIn(status))} …`;
}

export function foundText({ cells, time }: TrailEvent, zone: TimeZoneChoice): string {
  const region = cells.region === '' ? '' : ` in ${cells.region}`;
  return `found: ${cells.name} of ${formatTime(time, { zone, style: 'short' })}${region}`;
}

/** Where it is not, and where to look next. */
export function notFoundText({ what, account }: LookUp, status: LiveStatus): string {
  const failed = status.lanes.filter(({ phase }) => phase === 'failed');
  const asked = regionsIn({ ...status, lanes: status.lanes.filter(({ phase }) => phase !== 'failed') });
  if (asked.length === 0)
    return `${what} cannot be looked up: ${regionsText(regionsIn(status))} cannot be read; c tells why`;
  const unread = failed.length === 0 ? '' : `; ${regionsText(regionsIn({ ...status, lanes: failed }))} cannot be read`;
  return `${what} is not in ${regionsText(asked)}${unread}: ${nextText(account, status, asked)}`;
}

/** Before what AWS keeps. */
export function tooOldText({ what, account, span }: LookUp, zone: TimeZoneChoice): string {
  const whose = account === '' ? 'a trail' : `the trail of account ${account}`;
  const date = formatTime(span.to, { zone, style: 'date' });
  return `${what} of ${date} is older than the 90 days of event history: only ${whose} can have it`;
}

function nextText(account: string, status: LiveStatus, asked: readonly string[]): string {
  const accounts = accountsIn(status);
  const others = account !== '' && !accounts.includes(account) ? [`P adds a profile of account ${account}`] : [];
  const { regions } = status.scope;
  const globalRegion = globalRegionOf(partitionOf(asked[0] ?? ''));
  const isGlobalMissing = !regionsIn(status).includes(globalRegion);
  const region = isGlobalMissing ? `R adds ${globalRegion} (global STS endpoint) or others` : 'R adds other Regions';
  const next = [...others, ...(regions === 'all' ? [] : [region])];
  if (next.length > 0) return `Esc, then ${next.join('; ')}`;
  return account === '' ? 'a trail may have it' : `the trail of account ${account} may have it`;
}

function timesText({ span: { from, to } }: LookUp, zone: TimeZoneChoice): string {
  const text = (ms: number) => formatTime(ms, { zone, style: 'minute' });
  return to - from <= AROUND_MS ? `around ${text((from + to) / 2)}` : `from ${text(from)} to ${text(to)}`;
}

function regionsText(regions: readonly string[]): string {
  return regions.length <= MAX_NAMED ? regions.join(', ') : `${regions.length} Regions`;
}
