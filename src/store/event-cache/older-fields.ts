// Files that were written before a field was stored: where the records' texts tell it, nothing of them is lost. Fields are
// added here with what finds them in a record, as readers do.

import { STORED_FIELDS, type StoredFieldId } from '../../cloudtrail/fields.ts';
import { objectOf } from '../../cloudtrail/json-value.ts';
import { creationDateOf, issuedKeyOf } from '../../cloudtrail/session-grant.ts';
import type { BatchColumn } from '../batch.ts';
import { parsedRecord } from '../parsed-record.ts';
import { Slices } from '../slices.ts';

const FINDERS: Partial<Record<StoredFieldId, (record: unknown) => string>> = {
  created: (record) => creationDateOf(objectOf(record).userIdentity),
  issued: (record) => issuedKeyOf(objectOf(record).responseElements),
};

/** The fields of a file, as its first line lists them; null where they are not those of this version, and what is missing
 *  is in no text. */
export function readableFields(listed: unknown): readonly StoredFieldId[] | null {
  if (!Array.isArray(listed) || new Set(listed).size !== listed.length) return null;
  const known = new Set<unknown>(STORED_FIELDS);
  const missing = STORED_FIELDS.filter((field) => !listed.includes(field));
  return listed.every((field) => known.has(field)) && missing.every((field) => FINDERS[field] !== undefined)
    ? (listed as StoredFieldId[])
    : null;
}

/** The columns that a file with these fields lacks, from the texts of its rows. In slices: a text is parsed whole. */
export async function missingColumns(
  fields: readonly StoredFieldId[],
  texts: readonly string[],
): Promise<Partial<Record<StoredFieldId, BatchColumn>>> {
  const missing = STORED_FIELDS.filter((field) => !fields.includes(field));
  const columns = missing.map(() => ({ values: [''], ids: new Map([['', 0]]), indexes: new Int32Array(texts.length) }));
  const slices = new Slices();
  for (const [row, text] of texts.entries()) {
    await slices.next();
    const record = parsedRecord(text);
    columns.forEach(({ values, ids, indexes }, k) => {
      const value = FINDERS[missing[k] as StoredFieldId]?.(record) ?? '';
      let id = ids.get(value);
      if (id === undefined) {
        id = values.push(value) - 1;
        ids.set(value, id);
      }
      indexes[row] = id;
    });
  }
  return Object.fromEntries(columns.map(({ values, indexes }, k) => [missing[k], { values, indexes }]));
}
