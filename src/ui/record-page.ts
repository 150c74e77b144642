// What pages have in common that tell more of each event than its columns hold: they read the records of the newest
// events that answer a question, and say so where there are more.

import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { fieldTerm } from '../query/edit.ts';
import { parseQuery } from '../query/parse.ts';
import { findPreset } from '../query/presets.ts';
import { printQuery } from '../query/print.ts';
import type { Query } from '../query/query.ts';
import { pivotQuery } from '../state/pivots.ts';
import type { TableColumn, TableRow } from '../state/table-panel.ts';
import { parsedRecord } from '../store/parsed-record.ts';
import type { Result } from '../store/result.ts';
import { Slices } from '../store/slices.ts';
import type { Store } from '../store/store.ts';
import { formatCount, TIME_WIDTHS } from '../text/format.ts';
import { type Asked, joined, overText } from './table-page.ts';

/** Records of a page: some megabytes, read in a few tenths of a second. */
const MAX_RECORDS = 2000;

export const TIME_COLUMN: TableColumn = { title: 'TIME', min: TIME_WIDTHS.minute, max: TIME_WIDTHS.minute };
export const WHO_COLUMN: TableColumn = { title: 'WHO', min: 10, max: 40, cut: 'session' };
export const RESULT_COLUMN: TableColumn = { title: 'RESULT', min: 6, max: 30 };

/** An event with its record, parsed; null where that cannot be read. */
export type ReadEvent = { readonly event: TrailEvent; readonly record: unknown };

/** What `use` makes of the events of a result, newest first, at most MAX_RECORDS; and how many were read. Keys get
 *  through between any two. */
export async function readNewest<Found>(
  store: Store,
  result: Result,
  signal: AbortSignal,
  use: (one: ReadEvent) => readonly Found[],
): Promise<{ readonly found: readonly Found[]; readonly read: number }> {
  const events = await store.window(result, 0, MAX_RECORDS);
  const found: Found[] = [];
  const slices = new Slices();
  let read = 0;
  for await (const texts of store.records(result, { limit: events.length, signal })) {
    for (const text of texts) {
      const event = events[read++];
      if (event !== undefined) found.push(...use({ event, record: parsedRecord(text) }));
      await slices.next();
      signal.throwIfAborted();
    }
  }
  return { found, read };
}

/** `12 of 41,208 events · only the newest 2,000 were read` */
export function aboutRead(total: number, read: number, { state }: Asked, ...more: readonly string[]): string {
  const part = total > read ? `only the newest ${formatCount(read)} were read` : '';
  return joined([`${formatCount(total)} of ${overText(state)}`, part, ...more]);
}

/** The question of a preset. */
export function presetQuery(name: string): Query {
  const { query } = parseQuery(findPreset(name)?.query ?? '', { now: 0, zone: 'utc' });
  return query ?? { kind: 'all' };
}

/** A row whose Enter leads to the event, among all that happened around it. */
export function aroundRow({ event, record }: ReadEvent, row: Pick<TableRow, 'cells' | 'after' | 'isQuiet'>): TableRow {
  const around = pivotQuery('around', event);
  const { row: at } = event;
  const query = around.kind === 'lacking' ? idQuery(record) : around;
  return {
    ...row,
    row: at,
    hint: around.kind === 'lacking' ? 'the event' : 'the event, and around it',
    get query() {
      return query === null ? '' : printQuery(query);
    },
  };
}

function idQuery(record: unknown): Query | null {
  const id = idOf(record);
  return id === '' ? null : fieldTerm('id', id);
}

function idOf(record: unknown): string {
  const { eventID } = (record ?? {}) as { readonly eventID?: unknown };
  return typeof eventID === 'string' ? eventID : '';
}
