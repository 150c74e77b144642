import type { StoredFieldId } from '../cloudtrail/fields.ts';

/** What a condition is written into: positional parameters in the order of their question marks. */
export type Sql = {
  readonly params: (string | number)[];
  /** Set when a condition reads r.raw. */
  usesRecords: boolean;
};

export const FALSE = 'false';

/** Binds a value: the only way a value gets into a condition. */
export function bind(sql: Sql, value: string | number): string {
  sql.params.push(value);
  return '?';
}

/** Conditions joined by OR; FALSE when there are none. */
export function anyOf(conditions: readonly string[]): string {
  const some = conditions.filter((condition) => condition !== FALSE);
  if (some.length === 0) return FALSE;
  return some.length === 1 ? (some[0] as string) : `(${some.join(' OR ')})`;
}

/** Events whose value in a field's dictionary meets a condition on d.value; an absent value meets none. */
export function whereValue(field: StoredFieldId, condition: string): string {
  if (condition === FALSE) return FALSE;
  return `e.f_${field} IN (SELECT d.id FROM d_${field} d WHERE d.id <> 0 AND ${condition})`;
}
