import { RESOURCE_SEPARATOR } from '../cloudtrail/fields.ts';
import type { Dictionary } from './dictionary.ts';
import type { Duck } from './duck.ts';

/**
 * The resources in each distinct cell of `resource`, which may hold several: resource_parts(id, part, main, is_first)
 * and resource_values(part, value, main); the absent cell has the part 0. Split by the database when they are asked for,
 * each cell once. `main` is one part for all that differ in nothing but case, `is_first` true for one of those in a cell.
 */
export class ResourceParts {
  readonly #duck: Duck;
  readonly #cells: Dictionary;
  #known = 1;
  #hasVariants = false;
  #settling: Promise<void> = Promise.resolve();

  constructor(duck: Duck, cells: Dictionary) {
    this.#duck = duck;
    this.#cells = cells;
  }

  static async create(duck: Duck, cells: Dictionary): Promise<ResourceParts> {
    await duck.writer.run('CREATE TABLE resource_values (part INTEGER, value VARCHAR, main INTEGER)');
    await duck.writer.run(
      `CREATE TABLE resource_parts (id INTEGER, part INTEGER, main INTEGER, is_first BOOLEAN);
        INSERT INTO resource_parts VALUES (0, 0, 0, true)`,
    );
    return new ResourceParts(duck, cells);
  }

  /** Whether some resource is spelt in several ways. */
  get hasVariants(): boolean {
    return this.#hasVariants;
  }

  /** Takes in the cells that queries see by now (EventTable.settle). */
  settle(): Promise<void> {
    const settled = this.#settling.then(() => this.#settle());
    this.#settling = settled.catch(() => {});
    return settled;
  }

  async #settle(): Promise<void> {
    const first = this.#known;
    if (first === this.#cells.values.length) return;
    const last = await this.#duck.query('SELECT coalesce(max(id), 0) FROM d_resource');
    const end = (last.integers(0)[0] ?? 0) + 1;
    if (first === end) return;
    const fresh = `SELECT id, unnest(string_split(value, $separator)) AS value FROM d_resource
      WHERE id >= ${first} AND id < ${end}`;
    const params = { separator: RESOURCE_SEPARATOR };
    await this.#duck.query(
      `INSERT INTO resource_values
        WITH n AS MATERIALIZED (SELECT (row_number() OVER () + (SELECT count(*) FROM resource_values))::INTEGER AS part,
          value, lower(value) AS folded FROM (SELECT DISTINCT value FROM (${fresh})) f
          WHERE value <> '' AND NOT EXISTS (SELECT 1 FROM resource_values v WHERE v.value = f.value)),
        m AS (SELECT folded, min(main) AS main FROM (SELECT folded, part AS main FROM n UNION ALL
          SELECT lower(v.value), v.main FROM resource_values v WHERE lower(v.value) IN (SELECT folded FROM n)) GROUP BY folded)
        SELECT n.part, n.value, m.main FROM n JOIN m ON m.folded = n.folded`,
      params,
    );
    const variants = await this.#duck.query('SELECT count(*)::INTEGER FROM resource_values WHERE main <> part');
    this.#hasVariants = variants.integers(0)[0] !== 0;
    // Numbering them takes longer than all else: only where it tells something.
    const isFirst = this.#hasVariants ? 'row_number() OVER (PARTITION BY id, main ORDER BY part) = 1' : 'true';
    await this.#duck.query(
      `INSERT INTO resource_parts SELECT id, part, main, ${isFirst} FROM
        (SELECT DISTINCT f.id, v.part, v.main FROM (${fresh}) f JOIN resource_values v ON v.value = f.value)`,
      params,
    );
    this.#known = end;
  }
}
