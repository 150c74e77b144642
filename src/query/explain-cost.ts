// What a kind of term costs. Measured on 2 cores with DuckDB 1.5 over the benchmark's corpus of 400,000 events, per
// million of them; the text of a million records is 1.3 GB.

import { STORED_FIELDS, type StoredFieldId } from '../cloudtrail/fields.ts';

export type TermCost =
  | 'nothing'
  | 'time'
  | 'stated'
  | 'values'
  | 'every field'
  | 'names'
  | 'text'
  | 'path'
  | 'first'
  | 'person';

type Cost = {
  /** Where the term is looked for. `{values}` is how many distinct values are looked at. */
  readonly where: string;
  /** ms for a million events, once the values are found. */
  readonly msPerMillion: number;
  /** ms for each thousand distinct values. */
  readonly msPerThousandValues: number;
  /** What the figures leave out. */
  readonly beside?: string;
};

export const TERM_COSTS: Readonly<Record<TermCost, Cost>> = {
  nothing: { where: '', msPerMillion: 0, msPerThousandValues: 0 },
  time: { where: 'times: one comparison of each event', msPerMillion: 25, msPerThousandValues: 0 },
  stated: { where: 'columns: one integer of each event', msPerMillion: 10, msPerThousandValues: 0 },
  values: {
    where: 'columns: {values} distinct values, then one integer of each event',
    msPerMillion: 15,
    msPerThousandValues: 0.25,
  },
  'every field': {
    where: 'columns: {values} distinct values of all fields, then integers of each event',
    msPerMillion: 60,
    msPerThousandValues: 0.3,
  },
  names: {
    where: 'columns: {values} distinct values, names by resemblance; then the text of every record not found so',
    msPerMillion: 650,
    msPerThousandValues: 0.3,
  },
  text: {
    where: 'columns: {values} distinct values; then the text of every record not found so',
    msPerMillion: 650,
    msPerThousandValues: 0.3,
  },
  path: {
    where: 'the text of every record, unless other terms rule it out; then the JSON of those that hold key and value',
    msPerMillion: 650,
    msPerThousandValues: 0,
    beside: '5 ms for each thousand of those',
  },
  first: {
    where: 'worked out once for what is loaded, then a lookup for each event',
    msPerMillion: 30,
    msPerThousandValues: 0,
  },
  person: {
    where: 'worked out once for what is loaded, then a lookup of the caller of each event',
    msPerMillion: 60,
    msPerThousandValues: 0,
  },
};

/** `columns: 1,204 distinct values, then one integer of each event · about 15 ms` */
export function costText(
  cost: TermCost,
  field: StoredFieldId | null,
  { events, distinct }: { readonly events: number; readonly distinct: (field: StoredFieldId) => number },
): string {
  const { where, msPerMillion, msPerThousandValues, beside } = TERM_COSTS[cost];
  if (where === '') return '';
  const fields = field === null ? STORED_FIELDS : [field];
  const values = where.includes('{values}') ? fields.reduce((sum, id) => sum + distinct(id), 0) : 0;
  const ms = (msPerMillion * events) / 1e6 + (msPerThousandValues * values) / 1000;
  const time = beside === undefined ? duration(ms) : `${duration(ms)}, and ${beside}`;
  return `${where.replace('{values}', thousands(values))} · ${time}`;
}

function duration(ms: number): string {
  if (ms < 1) return 'less than 1 ms';
  return ms < 1000 ? `about ${Math.ceil(ms)} ms` : `about ${(ms / 1000).toFixed(1)} s`;
}

export function thousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
