// a — what belongs to an event: the same action in another account, what one request caused, the event that it updates,
// and the calls that the console made for one click, under the one that changed something.

import { clickAround, relationsOf } from '../cloudtrail/event-relations.ts';
import { outcomeOf } from '../cloudtrail/outcome.ts';
import { resourcesIn } from '../cloudtrail/resource-cell.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { fieldTerm, withSpan, withTerm } from '../query/edit.ts';
import { printQuery } from '../query/print.ts';
import type { Query } from '../query/query.ts';
import type { TableColumn, TableRow } from '../state/table-panel.ts';
import { parsedRecord } from '../store/parsed-record.ts';
import type { Result } from '../store/result.ts';
import type { Store } from '../store/store.ts';
import { countOf, formatCount, type TimeZoneChoice } from '../text/format.ts';
import { timeText } from './page-times.ts';
import { type Asked, joined, lookedText, noneText, type Page } from './table-page.ts';

/** Records of one action and one request are minutes apart at most; delivered late, an hour. */
const AROUND_MS = 3_600_000;
/** Before and after the event, where its click is looked for. */
const CLICK_MS = 15_000;
/** Calls among which it is told from others. */
const MAX_AROUND = 5000;
const MAX_EVENTS = 500;

const COLUMNS: readonly TableColumn[] = [
  { title: 'WHY', min: 20, max: 40, isFirst: true },
  { title: 'TIME', min: 11, max: 14 },
  { title: 'NAME', min: 18, max: 44, isFirst: true },
  { title: 'ACCOUNT', min: 12, max: 12 },
  { title: 'RESULT', min: 6, max: 24 },
  { title: 'WHO', min: 12, max: 40, cut: 'session' },
  { title: 'RESOURCE', min: 12, max: 60, cut: 'start' },
];

/** Events that belong together, and why. */
type Relation = {
  readonly why: string;
  readonly query: Query;
  readonly events: readonly TrailEvent[];
  readonly total: number;
};

export const RELATED_PAGE: Page = {
  head: () => ({
    title: 'What belongs to this event',
    columns: COLUMNS,
    none: noneText('No other event that is loaded has its sharedEventID or requestID, or is of the same click.'),
  }),
  fill: async (asked) => {
    const { store, state, of } = asked;
    const row = Number(of[0]);
    const [event] = await store.window(store.pick([row]), 0, 1);
    if (event === undefined) return { rows: [], about: '' };
    const relations = await relationsOfEvent(asked, event);
    const events = new Set(relations.flatMap((relation) => relation.events.map((each) => each.row)));
    const rows = relatedRows(relations, event, state.zone);
    const left = relations.reduce((sum, { total, events: shown }) => sum + total - shown.length, 0);
    return {
      title: `What belongs to ${event.cells.name || 'this event'}`,
      about: joined([
        countOf(Math.max(0, events.size - (events.has(row) ? 1 : 0)), 'other event'),
        left > 0 ? `${formatCount(left)} more are not listed, further from it` : '',
        lookedText(asked),
      ]),
      rows,
      // Of hundreds one would look for it.
      at: Math.max(
        0,
        rows.findIndex((each) => each.row === row),
      ),
    };
  },
};

async function relationsOfEvent(asked: Asked, event: TrailEvent): Promise<readonly Relation[]> {
  const { store, unhidden, signal } = asked;
  const relations = relationsOf(parsedRecord(await store.record(event.row)));
  const wanted: { why: string; query: Query }[] = [];
  const { sharedEventID, requestID, originalEventID } = relations;
  // The two events of an Insight may be days apart.
  const isInsight = event.cells.category === 'Insight';
  const near = (term: Query) =>
    event.time === null || isInsight ? term : withSpan(term, event.time - AROUND_MS, event.time + AROUND_MS);
  if (sharedEventID !== '') {
    const term = fieldTerm('sharedEventID', sharedEventID);
    const query = isInsight ? withTerm(fieldTerm('category', 'Insight'), term) : near(term);
    wanted.push({ why: isInsight ? 'same Insight' : 'same sharedEventID', query });
  }
  if (requestID !== '') wanted.push({ why: 'same requestID', query: near(fieldTerm('request', requestID)) });
  if (originalEventID !== '') wanted.push({ why: 'the event it updates', query: fieldTerm('id', originalEventID) });
  const found: Relation[] = [];
  for (const { why, query } of wanted) {
    const result = await unhidden(query, signal);
    const events = await windowAround(store, result, event);
    if (events.some(({ row }) => row !== event.row)) found.push({ why, query, events, total: result.total });
  }
  if (relations.isFromConsole || relations.isLikelyFromConsole) {
    const click = await clickOf(asked, event, relations.isFromConsole);
    if (click !== null) found.push(click);
  }
  return found;
}

/** The events of a result: all, or the nearest to this one. */
async function windowAround(
  store: Store,
  result: Result,
  { row }: TrailEvent,
  most = MAX_EVENTS,
): Promise<readonly TrailEvent[]> {
  const at = store.positionOf(result, row);
  const start = Math.min(Math.max(0, at - most / 2), Math.max(0, result.total - most));
  return await store.window(result, start, most);
}

const FROM_CONSOLE: Query = fieldTerm('sessionCredentialFromConsole', 'true');
/** Of the console's user agents, and of no service on somebody's behalf. */
const BY_AGENT: Query = {
  kind: 'and',
  terms: [fieldTerm('family', 'console'), { kind: 'not', term: { kind: 'present', path: 'service' } }],
};

/** The calls of the console in the session, a moment before and after: what one click makes. A command line that was
 *  handed credentials of the same sign-in makes calls of its own. `isStated`: the records say that they are the console's;
 *  else only their user agent does. */
async function clickOf(
  { store, unhidden, signal }: Asked,
  event: TrailEvent,
  isStated: boolean,
): Promise<Relation | null> {
  const { time, cells } = event;
  if (time === null || cells.arn === '') return null;
  const session = withTerm(
    withTerm(fieldTerm('arn', cells.arn), fieldTerm('created', cells.created)),
    isStated ? FROM_CONSOLE : BY_AGENT,
  );
  const around = await unhidden(withSpan(session, time - CLICK_MS, time + CLICK_MS), signal);
  const calls = clickAround(await windowAround(store, around, event, MAX_AROUND), time);
  const [first, last] = [calls[0]?.time ?? time, calls.at(-1)?.time ?? time];
  if (calls.length < 2) return null;
  const query = withSpan(session, first, last);
  const { total } = calls.length < around.total ? await unhidden(query, signal) : around;
  const at = calls.findIndex(({ row }) => row === event.row);
  const start = Math.max(0, at - MAX_EVENTS / 2);
  const listed = calls.slice(start, start + MAX_EVENTS);
  const main = listed.find((call) => call.cells.readOnly === 'false') ?? listed[0];
  const events = listed.sort((a, b) => Number(b === main) - Number(a === main));
  const why = isStated ? 'one click in the console, likely' : 'one click, likely, by the user agent';
  return { why, query, events, total };
}

/** Rows under the first of a relation from which that one is seen. */
const IN_SIGHT = 10;

/** The first event of a relation says why, and far from it the page's own; the calls of a click stand under the one that it was for. */
function relatedRows(relations: readonly Relation[], own: TrailEvent, zone: TimeZoneChoice): readonly TableRow[] {
  const textOf = timeText(
    relations.flatMap(({ events }) => events.map(({ time }) => time)),
    zone,
    'short',
  );
  return relations.flatMap(({ why, query, events }) =>
    events.map((event, k) => ({
      cells: [
        k === 0 ? why : event.row === own.row && k > IN_SIGHT ? `  └ ${why}` : '  └',
        textOf(event.time),
        `${event.row === own.row ? '● ' : ''}${event.cells.name}`,
        event.cells.account,
        outcomeOf(event.cells).text,
        event.cells.who || '–',
        resourcesIn(event.cells.resource)[0] ?? '',
      ],
      get query() {
        return printQuery(query);
      },
      row: event.row,
      isQuiet: k > 0 && event.cells.readOnly === 'true',
    })),
  );
}
