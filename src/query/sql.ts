import type { StoredFieldId } from '../cloudtrail/fields.ts';

/** What is bound to a `$name`; bytes are DuckDB's BIT (see evaluate.ts). */
export type Param = string | number | Uint8Array;

export type Params = Readonly<Record<string, Param>>;

/** A condition on `d.value`, the distinct values of a field; the absent value meets none. */
export type DictionaryTest = { readonly field: StoredFieldId; readonly condition: string };

/** A condition on `r.raw`, a record's text. */
export type RecordTest = {
  readonly condition: string;
  /** The columns answer nearly as well: a first answer may leave it out. */
  readonly isOptional: boolean;
  /** It stands under an odd number of negations. */
  readonly isNegated: boolean;
};

/** What a query is written into while it is compiled. */
export type Sql = {
  readonly params: Record<string, string | number>;
  /** Under which name a value is bound already: what is asked of several fields is the same condition for each. */
  readonly names: Map<string | number, string>;
  readonly dictionaries: DictionaryTest[];
  readonly records: RecordTest[];
  /** Whether what is written now stands under an odd number of negations. */
  isNegated: boolean;
};

export const FALSE = 'false';

/** Binds a value: the only way a value gets into a condition. */
export function bind(sql: Sql, value: string | number): string {
  const name = sql.names.get(value) ?? `p${sql.names.size}`;
  sql.names.set(value, name);
  sql.params[name] = value;
  return `$${name}`;
}

/** Conditions joined by OR; FALSE when there are none. */
export function anyOf(conditions: readonly string[]): string {
  const some = conditions.filter((condition) => condition !== FALSE);
  if (some.length === 0) return FALSE;
  return some.length === 1 ? (some[0] as string) : `(${some.join(' OR ')})`;
}

/** Events whose value in a field's dictionary meets a condition on d.value; an absent value meets none. */
export function whereValue(sql: Sql, field: StoredFieldId, condition: string): string {
  if (condition === FALSE) return FALSE;
  return `{d${sql.dictionaries.push({ field, condition }) - 1}}`;
}

/** Events whose record meets a condition on r.raw. */
export function whereRecord(sql: Sql, condition: string, isOptional: boolean): string {
  return `{r${sql.records.push({ condition, isOptional, isNegated: sql.isNegated }) - 1}}`;
}
