// What is stated of each caller: who it is by itself, whose calls handed out its key, and which keys the console drew for
// one session. It grows with the events: a look at what came since.

import {
  CALLER_FIELDS,
  type CallerCells,
  type CallerField,
  mayBeHandedOut,
  ownPerson,
  type Person,
} from '../cloudtrail/person.ts';
import { CALLER_COLUMNS } from './caller-columns.ts';
import type { Duck } from './duck.ts';
import type { EventTable } from './event-table.ts';
import { KnownCallers } from './known-callers.ts';
import { OutsideGrants } from './outside-grants.ts';
import type { RecordSegments } from './record-segments.ts';
import { Slices } from './slices.ts';
import { readToldRows } from './told-rows.ts';

const SLICE = 200;
const NOBODY = -1;
const columnOf = (field: CallerField): number => CALLER_FIELDS.indexOf(field);
const [KEY, ARN, CREATED, TYPE] = (['key', 'arn', 'created', 'type'] as const).map(columnOf) as [
  number,
  number,
  number,
  number,
];
/** More than any field has values, and little enough for two ids in a number. */
const IDS = 2 ** 26;

export class CallerClaims {
  readonly callers = new KnownCallers();
  readonly persons: Person[] = [];
  /** By caller, numbers of `persons`; -1 for none. */
  readonly own: number[] = [];
  readonly last: number[] = [];
  /** Callers of events that the columns tell nothing of, or wrongly; -1 for nobody. */
  readonly told = new Map<number, number>();
  /** A row of each user of Identity Center and account, by what names them. */
  readonly centerRows = new Map<string, number>();
  /** What is known of callers that were there before has changed. */
  isDirty = false;
  /** Rows from here on have not been looked at. */
  next = 0;
  readonly #duck: Duck;
  readonly #segments: RecordSegments;
  readonly #dictionaries: EventTable['dictionaries'];
  readonly #outside: OutsideGrants;
  readonly #isHandedOut: boolean[] = [];
  readonly #isClaimed: boolean[] = [];
  readonly #personNumbers = new Map<string, number>();
  /** The callers that stand for persons whom only records tell. */
  readonly #toldCallers = new Map<number, number>();
  /** By the id of the key in `issued`. */
  readonly #issuers = new Map<number, number[]>();
  readonly #usedKeys = new Set<number>();

  constructor(duck: Duck, segments: RecordSegments, dictionaries: EventTable['dictionaries']) {
    this.#duck = duck;
    this.#segments = segments;
    this.#dictionaries = dictionaries;
    this.#outside = new OutsideGrants(duck, segments);
  }

  /** Looks at the rows up to `to`. Changes nothing where `signal` ends it. */
  async grow(to: number, signal: AbortSignal): Promise<void> {
    if (to <= this.next) return;
    const range = [this.next, to] as const;
    const told = await readToldRows(this.#duck, this.#segments, range, signal);
    const grouped = await this.#duck.query(
      `SELECT count(*)::INTEGER, max(row)::INTEGER, ${CALLER_COLUMNS} FROM events
        WHERE row >= ${range[0]} AND row < ${to} GROUP BY ALL`,
      {},
      signal,
    );
    const granted = await this.#duck.query(
      `SELECT max(row)::INTEGER, f_issued, ${CALLER_COLUMNS} FROM events
        WHERE row >= ${range[0]} AND row < ${to} AND f_issued <> 0 AND f_error = 0 GROUP BY ALL`,
      {},
      signal,
    );
    const columns = CALLER_FIELDS.map((_, column) => grouped.integers(column + 2));
    const [calls, newest] = [grouped.integers(0), grouped.integers(1)];
    const slices = new Slices();
    const touched: number[] = [];
    await this.callers.reserve(grouped.count + told.length);
    const knownCount = this.callers.count;
    for (let k = 0; k < grouped.count; k++) {
      if (k % SLICE === 0) await slices.next();
      const caller = this.callers.add((column) => columns[column]?.[k] ?? 0, calls[k] as number, newest[k] as number);
      if (this.#isClaimed[caller] !== true) touched.push(caller);
    }
    for (const [k, { row, person, columns: ids }] of told.entries()) {
      if (k % SLICE === 0) await slices.next();
      this.callers.add((column) => ids[column] ?? 0, -1, -1);
      const caller = person === null ? NOBODY : this.#toldCaller(person);
      if (caller !== NOBODY) this.callers.addTo(caller, row);
      this.told.set(row, caller);
    }
    await this.#addGrants(granted, slices);
    for (const [k, caller] of touched.entries()) {
      if (k % SLICE === 0) await slices.next();
      // All of whose calls are somebody else's, or nobody's.
      if (this.callers.calls(caller) <= 0) {
        this.#fill(caller);
        continue;
      }
      if (caller < knownCount) this.isDirty = true;
      this.#claim(caller);
    }
    this.next = to;
  }

  /** Looks for the records of calls that another account's record tells of. */
  async join(signal: AbortSignal): Promise<void> {
    for (const { issued, columns } of await this.#outside.partners(this.next, signal)) {
      const caller = this.callers.find((column) => columns[column] ?? 0);
      if (caller < 0) continue;
      this.#issuers.set(issued, [caller]);
      if (this.#usedKeys.has(this.#keyOf(issued))) this.isDirty = true;
    }
  }

  textOf(column: number, caller: number): string {
    return this.#dictionaries[CALLER_FIELDS[column] ?? 'who'].values[this.callers.id(column, caller)] ?? '';
  }

  isHandedOut(caller: number): boolean {
    return this.#isHandedOut[caller] === true;
  }

  /** Those whose calls handed out the caller's key. */
  issuersOf(caller: number): readonly number[] {
    const key = this.callers.id(KEY, caller);
    if (key <= 0 || this.#issuers.size === 0) return NONE;
    return this.#issuers.get(this.#dictionaries.issued.idOf(this.#dictionaries.key.values[key] ?? '')) ?? NONE;
  }

  /** The same number for callers of one ARN whose credentials began at one moment; -1 where that is not stated. */
  beginningOf(caller: number): number {
    const [arn, created] = [this.callers.id(ARN, caller), this.callers.id(CREATED, caller)];
    return arn > 0 && created > 0 ? arn * IDS + created : -1;
  }

  /** The id of its ARN. */
  arnOf(caller: number): number {
    return this.callers.id(ARN, caller);
  }

  #keyOf(issued: number): number {
    return this.#dictionaries.key.idOf(this.#dictionaries.issued.values[issued] ?? '');
  }

  async #addGrants(granted: Awaited<ReturnType<Duck['query']>>, slices: Slices): Promise<void> {
    const [rows, issuedKeys] = [granted.integers(0), granted.integers(1)];
    const columns = CALLER_FIELDS.map((_, column) => granted.integers(column + 2));
    for (let k = 0; k < granted.count; k++) {
      if (k % SLICE === 0) await slices.next();
      const [row, issued] = [rows[k] as number, issuedKeys[k] as number];
      const caller = this.told.get(row) ?? this.callers.find((column) => columns[column]?.[k] ?? 0);
      if (caller < 0) continue;
      // Callers that came with it are yet to be looked at.
      if (this.#usedKeys.has(this.#keyOf(issued))) this.isDirty = true;
      const known = this.#issuers.get(issued);
      // Another account's record of a call knows of its caller little more than the account: it counts only where there
      // is no other.
      const isOutside = this.#isOutside(caller);
      if (known === undefined) this.#issuers.set(issued, [caller]);
      else if (isOutside || known.includes(caller)) continue;
      else if (known.every((each) => this.#isOutside(each))) this.#issuers.set(issued, [caller]);
      else known.push(caller);
      if (isOutside) this.#outside.add(issued, row);
      else this.#outside.drop(issued);
    }
  }

  #isOutside(caller: number): boolean {
    return this.textOf(TYPE, caller) === 'AWSAccount';
  }

  #toldCaller(person: Person): number {
    const number = this.#numberOf(person);
    const caller = this.#toldCallers.get(number) ?? this.callers.addUnlike();
    if (!this.#toldCallers.has(number)) {
      this.#toldCallers.set(number, caller);
      this.#fill(caller);
      this.own[caller] = number;
      this.#isClaimed[caller] = true;
    }
    return caller;
  }

  #claim(caller: number): void {
    this.#fill(caller);
    this.#isClaimed[caller] = true;
    const cells = {} as Record<keyof CallerCells, string>;
    for (const [column, field] of CALLER_FIELDS.entries()) cells[field] = this.textOf(column, caller);
    const claim = ownPerson(cells);
    if (claim !== null) {
      const { person, isLast } = claim;
      (isLast ? this.last : this.own)[caller] = this.#numberOf(person);
      if (person.kind === 'center') {
        this.centerRows.set(`${cells.type} ${person.account} ${person.name}`, this.callers.newest(caller));
      } else if (person.kind === 'center id') this.centerRows.set(person.userId, this.callers.newest(caller));
    }
    if (!mayBeHandedOut(cells)) return;
    this.#isHandedOut[caller] = true;
    this.#usedKeys.add(this.callers.id(KEY, caller));
  }

  #fill(caller: number): void {
    while (this.own.length <= caller) {
      this.own.push(NOBODY);
      this.last.push(NOBODY);
      this.#isHandedOut.push(false);
      this.#isClaimed.push(false);
    }
  }

  #numberOf(person: Person): number {
    const text = JSON.stringify(person);
    const known = this.#personNumbers.get(text);
    if (known !== undefined) return known;
    const number = this.persons.push(person) - 1;
    this.#personNumbers.set(text, number);
    return number;
  }
}

const NONE: readonly number[] = [];
