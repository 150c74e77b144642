import type { StoredFieldId } from '../cloudtrail/fields.ts';
import type { Query } from '../query/query.ts';

/** What a fuzzy word stood for: shown while typing, so that people trust it. */
export type Understood = {
  readonly word: string;
  readonly matches: readonly { readonly field: StoredFieldId; readonly value: string; readonly count: number }[];
};

/** The answer to one query at one revision of the store; an immutable list of row numbers, newest first. */
export type Result = {
  /** Rises with each search: a later one replaces an earlier one. */
  readonly id: number;
  readonly revision: number;
  readonly query: Query;
  readonly total: number;
  /** `columns`: the records' texts are still being searched; more may join. */
  readonly stage: 'columns' | 'complete';
  readonly understood: readonly Understood[];
  /** Row numbers, newest first. */
  readonly rows: Int32Array;
  /** Of a folded result (see Analysis.fold): how many events each of `rows` stands for, and the result before. */
  readonly folded?: { readonly counts: Int32Array; readonly whole: Result };
};
