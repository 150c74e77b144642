import { DuckDBDataChunk, INTEGER } from '@duckdb/node-api';
import { FIRST_KINDS, type FirstKind } from '../cloudtrail/firsts.ts';
import { firstBit } from '../query/compile-derived.ts';
import type { Duck } from './duck.ts';
import type { EventTable } from './event-table.ts';
import { Slices } from './slices.ts';
import type { TimeOrder } from './time-order.ts';

/** Rows of one DuckDB vector. */
const VECTOR = 2048;

/** Rows looked at before other work gets its turn. */
const SLICE = 250_000;

/** Who is one person: `root` of another account is another. */
const PERSON = 'f_who, f_caller';

/** What makes an event the first of a kind among a person's. */
const KEYS: Readonly<Record<FirstKind, readonly [columns: string, where: string]>> = {
  who: [PERSON, 'true'],
  call: [`${PERSON}, f_name, f_source`, 'f_name <> 0 OR f_source <> 0'],
  ip: [`${PERSON}, f_ip`, 'f_ip <> 0'],
  region: [`${PERSON}, f_region`, 'f_region <> 0'],
  family: [`${PERSON}, family`, 'family <> 0'],
};

/**
 * Which events are the first of something, among all that are loaded, oldest first; of one instant, what the list has
 * further down comes first, and what states no time comes last. In firsts(row, kinds): a bit for each of FIRST_KINDS.
 */
export class Firsts {
  readonly #duck: Duck;
  readonly #table: EventTable;
  readonly #order: TimeOrder;
  #kinds: Uint8Array = new Uint8Array(0);
  #revision = -1;
  #finding: Promise<unknown> = Promise.resolve();

  private constructor(duck: Duck, table: EventTable, order: TimeOrder) {
    this.#duck = duck;
    this.#table = table;
    this.#order = order;
  }

  static async create(duck: Duck, table: EventTable, order: TimeOrder): Promise<Firsts> {
    await duck.writer.run('CREATE TABLE firsts (row INTEGER, kinds INTEGER)');
    return new Firsts(duck, table, order);
  }

  /** Undefined as long as nothing has been looked for since the event came. */
  of(row: number): readonly FirstKind[] | undefined {
    const kinds = this.#kinds[row];
    if (kinds === undefined) return undefined;
    return kinds === 0 ? NONE : FIRST_KINDS.filter((kind) => (kinds & firstBit(kind)) !== 0);
  }

  /** Looks again where there are new events since. @returns whether something changed. */
  find(revision: () => number, signal?: AbortSignal): Promise<boolean> {
    const found = this.#finding.then(async () => {
      signal?.throwIfAborted();
      const now = revision();
      if (now === this.#revision) return false;
      const kinds = await this.#find(signal);
      const hasChanged = this.#revision < 0 || Buffer.compare(kinds, this.#kinds) !== 0;
      this.#kinds = kinds;
      this.#revision = now;
      return hasChanged;
    });
    this.#finding = found.catch(() => {});
    return found;
  }

  async #find(signal?: AbortSignal): Promise<Uint8Array> {
    // In one go with the list of rows below: nobody's agent is missing.
    this.#table.families.settle();
    const count = this.#order.count;
    const kinds = new Uint8Array(count);
    await this.#tellAges();
    const selects = FIRST_KINDS.map((kind) => {
      const [columns, where] = KEYS[kind];
      return `SELECT min(place) AS place, ${firstBit(kind)} AS bit FROM p WHERE ${where} GROUP BY ${columns}`;
    });
    await this.#duck.query(
      `CREATE OR REPLACE TABLE firsts AS
        WITH p AS MATERIALIZED (SELECT (a.age::BIGINT << 32) | e.row AS place, f_who, f_caller, f_name, f_source, f_ip, f_region, g.number AS family
          FROM events e JOIN ages a ON a.row = e.row JOIN agent_families g ON g.id = e.f_agent WHERE f_who <> 0 ${this.#andNoInsight()})
        SELECT (place & 4294967295)::INTEGER AS row, (CASE WHEN bit_or(bit) & 1 <> 0 THEN 1 ELSE bit_or(bit) END)::INTEGER AS kinds
        FROM (${selects.join(' UNION ALL ')}) GROUP BY place`,
      {},
      signal,
    );
    const found = await this.#duck.query('SELECT row, kinds FROM firsts', {}, signal);
    const [rows, bits] = [found.integers(0), found.integers(1)];
    for (let start = 0; start < rows.length; start += SLICE) {
      if (start > 0) await new Promise((resolve) => setImmediate(resolve));
      const end = Math.min(start + SLICE, rows.length);
      for (let k = start; k < end; k++) kinds[rows[k] as number] = bits[k] as number;
    }
    await this.#duck.query('DROP TABLE ages');
    return kinds;
  }

  /** An Insight names somebody, and is nobody's call. */
  #andNoInsight(): string {
    const { values } = this.#table.dictionaries.eventType;
    const ids = values.flatMap((value, id) => (/insight/i.test(value) ? [id] : []));
    return ids.length === 0 ? '' : `AND f_eventType NOT IN (${ids.join(', ')})`;
  }

  /** ages(row, age): 0 for the oldest event. */
  async #tellAges(): Promise<void> {
    const rows = this.#order.rows();
    const timed = this.#order.timedCount(rows);
    await this.#duck.appending.run('CREATE OR REPLACE TABLE ages (row INTEGER, age INTEGER)');
    const appender = await this.#duck.appending.createAppender('ages');
    const slices = new Slices();
    for (let start = 0; start < rows.length; start += VECTOR) {
      const count = Math.min(VECTOR, rows.length - start);
      const chunk = DuckDBDataChunk.create([INTEGER, INTEGER], count);
      const [row, age] = [0, 1].map((column) => chunk.getColumnVector(column) as unknown as Vector) as [Vector, Vector];
      row.items.set(rows.subarray(start, start + count));
      for (let k = 0; k < count; k++) age.items[k] = start + k < timed ? timed - 1 - start - k : start + k;
      row.flush();
      age.flush();
      appender.appendDataChunk(chunk);
      await slices.next();
    }
    appender.flushSync();
    appender.closeSync();
  }
}

type Vector = { readonly items: Int32Array; flush(): void };

const NONE: readonly FirstKind[] = [];
