// --preset ebs — what became of volumes and snapshots, and with whom snapshots were shared; and whose blocks were read
// past any volume, thousands of calls for one snapshot: they are one row for each caller and snapshot.

import { type EbsCall, ebsCallOf } from '../cloudtrail/ebs-call.ts';
import { outcomeOf } from '../cloudtrail/outcome.ts';
import { resourcesIn } from '../cloudtrail/resource-cell.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { fieldTerm, withTerm } from '../query/edit.ts';
import { printQuery } from '../query/print.ts';
import type { Query } from '../query/query.ts';
import type { TableColumn, TableRow } from '../state/table-panel.ts';
import { whoText } from '../state/who-text.ts';
import type { Group } from '../store/analysis.ts';
import { countOf, formatCount, formatDuration } from '../text/format.ts';
import { namedText } from './instance-life-page.ts';
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
import { whoTerms } from './who-terms.ts';

const EBS_COLUMNS: readonly TableColumn[] = [
  TIME_COLUMN,
  WHO_COLUMN,
  { title: 'CALL', min: 12, max: 30 },
  { title: 'VOLUME, SNAPSHOT', min: 12, max: 50, cut: 'start' },
  { title: 'WHAT', min: 14, max: 70 },
  RESULT_COLUMN,
  { title: 'ENCRYPTED', min: 9, max: 9 },
];

const NONE = noneText('No volume or snapshot was made, shared, read or deleted: not in these events.');
const MAX_GROUPS = 1000;

/** One call for each block, or for each page of a list of blocks. */
const BLOCK_CALLS: Query = {
  kind: 'and',
  terms: [
    { kind: 'field', path: 'source', values: ['ebs'] },
    {
      kind: 'field',
      path: 'name',
      values: ['GetSnapshotBlock', 'PutSnapshotBlock', 'ListSnapshotBlocks', 'ListChangedBlocks'],
    },
  ],
};
const BLOCK_FIELDS = ['who', 'name', 'resource'] as const;

export const EBS_PAGE: Page = {
  head: () => ({ title: 'EBS volumes and snapshots', columns: EBS_COLUMNS, none: NONE }),
  fill: async (asked) => {
    const { store, within, state, signal } = asked;
    const others: Query = { kind: 'and', terms: [presetQuery('ebs'), { kind: 'not', term: BLOCK_CALLS }] };
    const result = await within(others, signal);
    const blocks = await within(BLOCK_CALLS, signal);
    const { found, read } = await readNewest(store, result, signal, (one) => [{ ...one, call: ebsCallOf(one.record) }]);
    const { groups, distinct } = await store.groups(blocks, BLOCK_FIELDS, { limit: MAX_GROUPS, order: 'last', signal });
    const newest = store.pick(groups.map(({ row }) => row));
    const events = new Map((await store.window(newest, 0, groups.length)).map((event) => [event.row, event]));
    const timeOf = timeText([...found.map(({ event }) => event.time), ...groups.map(({ last }) => last)], state.zone);
    const reads = blockReads(groups);
    const callers = new Set(reads.map(({ who }) => who));
    const rows = [
      ...found.map((one) => ({ time: one.event.time, row: ebsRow(one, timeOf) })),
      ...reads.map((one) => ({
        time: one.last,
        row: blockRow(one, events.get(one.row), callers, { timeOf, list: state.search.query }),
      })),
    ].sort((a, b) => (b.time ?? Number.NEGATIVE_INFINITY) - (a.time ?? Number.NEGATIVE_INFINITY) || 0);
    const more = distinct > groups.length ? `only the newest ${formatCount(groups.length)} callers of blocks` : '';
    const about = aboutRead(result.total, read, asked, blocksText(blocks.total), more);
    return { rows: rows.map(({ row }) => row), about, none: NONE };
  },
};

function blocksText(total: number): string {
  return total === 0 ? '' : `${countOf(total, 'call')} for blocks, counted by caller and snapshot`;
}

type EbsEvent = ReadEvent & { readonly call: EbsCall };

function ebsRow(one: EbsEvent, timeOf: (time: number | null) => string): TableRow {
  const { event, call } = one;
  return aroundRow(one, {
    cells: [
      timeOf(event.time),
      whoText(event),
      event.cells.name,
      namedText(call.on) || '–',
      call.what || '–',
      outcomeOf(event.cells).text,
      call.encrypted || '–',
    ],
    isQuiet: event.cells.error !== '',
  });
}

/** Groups that agree in caller, call and snapshot: their resources may name more besides. */
type BlockReads = Pick<Group, 'count' | 'failures' | 'first' | 'last' | 'row'> & {
  readonly who: string;
  readonly name: string;
  readonly snapshot: string;
};

/** `groups`: by BLOCK_FIELDS, newest first. */
function blockReads(groups: readonly Group[]): readonly BlockReads[] {
  const merged = new Map<string, BlockReads>();
  for (const group of groups) {
    const { who = '', name = '', resource = '' } = group.cells;
    const named = resourcesIn(resource);
    const snapshot = /snap-[0-9a-z]+/i.exec(named.find((text) => /\bsnap-/i.test(text)) ?? '')?.[0] ?? '';
    const key = JSON.stringify([who, name, snapshot]);
    const known = merged.get(key);
    const { count, failures, first, last, row } = group;
    merged.set(
      key,
      known === undefined
        ? { who, name, snapshot, count, failures, first, last, row }
        : {
            ...known,
            count: known.count + count,
            failures: known.failures + failures,
            first: edge(Math.min, known.first, first),
            last: edge(Math.max, known.last, last),
          },
    );
  }
  return [...merged.values()];
}

function edge(of: (a: number, b: number) => number, a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : of(a, b);
}

/** `event`: the newest of them. `callers`: all that blocks were read by. `list`: what they were counted in. */
function blockRow(
  reads: BlockReads,
  event: TrailEvent | undefined,
  callers: ReadonlySet<string>,
  { timeOf, list }: { readonly timeOf: (time: number | null) => string; readonly list: Query },
): TableRow {
  const { who, name, snapshot, count, failures, first, last, row } = reads;
  const done = count - failures;
  const within = first === null || last === null || first === last ? '' : ` in ${formatDuration(last - first)}`;
  return {
    cells: [
      timeOf(last),
      event === undefined ? who || '–' : whoText(event),
      name,
      snapshot || '–',
      `${(WORDS[name] ?? listed)(done)}${within}`,
      failures === 0 ? 'ok' : failures === count ? 'failed' : `${formatCount(failures)} failed`,
      '–',
    ],
    get query() {
      const terms: Query[] = [...whoTerms(who, callers), fieldTerm('name', name)];
      if (snapshot !== '') terms.push(fieldTerm('resource', snapshot));
      return printQuery(terms.reduce(withTerm, list));
    },
    row,
    hint: countOf(count, 'event'),
    isQuiet: done === 0,
  };
}

const listed = (count: number): string => `listed its blocks, ${countOf(count, 'call')}`;

const WORDS: Readonly<Record<string, (count: number) => string>> = {
  GetSnapshotBlock: (count) => `read ${countOf(count, 'block')}`,
  PutSnapshotBlock: (count) => `wrote ${countOf(count, 'block')}`,
  ListChangedBlocks: (count) => `listed what changed between snapshots, ${countOf(count, 'call')}`,
};
