import { STORED_FIELDS, type StoredFieldId } from '../../cloudtrail/fields.ts';
import type { BatchColumn } from '../batch.ts';
import type { BatchParts } from './batch-entry.ts';

/** Puts rows of several batches together into one, with dictionaries of its own. */
export class Gatherer {
  #rows: { readonly parts: BatchParts; readonly row: number }[] = [];

  get count(): number {
    return this.#rows.length;
  }

  add(parts: BatchParts, row: number): void {
    this.#rows.push({ parts, row });
  }

  /** The rows so far; begins anew. */
  take(): BatchParts {
    const rows = this.#rows;
    const count = rows.length;
    this.#rows = [];
    const identity = new Uint32Array(count * 2);
    rows.forEach(({ parts, row }, k) => {
      identity.set(parts.identity.subarray(row * 2, row * 2 + 2), k * 2);
    });
    const columns = {} as Record<StoredFieldId, BatchColumn>;
    for (const field of STORED_FIELDS) columns[field] = columnOf(rows, field);
    return {
      count,
      time: Float64Array.from(rows, ({ parts, row }) => parts.time[row] as number),
      sequence: Float64Array.from(rows, ({ parts, row }) => parts.sequence[row] as number),
      identity,
      columns,
    };
  }
}

function columnOf(
  rows: readonly { readonly parts: BatchParts; readonly row: number }[],
  field: StoredFieldId,
): BatchColumn {
  const values = [''];
  const known = new Map([['', 0]]);
  /** Old index → new one, of each batch; -1: not met yet. */
  const maps = new Map<BatchParts, Int32Array>();
  const indexes = Int32Array.from(rows, ({ parts, row }) => {
    const column = parts.columns[field];
    let map = maps.get(parts);
    if (map === undefined) {
      map = new Int32Array(column.values.length).fill(-1);
      maps.set(parts, map);
    }
    const old = column.indexes[row] as number;
    let index = map[old] as number;
    if (index < 0) {
      const value = column.values[old] as string;
      index = known.get(value) ?? values.length;
      if (index === values.length) {
        known.set(value, index);
        values.push(value);
      }
      map[old] = index;
    }
    return index;
  });
  return { values, indexes };
}
