// Parameters whose first letters differ from service to service and over the years: sSHPublicKey, SSHPublicKey,
// sshPublicKey; groupId in a call of EC2, GroupId in a newer one.

import { firstText, listOf, objectOf } from './json-value.ts';

/** The member of that name whatever its case, and in its own case where there are several; undefined where there is
 *  none, and of what is no object. */
export function memberOf(value: unknown, name: string): unknown {
  const object = objectOf(value);
  if (Object.hasOwn(object, name)) return object[name];
  const sought = name.toLowerCase();
  for (const key in object) if (key.length === name.length && key.toLowerCase() === sought) return object[key];
  return undefined;
}

/** The first of the members that says something; '' where none does. */
export function textIn(value: unknown, ...names: readonly string[]): string {
  for (const name of names) {
    const text = firstText(memberOf(value, name));
    if (text !== '') return text;
  }
  return '';
}

/** A list, EC2's `{ items: [...] }` as its list, and where there may be several but one stands alone, that one. */
export function severalOf(value: unknown): readonly unknown[] {
  const list = listOf(value);
  if (list.length > 0) return list;
  const items = memberOf(value, 'items') ?? memberOf(value, 'item');
  if (items !== undefined) return Array.isArray(items) ? items : [items];
  return Object.keys(objectOf(value)).length > 0 ? [value] : [];
}
