// --preset security-groups and opened-to-the-world — each rule that was opened or closed, to whom, and whether what was
// opened has been closed since.

import { outcomeOf } from '../cloudtrail/outcome.ts';
import {
  type GroupCall,
  type GroupChange,
  type GroupRule,
  groupCallOf,
  worldOf,
} from '../cloudtrail/security-group-rules.ts';
import type { Query } from '../query/query.ts';
import type { TableColumn, TableRow } from '../state/table-panel.ts';
import { whoText } from '../state/who-text.ts';
import { formatCount, type TimeZoneChoice } from '../text/format.ts';
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
import { RuleClosings } from './rule-closings.ts';
import { type Asked, type Filled, noneText, type Page } from './table-page.ts';

const GROUP_COLUMNS: readonly TableColumn[] = [
  TIME_COLUMN,
  WHO_COLUMN,
  { title: 'CHANGE', min: 10, max: 34 },
  { title: 'PORTS', min: 6, max: 20 },
  { title: 'FROM, TO', min: 14, max: 50 },
  { title: 'SINCE THEN', min: 12, max: 60 },
  { title: 'GROUP', min: 12, max: 60, cut: 'start' },
  RESULT_COLUMN,
];

const NO_CHANGE = noneText('No security group was changed: not in these events.');
const NO_OPENING = noneText('Nothing was opened to everybody: not in these events.');

export const SECURITY_GROUPS_PAGE: Page = {
  head: () => ({ title: 'Security groups', columns: GROUP_COLUMNS, none: NO_CHANGE }),
  fill: async (asked) => ({ ...(await fill(asked, 'security-groups', () => true)), none: NO_CHANGE }),
};

export const OPENED_PAGE: Page = {
  head: () => ({ title: 'Opened to the world', columns: GROUP_COLUMNS, none: NO_OPENING }),
  fill: async (asked) => ({ ...(await fill(asked, 'opened-to-the-world', isWorldly)), none: NO_OPENING }),
};

/** Calls that close something, whatever the list asks for. */
const CLOSING: Query = {
  kind: 'field',
  path: 'name',
  values: [
    'RevokeSecurityGroupIngress',
    'RevokeSecurityGroupEgress',
    'ModifySecurityGroupRules',
    'DeleteSecurityGroup',
  ],
};

const MAX_ROWS = 5000;

async function fill(
  asked: Asked,
  preset: string,
  isMeant: (rule: GroupRule | null, change: GroupChange) => boolean,
): Promise<Filled> {
  const { store, within, state, signal } = asked;
  const result = await within(presetQuery(preset), signal);
  const { found, read } = await readNewest(store, result, signal, (one) =>
    ruleEvents(one).filter(({ rule, call }) => isMeant(rule, call.change)),
  );
  const closing = await store.search(CLOSING, { signal });
  const closings = await readNewest(store, closing, signal, ({ event, record }) => [
    { event, call: groupCallOf(record) },
  ]);
  const shown = found.slice(0, MAX_ROWS);
  const more = found.length > shown.length ? `only the newest ${formatCount(MAX_ROWS)} rules` : '';
  const about = aboutRead(result.total, read, asked, more, sinceText(closing.total, closings.read));
  return { rows: groupRows(shown, new RuleClosings(closings.found), state.zone), about };
}

/** Whoever may come in; what goes out to everybody is how groups begin. */
function isWorldly(rule: GroupRule | null, change: GroupChange): boolean {
  const isOpening = change === 'opened' || change === 'changed';
  return rule !== null && isOpening && rule.direction !== 'out' && worldOf(rule.peer) !== '';
}

/** A rule of an event; null where it is about none. */
type RuleEvent = ReadEvent & { readonly call: GroupCall; readonly rule: GroupRule | null };

/** One for each rule. */
function ruleEvents(one: ReadEvent): readonly RuleEvent[] {
  const call = groupCallOf(one.record);
  const { rules } = call;
  return rules.length === 0 ? [{ ...one, call, rule: null }] : rules.map((rule) => ({ ...one, call, rule }));
}

function sinceText(total: number, read: number): string {
  return `SINCE THEN: by ${total > read ? `the newest ${formatCount(read)} calls that close` : 'all that is loaded'}`;
}

/** What is open for all that is known stands out. */
function groupRows(events: readonly RuleEvent[], closings: RuleClosings, zone: TimeZoneChoice): readonly TableRow[] {
  const timeOf = timeText(
    events.map(({ event }) => event.time),
    zone,
  );
  return events.map((one) => {
    const { event, call, rule } = one;
    const hasOpened = rule !== null && (call.change === 'opened' || call.change === 'changed');
    const isDone = event.cells.error === '';
    const closed = hasOpened && isDone ? closings.textFor(event, call, rule) : '';
    return aroundRow(one, {
      cells: [
        timeOf(event.time),
        whoText(event),
        changeText(call.change, isDone) || event.cells.name,
        rule?.ports || '–',
        rule === null ? '–' : peerText(rule),
        hasOpened && isDone ? closed || 'not closed' : '–',
        call.group || rule?.id || '–',
        outcomeOf(event.cells).text,
      ],
      isQuiet: !isDone || !hasOpened || closed !== '',
    });
  });
}

const CHANGES: Readonly<Record<GroupChange, string>> = {
  opened: 'opened',
  closed: 'closed',
  'closed nothing': 'no such rule',
  changed: 'rule changed',
  made: 'group made',
  deleted: 'group deleted',
  other: '',
};

function changeText(change: GroupChange, isDone: boolean): string {
  return isDone || change === 'other' ? CHANGES[change] : `not ${CHANGES[change].replace(/^(?:group|rule) /, '')}`;
}

/** `from everybody (0.0.0.0/0)`, `to pl-…`; a rule that only its id names is told by that. */
function peerText({ direction, peer, id }: GroupRule): string {
  if (peer === '') return id || '–';
  const world = worldOf(peer);
  const named = world === '' ? peer : `${world} (${peer})`;
  return direction === '' ? named : `${direction === 'in' ? 'from' : 'to'} ${named}`;
}
