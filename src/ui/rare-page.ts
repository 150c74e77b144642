// :rare — what is new for somebody among the events that are loaded: a call, an address, a Region, a user agent.

import { agentFamily } from '../cloudtrail/agent-family.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { fieldTerm } from '../query/edit.ts';
import { printQuery } from '../query/print.ts';
import type { Query } from '../query/query.ts';
import type { TableColumn, TableRow } from '../state/table-panel.ts';
import { formatTime, type TimeZoneChoice } from '../text/format.ts';

export const FIRSTS: Query = { kind: 'present', path: 'first' };

export const RARE_COLUMNS: readonly TableColumn[] = [
  { title: 'TIME', min: 14, max: 14 },
  { title: 'WHO', min: 12, max: 36 },
  { title: 'CALL', min: 16, max: 40 },
  { title: 'NEW', min: 20, max: 100 },
];

/** In the order of the events. A call made for the first time is the most common of firsts, so it is said quietly. */
export function rareRows(events: readonly TrailEvent[], zone: TimeZoneChoice): readonly TableRow[] {
  return events.map((event) => {
    const { cells, firsts = [] } = event;
    return {
      cells: [
        formatTime(event.time, { zone, style: 'short' }),
        cells.who || '–',
        cells.name,
        firsts.map((kind) => NEWS[kind](cells)).join(' · '),
      ],
      query: queryOf(event),
      isQuiet: firsts.every((kind) => kind === 'call'),
    };
  });
}

type Cells = TrailEvent['cells'];

const NEWS: Readonly<Record<NonNullable<TrailEvent['firsts']>[number], (cells: Cells) => string>> = {
  who: () => 'not seen before',
  call: () => 'first time this call',
  ip: ({ ip }) => `address ${ip}`,
  region: ({ region }) => `Region ${region}`,
  family: ({ agent }) => `user agent ${agentFamily(agent)}`,
};

/** All events of this person that share what is new. */
function queryOf({ cells, firsts = [] }: TrailEvent): string {
  const terms: Query[] = [fieldTerm('who', cells.who)];
  for (const kind of firsts) {
    if (kind === 'call') terms.push(fieldTerm('name', cells.name));
    if (kind === 'ip') terms.push(fieldTerm('ip', cells.ip));
    if (kind === 'region') terms.push(fieldTerm('region', cells.region));
    if (kind === 'family') terms.push(fieldTerm('family', agentFamily(cells.agent)));
  }
  return printQuery({ kind: 'and', terms });
}
