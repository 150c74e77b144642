// The store: DuckDB for the numbers and the search, Parquet segments for the texts, and an order of all rows by time.
// A result is a list of row numbers; the screen asks for windows of it. What belongs together:
// an event is in `events`, its text in the segments and its row in the time order before `revision` tells of it.

import { type Cells, STORED_FIELDS, type StoredFieldId } from '../cloudtrail/fields.ts';
import { isOfPermissionSet } from '../cloudtrail/person.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import type { FuzzyMatcher } from '../query/fuzzy-client.ts';
import type { Query } from '../query/query.ts';
import type {
  CountOptions,
  Counts,
  EventKey,
  Facet,
  FacetId,
  FacetOptions,
  GroupOptions,
  Groups,
  SpanCount,
  ValueSpan,
} from './analysis.ts';
import type { Batch } from './batch.ts';
import { CallerSessions } from './caller-sessions.ts';
import { CaseVariants } from './case-variants.ts';
import type { CopiedColumn, CopiedPage, CopyOptions } from './copied.ts';
import { copyEvents } from './copy-events.ts';
import { countBy } from './count-by.ts';
import type { Duck } from './duck.ts';
import { EventTable } from './event-table.ts';
import { countFacets } from './facets.ts';
import { Firsts } from './firsts.ts';
import { CallsOfRows, foldedSince, foldRows, positionInFolded } from './fold.ts';
import { groupBy } from './groups.ts';
import { Names } from './names.ts';
import { Origins } from './origins.ts';
import type { Parts } from './parts.ts';
import { People } from './people.ts';
import type { LabelledPerson } from './person-labels.ts';
import { RecordSegments } from './record-segments.ts';
import { ResourceParts } from './resource-parts.ts';
import type { Result } from './result.ts';
import { selectionOf } from './row-selection.ts';
import { Searcher } from './searcher.ts';
import { SeenEvents } from './seen-events.ts';
import { countSpans } from './span-counts.ts';
import type { DistinctValue, RecordsOptions, SearchOptions, Span, Store, Timeline } from './store.ts';
import { TimeOrder } from './time-order.ts';
import { WarmUp } from './warm-up.ts';

const WINDOW_COLUMNS = STORED_FIELDS.map((field) => `f_${field}`).join(', ');
const REMEMBERED_RECORDS = 500;
/** Rows looked at before other work gets its turn. */
const SLICE = 1_000_000;
/** A batch of so many rows takes milliseconds: it begins only after other work had its turn. */
const LARGE_BATCH = 1024;
const ALL: Query = { kind: 'all' };

export class EventStore implements Store {
  revision = 0;

  readonly callers: CallerSessions;

  readonly #parts: Parts;
  readonly #names: Names;
  readonly #searcher: Searcher;
  readonly #calls: CallsOfRows;
  readonly #warmUp: WarmUp;
  readonly #onClose: () => void;
  readonly #seen = new SeenEvents();
  readonly #records = new Map<number, string>();
  #appending: Promise<unknown> = Promise.resolve();
  #searches = 0;
  #lastFind: { readonly resultId: number; readonly query: Query; readonly hits: Uint8Array } | null = null;

  private constructor(parts: Parts, fuzzy: FuzzyMatcher, onClose: () => void) {
    this.#parts = parts;
    this.callers = new CallerSessions(parts, (rows) => this.#eventsOf(rows));
    this.#names = new Names(parts.table, fuzzy);
    this.#searcher = new Searcher(parts, this.#names);
    this.#calls = new CallsOfRows(parts.duck);
    this.#warmUp = new WarmUp(async (isOver) => {
      await this.#names.tell(isOver);
      await parts.table.settle();
      if (!isOver()) await parts.resources.settle();
      if (!isOver()) await parts.variants.settle();
    });
    this.#onClose = onClose;
  }

  static async create(duck: Duck, folder: string, fuzzy: FuzzyMatcher, onClose: () => void): Promise<EventStore> {
    const table = await EventTable.create(duck);
    const order = new TimeOrder();
    const segments = new RecordSegments(duck, folder);
    const parts: Parts = {
      duck,
      table,
      order,
      segments,
      origins: new Origins(),
      resources: await ResourceParts.create(duck, table.dictionaries.resource),
      variants: await CaseVariants.create(duck),
      firsts: await Firsts.create(duck, table, order),
      people: await People.create(duck, table, order, segments),
    };
    return new EventStore(parts, fuzzy, onClose);
  }

  get total(): number {
    return this.#parts.order.count;
  }

  append(batch: Batch): Promise<{ readonly added: number; readonly duplicates: number }> {
    const appended = this.#appending.then(() => this.#append(batch));
    this.#appending = appended.catch(() => {});
    return appended;
  }

  async #append(batch: Batch): Promise<{ added: number; duplicates: number }> {
    // Batches of many lanes of the cache may come at the same moment.
    if (batch.count >= LARGE_BATCH) await new Promise((resolve) => setImmediate(resolve));
    const firstRow = this.#parts.order.count;
    const { origin = 0 } = batch;
    const kept = new Int32Array(batch.count);
    let count = 0;
    let hasJoined = false;
    for (let k = 0; k < batch.count; k++) {
      const [high, low] = [batch.identity[k * 2] as number, batch.identity[k * 2 + 1] as number];
      const copy = this.#seen.add(high, low, firstRow + count);
      if (copy < 0) kept[count++] = k;
      else if (copy < firstRow) {
        this.#parts.order.meet(copy, batch.sequence[k] as number);
        if (this.#parts.origins.join(copy, origin)) hasJoined = true;
      }
    }
    const rows = kept.subarray(0, count);
    const duplicates = batch.count - count;
    if (count > 0) {
      try {
        await this.#parts.segments.write(batch.records, rows, batch.count, firstRow);
      } catch (error) {
        // They may come again when there is room; their row numbers go to others.
        this.#seen.forget(firstRow);
        if (hasJoined) this.revision++;
        throw error;
      }
      await this.#parts.table.append(batch, rows, firstRow);
      this.callers.grow();
      this.#parts.origins.add(count, origin);
      if (duplicates === 0) this.#parts.order.add(batch.time, batch.sequence);
      else this.#parts.order.add(pick(batch.time, rows), pick(batch.sequence, rows));
    }
    if (count > 0) this.#warmUp.grown();
    if (count > 0 || hasJoined) this.revision++;
    return { added: count, duplicates };
  }

  countOf(origins: ReadonlySet<number>): number {
    return this.#parts.origins.countOf(origins);
  }

  async search(query: Query, options: SearchOptions = {}): Promise<Result> {
    options.signal?.throwIfAborted();
    return await this.#searcher.search(query, ++this.#searches, () => this.revision, options);
  }

  async window(result: Result, start: number, count: number): Promise<readonly TrailEvent[]> {
    return await this.#eventsOf(result.rows.subarray(Math.max(0, start), Math.max(0, start + count)));
  }

  async #eventsOf(rows: Int32Array): Promise<readonly TrailEvent[]> {
    if (rows.length === 0) return [];
    const { where, params } = await selectionOf(rows);
    const found = await this.#parts.duck.query(`SELECT e.row, ${WINDOW_COLUMNS} FROM events e WHERE ${where}`, params);
    const place = new Map(Array.from(found.integers(0), (row, k) => [row, k]));
    const cells = STORED_FIELDS.map((_, column) => found.integers(column + 1));
    return Array.from(rows, (row) => this.#event(row, cells, place.get(row) ?? 0));
  }

  since(result: Result, time: number): Result {
    const { order } = this.#parts;
    const total = order.countSince(result.rows, time);
    if (result.folded !== undefined) {
      const whole = this.since(result.folded.whole, time);
      return whole === result.folded.whole ? result : foldedSince(order, result, whole, result.folded.counts);
    }
    return total === result.total ? result : { ...result, total, rows: result.rows.subarray(0, total) };
  }

  positionOf(result: Result, row: number): number {
    const { order } = this.#parts;
    if (result.folded !== undefined) return positionInFolded(order, result, result.folded.whole, row);
    return order.positionIn(result.rows, row);
  }

  async findNext(result: Result, from: number, step: 1 | -1, query: Query): Promise<number> {
    const known = this.#lastFind;
    let hits = known?.resultId === result.id && known.query === query ? known.hits : null;
    if (hits === null) {
      const found = await this.search(query);
      hits = new Uint8Array(this.total);
      for (const row of found.rows) hits[row] = 1;
      this.#lastFind = { resultId: result.id, query, hits };
    }
    const { rows } = result.folded?.whole ?? result;
    for (let k = this.#besides(result, rows, from, step); k >= 0 && k < rows.length; k += step) {
      const row = rows[k] as number;
      if (hits[row] === 1) return result.folded === undefined ? k : this.positionOf(result, row);
    }
    return -1;
  }

  async timeline(result: Result, buckets: number, span?: Span): Promise<Timeline | null> {
    const { order, table } = this.#parts;
    const { rows } = result.folded?.whole ?? result;
    const end = order.timedCount(rows);
    const [oldest, newest] = [order.timeOf(rows[end - 1] ?? -1), order.timeOf(rows[0] ?? -1)];
    if (oldest === null || newest === null) return null;
    if (span === undefined && oldest === newest) return { from: oldest, to: newest, counts: [], failures: [] };
    const { from, to } = span ?? { from: oldest, to: newest };
    const [counts, failures] = [new Array<number>(buckets).fill(0), new Array<number>(buckets).fill(0)];
    const counted = { from, to, counts, failures };
    const [first, last] = [order.countSince(rows, to + 1), Math.min(end, order.countSince(rows, from))];
    for (let start = first; start < last; start += SLICE) {
      if (start > first) await new Promise((resolve) => setImmediate(resolve));
      order.countByTime(rows.subarray(start, Math.min(start + SLICE, last)), counted, table.failed);
    }
    return counted;
  }

  async record(row: number): Promise<string> {
    const known = this.#records.get(row);
    if (known !== undefined) return known;
    const text = (await this.#parts.segments.read(Int32Array.of(row))).get(row);
    if (text === undefined) throw new Error(`no record for row ${row}`);
    if (this.#records.size >= REMEMBERED_RECORDS) this.#records.clear();
    this.#records.set(row, text);
    return text;
  }

  records(result: Result, options: RecordsOptions = {}): AsyncIterable<readonly string[]> {
    const { rows: listed } = result.folded?.whole ?? result;
    const { oldestFirst = false, limit = listed.length, signal } = options;
    const rows = oldestFirst ? listed.slice().reverse() : listed;
    return this.#parts.segments.readInOrder(rows.subarray(0, limit), signal);
  }

  copyTo(
    file: string,
    pages: AsyncIterable<CopiedPage>,
    columns: readonly CopiedColumn[],
    options?: CopyOptions,
  ): Promise<number> {
    return copyEvents(this.#parts, file, pages, columns, options);
  }

  distinct(field: StoredFieldId): readonly DistinctValue[] {
    return this.#parts.table.dictionaries[field].distinct();
  }

  frequent(field: StoredFieldId, limit: number): readonly DistinctValue[] {
    return this.#parts.table.dictionaries[field].frequent(limit);
  }

  distinctCount(field: StoredFieldId): number {
    return this.#parts.table.dictionaries[field].size;
  }

  warm(): void {
    this.#warmUp.start();
  }

  facets(result: Result, fields: readonly FacetId[], options?: FacetOptions): Promise<readonly Facet[]> {
    return countFacets(this.#parts, result, fields, options);
  }

  groups(result: Result, by: readonly StoredFieldId[], options?: GroupOptions): Promise<Groups> {
    return groupBy(this.#parts, result, by, options);
  }

  countBy(result: Result, by: readonly string[], options?: CountOptions): Promise<Counts> {
    return countBy(this.#parts, result, by, options);
  }

  countSpans(field: StoredFieldId, spans: readonly ValueSpan[], signal?: AbortSignal): Promise<readonly SpanCount[]> {
    return countSpans(this.#parts, field, spans, signal);
  }

  async fold(result: Result, opened: ReadonlySet<number>, signal?: AbortSignal): Promise<Result> {
    const whole = result.folded?.whole ?? result;
    const calls = await this.#calls.upTo(this.total, signal);
    const { rows, counts } = await foldRows(whole.rows, calls, opened, signal);
    return { ...whole, total: rows.length, rows, folded: { counts, whole } };
  }

  pick(rows: Iterable<number>): Result {
    const picked = this.#parts.order.pick(rows);
    const { revision } = this;
    const id = ++this.#searches;
    return { id, revision, query: ALL, total: picked.length, stage: 'complete', understood: [], rows: picked };
  }

  keyOf(row: number): EventKey | null {
    return this.#seen.keyOf(row);
  }

  keysOf(rows: Iterable<number>): Promise<ReadonlyMap<number, EventKey>> {
    return this.#seen.keysOf(rows);
  }

  rowOf(key: EventKey): number {
    const row = this.#seen.rowOf(key);
    return row < this.total ? row : -1;
  }

  findFirsts(signal?: AbortSignal): Promise<boolean> {
    return this.#parts.firsts.find(() => this.revision, signal);
  }

  async close(): Promise<void> {
    this.#warmUp.stop();
    await this.#appending;
    await this.#parts.people.close();
    this.#names.close();
    this.#parts.table.close();
    await this.#parts.duck.close();
    this.#onClose();
  }

  /** The place in `rows`, all events of a result, next to what stands at the position `from` of it. */
  #besides(result: Result, rows: Int32Array, from: number, step: 1 | -1): number {
    if (result.folded === undefined) return from + step;
    const row = result.rows[Math.max(0, step === 1 ? from + 1 : from)];
    const start = row === undefined ? rows.length : this.#parts.order.positionIn(rows, row);
    return step === 1 ? start : start - 1;
  }

  #event(row: number, cells: readonly Int32Array[], k: number): TrailEvent {
    const values = {} as Record<StoredFieldId, string>;
    STORED_FIELDS.forEach((field, column) => {
      values[field] = this.#parts.table.dictionaries[field].values[cells[column]?.[k] ?? 0] ?? '';
    });
    const { order, firsts, people } = this.#parts;
    const known = firsts.of(row);
    const person = people.of(row, (field) => cells[STORED_FIELDS.indexOf(field)]?.[k] ?? 0);
    return {
      row,
      time: order.timeOf(row),
      cells: values,
      ...(known === undefined ? {} : { firsts: known }),
      ...(person === null ? {} : personOf(person, values)),
    };
  }
}

/** A label that ends in the person's name says it already. Not that of a role's session: anybody can call it so. */
function personOf({ label, name }: LabelledPerson, cells: Cells): Pick<TrailEvent, 'person' | 'personLabel'> {
  const [lower, shown] = [name.toLowerCase(), cells.who.toLowerCase()];
  const isNamed = shown === lower || (shown.endsWith(`/${lower}`) && isOfPermissionSet(cells));
  return isNamed ? { personLabel: label } : { person: label, personLabel: label };
}

function pick(values: Float64Array, kept: Int32Array): Float64Array {
  const picked = new Float64Array(kept.length);
  for (let k = 0; k < kept.length; k++) picked[k] = values[kept[k] as number] as number;
  return picked;
}
