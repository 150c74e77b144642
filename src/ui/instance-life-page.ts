// --preset ec2-instance-life — which instances were launched, started, stopped, terminated, and what became of each.

import { type InstanceChange, instanceChangesOf } from '../cloudtrail/instance-life.ts';
import { outcomeOf } from '../cloudtrail/outcome.ts';
import type { TableColumn, TableRow } from '../state/table-panel.ts';
import { whoText } from '../state/who-text.ts';
import type { TimeZoneChoice } from '../text/format.ts';
import { timeText } from './page-times.ts';
import {
  aboutRead,
  aroundRow,
  presetQuery,
  RESULT_COLUMN,
  type ReadEvent,
  readNewest,
  TIME_COLUMN,
  WHO_COLUMN,
} from './record-page.ts';
import { noneText, type Page } from './table-page.ts';

const INSTANCE_LIFE_COLUMNS: readonly TableColumn[] = [
  TIME_COLUMN,
  WHO_COLUMN,
  { title: 'CALL', min: 12, max: 36 },
  { title: 'INSTANCES', min: 19, max: 80 },
  { title: 'CHANGE', min: 12, max: 60 },
  RESULT_COLUMN,
];

const NONE = noneText('No instance was launched, started, stopped or terminated: not in these events.');
/** Of one event; an event can name a thousand. */
const MAX_NAMED = 20;

export const INSTANCE_LIFE_PAGE: Page = {
  head: () => ({ title: 'Life of instances', columns: INSTANCE_LIFE_COLUMNS, none: NONE }),
  fill: async (asked) => {
    const { store, within, state, signal } = asked;
    const result = await within(presetQuery('ec2-instance-life'), signal);
    const { found, read } = await readNewest(store, result, signal, (one) => [
      { ...one, changes: instanceChangesOf(one.record) },
    ]);
    return { rows: instanceLifeRows(found, state.zone), about: aboutRead(result.total, read, asked), none: NONE };
  },
};

type LifeEvent = ReadEvent & { readonly changes: readonly InstanceChange[] };

function instanceLifeRows(events: readonly LifeEvent[], zone: TimeZoneChoice): readonly TableRow[] {
  const timeOf = timeText(
    events.map(({ event }) => event.time),
    zone,
  );
  return events.map((one) => {
    const { event, changes } = one;
    return aroundRow(one, {
      cells: [
        timeOf(event.time),
        whoText(event),
        event.cells.name,
        namedText(changes.map(({ instance }) => instance)) || '–',
        changeText(changes) || '–',
        outcomeOf(event.cells).text,
      ],
      isQuiet: event.cells.error !== '',
    });
  });
}

/** `i-…, i-… and 3 more`; '' of none. */
export function namedText(names: readonly string[]): string {
  const named = names.slice(0, MAX_NAMED).join(', ');
  return names.length > MAX_NAMED ? `${named} and ${names.length - MAX_NAMED} more` : named;
}

/** Said once where it is the same of all. */
function changeText(changes: readonly InstanceChange[]): string {
  const byChange = Map.groupBy(
    changes.filter(({ change }) => change !== ''),
    ({ change }) => change,
  );
  const kinds = [...byChange].slice(0, MAX_NAMED);
  if (kinds.length === 1) return kinds[0]?.[0] ?? '';
  return kinds.map(([change, of]) => `${namedText(of.map(({ instance }) => instance))}: ${change}`).join('; ');
}
