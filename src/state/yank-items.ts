// What can be copied of an event, and of the value under the cursor of its tree.

import { consoleLink } from '../cloudtrail/console-link.ts';
import { isObject } from '../cloudtrail/json-value.ts';
import { resourcesIn } from '../cloudtrail/resource-cell.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { countOf, formatBytes } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import type { MenuItem } from './menu-panel.ts';
import { indentJson } from './raw-json.ts';

export type YankId =
  | 'value'
  | 'key'
  | 'path'
  | 'query'
  | 'eventID'
  | 'json'
  | 'pretty'
  | 'command'
  | 'url'
  | 'arn'
  | 'resource'
  | 'accessKey'
  | 'address'
  | 'who';

export type YankItem = MenuItem & {
  readonly id: YankId;
  /** What is said to have been copied. */
  readonly what: string;
  /** Null while it is not known: the record is on its way. Where it is blocked, nothing is copied. */
  readonly text: string | null;
};

/** The row under the tree's cursor, as it would be copied. */
export type YankValue = {
  readonly value: string;
  readonly key: string;
  readonly path: string;
  readonly query: string;
  /** Why there is no such search; null: there is. */
  readonly noQuery: string | null;
};

export type Yankable = {
  readonly event: TrailEvent;
  /** As read; null while it is on its way. */
  readonly record: string | null;
  readonly command:
    | { readonly kind: 'command'; readonly text: string }
    | { readonly kind: 'none'; readonly reason: string };
  /** Null in the list; why it cannot be told, in the raw JSON. */
  readonly value: YankValue | string | null;
  /** Of UTF-8: what a terminal takes. */
  readonly maxBytes: number;
};

/** In the order of the menu, each with a letter of its own. */
export function yankItems(of: Yankable): readonly YankItem[] {
  return [...valueItems(of), ...eventItems(of), ...cellItems(of)].map((item) => fitted(item, of.maxBytes));
}

function valueItems({ value }: Yankable): readonly YankItem[] {
  if (value === null) return [];
  const blocked = typeof value === 'string' ? value : null;
  const { value: text, key, path, query, noQuery } = typeof value === 'string' ? NO_VALUE : value;
  const lines = text.split('\n').length;
  return [
    item('y', 'value', 'value', lines > 1 ? `the value, ${countOf(lines, 'line')}` : 'the value', text, blocked),
    item('k', 'key', 'key', 'the key', key, blocked),
    item('p', 'path', 'path', 'the path', path, blocked),
    item('q', 'query', 'search for this value', 'the search', query, blocked ?? noQuery),
  ];
}

const NO_VALUE: YankValue = { value: '', key: '', path: '', query: '', noQuery: null };

function eventItems({ event, record, command }: Yankable): readonly YankItem[] {
  const { region } = event.cells;
  const eventID = record === null ? null : eventIDOf(record);
  const url = eventID === null ? null : consoleLink({ region, eventID });
  const noID = eventID === '' ? 'the record states no eventID' : null;
  const noUrl = noID ?? (eventID !== null && url === null ? `no console is known of ${region || 'no Region'}` : null);
  const size = record === null ? '' : formatBytes(Buffer.byteLength(record));
  const pretty = record === null ? null : indentJson(record).join('\n');
  const isCommand = command.kind === 'command';
  return [
    item('e', 'eventID', 'eventID', 'eventID', eventID, noID),
    { ...item('j', 'json', 'JSON', 'the JSON', record, null), note: `as it was read ${size}` },
    { ...item('J', 'pretty', 'JSON, indented', 'the indented JSON', pretty, null), note: '' },
    item(
      'c',
      'command',
      'command for this list',
      'the command',
      isCommand ? command.text : '',
      isCommand ? null : command.reason,
    ),
    item('u', 'url', 'URL in the console', 'the URL', url, noUrl),
  ];
}

function cellItems({ event: { cells } }: Yankable): readonly YankItem[] {
  const resources = resourcesIn(cells.resource);
  return [
    cell('w', 'who', 'who', cells.who),
    cell('n', 'arn', 'ARN of the caller', cells.arn),
    cell('a', 'accessKey', 'access key', cells.key),
    cell('i', 'address', 'address', cells.ip),
    cell('r', 'resource', resources.length > 1 ? `resource 1 of ${resources.length}` : 'resource', resources[0] ?? ''),
  ];
}

function cell(key: string, id: YankId, label: string, value: string): YankItem {
  // Names have no line breaks: one that has would run in the shell it is pasted into.
  return item(key, id, label, label, sanitize(value), value === '' ? 'not stated' : null);
}

function item(
  key: string,
  id: YankId,
  label: string,
  what: string,
  text: string | null,
  blocked: string | null,
): YankItem {
  return { key, id, label, what, text, note: text ?? '…', blocked };
}

function fitted(item: YankItem, maxBytes: number): YankItem {
  const { text, blocked } = item;
  // No character takes more than three bytes for a UTF-16 unit.
  if (blocked !== null || text === null || text.length * 3 <= maxBytes) return item;
  const bytes = Buffer.byteLength(text);
  if (bytes <= maxBytes) return item;
  return { ...item, blocked: `${formatBytes(bytes)} is too long for the clipboard: D writes a file` };
}

function eventIDOf(record: string): string {
  try {
    const value: unknown = JSON.parse(record);
    return isObject(value) && typeof value.eventID === 'string' ? sanitize(value.eventID) : '';
  } catch {
    return '';
  }
}
