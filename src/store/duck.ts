import {
  DuckDBBitValue,
  type DuckDBBlobValue,
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Param } from '../query/sql.ts';

/** Values for the `$name`s of a statement. */
export type Params = Readonly<Record<string, Param | DuckDBBlobValue>>;

/** SQL for the lines of the blob given to `runWithLines`: a table (place, raw), counted from 0. */
export const LINES = `(SELECT row_number() OVER () - 1 AS place, raw
  FROM (SELECT unnest(string_split(decode($1::BLOB), chr(10))) AS raw))`;

const INTERRUPT_MS = 5;
const PROGRESS_MS = 100;
/** Has a connection know how far its query is. */
const WATCHED = 'SET enable_progress_bar = true; SET enable_progress_bar_print = false';

/** One embedded database and a few connections to it, so that a search can be interrupted without harming others. */
export class Duck {
  /** Writes the segments. */
  readonly writer: DuckDBConnection;
  /** Holds the appenders: flushing one ends a query that is on its way on the same connection. */
  readonly appending: DuckDBConnection;
  readonly #instance: DuckDBInstance;
  readonly #idle: DuckDBConnection[] = [];
  /** Connections at work, and how many calls are on their way to the database. */
  readonly #busy = new Set<DuckDBConnection>();
  #calls = 0;
  #isClosed = false;
  #onQuiet: () => void = () => {};

  private constructor(instance: DuckDBInstance, writer: DuckDBConnection, appending: DuckDBConnection) {
    this.#instance = instance;
    this.writer = writer;
    this.appending = appending;
  }

  static async open(options: Readonly<Record<string, string>>): Promise<Duck> {
    const instance = await DuckDBInstance.create(':memory:', { ...options });
    return new Duck(instance, await instance.connect(), await instance.connect());
  }

  /** Runs a query on a connection of its own; `signal` interrupts it (rejects with AbortError). `onProgress` is told
   *  from time to time which part of it is done, 0 to 1. */
  async query(
    sql: string,
    params: Params = {},
    signal?: AbortSignal,
    onProgress?: (part: number) => void,
  ): Promise<QueryRows> {
    signal?.throwIfAborted();
    const connection = await this.#take();
    const release = interruptOn(signal, connection);
    let watch: NodeJS.Timeout | undefined;
    try {
      if (onProgress !== undefined) {
        await this.#call(connection.run(WATCHED));
        watch = setInterval(() => onProgress(Math.max(0, connection.progress.percentage) / 100), PROGRESS_MS);
      }
      signal?.throwIfAborted();
      const chunks = await this.#call(connection.run(sql, bound(params)).then((result) => result.fetchAllChunks()));
      signal?.throwIfAborted();
      return new QueryRows(chunks);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      release();
      clearInterval(watch);
      this.#release(connection, onProgress === undefined);
    }
  }

  /** Like `query`, but hands the rows on as they come, some thousand at a time. */
  async *stream(sql: string, params: Params = {}, signal?: AbortSignal): AsyncGenerator<QueryRows> {
    signal?.throwIfAborted();
    const connection = await this.#take();
    const release = interruptOn(signal, connection);
    let isDone = false;
    try {
      signal?.throwIfAborted();
      const result = await this.#call(connection.stream(sql, bound(params)));
      for (;;) {
        const chunk = await this.#call(result.fetchChunk());
        if (chunk === null || chunk.rowCount === 0) break;
        yield new QueryRows([chunk]);
        signal?.throwIfAborted();
        this.#throwIfClosed();
      }
      isDone = true;
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      release();
      // A stream that was left in the middle occupies its connection.
      this.#release(connection, isDone);
    }
  }

  /** Runs a statement that reads LINES, a table (place, raw) of the lines of a blob; each line ends with '\\n'. */
  async runWithLines(sql: string, lines: Uint8Array): Promise<void> {
    this.#throwIfClosed();
    const statement = await this.#call(this.writer.prepare(sql));
    try {
      statement.bindBlob(1, lines.subarray(0, lines.length - 1));
      await this.#call(statement.run());
    } finally {
      statement.destroySync();
    }
  }

  /** Interrupts what runs and waits for its end: a connection closed while it is at work takes the process down. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#calls > 0) {
      const interrupt = (): void => {
        for (const connection of this.#busy) connection.interrupt();
      };
      interrupt();
      const again = setInterval(interrupt, INTERRUPT_MS);
      await new Promise<void>((resolve) => {
        this.#onQuiet = resolve;
      });
      clearInterval(again);
    }
    for (const connection of this.#idle) connection.closeSync();
    this.writer.closeSync();
    this.appending.closeSync();
    this.#instance.closeSync();
  }

  async #take(): Promise<DuckDBConnection> {
    this.#throwIfClosed();
    const connection = this.#idle.pop() ?? (await this.#call(this.#instance.connect()));
    if (this.#isClosed) connection.closeSync();
    this.#throwIfClosed();
    this.#busy.add(connection);
    return connection;
  }

  #release(connection: DuckDBConnection, isUsable: boolean): void {
    this.#busy.delete(connection);
    if (isUsable && !this.#isClosed) this.#idle.push(connection);
    else connection.closeSync();
  }

  async #call<T>(call: Promise<T>): Promise<T> {
    this.#calls++;
    try {
      return await call;
    } finally {
      if (--this.#calls === 0) this.#onQuiet();
    }
  }

  #throwIfClosed(): void {
    if (this.#isClosed) throw new Error('the store is closed');
  }
}

/** Interrupts what a connection is at when the signal fires. Again and again, because what has not begun by then (its
 *  statement is being prepared, or waits for a thread) knows nothing of it and would run to its end. */
function interruptOn(signal: AbortSignal | undefined, connection: DuckDBConnection): () => void {
  let again: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    connection.interrupt();
    again = setInterval(() => connection.interrupt(), INTERRUPT_MS);
  };
  signal?.addEventListener('abort', interrupt, { once: true });
  return () => {
    signal?.removeEventListener('abort', interrupt);
    clearInterval(again);
  };
}

function bound(params: Params): Record<string, DuckDBValue> {
  const entries = Object.entries(params);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value instanceof Uint8Array ? new DuckDBBitValue(value) : value]),
  );
}

type Chunk = Awaited<ReturnType<Awaited<ReturnType<DuckDBConnection['run']>>['fetchAllChunks']>>[number];

/** The rows of a finished query, column by column. */
export class QueryRows {
  readonly #chunks: readonly Chunk[];
  readonly count: number;

  constructor(chunks: readonly Chunk[]) {
    this.#chunks = chunks;
    this.count = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  }

  /** An INTEGER column without nulls. */
  integers(column: number): Int32Array {
    const all = new Int32Array(this.count);
    let at = 0;
    for (const chunk of this.#chunks) {
      const { items } = chunk.getColumnVector(column) as unknown as { readonly items: Int32Array };
      all.set(items.subarray(0, chunk.rowCount), at);
      at += chunk.rowCount;
    }
    return all;
  }

  /** One value of rows as `stream` hands them on: the others stay the database's bytes, which nothing here has to keep. */
  value(column: number, row: number): DuckDBValue {
    return this.#chunks[0]?.getColumnVector(column).getItem(row) ?? null;
  }

  values(column: number): DuckDBValue[] {
    return this.#chunks.flatMap((chunk) => chunk.getColumnValues(column));
  }
}
