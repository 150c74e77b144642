// From one event to those that share something with it. `=` and `!` narrow the search by a value of the event; a pivot
// asks a new question: everything of this session, this resource, these minutes.

import { agentFamily } from '../cloudtrail/agent-family.ts';
import type { StoredFieldId } from '../cloudtrail/fields.ts';
import { resourcesIn } from '../cloudtrail/resource-cell.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { fieldTerm, withSpan } from '../query/edit.ts';
import type { Query } from '../query/query.ts';
import type { FacetId } from '../store/analysis.ts';
import { formatTime, type TimeZoneChoice } from '../text/format.ts';
import { fieldTitle } from './field-titles.ts';
import { type MenuItem, type MenuPanel, openMenu } from './menu-panel.ts';

export const PIVOT_IDS = ['around', 'session', 'who', 'key', 'address', 'agent', 'name'] as const;

/** What a new question can be about. */
export type PivotId = (typeof PIVOT_IDS)[number];

/** Minutes before and after the event. */
const AROUND_MS = 5 * 60_000;

/** The letters of the menus, in their order; resources beyond the first have digits. */
const KEYS: readonly (readonly [key: string, field: FacetId])[] = [
  ['n', 'name'],
  ['w', 'who'],
  ['r', 'resource'],
  ['e', 'error'],
  ['i', 'ip'],
  ['k', 'key'],
  ['s', 'source'],
  ['o', 'session'],
  ['l', 'role'],
  ['f', 'family'],
  ['u', 'agent'],
  ['g', 'region'],
  ['a', 'account'],
  ['y', 'type'],
];
const MAX_OTHERS = 9;

/** Only or not: one item for each value of the event. `maxItems`: lines that there are for them; `hasSearch`: there is
 *  one that is narrowed, or replaced. */
export function openPivotMenu(
  subject: 'only' | 'not',
  event: TrailEvent,
  options: { readonly zone: TimeZoneChoice; readonly maxItems: number; readonly hasSearch?: boolean },
): MenuPanel {
  const { zone, maxItems, hasSearch = false } = options;
  const [, ...others] = resourcesIn(event.cells.resource);
  const items: MenuItem[] = KEYS.map(([key, field]) => fieldItem(key, field, valueIn(event, field)));
  if (subject === 'only') items.push(aroundItem(event, zone));
  const room = Math.min(MAX_OTHERS, maxItems - items.length);
  const afterFirst = KEYS.findIndex(([, field]) => field === 'resource') + 1;
  const more = others.slice(0, Math.max(0, room)).map((value, k) => fieldItem(String(k + 1), 'resource', value));
  items.splice(afterFirst, 0, ...more);
  const only = hasSearch
    ? 'only events with the same …  (capital letter: of all events)'
    : 'only events with the same …';
  return openMenu(subject, subject === 'only' ? only : 'only events without this …', items);
}

function fieldItem(key: string, field: FacetId, value: string): MenuItem {
  const blocked = value === '' ? 'not stated' : null;
  return { key, label: fieldTitle(field), note: value, id: `${field}:${value}`, blocked };
}

function aroundItem({ time }: TrailEvent, zone: TimeZoneChoice): MenuItem {
  const note = time === null ? '' : `everything within 5 minutes of ${formatTime(time, { zone, style: 'date-time' })}`;
  const blocked = time === null ? 'the record states no time' : null;
  return { key: 't', label: 'time', note, id: AROUND, blocked };
}

/** The id of the item that asks for everything around the event. */
export const AROUND = 'around';

/** The term that an item of the menus stands for; null for `AROUND`. */
export function pivotTerm(id: string): Query | null {
  const end = id.indexOf(':');
  return end < 0 ? null : fieldTerm(id.slice(0, end), id.slice(end + 1));
}

/** The search for everything that shares this with the event; what is lacking for it, else. */
export function pivotQuery(
  id: PivotId,
  event: TrailEvent,
): Query | { readonly kind: 'lacking'; readonly what: string } {
  switch (id) {
    case 'around': {
      if (event.time === null) return lacking('a time');
      return withSpan({ kind: 'all' }, event.time - AROUND_MS, event.time + AROUND_MS);
    }
    case 'session':
      return ofFirst(event, ['key', 'arn', 'who']) ?? lacking('who called');
    case 'who':
      return ofFirst(event, ['who']) ?? lacking('who called');
    case 'key':
      return ofFirst(event, ['key']) ?? lacking('an access key');
    case 'address':
      return ofFirst(event, ['ip']) ?? lacking('an address');
    case 'agent':
      return ofFirst(event, ['agent']) ?? lacking('a user agent');
    case 'name':
      return ofFirst(event, ['name']) ?? lacking('a name');
  }
}

function ofFirst({ cells }: TrailEvent, fields: readonly StoredFieldId[]): Query | null {
  const field = fields.find((id) => cells[id] !== '');
  return field === undefined ? null : fieldTerm(field, cells[field]);
}

function lacking(what: string): { readonly kind: 'lacking'; readonly what: string } {
  return { kind: 'lacking', what };
}

function valueIn(event: TrailEvent, field: FacetId): string {
  if (field === 'family') return agentFamily(event.cells.agent);
  return field === 'resource' ? (resourcesIn(event.cells.resource)[0] ?? '') : event.cells[field];
}
