// :denied — who was refused what, and why. Groups of the store agree in the whole message; those that say the same of
// the same resource are one row, as are the sessions of one machine, and each row's search finds exactly its events.

import { type Denial, type DenialReason, denialOf, denialReasonText } from '../cloudtrail/denial.ts';
import { isUserId } from '../cloudtrail/person.ts';
import { resourcesIn } from '../cloudtrail/resource-cell.ts';
import { ANY_PART, whoShape } from '../cloudtrail/session-shape.ts';
import { fieldTerm, withTerm } from '../query/edit.ts';
import { literalPattern } from '../query/pattern.ts';
import { printQuery } from '../query/print.ts';
import type { Query } from '../query/query.ts';
import type { TableColumn, TableRow } from '../state/table-panel.ts';
import type { Group } from '../store/analysis.ts';
import { formatCount, type TimeZoneChoice } from '../text/format.ts';
import { LAST_COLUMN, timeText } from './page-times.ts';
import { type Asked, joined, noneText, overText, type Page } from './table-page.ts';
import { withoutThose } from './who-terms.ts';

export const DENIED: Query = { kind: 'field', path: 'error', values: ['denied'] };

export const DENIED_FIELDS = ['who', 'name', 'source', 'resource', 'error', 'message'] as const;

export const DENIED_COLUMNS: readonly TableColumn[] = [
  { title: 'COUNT', align: 'right', min: 5, max: 9 },
  LAST_COLUMN,
  { title: 'WHO', min: 12, max: 36, cut: 'session' },
  { title: 'ACTION', min: 14, max: 40, cut: 'start' },
  { title: 'REASON', min: 19, max: 30 },
  { title: 'RESOURCE', min: 14, max: 90, cut: 'start' },
];

const MAX_GROUPS = 2000;

export const DENIED_PAGE: Page = {
  head: () => ({
    title: 'Denied calls',
    columns: DENIED_COLUMNS,
    none: noneText('None of these calls was denied.'),
  }),
  fill: async (asked) => {
    const { store, within, state, signal } = asked;
    const denied = await within(DENIED, signal);
    const { groups, distinct } = await store.groups(denied, DENIED_FIELDS, { limit: MAX_GROUPS, signal });
    const more =
      distinct > groups.length
        ? `only the ${formatCount(groups.length)} most frequent of ${formatCount(distinct)} messages`
        : '';
    const about = [`${formatCount(denied.total)} of ${overText(state)}`, more];
    const persons = await personsOf(asked, groups);
    return { rows: deniedRows(groups, state.zone, persons, state.search.query), about: joined(about) };
  },
};

/** Persons who are looked for behind the callers: a list of more tells of none of them. */
const MAX_PERSONS = 50;

/** The person behind a group, where all of its events are theirs and the label does not say so. */
export type PersonOf = ReadonlyMap<Group, string>;

async function personsOf({ store, within, signal }: Asked, groups: readonly Group[]): Promise<PersonOf> {
  const events = await store.window(store.pick(groups.map(({ row }) => row)), 0, groups.length);
  const newest = new Map(events.map(({ row, person }) => [row, person]));
  const persons = [...new Set(newest.values())].filter((person) => person !== undefined).slice(0, MAX_PERSONS);
  const counts = new Map<string, number>();
  const keyOf = (person: string, { cells }: Group) => JSON.stringify([person, ...Object.values(cells)]);
  for (const person of persons) {
    const theirs = await within({ kind: 'and', terms: [DENIED, fieldTerm('person', person)] }, signal);
    const found = await store.groups(theirs, DENIED_FIELDS, { limit: MAX_GROUPS, signal });
    for (const group of found.groups) counts.set(keyOf(person, group), group.count);
  }
  return new Map(
    groups.flatMap((group) => {
      const person = newest.get(group.row);
      return person !== undefined && counts.get(keyOf(person, group)) === group.count ? [[group, person]] : [];
    }),
  );
}

/** Messages listed in a search: more could not be read. */
const MAX_MESSAGES = 8;

/** Groups that are one row. */
type Merged = {
  readonly key: string;
  readonly denial: Denial;
  readonly resource: string;
  readonly cells: Group['cells'];
  readonly groups: Group[];
  count: number;
  last: number | null;
};

/** Most events first, and of as many the newest. `groups`: by DENIED_FIELDS, of the events that `list` finds. */
export function deniedRows(
  groups: readonly Group[],
  zone: TimeZoneChoice,
  persons: PersonOf = new Map(),
  list: Query = { kind: 'all' },
): readonly TableRow[] {
  const merged = new Map<string, Merged>();
  for (const group of groups) {
    const { who = '', name = '', source = '', error = '', message = '' } = group.cells;
    const denial = denialOf({ error, message, source, name });
    if (denial === null) continue;
    const resource = denial.resource || (resourcesIn(group.cells.resource ?? '')[0] ?? '');
    const key = JSON.stringify([whoShape(who), name, source, denial.action, resource, denial.reason]);
    const known = merged.get(key);
    if (known === undefined) {
      const { count, last, cells } = group;
      merged.set(key, { key, denial, resource, cells, groups: [group], count, last });
      continue;
    }
    known.groups.push(group);
    known.count += group.count;
    known.last = latest(known.last, group.last);
  }
  const byCall = Map.groupBy(groups, ({ cells }) => cells.name ?? '');
  const textOf = timeText(
    [...merged.values()].map(({ last }) => last),
    zone,
  );
  return [...merged.values()]
    .sort((a, b) => b.count - a.count || (b.last ?? 0) - (a.last ?? 0))
    .map((row) => ({
      key: row.key,
      cells: [
        formatCount(row.count),
        textOf(row.last),
        personText(row, persons) || '–',
        row.denial.action || row.cells.name || '–',
        reasonText(row.denial.reason),
        row.resource || '–',
      ],
      // Of thousands of rows one is taken, and finding what tells it from the others takes time.
      get query() {
        return printQuery(withTerm(list, queryOf(row, byCall.get(row.cells.name ?? '') ?? [])));
      },
    }));
}

/** `dave → data-admin/nightly-etl` where one person is behind all of it. */
function personText(row: Merged, persons: PersonOf): string {
  const [person, ...others] = new Set(row.groups.map((group) => persons.get(group)));
  const who = whoText(row);
  if (person === undefined || others.length > 0) return who;
  return isUserId(who) ? person : `${person} → ${who}`;
}

/** The caller, or what the names of its sessions have in common. */
function whoText({ groups }: Merged): string {
  const names = new Set(groups.map(({ cells }) => cells.who ?? ''));
  const [name = ''] = names;
  return names.size === 1 ? name : whoShape(name);
}

/** `SCP denies`, `no identity policy allows`: as short as a column wants it. */
function reasonText(reason: DenialReason): string {
  const text = denialReasonText(reason).replace('-based policy', ' policy').replace('service control policy', 'SCP');
  const policy = /^explicit deny in (?:an?|the) (.+)$/.exec(text)?.[1];
  return policy === undefined ? text.replace(/ allows it$/, ' allows') : `${policy} denies`;
}

/** The first of ever longer searches that finds the row's events and none of the others. */
function queryOf(row: Merged, groups: readonly Group[]): Query {
  const own = new Set(row.groups);
  const caller = whoPart(row, groups);
  const { source = '', name = '' } = row.cells;
  const [call, service] = [same('name', name), same('source', source)];
  const resource = row.resource === '' ? null : resourcePart(row.resource);
  const phrase = phrasePart(row.denial);
  const messages = messagesPart(row.groups);
  const attempts: readonly (readonly (Part | null)[])[] = [
    [caller, call],
    [caller, call, resource],
    [caller, call, phrase],
    [caller, call, phrase, resource],
    [caller, service, call, phrase, resource],
    [caller, service, call, messages],
    [caller, service, call, messages, resource],
  ];
  let found: readonly Part[] = [caller, call];
  for (const attempt of attempts) {
    const parts = attempt.filter((part) => part !== null);
    if (!row.groups.every((group) => parts.every(({ meets }) => meets(group)))) continue;
    found = parts;
    if (groups.every((group) => own.has(group) || !parts.every(({ meets }) => meets(group)))) break;
  }
  const terms = found.flatMap(({ terms: own }) => own);
  return { kind: 'and', terms: [...terms, DENIED] };
}

/** A part of a search, and which groups it finds. */
type Part = { readonly terms: readonly Query[]; readonly meets: (group: Group) => boolean };

function same(field: 'name' | 'source', value: string): Part {
  return { terms: [fieldTerm(field, value)], meets: ({ cells }) => isSame(cells[field] ?? '', value) };
}

/** `who:alice` finds Admin/alice as well, `who:job/run-*` also job/run-now: whoever is not meant is left out by name. */
function whoPart(row: Merged, groups: readonly Group[]): Part {
  const who = whoText(row);
  const isShape = row.groups.some(({ cells }) => !isSame(cells.who ?? '', who));
  const pattern = isShape ? who.split(ANY_PART).map(literalPattern).join('*') : literalPattern(who);
  const meant = ({ cells: { who: other = '' } }: Group) => isSame(isShape ? whoShape(other) : other, who);
  const others = groups.filter((group) => who !== '' && !meant(group)).map(({ cells }) => cells.who ?? '');
  const named: Query = isShape ? { kind: 'field', path: 'who', values: [pattern] } : fieldTerm('who', who);
  return { terms: [named, ...withoutThose(pattern, others)], meets: meant };
}

function resourcePart(resource: string): Part {
  return {
    terms: [fieldTerm('resource', resource)],
    meets: (group) => resourcesIn(group.cells.resource ?? '').some((other) => isSame(other, resource)),
  };
}

/** What messages of that reason say in all of AWS's wordings; null where they say nothing of it. */
function phrasePart({ reason }: Denial): Part | null {
  const [kind, policy] = reason.split('-', 2);
  const isNamed = policy !== undefined && reason !== 'not-stated' && reason !== 'public-access-block';
  const text = isNamed
    ? kind === 'no'
      ? `because ${denialReasonText(reason).replace(/ allows it$/, '')}`
      : denialReasonText(reason)
    : reason === 'encoded'
      ? 'Encoded authorization failure message'
      : '';
  if (text === '') return null;
  return {
    terms: [{ kind: 'field', path: 'message', values: [`*${text}*`] }],
    meets: ({ cells }) => (cells.message ?? '').toLowerCase().includes(text.toLowerCase()),
  };
}

function messagesPart(groups: readonly Group[]): Part | null {
  const messages = [...new Set(groups.map(({ cells }) => cells.message ?? ''))];
  if (messages.length > MAX_MESSAGES) return null;
  const stated = messages.filter((message) => message !== '');
  const field: Query = { kind: 'field', path: 'message', values: stated.map(literalPattern) };
  const absent: Query = { kind: 'not', term: { kind: 'present', path: 'message' } };
  const either: readonly Query[] =
    stated.length === messages.length
      ? [field]
      : stated.length === 0
        ? [absent]
        : [{ kind: 'or', terms: [absent, field] }];
  return { terms: either, meets: ({ cells }) => messages.includes(cells.message ?? '') };
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function latest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
