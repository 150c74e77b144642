// The persons behind all callers of the loaded events: what a caller's own events say of it, or else who handed out its
// key.

import { DuckDBDataChunk, INTEGER, VARCHAR } from '@duckdb/node-api';
import { CALLER_FIELDS, type CallerField } from '../cloudtrail/person.ts';
import { CALLER_COLUMNS, type Callers, claimsOf, readCallers } from './caller-claims.ts';
import { peopleOf } from './caller-graph.ts';
import { CallerIndex } from './caller-index.ts';
import { CenterNames } from './center-names.ts';
import type { Duck } from './duck.ts';
import type { EventTable } from './event-table.ts';
import { type LabelledPerson, labelPersons } from './person-labels.ts';
import type { RecordSegments } from './record-segments.ts';
import { Slices } from './slices.ts';
import type { DistinctValue } from './store.ts';
import type { TimeOrder } from './time-order.ts';

/** Rows of one DuckDB vector. */
const VECTOR = 2048;

/**
 * In people(f_key, f_arn …, person, session, label, name): whose calls those of a caller are (see LabelledPerson), and
 * in which session (see Claims). Callers that are nobody are not in it.
 */
export class People {
  readonly #duck: Duck;
  readonly #table: EventTable;
  readonly #order: TimeOrder;
  readonly #centerNames: CenterNames;
  #names: ReadonlyMap<string, string> = new Map();
  #found: { readonly count: number; readonly names: ReadonlyMap<string, string> } | null = null;
  #persons: readonly LabelledPerson[] = [];
  #index: CallerIndex = CallerIndex.EMPTY;
  #known: readonly DistinctValue[] = [];
  #finding: Promise<unknown> = Promise.resolve();
  readonly #closing = new AbortController();

  private constructor(duck: Duck, table: EventTable, order: TimeOrder, segments: RecordSegments) {
    this.#duck = duck;
    this.#table = table;
    this.#order = order;
    this.#centerNames = new CenterNames(duck, order, segments);
  }

  static async create(duck: Duck, table: EventTable, order: TimeOrder, segments: RecordSegments): Promise<People> {
    const columns = CALLER_FIELDS.map((field) => `f_${field} INTEGER`).join(', ');
    await duck.writer.run(
      `CREATE TABLE people (${columns}, person INTEGER, session INTEGER, label VARCHAR, name VARCHAR)`,
    );
    return new People(duck, table, order, segments);
  }

  /** Whose calls those of the caller with these ids are; null where that is not known (yet). */
  of(idOf: (field: CallerField) => number): LabelledPerson | null {
    return this.#persons[this.#index.get((column) => idOf(CALLER_FIELDS[column] as CallerField))] ?? null;
  }

  /** Labels with the calls of each, most calls first. */
  get known(): readonly DistinctValue[] {
    return this.#known;
  }

  /** Looks again where there are new events since, or other names. `names`: see Sessions.findPeople; null: those that
   *  were given last. @returns whether something changed. */
  find(names: ReadonlyMap<string, string> | null, signal?: AbortSignal): Promise<boolean> {
    if (names !== null) this.#names = names;
    const ending = this.#closing.signal;
    const either = signal === undefined ? ending : AbortSignal.any([signal, ending]);
    const found = this.#finding.then(async () => {
      either.throwIfAborted();
      const now = { count: this.#order.count, names: this.#names };
      if (this.#found?.count === now.count && this.#found.names === now.names) return false;
      const hasChanged = await this.#find(now.names, either);
      this.#found = now;
      return hasChanged;
    });
    this.#finding = found.catch(() => {});
    return found;
  }

  /** Gives up what is under way, and waits for its end: it must not meet a database that is closed. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#finding;
  }

  async #find(names: ReadonlyMap<string, string>, signal: AbortSignal): Promise<boolean> {
    await this.#table.settle();
    const callers = await readCallers(this.#duck, signal);
    const claims = await claimsOf(this.#duck, this.#table.dictionaries, callers, signal);
    const isOfCenter = claims.persons.some(({ kind }) => kind === 'center id');
    if (isOfCenter) await this.#centerNames.readSignIns(signal);
    if (isOfCenter || names.size > 0) await this.#centerNames.readSessions(claims.centerSessions, signal);
    const directory = {
      names,
      nameOf: (userId: string) => this.#centerNames.nameOf(userId),
      idOf: (name: string) => this.#centerNames.idOf(name),
    };
    const { persons, numbers } = labelPersons(claims.persons, directory);
    const numbered = (claimed: Int32Array) => claimed.map((number) => (number < 0 ? -1 : (numbers[number] ?? -1)));
    const { graph } = claims;
    const people = await peopleOf({ ...graph, own: numbered(graph.own), last: numbered(graph.last) }, signal);
    const index = await CallerIndex.build(callers.ids, people);
    const hasChanged = await this.#differs(callers, people, persons);
    await this.#write(people, claims.sessions, persons, signal);
    this.#persons = persons;
    this.#index = index;
    this.#known = countsOf(callers, people, persons);
    return hasChanged;
  }

  /** Whether an event's person is another than before. */
  async #differs({ ids, rows }: Callers, people: Int32Array, persons: readonly LabelledPerson[]): Promise<boolean> {
    const slices = new Slices();
    for (let k = 0; k < rows.length; k++) {
      if (k % 1000 === 0) await slices.next();
      const before = this.#persons[this.#index.get((column) => ids[column]?.[k] ?? 0)];
      const now = persons[people[k] as number];
      if (before?.label !== now?.label || before?.name !== now?.name) return true;
    }
    return false;
  }

  async #write(
    people: Int32Array,
    sessions: Int32Array,
    persons: readonly LabelledPerson[],
    signal: AbortSignal,
  ): Promise<void> {
    signal.throwIfAborted();
    await this.#duck.appending.run(
      `CREATE OR REPLACE TABLE caller_people (id INTEGER, person INTEGER, session INTEGER);
        CREATE OR REPLACE TABLE persons (person INTEGER, label VARCHAR, name VARCHAR)`,
    );
    const known = people.map((person, caller) => (person < 0 ? -1 : caller)).filter((caller) => caller >= 0);
    const whose = known.map((caller) => people[caller] as number);
    const inSession = known.map((caller) => sessions[caller] as number);
    await this.#append('caller_people', [INTEGER, INTEGER, INTEGER], known.length, (from, to) =>
      [known, whose, inSession].map((column) => Array.from(column.subarray(from, to))),
    );
    await this.#append('persons', [INTEGER, VARCHAR, VARCHAR], persons.length, (from, to) => {
      const some = persons.slice(from, to);
      return [some.map((_, k) => from + k), some.map(({ label }) => label), some.map(({ name }) => name)];
    });
    await this.#duck.query(
      `CREATE OR REPLACE TABLE people AS SELECT ${CALLER_COLUMNS}, person, session, label, name
        FROM callers JOIN caller_people USING (id) JOIN persons USING (person)`,
      {},
      signal,
    );
  }

  async #append(
    table: string,
    types: Parameters<typeof DuckDBDataChunk.create>[0],
    count: number,
    columnsOf: (from: number, to: number) => (number[] | string[])[],
  ): Promise<void> {
    const appender = await this.#duck.appending.createAppender(table);
    const slices = new Slices();
    for (let from = 0; from < count; from += VECTOR) {
      const to = Math.min(from + VECTOR, count);
      const chunk = DuckDBDataChunk.create(types, to - from);
      chunk.setColumns(columnsOf(from, to));
      appender.appendDataChunk(chunk);
      await slices.next();
    }
    appender.flushSync();
    appender.closeSync();
  }
}

function countsOf(
  { calls }: Callers,
  people: Int32Array,
  persons: readonly LabelledPerson[],
): readonly DistinctValue[] {
  const counts = new Array<number>(persons.length).fill(0);
  for (let k = 0; k < people.length; k++) {
    const person = people[k] as number;
    if (person >= 0) counts[person] = (counts[person] as number) + (calls[k] as number);
  }
  return persons
    .map(({ label }, k) => ({ value: label, count: counts[k] as number }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
