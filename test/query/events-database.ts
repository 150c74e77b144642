import { DuckDBBitValue, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { STORED_FIELDS, type StoredFieldId } from '../../src/cloudtrail/fields.ts';
import type { Compiled } from '../../src/query/compile.ts';
import { columnsStatement, completeStatement, valuesStatement, withValues } from '../../src/query/evaluate.ts';
import type { Params } from '../../src/query/sql.ts';
import type { TestEvent } from './brute-force.ts';

export type EventsDatabase = {
  /** Positions in `events` of those that meet the condition, ascending. */
  readonly rowsWhere: (compiled: Compiled, stage?: 'columns' | 'complete') => Promise<readonly number[]>;
  readonly close: () => void;
};

/** The store's schema, as compile.ts states it, over a few events in memory. */
export async function openEventsDatabase(events: readonly TestEvent[]): Promise<EventsDatabase> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const columns = STORED_FIELDS.map((field) => `f_${field} INTEGER`).join(', ');
  await connection.run(`CREATE TABLE events ("row" INTEGER, time DOUBLE, ${columns})`);
  await connection.run('CREATE TABLE records ("row" INTEGER, raw VARCHAR)');
  const ids = new Map<StoredFieldId, Map<string, number>>();
  await connection.run('CREATE TABLE distinct_values (field INTEGER, id INTEGER, value VARCHAR)');
  const appender = await connection.createAppender('distinct_values');
  for (const [number, field] of STORED_FIELDS.entries()) {
    const values = [...new Set(['', ...events.map((event) => event.cells[field])])];
    ids.set(field, new Map(values.map((value, id) => [value, id])));
    values.forEach((value, id) => {
      appender.appendInteger(number);
      appender.appendInteger(id);
      appender.appendVarchar(value);
      appender.endRow();
    });
  }
  appender.closeSync();
  const table = await connection.createAppender('events');
  const records = await connection.createAppender('records');
  events.forEach((event, row) => {
    table.appendInteger(row);
    if (event.time === null) table.appendNull();
    else table.appendDouble(event.time);
    for (const field of STORED_FIELDS) table.appendInteger(ids.get(field)?.get(event.cells[field]) ?? 0);
    table.endRow();
    records.appendInteger(row);
    records.appendVarchar(event.raw);
    records.endRow();
  });
  table.closeSync();
  records.closeSync();
  return {
    rowsWhere: async (compiled, stage = 'complete') => {
      const values = valuesStatement(compiled);
      const found = values === null ? [] : (await connection.runAndReadAll(values.sql, bound(values.params))).getRows();
      const [tests, ids] = [0, 1].map((column) => Int32Array.from(found, (row) => Number(row[column])));
      const known = withValues(compiled, tests as Int32Array, ids as Int32Array);
      const isRead = stage === 'complete' && compiled.records.length > 0;
      const { sql, params } = isRead ? completeStatement(known, 'records') : columnsStatement(known);
      const reader = await connection.runAndReadAll(sql, bound(params));
      return reader
        .getRows()
        .map(([row]) => Number(row))
        .sort((a, b) => a - b);
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function bound(params: Params): Record<string, DuckDBValue> {
  const entries = Object.entries(params);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value instanceof Uint8Array ? new DuckDBBitValue(value) : value]),
  );
}
