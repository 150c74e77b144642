import { CALLER_COLUMNS } from './caller-columns.ts';
import type { Duck } from './duck.ts';
import { parsedRecord } from './parsed-record.ts';
import type { RecordSegments } from './record-segments.ts';
import { sharedEventIDOf } from './session-partners.ts';
import { Slices } from './slices.ts';

/** Calls looked at each time, the newest, and records read for them. */
const MAX_CALLS = 500;
const MAX_READ = 5000;
/** The two records of one call state times within so much of each other, ms. */
const APART_MS = 60_000;

/** Keys that only the record of the account of the role says were handed out: whose call it was, the record of the
 *  caller's account tells, which states the same sharedEventID. */
export class OutsideGrants {
  readonly #duck: Duck;
  readonly #segments: RecordSegments;
  /** Rows by id of `issued`. */
  readonly #rows = new Map<number, number>();
  #lookedAt = 0;

  constructor(duck: Duck, segments: RecordSegments) {
    this.#duck = duck;
    this.#segments = segments;
  }

  add(issued: number, row: number): void {
    this.#rows.set(issued, row);
  }

  /** The key is told of elsewhere. */
  drop(issued: number): void {
    this.#rows.delete(issued);
  }

  /** Partners among rows below `to` that have not been looked at, by key; their callers' ids in the order of
   *  CALLER_FIELDS. */
  async partners(
    to: number,
    signal: AbortSignal,
  ): Promise<readonly { readonly issued: number; readonly columns: readonly number[] }[]> {
    const from = this.#lookedAt;
    const open = [...this.#rows].slice(-MAX_CALLS);
    if (open.length === 0 || to <= from) {
      this.#lookedAt = to;
      return [];
    }
    const found = await this.#duck.query(
      `SELECT g.row, e.row, ${CALLER_COLUMNS.replaceAll('f_', 'e.f_')} FROM events e
        JOIN (SELECT row, time, f_name, f_caller FROM events WHERE row IN (${open.map(([, row]) => row).join(',')})) g
          ON e.f_name = g.f_name AND e.f_caller = g.f_caller
        WHERE e.f_caller <> 0 AND e.f_arn <> 0 AND e.f_error = 0 AND e.row < ${to} AND (e.row >= ${from} OR g.row >= ${from})
          AND e.time BETWEEN g.time - ${APART_MS} AND g.time + ${APART_MS}
        ORDER BY abs(e.time - g.time), e.row LIMIT ${MAX_READ}`,
      {},
      signal,
    );
    const [calls, rows] = [found.integers(0), found.integers(1)];
    const read = new Set([...calls, ...rows]);
    const texts = await this.#segments.read(Int32Array.from(read), signal);
    const shared = new Map<number, string>();
    const slices = new Slices();
    for (const row of read) {
      await slices.next();
      const text = texts.get(row) ?? '';
      if (text.includes('"sharedEventID"')) shared.set(row, sharedEventIDOf(parsedRecord(text)));
    }
    const keyOf = new Map(open.map(([issued, row]) => [row, issued]));
    const columns = CALLER_COLUMNS.split(', ').map((_, column) => found.integers(column + 2));
    const partners: { issued: number; columns: readonly number[] }[] = [];
    calls.forEach((call, k) => {
      const [id, issued] = [shared.get(call) ?? '', keyOf.get(call)];
      if (id === '' || issued === undefined || shared.get(rows[k] as number) !== id) return;
      partners.push({ issued, columns: columns.map((ids) => ids[k] as number) });
      keyOf.delete(call);
    });
    for (const { issued } of partners) this.drop(issued);
    this.#lookedAt = to;
    return partners;
  }
}
