// The persons behind all callers of the loaded events: what a caller's own events say of it, or else who handed out its
// key. What comes is added to what is known; only where it changes who others are, all of it is worked out again.

import { DuckDBDataChunk, INTEGER, VARCHAR } from '@duckdb/node-api';
import { CALLER_FIELDS, type CallerField } from '../cloudtrail/person.ts';
import { CallerClaims } from './caller-claims.ts';
import { peopleOf } from './caller-graph.ts';
import { CenterNames } from './center-names.ts';
import { ConsoleKeys } from './console-keys.ts';
import type { Duck } from './duck.ts';
import type { EventTable } from './event-table.ts';
import { JoinedSubjects } from './joined-subjects.ts';
import { type LabelledPerson, PersonLabels } from './person-labels.ts';
import type { RecordSegments } from './record-segments.ts';
import { Slices } from './slices.ts';
import type { DistinctValue } from './store.ts';
import type { TimeOrder } from './time-order.ts';

/** Rows of one DuckDB vector. */
const VECTOR = 2048;
const SLICE = 2000;

/** A row of `people`, and of `told_rows`. */
const PEOPLE = `(${CALLER_FIELDS.map((field) => `f_${field} INTEGER`).join(', ')}, caller INTEGER, person INTEGER,
  label VARCHAR, name VARCHAR)`;
const PEOPLE_TYPES = [...CALLER_FIELDS.map(() => INTEGER), INTEGER, INTEGER, VARCHAR, VARCHAR];
const TOLD = '(row INTEGER, caller INTEGER)';

/**
 * In people(f_key, f_arn …, caller, person, label, name): whose calls those of a caller are (see LabelledPerson); callers
 * that are nobody are not in it. In told_rows(row, caller): events of another caller than their columns make, -1 for
 * nobody.
 */
export class People {
  readonly #duck: Duck;
  readonly #table: EventTable;
  readonly #order: TimeOrder;
  readonly #centerNames: CenterNames;
  readonly #claims: CallerClaims;
  readonly #consoleKeys: ConsoleKeys;
  readonly #subjects: JoinedSubjects;
  /** By userId, in lower case. */
  #names: ReadonlyMap<string, string> = new Map();
  #givenNames: ReadonlyMap<string, string> | null = null;
  /** What the answer stands on. */
  #labelled: { readonly names: ReadonlyMap<string, string>; readonly version: number } | null = null;
  #labels = new PersonLabels(NOBODY_KNOWN);
  /** By caller, as numbers of `#labels.persons`. */
  #people = new Int32Array(0);
  /** Those of `claims.told` that are in the table. */
  #toldCount = 0;
  #known: readonly DistinctValue[] = [];
  #finding: Promise<unknown> = Promise.resolve();
  readonly #closing = new AbortController();

  private constructor(duck: Duck, table: EventTable, order: TimeOrder, segments: RecordSegments) {
    this.#duck = duck;
    this.#table = table;
    this.#order = order;
    this.#centerNames = new CenterNames(duck, segments);
    this.#claims = new CallerClaims(duck, segments, table.dictionaries);
    this.#consoleKeys = new ConsoleKeys(this.#claims, segments);
    this.#subjects = new JoinedSubjects(this.#claims);
  }

  static async create(duck: Duck, table: EventTable, order: TimeOrder, segments: RecordSegments): Promise<People> {
    await duck.writer.run(`CREATE TABLE people ${PEOPLE}; CREATE TABLE told_rows ${TOLD}`);
    return new People(duck, table, order, segments);
  }

  /** Whose calls the event's are, a row of the caller with these ids; null where that is not known (yet). */
  of(row: number, idOf: (field: CallerField) => number): LabelledPerson | null {
    const { told, callers } = this.#claims;
    const caller = told.get(row) ?? callers.find((column) => idOf(CALLER_FIELDS[column] as CallerField));
    return this.#labels.persons[this.#people[caller] ?? -1] ?? null;
  }

  /** Labels with the calls of each, most calls first. */
  get known(): readonly DistinctValue[] {
    return this.#known;
  }

  /** What users of Identity Center are called from now on; see Sessions.findPeople. */
  name(names: ReadonlyMap<string, string>): void {
    if (names === this.#givenNames) return;
    this.#givenNames = names;
    this.#names = new Map([...names].map(([userId, name]) => [userId.toLowerCase(), name]));
  }

  /** Looks again where there are new events since, or other names. `names`: see Sessions.findPeople; null: those that
   *  were given last. @returns whether something changed. */
  find(names: ReadonlyMap<string, string> | null, signal?: AbortSignal): Promise<boolean> {
    if (names !== null) this.name(names);
    const ending = this.#closing.signal;
    const either = signal === undefined ? ending : AbortSignal.any([signal, ending]);
    const found = this.#finding.then(async () => {
      either.throwIfAborted();
      const { count } = this.#order;
      if (count === this.#claims.next && this.#names === this.#labelled?.names && !this.#isBehind) return false;
      return await this.#find(count, either);
    });
    this.#finding = found.catch(() => {});
    return found;
  }

  /** Gives up what is under way, and waits for its end: it must not meet a database that is closed. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#finding;
  }

  /** What was looked at is not worked out: it was given up. */
  get #isBehind(): boolean {
    const { callers, isDirty, told } = this.#claims;
    return isDirty || this.#people.length < callers.count || this.#toldCount < told.size;
  }

  async #find(to: number, signal: AbortSignal): Promise<boolean> {
    const [claims, centerNames, names] = [this.#claims, this.#centerNames, this.#names];
    await this.#table.settle();
    await claims.grow(to, signal);
    await claims.join(signal);
    if (claims.persons.some(({ kind }) => kind === 'center id')) await centerNames.readSignIns(to, signal);
    await centerNames.readRows(claims.centerRows, signal);
    const { version } = centerNames;
    const known = this.#people.length;
    const { count } = claims.callers;
    if (await this.#consoleKeys.grow(known, count, signal)) claims.isDirty = true;
    const isNamed = names === this.#labelled?.names && version === this.#labelled.version;
    if (await this.#subjects.grow(known, count)) claims.isDirty = true;
    if (isNamed && !claims.isDirty && (await this.#labels.grow(claims.persons))) return await this.#add(count, signal);
    const directory = {
      names,
      nameOf: (userId: string) => centerNames.nameOf(userId),
      idOf: (name: string, store: string) => centerNames.idOf(name, store),
      storeOfId: (userId: string) => centerNames.storeOfId(userId),
      storeOfName: (name: string, account: string) => centerNames.storeOfName(name, account),
    };
    claims.isDirty = true;
    if (known > 0) {
      await this.#consoleKeys.grow(0, count, signal);
      await this.#subjects.grow(0, count);
    }
    const labels = await PersonLabels.of(claims.persons, directory, (claim) => this.#subjects.userOf(claim));
    const people = await this.#peopleOf(labels, count, new Int32Array(0), signal);
    const hasChanged = await this.#differs(labels, people);
    await this.#duck.appending.run(`CREATE OR REPLACE TABLE people_anew ${PEOPLE}`);
    await this.#write('people_anew', people, labels, 0, signal);
    await this.#writeTold();
    await this.#duck.appending.run(
      'CREATE OR REPLACE TABLE people AS SELECT * FROM people_anew; DROP TABLE people_anew',
    );
    [this.#labels, this.#people] = [labels, people];
    this.#labelled = { names, version };
    claims.isDirty = false;
    await this.#count();
    return hasChanged;
  }

  /** The callers that came since, where those who were there stay who they are. */
  async #add(count: number, signal: AbortSignal): Promise<boolean> {
    const before = this.#people.length;
    const people = await this.#peopleOf(this.#labels, count, this.#people, signal);
    const hasTold = this.#toldCount < this.#claims.told.size;
    await this.#write('people', people, this.#labels, before, signal);
    this.#people = people;
    await this.#writeTold();
    await this.#count();
    return hasTold || people.subarray(before).some((person) => person >= 0);
  }

  #peopleOf(
    labels: PersonLabels,
    count: number,
    known: Int32Array,
    signal: AbortSignal,
  ): Promise<Int32Array<ArrayBuffer>> {
    const { own, last } = this.#claims;
    const numbered = (claim: number | undefined): number => labels.numbers[claim ?? -1] ?? -1;
    const graph = {
      own: (caller: number) => numbered(own[caller]),
      last: (caller: number) => numbered(last[caller]),
      issuersOf: (caller: number) => this.#consoleKeys.issuersOf(caller),
    };
    return peopleOf(graph, count, known, signal);
  }

  /** Whether an event's person is another than before. */
  async #differs(labels: PersonLabels, people: Int32Array): Promise<boolean> {
    if (this.#toldCount < this.#claims.told.size) return true;
    const slices = new Slices();
    for (let caller = 0; caller < people.length; caller++) {
      if (caller % SLICE === 0) await slices.next();
      const before = this.#labels.persons[this.#people[caller] ?? -1];
      const now = labels.persons[people[caller] as number];
      if (before?.label !== now?.label || before?.name !== now?.name) return true;
    }
    return false;
  }

  /** Adds the persons of the callers from `from` on to a table; all of them, or none where `signal` ends it. */
  async #write(
    table: string,
    people: Int32Array,
    labels: PersonLabels,
    from: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { callers } = this.#claims;
    const known: number[] = [];
    const slices = new Slices();
    for (let caller = from; caller < people.length; caller++) {
      if (caller % SLICE === 0) await slices.next();
      if ((people[caller] as number) >= 0) known.push(caller);
    }
    signal.throwIfAborted();
    await this.#append(table, PEOPLE_TYPES, known.length, (start, end) => {
      const some = known.slice(start, end);
      const whose = some.map((caller) => people[caller] as number);
      return [
        ...CALLER_FIELDS.map((_, column) => some.map((caller) => callers.id(column, caller))),
        some,
        whose,
        whose.map((person) => labels.persons[person]?.label ?? ''),
        whose.map((person) => labels.persons[person]?.name ?? ''),
      ];
    });
  }

  async #writeTold(): Promise<void> {
    const { told } = this.#claims;
    if (this.#toldCount === told.size) return;
    const rows = [...told].slice(this.#toldCount);
    await this.#append('told_rows', [INTEGER, INTEGER], rows.length, (start, end) => {
      const some = rows.slice(start, end);
      return [some.map(([row]) => row), some.map(([, caller]) => caller)];
    });
    this.#toldCount += rows.length;
  }

  async #append(
    table: string,
    types: Parameters<typeof DuckDBDataChunk.create>[0],
    count: number,
    columnsOf: (from: number, to: number) => (number[] | string[])[],
  ): Promise<void> {
    if (count === 0) return;
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

  async #count(): Promise<void> {
    const { callers } = this.#claims;
    const { persons } = this.#labels;
    const counts = new Float64Array(persons.length);
    const slices = new Slices();
    for (let caller = 0; caller < this.#people.length; caller++) {
      if (caller % SLICE === 0) await slices.next();
      const person = this.#people[caller] as number;
      if (person >= 0) counts[person] = (counts[person] as number) + callers.calls(caller);
    }
    // Numbers that hold both are put in order many times as fast as objects.
    const order = counts.map((calls, person) => -calls * 2 ** 21 + person).sort();
    const known: DistinctValue[] = [];
    for (let k = 0; k < order.length; k++) {
      if (k % SLICE === 0) await slices.next();
      const calls = Math.ceil(-(order[k] as number) / 2 ** 21);
      if (calls <= 0) break;
      const person = (order[k] as number) + calls * 2 ** 21;
      known.push({ value: persons[person]?.label ?? '', count: calls });
    }
    this.#known = known;
  }
}

const NOBODY_KNOWN = {
  names: new Map<string, string>(),
  nameOf: () => undefined,
  idOf: () => undefined,
  storeOfId: () => '',
  storeOfName: () => '',
};
