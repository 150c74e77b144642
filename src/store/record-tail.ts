import { type Duck, LINES } from './duck.ts';

/** Rows and bytes at which the tail is worth a file. */
const FULL_ROWS = 4096;
const FULL_BYTES = 8 * 1024 * 1024;

/**
 * The texts of small batches: a table (row, raw) until there are enough for a file. A table that was packed stays as
 * long as somebody may be reading it: queries name it before they run.
 */
export class RecordTail {
  readonly #duck: Duck;
  #number = 0;
  #rows = 0;
  #bytes = 0;
  #hasTable = false;
  #readers = 0;
  #packed: string[] = [];

  constructor(duck: Duck) {
    this.#duck = duck;
  }

  /** The table's name; it exists once something was added. */
  get name(): string {
    return `tail_${this.#number}`;
  }

  get isFull(): boolean {
    return this.#rows >= FULL_ROWS || this.#bytes >= FULL_BYTES;
  }

  /** Adds texts (each followed by '\n') as the rows from `firstRow` on. */
  async add(texts: Uint8Array, count: number, firstRow: number): Promise<void> {
    await this.#dropPacked();
    if (!this.#hasTable) {
      await this.#duck.writer.run(`CREATE TABLE ${this.name} (row INTEGER, raw VARCHAR)`);
      this.#hasTable = true;
    }
    await this.#duck.runWithLines(
      `INSERT INTO ${this.name} SELECT (${firstRow} + place)::INTEGER, raw FROM ${LINES}`,
      texts,
    );
    this.#rows += count;
    this.#bytes += texts.length;
  }

  /** Begins anew, after its rows were written to a file. */
  clear(): void {
    this.#packed.push(this.name);
    this.#number++;
    this.#rows = 0;
    this.#bytes = 0;
    this.#hasTable = false;
  }

  /** Tables named from here on stay until `work` is done. */
  async whileReading<T>(work: () => Promise<T>): Promise<T> {
    const release = this.hold();
    try {
      return await work();
    } finally {
      release();
    }
  }

  /** Tables named from here on stay until the returned function is called. */
  hold(): () => void {
    this.#readers++;
    return () => {
      this.#readers--;
    };
  }

  async #dropPacked(): Promise<void> {
    while (this.#readers === 0) {
      const name = this.#packed.pop();
      if (name === undefined) return;
      await this.#duck.writer.run(`DROP TABLE ${name}`);
    }
  }
}
