// Results as the bytes of a format, piece by piece at constant memory: what the command line prints and what the
// explorer writes into a file come from here.

import { CONSOLE_CSV_COLUMNS, consoleRowOf } from '../cloudtrail/console-csv.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import type { Store } from '../store/store.ts';
import type { TimeZoneChoice } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import { cellOf, type ExportColumn, readColumns } from './columns.ts';
import { type CellRows, csv } from './csv.ts';
import { parseExact } from './exact-json.ts';
import { type Page, type PageParts, pagesOf, type Reading, type Results } from './export-rows.ts';
import type { Format } from './format.ts';
import { jsonArray, ndjson, type RecordTexts, recordsFile } from './json.ts';
import { markdown } from './markdown.ts';
import { parquet } from './parquet.ts';
import { cellTable, eventTable } from './table.ts';

export type Formatting = Reading & {
  readonly format: Format;
  /** Null: those of the format. Records (ndjson, json, records) have none. */
  readonly columns: readonly ExportColumn[] | null;
  /** A note on an event, for a column of its own behind the others; null: there are no notes at all. Records stay as
   *  they are, so they carry none. */
  readonly noteOf: ((row: number) => string | null) | null;
  /** A line below a Markdown table. */
  readonly caption: string | null;
  /** What a terminal would obey or hide is shown as JSON escapes; elsewhere nothing is altered. */
  readonly isForTerminal: boolean;
  /** Cells, for the table. */
  readonly width: number;
  readonly zone: TimeZoneChoice;
  /** Called with the number of events handed out so far. */
  readonly onWritten: (events: number) => void;
};

/** The events of the results in a format. Rejects with AbortError, StoreError, or OutputError (parquet). */
export function formatEvents(
  store: Store,
  results: Results,
  formatting: Formatting,
): AsyncIterable<string | Uint8Array> {
  const { format, columns, isForTerminal, width, zone, caption } = formatting;
  const pages = (needs: PageParts) => counted(pagesWithFindings(store, results, formatting, needs), formatting);
  const texts = () => textsOf(pages({ events: false, texts: true }), isForTerminal);
  switch (format) {
    case 'ndjson':
      return ndjson(texts());
    case 'json':
      return jsonArray(texts());
    case 'records':
      return recordsFile(texts());
    case 'table':
      return columns === null
        ? eventTable(eventsOf(pages({ events: true, texts: false })), { width, zone })
        : cellTable(titles(columns, formatting), columnRows(pages(needsOf(columns)), columns, formatting), width);
    case 'csv':
      return columns === null
        ? csv(
            [...CONSOLE_CSV_COLUMNS, ...noteTitle(formatting)],
            consoleRows(pages({ events: false, texts: true }), formatting),
          )
        : csv(titles(columns, formatting), columnRows(pages(needsOf(columns)), columns, formatting));
    case 'markdown': {
      const shown = columns ?? MARKDOWN_COLUMNS;
      const rows = columnRows(pages(needsOf(shown)), shown, formatting);
      return markdown(titles(shown, formatting), rows, caption);
    }
    case 'parquet':
      return parquet(store, (needs) => pagesWithFindings(store, results, formatting, needs), formatting);
  }
}

/** Title of the column that holds the notes. */
const NOTE_COLUMN = 'note';

/** What a reader of an incident's notes asks first. */
const MARKDOWN_COLUMNS = readColumns(['time', 'name', 'who', 'ip', 'resource', 'result', 'region', 'account']);

/** What an event is the first of, and who is behind it, is looked for only when somebody wants to know. */
async function* pagesWithFindings(
  store: Store,
  results: Results,
  formatting: Formatting,
  needs: PageParts,
): AsyncGenerator<Page> {
  const isAsked = (id: 'first' | 'person') =>
    formatting.columns?.some(({ source }) => source.kind === 'field' && source.id === id) ?? false;
  if (isAsked('first')) await store.findFirsts(formatting.signal);
  if (isAsked('person')) await store.callers.findPeople(null, formatting.signal);
  yield* pagesOf(store, results, formatting, needs);
}

async function* counted(pages: AsyncIterable<Page>, { onWritten }: Formatting): AsyncGenerator<Page> {
  let count = 0;
  for await (const page of pages) {
    yield page;
    count += page.rows.length;
    onWritten(count);
  }
}

async function* textsOf(
  pages: AsyncIterable<Page>,
  isForTerminal: boolean,
): RecordTexts & AsyncGenerator<readonly string[]> {
  for await (const { texts } of pages) yield isForTerminal ? texts.map(sanitize) : texts;
}

async function* eventsOf(pages: AsyncIterable<Page>): AsyncGenerator<readonly TrailEvent[]> {
  for await (const { events } of pages) yield events;
}

/** Escaped JSON parses back to the raw value, so here it is the cells that are made safe for a terminal. */
async function* consoleRows(pages: AsyncIterable<Page>, formatting: Formatting): CellRows & AsyncGenerator<string[][]> {
  for await (const { rows, texts } of pages) {
    yield texts.map((text, index) =>
      shown([...consoleRowOf(JSON.parse(text)), ...noteCell(rows[index], formatting)], formatting),
    );
  }
}

async function* columnRows(
  pages: AsyncIterable<Page>,
  columns: readonly ExportColumn[],
  formatting: Formatting,
): CellRows & AsyncGenerator<string[][]> {
  for await (const { rows, events, texts } of pages) {
    yield Array.from(rows, (row, index) => {
      const text = texts[index];
      const record = text === undefined ? null : parseExact(text);
      const cells = columns.map((column) => cellOf(column, events[index], record, formatting.zone));
      return shown([...cells, ...noteCell(row, formatting)], formatting);
    });
  }
}

function shown(cells: string[], { isForTerminal }: Formatting): string[] {
  return isForTerminal ? cells.map(sanitize) : cells;
}

function titles(columns: readonly ExportColumn[], formatting: Formatting): readonly string[] {
  return shown([...columns.map(({ name }) => name), ...noteTitle(formatting)], formatting);
}

function noteTitle({ noteOf }: Formatting): readonly string[] {
  return noteOf === null ? [] : [NOTE_COLUMN];
}

function noteCell(row: number | undefined, { noteOf }: Formatting): readonly string[] {
  return noteOf === null ? [] : [noteOf(row ?? -1) ?? ''];
}

function needsOf(columns: readonly ExportColumn[]): PageParts {
  return {
    events: columns.some(({ source }) => source.kind !== 'path'),
    texts: columns.some(({ source }) => source.kind === 'path'),
  };
}
