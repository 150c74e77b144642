// :people — the persons behind the list's events, with everything that they did under whatever role.

import { withTerm } from '../query/edit.ts';
import { printQuery } from '../query/print.ts';
import type { Query } from '../query/query.ts';
import type { TableColumn, TableRow } from '../state/table-panel.ts';
import type { PersonSummary } from '../store/sessions.ts';
import { countOf, formatCount, type TimeZoneChoice } from '../text/format.ts';
import { LAST_COLUMN, timeText } from './page-times.ts';
import { joined, noneText, overText, type Page } from './table-page.ts';

const MAX_PEOPLE = 2000;
/** Of several values in a cell: those that are named. */
const MAX_ADDRESSES = 1;
const MAX_CALLERS = 3;

const NOBODY: Query = { kind: 'not', term: { kind: 'present', path: 'person' } };

const COLUMNS: readonly TableColumn[] = [
  { title: 'PERSON', min: 12, max: 48 },
  { title: 'SESSIONS', align: 'right', min: 8, max: 9 },
  { title: 'CALLS', align: 'right', min: 5, max: 9 },
  { title: 'FAILED', align: 'right', min: 6, max: 9 },
  LAST_COLUMN,
  { title: 'ADDRESSES', min: 15, max: 60 },
  { title: 'CALLERS', min: 12, max: 90 },
];

export const PEOPLE_PAGE: Page = {
  head: () => ({
    title: 'People',
    columns: COLUMNS,
    none: noneText('No person is known behind these events: only services, instances and sessions of unknown origin.'),
  }),
  fill: async ({ store, within, state, result, signal }) => {
    const { people, total } = await store.callers.people(result, { limit: MAX_PEOPLE, signal });
    const others = (await within(NOBODY, signal)).total;
    const query = state.search.query;
    const rows = peopleRows(people, query, state.zone);
    const bare = people.filter(({ isBareId }) => isBareId).length;
    const about = [
      `${countOf(total, 'person', 'people')} of ${overText(state)}`,
      total > people.length ? `only the ${formatCount(people.length)} with most calls` : '',
      'told by keys that loaded calls handed out',
      bare === 0 ? '' : `${formatCount(bare)} by userId only`,
    ];
    if (people.length > 0 && others > 0) rows.push(nobodyRow(others, query));
    return { rows, about: joined(about) };
  },
};

/** A row for each person; its search is that of the list, narrowed to what they did. */
export function peopleRows(people: readonly PersonSummary[], query: Query, zone: TimeZoneChoice): TableRow[] {
  const textOf = timeText(
    people.map(({ last }) => last),
    zone,
  );
  return people.map((summary) => {
    const { person, sessions, calls, failures, last, isBareId } = summary;
    return {
      cells: [
        person,
        formatCount(sessions),
        formatCount(calls),
        failures === 0 ? '' : formatCount(failures),
        textOf(last),
        named(summary.addresses, summary.addressCount, MAX_ADDRESSES),
        named(summary.callers, summary.callerCount, MAX_CALLERS),
      ],
      get query() {
        return printQuery(withTerm(query, summary.query));
      },
      ...(isBareId ? { hint: 'its events · identityCenterUsers in settings.json names them' } : {}),
    };
  });
}

/** Calls that no person is known of. */
function nobodyRow(calls: number, query: Query): TableRow {
  return {
    cells: ['(nobody known)', '', formatCount(calls), '', '', '', 'services, instances, sessions of unknown origin'],
    get query() {
      return printQuery(withTerm(query, NOBODY));
    },
    isQuiet: true,
  };
}

/** `203.0.113.9 and 4 more` */
function named(values: readonly string[], count: number, most: number): string {
  const told = values.slice(0, most).join(', ');
  return count > most ? `${told} and ${formatCount(count - most)} more` : told;
}
