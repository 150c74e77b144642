/** What LookupEvents can compare, spelt as it wants them. */
export type LookupKey =
  | 'EventId'
  | 'EventName'
  | 'ReadOnly'
  | 'Username'
  | 'ResourceType'
  | 'ResourceName'
  | 'EventSource'
  | 'AccessKeyId';

/** The one condition that LookupEvents takes: case-sensitive, and the whole value. */
export type LookupAttribute = { readonly key: LookupKey; readonly value: string };

/** `eventName=TerminateInstances`, as the status line says it. */
export function lookupAttributeText({ key, value }: LookupAttribute): string {
  return `${key.charAt(0).toLowerCase()}${key.slice(1)}=${value}`;
}
