// r — the history of a resource: what was done to it and to what belongs to it, what that changed, and who made it.

import { outcomeOf } from '../cloudtrail/outcome.ts';
import { plainNameOf } from '../cloudtrail/resource-names.ts';
import { printQuery } from '../query/print.ts';
import { namingQuery } from '../query/resource-query.ts';
import type { TableColumn, TableRow } from '../state/table-panel.ts';
import { whoText } from '../state/who-text.ts';
import type { Result } from '../store/result.ts';
import { countOf, formatCount, formatTime, type TimeZoneChoice } from '../text/format.ts';
import { timeText } from './page-times.ts';
import { type HistoryEntry, MAX_CHANGES, MAX_FIRST, type ResourceHistory, readHistory } from './resource-history.ts';
import { ResourceRecords } from './resource-records.ts';
import { type Asked, type Filled, isConfined, joined, noneText, type Page } from './table-page.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: 'TIME', min: 10, max: 14 },
  { title: 'CALL', min: 14, max: 40 },
  { title: 'WHO', min: 10, max: 36, cut: 'session' },
  { title: 'CHANGE', min: 18, max: 70 },
  { title: 'RESULT', min: 6, max: 20 },
  { title: 'VIA', min: 12, max: 70 },
];

export const RESOURCE_PAGE: Page = {
  head: ([name = '']) => ({
    title: `History of ${plainNameOf(name)}`,
    columns: COLUMNS,
    none: noneText('No event that is loaded names it.'),
  }),
  fill: async (asked) => {
    const [name = ''] = asked.of;
    const { store, anywhere, signal } = asked;
    const records = new ResourceRecords({ store, search: (query) => anywhere(query, signal), signal });
    let isAnswered = false;
    let isShown = false;
    // What the columns say is on the screen while the records' texts are searched for the rest.
    const first = async (result: Result): Promise<void> => {
      if (result.total === 0) return;
      const filled = await historyOf(asked, records, result);
      if (!isAnswered) asked.show(filled);
      isShown = !isAnswered;
    };
    let showing: Promise<void> = Promise.resolve();
    const found = await asked.anywhere(namingQuery(name), signal, (result) => {
      showing = first(result).catch(() => {});
    });
    isAnswered = true;
    await showing;
    // Where no text had to be searched the newest are on the screen first as well.
    if (!isShown && found.total > MAX_FIRST)
      asked.show(await historyOf(asked, records, { ...found, stage: 'columns' }));
    return await historyOf(asked, records, found);
  },
};

async function historyOf({ of: [name = ''], state }: Asked, records: ResourceRecords, found: Result): Promise<Filled> {
  const history = await readHistory(records, found, name);
  const notes = [
    found.stage === 'columns' ? 'still reading records' : '',
    state.noise.isOn ? 'noise is hidden' : '',
    isConfined({ state }) ? 'in the Region, profile and range of the list alone' : '',
  ];
  return {
    title: `History of ${plainNameOf(name)}`,
    about: joined([aboutText(history, state.zone), ...notes]),
    rows: historyRows(history, state.zone),
  };
}

/** Newest first, as the list. */
export function historyRows({ entries }: ResourceHistory, zone: TimeZoneChoice): readonly TableRow[] {
  const textOf = timeText(
    entries.map(({ event }) => event.time),
    zone,
    'short',
  );
  return entries.map(({ event, changes, via, query, isRead }) => ({
    cells: [
      textOf(event.time),
      // VIA goes first where it is narrow: that the event is of something else is seen all the same.
      `${via === '' ? '' : '↳ '}${event.cells.name || '–'}`,
      whoText(event),
      changes.map(({ text }) => text).join('; '),
      outcomeOf(event.cells).text,
      via,
    ],
    row: event.row,
    get query() {
      return printQuery(query);
    },
    hint: 'the event in the list, among all of it',
    isQuiet: isRead,
  }));
}

/** `last stated: shutting-down, 10-03 14:02`: no call tells what AWS does by itself after it. */
function stateText(entries: readonly HistoryEntry[], zone: TimeZoneChoice): string {
  const last = entries.find((entry) => entry.via === '' && stateOf(entry) !== null);
  if (last === undefined) return '';
  return `last stated: ${stateOf(last)}, ${formatTime(last.event.time, { zone, style: 'minute' })}`;
}

function stateOf({ changes }: HistoryEntry): string | null {
  const last = changes.findLast(({ state }) => state !== undefined);
  // That an instance is pending when it is launched says nothing of it: no call tells that it runs.
  return last?.isCreation === true ? null : (last?.state ?? null);
}

function aboutText(history: ResourceHistory, zone: TimeZoneChoice): string {
  const { entries, total, others, reads, older, relatedOlder, relatedLeft, unread, sameName } = history;
  if (total === 0 && entries.length === 0) return '';
  const indirect = entries.filter(({ via }) => via !== '').length;
  return joined([
    creationText(entries, zone),
    stateText(entries, zone),
    `${others > 0 && (older > 0 || reads > 0) ? 'up to ' : ''}${countOf(total, 'event')} ${total === 1 ? 'names' : 'name'} it${indirect > 0 ? `, ${formatCount(indirect)} of what belongs to it` : ''}`,
    others > 0 ? `${countOf(others, 'event')} of others with a longer name left out` : '',
    reads > 0 ? `${countOf(reads, 'read')} left out` : '',
    older > 0
      ? `only the newest ${formatCount(MAX_CHANGES)} changes, ${formatCount(older)} older ones are not read`
      : '',
    relatedOlder > 0 ? `${formatCount(relatedOlder)} older changes of what belongs to it left out` : '',
    relatedLeft > 0 ? `${formatCount(relatedLeft)} more belong to it` : '',
    unread > 0 ? `${countOf(unread, 'record')} not read` : '',
    sameName.length > 1 ? `${sameName.length} resources are called so: :resource ARN tells them apart` : '',
  ]);
}

function creationText(entries: readonly HistoryEntry[], zone: TimeZoneChoice): string {
  const made = entries.find(({ changes, via }) => via === '' && changes.some(({ isCreation }) => isCreation === true));
  if (made === undefined) return 'its creation is not among what is loaded';
  const { event } = made;
  return `created by ${whoText(event)}, ${formatTime(event.time, { zone, style: 'minute' })} (${event.cells.name})`;
}
