// Events whose person the columns do not tell, or tell wrongly: a sign-in that failed names somebody and is nobody's; of a
// SAML assertion, a web identity and an id without a type only the record says whose they are.

import { objectOf } from '../cloudtrail/json-value.ts';
import { type Person, PROOFS, personOfRecord, RECORD_TYPES } from '../cloudtrail/person.ts';
import { isUnprovenSignIn } from '../cloudtrail/sign-in-outcome.ts';
import { CALLER_COLUMNS } from './caller-columns.ts';
import type { Duck } from './duck.ts';
import { parsedRecord } from './parsed-record.ts';
import type { RecordSegments } from './record-segments.ts';
import { Slices } from './slices.ts';

/** Records read of each range of rows, the newest. What is left: a sign-in counts as the columns tell it, a subject as
 *  nobody. */
const MAX_READ = 20_000;
/** Records held at a time. */
const PAGE = 500;

/** `person` null: nobody's. `columns`: its ids, in the order of CALLER_FIELDS. */
export type ToldRow = { readonly row: number; readonly person: Person | null; readonly columns: readonly number[] };

const listed = (texts: readonly string[]): string => texts.map((text) => `'${text}'`).join(', ');
const USER_ID = '([0-9a-f]{10}-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** Those of the rows [from, to). */
export async function readToldRows(
  duck: Duck,
  segments: RecordSegments,
  [from, to]: readonly [number, number],
  signal?: AbortSignal,
): Promise<readonly ToldRow[]> {
  const typed = (types: readonly string[]) =>
    `e.f_type IN (SELECT id FROM d_type WHERE value IN (${listed(types.filter((type) => type !== ''))}))`;
  const found = await duck.query(
    `SELECT e.row, (e.f_error <> 0)::INTEGER AS failed, ${CALLER_COLUMNS} FROM events e
      WHERE e.row >= ${from} AND e.row < ${to} AND (
        e.f_name IN (SELECT id FROM d_name WHERE trim(value) IN (${listed(PROOFS)}))
        OR ${typed(RECORD_TYPES.filter((type) => type !== 'Unknown'))}
        OR ((e.f_type = 0 OR ${typed(['Unknown'])})
          AND e.f_who IN (SELECT id FROM d_who WHERE regexp_full_match(value, '${USER_ID}', 'i'))))
      ORDER BY e.row`,
    {},
    signal,
  );
  const [rows, failed] = [found.integers(0), found.integers(1)];
  const columns = CALLER_COLUMNS.split(', ').map((_, column) => found.integers(column + 2));
  const columnsOf = (k: number): readonly number[] => columns.map((ids) => ids[k] as number);
  const told: ToldRow[] = [];
  const open: number[] = [];
  const slices = new Slices();
  for (let k = 0; k < rows.length; k++) {
    if (k % PAGE === 0) await slices.next();
    if (failed[k] === 1) told.push({ row: rows[k] as number, person: null, columns: columnsOf(k) });
    else open.push(k);
  }
  const read = open.slice(-MAX_READ);
  for (let start = 0; start < read.length; start += PAGE) {
    const page = read.slice(start, start + PAGE);
    const texts = await segments.read(
      Int32Array.from(page, (k) => rows[k] as number),
      signal,
    );
    for (const k of page) {
      await slices.next();
      const row = rows[k] as number;
      const record = parsedRecord(texts.get(row));
      const person = personOfRecord(record);
      if (person !== null || isUnprovenSignIn(objectOf(record))) {
        told.push({ row, person: isUnprovenSignIn(objectOf(record)) ? null : person, columns: columnsOf(k) });
      }
    }
  }
  return told;
}
