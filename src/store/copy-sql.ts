// SQL for the columns of a file: from the columns of events, the dictionaries and the records' texts.

import { RESOURCE_SEPARATOR } from '../cloudtrail/fields.ts';
import { FIRST_KINDS } from '../cloudtrail/firsts.ts';
import { CALLER_FIELDS } from '../cloudtrail/person.ts';
import { firstBit } from '../query/compile-derived.ts';
import type { CopiedColumn } from './copied.ts';
import type { Params } from './duck.ts';
import type { Parts } from './parts.ts';
import { quoted } from './quoted.ts';
import { Slices } from './slices.ts';

export type CopyStatement = {
  /** SQL for the rows of places [first, end), in their order, from the table records(row, raw). */
  readonly select: (places: readonly [first: number, end: number], records: string) => string;
  readonly params: Params;
  readonly readsRecords: boolean;
};

/** What a copy of these columns selects, from the table listed(place, row, g0, g1 …). */
export async function selectOf(parts: Parts, columns: readonly CopiedColumn[], listed: string): Promise<CopyStatement> {
  const params: Record<string, string> = {};
  // Kept by their text: a table that several columns need is joined once.
  const joins = new Set<string>();
  const members = [...new Set(columns.flatMap(({ source }) => (source.kind === 'member' ? [source.key] : [])))];
  let given = 0;
  const readValue = async ({ source }: CopiedColumn): Promise<string> => {
    switch (source.kind) {
      case 'time':
        return 'make_timestamp(e.time::BIGINT * 1000)';
      case 'field':
      case 'resources': {
        const id = source.kind === 'field' ? source.id : 'resource';
        joins.add(`LEFT JOIN d_${id} ON d_${id}.id = e.f_${id}`);
        if (source.kind === 'field') return `nullif(d_${id}.value, '')`;
        const list = `string_split(d_${id}.value, chr(${RESOURCE_SEPARATOR.charCodeAt(0)}))`;
        return `CASE WHEN e.f_${id} = 0 THEN []::VARCHAR[] ELSE ${list} END`;
      }
      case 'mapped': {
        const name = `m${joins.size}`;
        const values = await mapped(parts.table.dictionaries[source.id].values, source.map);
        params[name] = JSON.stringify(values);
        const list = `SELECT unnest(range(${values.length})) AS id, unnest(from_json($${name}, '["VARCHAR"]')) AS value`;
        joins.add(`LEFT JOIN (${list}) ${name} ON ${name}.id = e.f_${source.id}`);
        return `nullif(${name}.value, '')`;
      }
      case 'family':
        joins.add('LEFT JOIN agent_families a ON a.id = e.f_agent');
        return `nullif(a.family, '')`;
      case 'firsts': {
        joins.add('LEFT JOIN firsts f ON f.row = e.row');
        const kinds = FIRST_KINDS.map((kind) => `CASE WHEN f.kinds & ${firstBit(kind)} <> 0 THEN ${quoted(kind)} END`);
        return `nullif(concat_ws(${quoted(source.separator)}, ${kinds.join(', ')}), '')`;
      }
      case 'person': {
        const isSame = CALLER_FIELDS.map((field) => `p.f_${field} = e.f_${field}`).join(' AND ');
        joins.add(`LEFT JOIN people p ON ${isSame}`);
        return 'p.label';
      }
      case 'member':
        return `nullif(${memberOf(source.key, members.indexOf(source.key))}, '')`;
      case 'record':
        return 'r.raw';
      case 'given':
        return `l.g${given++}`;
    }
  };
  const values: string[] = [];
  for (const column of columns) values.push(`${await readValue(column)} AS "${column.name.replaceAll('"', '""')}"`);
  const readsRecords = columns.some(({ source }) => source.kind === 'record' || source.kind === 'member');
  const from = `FROM ${listed} l JOIN events e ON e.row = l.row ${[...joins].join(' ')}`;
  const read = members.length === 0 ? '' : `, ${membersOf(members)} AS members`;
  const select: CopyStatement['select'] = ([first, end], records) =>
    `SELECT ${values.join(', ')} ${from} ${readsRecords ? `JOIN (SELECT row, raw${read} FROM (${records})) r ON r.row = e.row` : ''} WHERE l.place >= ${first} AND l.place < ${end} ORDER BY l.place`;
  return { select, params, readsRecords };
}

/** All of them in one walk over the text; null where it is no JSON to the database (half a surrogate pair). */
function membersOf(keys: readonly string[]): string {
  return `TRY(json_extract(raw, [${keys.map((key) => quoted(`/${key}`)).join(', ')}]))`;
}

function memberOf(key: string, index: number): string {
  const value = `r.members[${index + 1}]`;
  const isPlain = `json_type(${value}) NOT IN ('OBJECT', 'ARRAY', 'NULL')`;
  const inText = `regexp_extract(r.raw, ${quoted(`"${key}":"([^"\\\\]*)"`)}, 1)`;
  return `CASE WHEN r.members IS NULL THEN ${inText} WHEN ${isPlain} THEN json_extract_string(${value}, '$') END`;
}

async function mapped(values: readonly string[], map: (value: string) => string): Promise<readonly string[]> {
  const slices = new Slices();
  const all: string[] = [];
  for (const value of values) {
    if (all.length % 100 === 99) await slices.next();
    // What is half a surrogate pair is no JSON to the database.
    all.push(map(value).toWellFormed());
  }
  return all;
}
