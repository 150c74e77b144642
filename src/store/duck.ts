import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';

/** One embedded database and a few connections to it, so that a search can be interrupted without harming others. */
export class Duck {
  readonly writer: DuckDBConnection;
  readonly #instance: DuckDBInstance;
  readonly #idle: DuckDBConnection[] = [];
  #isClosed = false;

  private constructor(instance: DuckDBInstance, writer: DuckDBConnection) {
    this.#instance = instance;
    this.writer = writer;
  }

  static async open(options: Readonly<Record<string, string>>): Promise<Duck> {
    const instance = await DuckDBInstance.create(':memory:', { ...options });
    return new Duck(instance, await instance.connect());
  }

  /** Runs a query on a connection of its own; `signal` interrupts it (rejects with AbortError). */
  async query(
    sql: string,
    params: Readonly<Record<string, string | number>> = {},
    signal?: AbortSignal,
  ): Promise<QueryRows> {
    signal?.throwIfAborted();
    const connection = this.#idle.pop() ?? (await this.#instance.connect());
    const interrupt = (): void => connection.interrupt();
    try {
      signal?.throwIfAborted();
      signal?.addEventListener('abort', interrupt, { once: true });
      const result = await connection.run(sql, { ...params });
      const chunks = await result.fetchAllChunks();
      signal?.throwIfAborted();
      return new QueryRows(chunks);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', interrupt);
      if (this.#isClosed) connection.closeSync();
      else this.#idle.push(connection);
    }
  }

  /** Like `query`, but hands the rows on as they come, at constant memory; `values` are those of one column. */
  async *stream(sql: string, column: number, signal?: AbortSignal): AsyncGenerator<DuckDBValue[]> {
    signal?.throwIfAborted();
    const connection = this.#idle.pop() ?? (await this.#instance.connect());
    const interrupt = (): void => connection.interrupt();
    signal?.addEventListener('abort', interrupt, { once: true });
    let isDone = false;
    try {
      const result = await connection.stream(sql);
      for (
        let chunk = await result.fetchChunk();
        chunk !== null && chunk.rowCount > 0;
        chunk = await result.fetchChunk()
      ) {
        yield chunk.getColumnValues(column);
        signal?.throwIfAborted();
      }
      isDone = true;
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', interrupt);
      // A stream that was left in the middle occupies its connection.
      if (isDone && !this.#isClosed) this.#idle.push(connection);
      else connection.closeSync();
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const connection of this.#idle) connection.closeSync();
    this.writer.closeSync();
    this.#instance.closeSync();
  }
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

  values(column: number): DuckDBValue[] {
    return this.#chunks.flatMap((chunk) => chunk.getColumnValues(column));
  }
}
