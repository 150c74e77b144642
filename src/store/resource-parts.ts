import { RESOURCE_SEPARATOR } from '../cloudtrail/fields.ts';
import type { Dictionary } from './dictionary.ts';
import type { Duck } from './duck.ts';

/**
 * The resources in each distinct cell of `resource`, which may hold several: resource_parts(id, part) and
 * resource_values(part, value); the absent cell has the part 0. Split by the database when they are asked for, each
 * cell once.
 */
export class ResourceParts {
  readonly #duck: Duck;
  readonly #cells: Dictionary;
  #known = 1;
  #settling: Promise<void> = Promise.resolve();

  constructor(duck: Duck, cells: Dictionary) {
    this.#duck = duck;
    this.#cells = cells;
  }

  static async create(duck: Duck, cells: Dictionary): Promise<ResourceParts> {
    await duck.writer.run('CREATE TABLE resource_values (part INTEGER, value VARCHAR)');
    await duck.writer.run(
      'CREATE TABLE resource_parts (id INTEGER, part INTEGER); INSERT INTO resource_parts VALUES (0, 0)',
    );
    return new ResourceParts(duck, cells);
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
      `INSERT INTO resource_values SELECT row_number() OVER () + (SELECT count(*) FROM resource_values), value
        FROM (SELECT DISTINCT value FROM (${fresh})) f
        WHERE value <> '' AND NOT EXISTS (SELECT 1 FROM resource_values v WHERE v.value = f.value)`,
      params,
    );
    await this.#duck.query(
      `INSERT INTO resource_parts SELECT DISTINCT f.id, v.part FROM (${fresh}) f JOIN resource_values v ON v.value = f.value`,
      params,
    );
    this.#known = end;
  }
}
