import type { StoredFieldId } from '../cloudtrail/fields.ts';

/** One column of a batch: a small dictionary of its own and an index into it for every row. Index 0 is always ''. */
export type BatchColumn = {
  readonly values: readonly string[];
  readonly indexes: Int32Array;
};

/** Records that are in a Parquet file already (column `raw`, in row order): taken over as they are, not copied.
 *  The file's content never changes. */
export type RecordsFile = {
  readonly file: string;
  /** The file's row that is the batch's first: a large file makes several batches. 0 by default. */
  readonly firstRow?: number;
};

/** Events on their way from a reader to the store. Typed arrays and one blob, so that it crosses threads for nothing. */
export type Batch = {
  readonly count: number;
  /** eventTime, ms since the epoch; NaN where the record states none. */
  readonly time: Float64Array;
  /** Place in the source (file ordinal × 2^32 + index in the file): orders events of the same second. */
  readonly sequence: Float64Array;
  /** 64-bit hash of eventID, recipientAccountId, eventTime and eventName, as two words; 0,0 for events without eventID. */
  readonly identity: Uint32Array;
  readonly columns: Readonly<Record<StoredFieldId, BatchColumn>>;
  /** The records' texts, UTF-8, without white space between tokens, each followed by '\n'. */
  readonly records: Uint8Array | RecordsFile;
  /** Where they come from, so that a search can be confined to some sources: an account in a Region. 0 by default. */
  readonly origin?: number;
};
