import { STORED_FIELDS, type StoredFieldId } from '../cloudtrail/fields.ts';
import type { Duck } from './duck.ts';

/**
 * Spellings of one value: texts that differ in nothing but case, which every comparison of the search language takes
 * for equal. case_variants(field, id, main): each spelling but the first that came, and the id of that first one.
 * Nearly empty: most values are spelt in one way. Kept up with the dictionaries when it is asked for.
 */
export class CaseVariants {
  readonly #duck: Duck;
  /** Rows of distinct_values that were looked at. */
  #known = 0;
  #fields: ReadonlySet<StoredFieldId> = new Set();
  #settling: Promise<void> = Promise.resolve();

  private constructor(duck: Duck) {
    this.#duck = duck;
  }

  static async create(duck: Duck): Promise<CaseVariants> {
    await duck.writer.run('CREATE TABLE case_variants (field INTEGER, id INTEGER, main INTEGER)');
    return new CaseVariants(duck);
  }

  /** Whether a field has values of several spellings. */
  has(field: StoredFieldId): boolean {
    return this.#fields.has(field);
  }

  /** SQL that joins the spellings of a field's `id`s as `alias`: the value is `coalesce(<alias>.main, <id>)`. */
  join(field: StoredFieldId, alias: string, id: string): string {
    return `LEFT JOIN case_variants ${alias} ON ${alias}.field = ${STORED_FIELDS.indexOf(field)} AND ${alias}.id = ${id}`;
  }

  /** Takes in the values that queries see by now (EventTable.settle). */
  settle(): Promise<void> {
    const settled = this.#settling.then(() => this.#settle());
    this.#settling = settled.catch(() => {});
    return settled;
  }

  async #settle(): Promise<void> {
    const first = this.#known;
    const counted = await this.#duck.query('SELECT count(*)::INTEGER FROM distinct_values');
    const end = counted.integers(0)[0] ?? 0;
    if (first === end) return;
    // Rows are only ever added, and a field's in the order of their ids: the first spelling stays the first.
    const found = first * 2 < end ? amongAll(first, end) : amongFew(first, end);
    await this.#duck.query(`INSERT INTO case_variants ${found}`);
    const fields = await this.#duck.query('SELECT DISTINCT field FROM case_variants');
    this.#fields = new Set(Array.from(fields.integers(0), (field) => STORED_FIELDS[field] as StoredFieldId));
    this.#known = end;
  }
}

/** SQL for (field, id, main) of the rows [first, end) that are another spelling. Hashes first: the texts of all
 *  compared take four times as long. */
function amongAll(first: number, end: number): string {
  return `WITH several AS MATERIALIZED (SELECT field, hash(lower(value)) AS folded FROM distinct_values
      WHERE rowid < ${end} GROUP BY ALL HAVING count(*) > 1 AND max(rowid) >= ${first}),
    alike AS (SELECT d.field, d.id, d.rowid AS place, lower(d.value) AS value FROM distinct_values d
      JOIN several s ON s.field = d.field AND s.folded = hash(lower(d.value)) WHERE d.rowid < ${end})
    SELECT field, id, main FROM (SELECT *, min(id) OVER (PARTITION BY field, value) AS main FROM alike)
    WHERE id <> main AND place >= ${first}`;
}

/** The same, where they are a small part. */
function amongFew(first: number, end: number): string {
  return `WITH fresh AS (SELECT field, id, lower(value) AS value FROM distinct_values
      WHERE rowid >= ${first} AND rowid < ${end})
    SELECT f.field, f.id, min(d.id) FROM fresh f
    JOIN distinct_values d ON d.field = f.field AND lower(d.value) = f.value
    WHERE d.id < f.id GROUP BY f.field, f.id`;
}
