import type { Cells } from './fields.ts';
import type { FirstKind } from './firsts.ts';

/** One row of a list: what the columns need, without the record's text. */
export type TrailEvent = {
  /** Row number in the store: stable while the store lives, and the selection's identity. */
  readonly row: number;
  /** eventTime in milliseconds since the epoch; null where the record states none. */
  readonly time: number | null;
  readonly cells: Cells;
  /** What it is the first of, as far as that has been looked for (Analysis.findFirsts). */
  readonly firsts?: readonly FirstKind[];
  /** The person behind it, where they are known and the label does not name them (Sessions.findPeople). */
  readonly person?: string;
  /** The same person, also where the label names them: for files. */
  readonly personLabel?: string;
};
