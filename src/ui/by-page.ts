// :by — how often what occurs in the list: a column for each field or path, and a row for each combination of values.

import { countColumn } from '../query/count-names.ts';
import { fieldTerm, withTerm } from '../query/edit.ts';
import { literalPattern } from '../query/pattern.ts';
import { printQuery } from '../query/print.ts';
import type { Query } from '../query/query.ts';
import { textTerm } from '../state/leaf-term.ts';
import type { TableColumn, TableRow } from '../state/table-panel.ts';
import type { CountedCell, CountedGroup } from '../store/analysis.ts';
import { countOf, formatCount, type TimeZoneChoice } from '../text/format.ts';
import { LAST_COLUMN, timeText } from './page-times.ts';
import { joined, NO_EVENTS, overText, type Page } from './table-page.ts';
import { whoTerms } from './who-terms.ts';

const COUNTS: readonly TableColumn[] = [
  { title: 'EVENTS', align: 'right', min: 6, max: 9 },
  { title: 'FAILED', align: 'right', min: 6, max: 9 },
  LAST_COLUMN,
];
/** What a column has at least, and all of them together: a screen of 80 shows them. */
const MIN_WIDTH = 12;
const KEYS_WIDTH = 46;
const MAX_WIDTH = 90;

const MAX_GROUPS = 2000;

export const BY_PAGE: Page = {
  head: (by) => ({ title: `By ${by.join(', ')}`, columns: byColumns(by), none: NO_EVENTS }),
  fill: async ({ store, state, result, of: by, signal }) => {
    const { groups, distinct, looked } = await store.countBy(result, by, { limit: MAX_GROUPS, signal });
    const whole = result.folded?.whole ?? result;
    const about = [
      `${countOf(distinct, 'row')} of ${overText(state)}`,
      looked < whole.total ? `only the newest ${formatCount(looked)} were read` : '',
      distinct > groups.length ? `only the ${formatCount(groups.length)} most frequent` : '',
    ];
    return { rows: byRows(groups, by, state.search.query, state.zone), about: joined(about) };
  },
};

export function byColumns(by: readonly string[]): readonly TableColumn[] {
  const min = Math.min(MIN_WIDTH, Math.floor(KEYS_WIDTH / Math.max(1, by.length)) - 2);
  return [...COUNTS, ...by.map((name) => ({ title: titleOf(name), min, max: MAX_WIDTH, cut: cutOf(name) }))];
}

/** What tells values apart: the session of a caller, the end of an ARN, the beginning of everything else. */
function cutOf(name: string): TableColumn['cut'] {
  const column = countColumn(name);
  if (column.kind !== 'stored') return 'end';
  return column.field === 'who' ? 'session' : column.field === 'resource' ? 'start' : 'end';
}

/** A field as the list heads it; of a path its last key, as CloudTrail spells it. */
function titleOf(name: string): string {
  const column = countColumn(name);
  if (column.kind !== 'path') return name.toUpperCase();
  const key = column.steps.findLast((step) => step.kind === 'key');
  return key?.key ?? name;
}

/** A row for each group, in their order; its search is that of the list, narrowed to the group's events. */
export function byRows(
  groups: readonly CountedGroup[],
  by: readonly string[],
  query: Query,
  zone: TimeZoneChoice,
): readonly TableRow[] {
  const textOf = timeText(
    groups.map(({ last }) => last),
    zone,
  );
  return groups.map((group) => ({
    key: JSON.stringify(group.cells),
    cells: [
      formatCount(group.count),
      group.failures === 0 ? '' : formatCount(group.failures),
      textOf(group.last),
      ...group.cells.map(cellText),
    ],
    get query() {
      const terms = by.flatMap((name, k) => termsOf(name, k, group, groups));
      return printQuery(terms.reduce(withTerm, query));
    },
  }));
}

function cellText(cell: CountedCell): string {
  switch (cell.kind) {
    case 'value':
      return cell.text === '' ? '""' : `${cell.text}${cell.isWhole ? '' : '…'}`;
    case 'absent':
      return '–';
    case 'object':
      return '{…}';
    case 'more':
      return '… and more values';
  }
}

function termsOf(name: string, k: number, group: CountedGroup, groups: readonly CountedGroup[]): readonly Query[] {
  const cell = group.cells[k];
  if (cell === undefined || cell.kind === 'absent') return [fieldTerm(name, '')];
  if (cell.kind === 'more') return [{ kind: 'present', path: name }];
  if (cell.kind === 'object') {
    const text: Query = { kind: 'field', path: name, values: ['?*', ''] };
    return [
      { kind: 'present', path: name },
      { kind: 'not', term: text },
    ];
  }
  const { text, isWhole } = cell;
  if (!isWhole) return [{ kind: 'field', path: name, values: [`${literalPattern(text)}*`] }];
  const column = countColumn(name);
  if (column.kind !== 'stored' || column.field !== 'who') return [textTerm(name, text)];
  return whoTerms(text, valuesIn(groups, k));
}

function valuesIn(groups: readonly CountedGroup[], k: number): readonly string[] {
  return groups.flatMap(({ cells }) => (cells[k]?.kind === 'value' ? [cells[k].text] : []));
}
