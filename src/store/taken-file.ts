import type { Duck } from './duck.ts';
import { quoted } from './quoted.ts';

/** Rows of the file from `fileRow` on are the store's rows from `row` on. */
export type TakenRun = { readonly fileRow: number; readonly row: number; readonly count: number };

/**
 * A Parquet file that is read as it is: its rows are known by their place. As long as they are one run of the store's
 * rows, a sum tells which; where some were left out or other events came in between, a table of pairs does.
 */
export class TakenFile {
  readonly bytesPerRow: number;
  readonly #duck: Duck;
  readonly #source: string;
  readonly #map: string;
  #run: TakenRun | null = null;
  #hasMap = false;

  private constructor(duck: Duck, file: string, map: string, bytesPerRow: number) {
    this.#duck = duck;
    this.#source = `read_parquet(${quoted(file)}, file_row_number = true)`;
    this.#map = map;
    this.bytesPerRow = bytesPerRow;
  }

  /** `map` names the table of pairs, should there be need of one. */
  static async open(duck: Duck, file: string, map: string): Promise<TakenFile> {
    const sql = `SELECT coalesce(sum(total_uncompressed_size) / nullif(sum(num_values), 0), 0)::INTEGER
      FROM parquet_metadata(${quoted(file)}) WHERE path_in_schema = 'raw'`;
    const bytesPerRow = (await duck.query(sql)).integers(0)[0] ?? 0;
    return new TakenFile(duck, file, map, bytesPerRow);
  }

  async add(runs: readonly TakenRun[]): Promise<void> {
    const fresh = [...runs];
    if (!this.#hasMap) {
      const [first] = fresh;
      if (first === undefined) return;
      if (this.#run === null || isNext(this.#run, first)) {
        this.#run = { ...(this.#run ?? first), count: (this.#run?.count ?? 0) + first.count };
        fresh.shift();
      }
      if (fresh.length === 0) return;
      await this.#duck.writer.run(`CREATE TABLE ${this.#map} (file_row BIGINT, row INTEGER)`);
      this.#hasMap = true;
      if (this.#run !== null) fresh.unshift(this.#run);
    }
    const list = (of: (run: TakenRun) => number): string => `unnest([${fresh.map(of).join(',')}])`;
    await this.#duck.writer.run(`INSERT INTO ${this.#map}
      SELECT unnest(range(file_row, file_row + count)), unnest(range(row, row + count))
      FROM (SELECT ${list((run) => run.fileRow)} AS file_row, ${list((run) => run.row)} AS row, ${list((run) => run.count)} AS count)`);
  }

  /** SQL for all its rows (row, raw). */
  table(): string {
    if (this.#hasMap || this.#run === null) {
      return `SELECT m.row, f.raw FROM ${this.#source} f JOIN ${this.#map} m ON m.file_row = f.file_row_number`;
    }
    const { fileRow, row, count } = this.#run;
    return `SELECT (file_row_number + ${row - fileRow})::INTEGER AS row, raw FROM ${this.#source}
      WHERE file_row_number BETWEEN ${fileRow} AND ${fileRow + count - 1}`;
  }

  /** SQL for some rows (row, raw), given with their places in the file. */
  picked(fileRows: readonly number[], rows: readonly number[]): string {
    return `SELECT w.row, f.raw FROM ${this.#source} f
      JOIN (SELECT unnest([${fileRows.join(',')}]) AS file_row, unnest([${rows.join(',')}]) AS row) w
      ON w.file_row = f.file_row_number`;
  }
}

function isNext(run: TakenRun, next: TakenRun): boolean {
  return run.fileRow + run.count === next.fileRow && run.row + run.count === next.row;
}
