// Columns that somebody asks for by name: fields of the list (who, resource, error, and result: ok, denied or the error
// in short), as the list shows them, or paths of the record (requestParameters.bucketName), as the record states them.

import { agentFamily } from '../cloudtrail/agent-family.ts';
import { type FieldId, RESOURCE_SEPARATOR, type StoredFieldId } from '../cloudtrail/fields.ts';
import { jsonText } from '../cloudtrail/json-text.ts';
import { isObject, textOf } from '../cloudtrail/json-value.ts';
import { outcomeOf } from '../cloudtrail/outcome.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { type PathStep, parsePath, resolvePath } from '../query/paths.ts';
import { formatTime, type TimeZoneChoice } from '../text/format.ts';
import { exactNumber } from './exact-json.ts';

/** A path names nothing that a record or the list has; the message says which and what was meant. */
export class ColumnError extends Error {
  override readonly name = 'ColumnError';
}

export type ExportColumn = {
  /** As it was asked for: the title. */
  readonly name: string;
  readonly source:
    | { readonly kind: 'field'; readonly id: Exclude<FieldId, 'id' | 'request'> }
    | { readonly kind: 'result' }
    | { readonly kind: 'path'; readonly steps: readonly PathStep[]; readonly isOpened: boolean };
};

/** Between several values in one cell. */
export const VALUE_SEPARATOR = '; ';

const MAX_COLUMNS = 200;
/** What stands between commas; a key in brackets or quotes may hold one. */
const NAME = /(?:"(?:[^"\\]|\\.)*"|[^,"])+/g;

/** `who,requestParameters.tags["a,b"]` as names; blanks around them and empty ones are dropped. */
export function splitColumns(text: string): readonly string[] {
  // A quote that is never closed is part of a name, which is refused for it.
  const names = text.match(NAME) ?? [];
  const isWhole = names.join('').length + (text.match(/,/g)?.length ?? 0) >= text.length;
  return (isWhole ? names : text.split(',')).map((name) => name.trim()).filter((name) => name !== '');
}

/** @throws ColumnError for the first name that is neither a field nor a path of a record */
export function readColumns(names: readonly string[]): readonly ExportColumn[] {
  if (names.length === 0) throw new ColumnError('name at least one column, such as time,who,name');
  if (names.length > MAX_COLUMNS) throw new ColumnError(`too many columns: at most ${MAX_COLUMNS}`);
  return names.map(readColumn);
}

function readColumn(name: string): ExportColumn {
  if (name.toLowerCase() === 'result') return { name, source: { kind: 'result' } };
  const resolved = resolvePath(name);
  if (resolved.kind === 'unknown') {
    const near = resolved.near.filter((word) => resolvePath(word).kind !== 'unknown');
    const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'write who, or requestParameters.bucketName';
    throw new ColumnError(`there is no field or path "${name}"; ${hint}`);
  }
  // A field by its short name is what the list shows; by CloudTrail's name for it, what the record states.
  if (resolved.kind === 'field' && resolved.field.id.toLowerCase() === name.toLowerCase()) {
    const id = resolved.field.id as FieldId;
    if (id === 'id') return { name, source: pathSource('eventID') };
    if (id === 'request') return { name, source: pathSource('requestID') };
    return { name, source: { kind: 'field', id } };
  }
  return { name, source: pathSource(name) };
}

function pathSource(path: string): ExportColumn['source'] {
  return { kind: 'path', steps: parsePath(path) ?? [], isOpened: path.endsWith('[]') };
}

/** The column's cell of one event: '' where absent; several values of one path joined by VALUE_SEPARATOR. An object, or
 *  a list of them that the path does not open (`[]`), is its JSON. */
export function cellOf(
  { source }: ExportColumn,
  event: TrailEvent | undefined,
  record: unknown,
  zone: TimeZoneChoice,
): string {
  if (source.kind === 'path') return pathText(record, source.steps, source.isOpened);
  if (event === undefined) return '';
  return source.kind === 'result' ? outcomeOf(event.cells).text : fieldText(source.id, event, zone);
}

function fieldText(id: Exclude<FieldId, 'id' | 'request'>, event: TrailEvent, zone: TimeZoneChoice): string {
  switch (id) {
    case 'time':
      return event.time === null ? '' : formatTime(event.time, { zone, style: 'iso' });
    case 'resource':
      return event.cells.resource.replaceAll(RESOURCE_SEPARATOR, VALUE_SEPARATOR);
    case 'family':
      return agentFamily(event.cells.agent);
    case 'first':
      return event.firsts?.join(VALUE_SEPARATOR) ?? '';
    case 'person':
      return event.personLabel ?? '';
    default:
      return event.cells[id satisfies StoredFieldId];
  }
}

function pathText(record: unknown, steps: readonly PathStep[], isOpened: boolean): string {
  let values: readonly unknown[] = [record];
  for (const step of steps) {
    values = values.flatMap((value) =>
      step.kind === 'index' ? elementOf(value, step.index) : childrenOf(value, step.key),
    );
    if (values.length === 0) return '';
  }
  const leaves = values.flatMap((value) => (isOpened || isPlainList(value) ? (value as readonly unknown[]) : [value]));
  return leaves
    .map(leafText)
    .filter((text) => text !== '')
    .join(VALUE_SEPARATOR);
}

function elementOf(value: unknown, index: number): readonly unknown[] {
  return Array.isArray(value) && index < value.length ? [value[index]] : [];
}

/** Lists open by themselves, also within one another, and a key's case does not matter, as in a search. */
function childrenOf(value: unknown, key: string): readonly unknown[] {
  const lower = key.toLowerCase();
  const found: unknown[] = [];
  // No recursion: a record may hold thousands of lists within one another.
  const left: unknown[] = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (Array.isArray(next)) {
      for (let k = next.length - 1; k >= 0; k--) left.push(next[k]);
    } else if (isObject(next) && exactNumber(next) === null) {
      for (const own of Object.keys(next)) {
        if (own === key || (own.length === key.length && own.toLowerCase() === lower)) found.push(next[own]);
      }
    }
  }
  return found;
}

function isPlainList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => !isStructure(item));
}

function isStructure(value: unknown): boolean {
  return typeof value === 'object' && value !== null && exactNumber(value) === null;
}

function leafText(value: unknown): string {
  return isStructure(value) ? jsonText(value) : (exactNumber(value) ?? textOf(value));
}
