import { knownSpelling } from '../cloudtrail/event-names.ts';
import type { StoredFieldId } from '../cloudtrail/fields.ts';
import type { LookupAttribute, LookupKey } from '../cloudtrail/lookup-attribute.ts';
import { resourcesIn } from '../cloudtrail/resource-cell.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { INSIGHT_KEYS, lookupAttributeOf } from '../query/lookup-attribute.ts';
import type { AppState } from '../state/app-state.ts';

/** What the server compares, where a row has it. */
const CELLS: Readonly<Partial<Record<LookupKey, StoredFieldId>>> = {
  EventName: 'name',
  EventSource: 'source',
  Username: 'user',
  AccessKeyId: 'key',
  ResourceName: 'resource',
};

/** The condition of the state's search that the server can compare, if there is one. What it needs to be spelt like is
 *  read off the events at hand: whatever the search has found has the value it asks for. */
export function attributeIn({ search, results, live }: AppState): LookupAttribute | null {
  const keys = live?.scope.isInsights === true ? INSIGHT_KEYS : undefined;
  const spelling = (key: LookupKey, value: string) =>
    knownSpelling(key, value) ?? onlySpelling(results.events.values(), key, value);
  return lookupAttributeOf(search.query, spelling, keys);
}

/** Null where no event has the value, or several spell it differently. */
function onlySpelling(events: Iterable<TrailEvent>, key: LookupKey, value: string): string | null {
  const field = CELLS[key];
  if (field === undefined) return null;
  const wanted = value.toLowerCase();
  const found = new Set<string>();
  for (const { cells } of events) {
    for (const spelt of resourcesIn(cells[field])) if (spelt.toLowerCase() === wanted) found.add(spelt);
  }
  const [only = null] = found;
  return found.size === 1 ? only : null;
}
