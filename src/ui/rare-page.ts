// :rare — what is new for somebody among the events that are loaded: a call, an address, a Region, a user agent.

import { agentFamily } from '../cloudtrail/agent-family.ts';
import type { FirstKind } from '../cloudtrail/firsts.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { fieldTerm } from '../query/edit.ts';
import { printQuery } from '../query/print.ts';
import type { Query } from '../query/query.ts';
import { newsOf } from '../state/firsts.ts';
import type { TableColumn, TableRow } from '../state/table-panel.ts';
import { formatCount, type TimeZoneChoice } from '../text/format.ts';
import { timeText } from './page-times.ts';
import { joined, noneText, overText, type Page } from './table-page.ts';

const FIRSTS: Query = { kind: 'present', path: 'first' };

const RARE_COLUMNS: readonly TableColumn[] = [
  { title: 'TIME', min: 14, max: 14 },
  { title: 'WHO', min: 12, max: 36, cut: 'session' },
  { title: 'CALL', min: 16, max: 40 },
  { title: 'NEW', min: 15, max: 100 },
];

const MAX_FIRSTS = 2000;
const MAX_PEOPLE = 20_000;

export const RARE_PAGE: Page = {
  head: () => ({ title: 'What is new', columns: RARE_COLUMNS, none: noneText('Nothing in these events is new.') }),
  fill: async ({ store, within, state, signal }) => {
    await store.findFirsts(signal);
    const firsts = await within(FIRSTS, signal);
    const events = await store.window(firsts, 0, MAX_FIRSTS);
    const all = await store.search({ kind: 'all' }, { signal });
    const { groups } = await store.groups(all, ['who'], { limit: MAX_PEOPLE, signal });
    const since = new Map(groups.flatMap(({ cells: { who = '' }, first }) => (first === null ? [] : [[who, first]])));
    const rows = rareRows(events, since, state.zone);
    const more = firsts.total > events.length ? `of the newest ${formatCount(events.length)} firsts` : '';
    const about = [`${formatCount(rows.length)} of ${overText(state)}`, 'the first of all that is loaded', more];
    return { rows, about: joined(about) };
  },
};

/** Somebody seen for so long whose call is new does something else than before; of a session that begins and ends within
 *  the hour every call is new. */
const KNOWN_MS = 86_400_000;

/** The events in their order; `since`: when each person was first seen, in ms. A call made for the first time is the most common of firsts: it
 *  is told only of who is known, and quietly. */
export function rareRows(
  events: readonly TrailEvent[],
  since: ReadonlyMap<string, number>,
  zone: TimeZoneChoice,
): readonly TableRow[] {
  const isKnown = ({ cells, time }: TrailEvent): boolean => {
    const seen = since.get(cells.who);
    return seen !== undefined && time !== null && time - seen >= KNOWN_MS;
  };
  const textOf = timeText(
    events.map(({ time }) => time),
    zone,
    'short',
  );
  return events.flatMap((event) => {
    const { cells } = event;
    const news = newsOf(event).filter((kind) => kind !== 'call' || isKnown(event));
    if (news.length === 0) return [];
    return {
      cells: [textOf(event.time), cells.who || '–', cells.name, news.map((kind) => NEWS[kind](cells)).join(' · ')],
      get query() {
        return queryOf(event, news);
      },
      isQuiet: news.every((kind) => kind === 'call'),
    };
  });
}

type Cells = TrailEvent['cells'];

const NEWS: Readonly<Record<FirstKind, (cells: Cells) => string>> = {
  who: () => 'new caller',
  call: () => 'first such call',
  ip: ({ ip }) => `address ${ip}`,
  region: ({ region }) => `Region ${region}`,
  family: ({ agent }) => `user agent ${agentFamily(agent)}`,
};

/** All events of this person that share what is new. */
function queryOf({ cells }: TrailEvent, news: readonly FirstKind[]): string {
  const terms: Query[] = [fieldTerm('who', cells.who)];
  for (const kind of news) {
    if (kind === 'call') terms.push(fieldTerm('name', cells.name));
    if (kind === 'ip') terms.push(fieldTerm('ip', cells.ip));
    if (kind === 'region') terms.push(fieldTerm('region', cells.region));
    if (kind === 'family') terms.push(fieldTerm('family', agentFamily(cells.agent)));
  }
  return printQuery({ kind: 'and', terms });
}
