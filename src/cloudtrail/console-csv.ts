// The console's "Download events as CSV": 16 columns, one row an event, without requestParameters, responseElements
// or an error message (header identical in downloads of 2021, 2022 and 2024). A row becomes a record with CloudTrail's
// own keys, and keeps its cells verbatim under `consoleCsv`, so that it can be written out again cell by cell.

import { jsonText } from './json-text.ts';
import { firstText, isObject, objectOf, textOf } from './json-value.ts';
import { identityCells } from './user-identity.ts';

export const CONSOLE_CSV_COLUMNS = [
  'User name',
  'AWS access key',
  'Event time',
  'Event source',
  'Event name',
  'AWS region',
  'Source IP address',
  'User agent',
  'Error code',
  'Resources',
  'Request ID',
  'Event ID',
  'Read-only',
  'Event type',
  'Recipient Account Id',
  'Event category',
] as const;

/** Where each column stands in a record; the columns with null need more than copying. */
const KEYS = [
  null,
  null,
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  null,
  'requestID',
  'eventID',
  null,
  'eventType',
  'recipientAccountId',
  'eventCategory',
] as const;

const RESOURCES = 9;
const READ_ONLY = 12;

/** The JSON text of the record that a row of the CSV stands for. Members whose cells are empty are left out; a
 *  Resources cell that is not a JSON list, and a Read-only that is neither true nor false, stay only in `consoleCsv`.
 *  Members of `resources` keep the console's {resourceType, resourceName}: it states names where a record has ARNs. */
export function recordOfConsoleRow(cells: readonly string[]): string {
  const members: string[] = [];
  const add = (key: string, json: string) => members.push(`${JSON.stringify(key)}:${json}`);
  const [userName = '', accessKeyId = ''] = cells;
  if (userName !== '' || accessKeyId !== '') {
    add('userIdentity', JSON.stringify({ ...(userName && { userName }), ...(accessKeyId && { accessKeyId }) }));
  }
  for (const [i, key] of KEYS.entries()) {
    const cell = cells[i] ?? '';
    if (cell === '') continue;
    if (key !== null) add(key, JSON.stringify(cell));
    else if (i === RESOURCES && isJsonList(cell)) add('resources', cell);
    else if (i === READ_ONLY && /^(?:true|false)$/i.test(cell)) add('readOnly', cell.toLowerCase());
  }
  add('consoleCsv', JSON.stringify(cells));
  return `{${members.join(',')}}`;
}

function isJsonList(text: string): boolean {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.length > 0;
  } catch {
    return false;
  }
}

/** Whether the record came from a console CSV: it then has no requestParameters, whatever the call was. */
export function isFromConsoleCsv(record: unknown): boolean {
  return Array.isArray(objectOf(record).consoleCsv);
}

/** The 16 cells of any record, in the console's spelling: those it was read from, where it was; else as the console
 *  would show it (User name is LookupEvents' Username: user, root or role session name). */
export function consoleRowOf(value: unknown): readonly string[] {
  const record = objectOf(value);
  const { consoleCsv } = record;
  if (Array.isArray(consoleCsv)) return CONSOLE_CSV_COLUMNS.map((_, i) => textOf(consoleCsv[i]));
  const identity = identityCells(record.userIdentity);
  return KEYS.map((key, i) => {
    if (key !== null) return cellText(record[key]);
    if (i === 0) return identity.who === 'root' ? 'root' : identity.user;
    if (i === 1) return identity.key;
    if (i === READ_ONLY) return textOf(record.readOnly);
    return JSON.stringify(
      Array.isArray(record.resources) ? record.resources.filter(isObject).map(consoleResource) : [],
    );
  });
}

/** A list or an object, which CloudTrail never writes here, is its JSON, as in the list of events. */
function cellText(value: unknown): string {
  return typeof value === 'object' && value !== null ? jsonText(value) : textOf(value);
}

/** The type is null where the record states none, as in the console's own downloads. */
function consoleResource(resource: Readonly<Record<string, unknown>>): {
  resourceType: string | null;
  resourceName: string;
} {
  return {
    resourceType: firstText(resource.resourceType, resource.type) || null,
    resourceName: firstText(resource.resourceName, resource.ARN, resource.arn, resource.ARNPrefix),
  };
}
