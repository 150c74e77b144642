// s — the session behind an event: who stands at the top, the calls that began each session, how long it was used, from
// where, and what it began in turn. What is only likely is marked, what is not loaded is offered to be looked up.

import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { fieldTerm, withTerm } from '../query/edit.ts';
import { printQuery } from '../query/print.ts';
import type { Query } from '../query/query.ts';
import type { TableColumn, TableRow } from '../state/table-panel.ts';
import type { CallerSession, SessionChain, SourceKind } from '../store/sessions.ts';
import { countOf, formatCount, formatDuration, type TimeZoneChoice } from '../text/format.ts';
import { timeText } from './page-times.ts';
import { type ConfinedEntry, confinedTree } from './session-confines.ts';
import { sessionTree, type TreeEntry } from './session-tree.ts';
import { isConfined, joined, noneText, type Page } from './table-page.ts';

const INDENT = '  ';
/** Of the event's own session. */
const OWN = '● ';
const OUTSIDE = 'outside of the list: its Region, profile or range';

type CallEntry = TreeEntry & { readonly kind: 'call' };

export const SESSION_COLUMNS: readonly TableColumn[] = [
  { title: 'WHO', min: 24, max: 90 },
  { title: 'FROM', min: 15, max: 39 },
  { title: 'BEGAN', min: 11, max: 11 },
  { title: 'CALLS', align: 'right', min: 5, max: 9 },
  { title: 'FAILED', align: 'right', min: 6, max: 9 },
  { title: 'LENGTH', align: 'right', min: 6, max: 12 },
];

export const SESSION_PAGE: Page = {
  head: () => ({
    title: 'Session of this event',
    columns: SESSION_COLUMNS,
    none: noneText('The record does not say who called.'),
  }),
  fill: async (asked) => {
    const { store, state, of, signal } = asked;
    const chain = await store.callers.chainOf(Number(of[0]), signal);
    const whole = await sessionTree(store.callers, chain, signal);
    const entries = isConfined(asked) ? await confinedTree(asked, whole) : whole;
    const at = entries.findIndex((entry) => entry.kind === 'session' && entry.isOwn);
    const weak = entries.filter((entry) => entry.kind === 'call' && isLikely(entry)).length;
    const sessions = entries.filter(({ kind }) => kind === 'session').length;
    const gap = entries.find((entry) => entry.kind === 'gap');
    return {
      title: `Session: ${chainText(chain)}`,
      about: joined([
        countOf(sessions, 'session'),
        weak === 0 ? '' : `${countOf(weak, 'link')} only likely`,
        gap === undefined ? '' : 'the beginning is not loaded',
        isConfined(asked)
          ? 'links as far as events are loaded, numbers in the Region, profile and range of the list'
          : 'as far as events are loaded',
      ]),
      rows: sessionRows(entries, state.zone),
      at: Math.max(0, at),
    };
  },
};

/** `dave → DataAnalyst → etl-runner → data-admin`: the top, then the role of each session on the way down. */
export function chainText({ steps }: SessionChain): string {
  const top = steps.at(-1);
  if (top === undefined) return 'not stated';
  const { origin } = top;
  const start =
    origin.kind === 'source' && origin.what !== 'unknown' ? origin.name : origin.kind === 'source' ? '' : '?';
  const names = steps.toReversed().map(({ session: { event } }) => roleOrWho(event));
  return [start, ...names].filter((name, k, all) => name !== '' && name !== all[k - 1]).join(' → ');
}

function roleOrWho({ cells }: TrailEvent): string {
  const end = cells.who.indexOf('/');
  return (end < 0 ? cells.who : cells.who.slice(0, end)) || cells.arn || cells.key || '–';
}

export function sessionRows(entries: readonly ConfinedEntry[], zone: TimeZoneChoice): readonly TableRow[] {
  const times = entries.map((entry) =>
    entry.kind === 'session' ? beganAt(entry.session) : entry.kind === 'call' ? entry.call.time : null,
  );
  const textOf = timeText(times, zone);
  const top = entries.find((entry) => entry.kind === 'session');
  return entries.map((entry) => rowOf(entry, top?.session ?? null, textOf));
}

type TimeText = (time: number | null) => string;

/** `top`: the session that the source is the beginning of. */
function rowOf(entry: ConfinedEntry, top: CallerSession | null, textOf: TimeText): TableRow {
  const indent = INDENT.repeat(entry.depth);
  switch (entry.kind) {
    case 'source':
      return lazyRow({ cells: [sourceText(entry.what, entry.name)] }, () => sourceQuery(entry.what, entry.name, top));
    case 'gap':
      return gapRow(entry, indent);
    case 'call': {
      const { call, by } = entry;
      const outside = entry.isOutside === true ? ` (${OUTSIDE})` : '';
      const cells = [`${indent}└ ${call.cells.name}${linkText(entry)}${outside}`, call.cells.ip, textOf(call.time)];
      const row = { cells, row: call.row, hint: 'the call', isQuiet: true };
      return lazyRow(row, () => (outside === '' ? by.query : null));
    }
    case 'session':
      return sessionRow(entry.session, textOf, { lead: `${indent}${entry.isOwn ? OWN : ''}` });
    case 'more':
      return lazyRow({ cells: [`${indent}└ … and ${countOf(entry.count, 'more session')}`], isQuiet: true }, () =>
        withTerm(entry.by.query, { kind: 'present', path: 'issued' }),
      );
  }
}

/** A row whose search is written when it is asked for: of thousands one is taken. */
function lazyRow(row: Omit<TableRow, 'query'>, queryOf: () => Query | null): TableRow {
  return {
    ...row,
    get query() {
      const query = queryOf();
      return query === null ? '' : printQuery(query);
    },
  };
}

/** As on the page of all sessions. `within`: the search of the list that it was counted in. */
export function sessionRow(
  session: CallerSession,
  textOf: TimeText,
  { lead = '', within = { kind: 'all' } as Query, row = undefined as number | undefined } = {},
): TableRow {
  const { id, event, addresses, addressCount, calls, failures } = session;
  const more = addressCount > 1 ? ` +${formatCount(addressCount - 1)}` : '';
  const doubt = isDateWrong(session) ? ' (its creationDate is later than its events)' : '';
  const cells = [
    `${lead}${event.cells.who || event.cells.arn || event.cells.key || '–'}${doubt}`,
    `${addresses[0] ?? '–'}${more}`,
    textOf(beganAt(session)),
    formatCount(calls),
    failures === 0 ? '' : formatCount(failures),
    lengthText(session),
  ];
  return lazyRow({ key: id, cells, ...(row !== undefined && { row }) }, () =>
    calls === 0 ? null : withTerm(within, session.query),
  );
}

/** Clocks of AWS differ by less. */
const CLOCKS_MS = 60_000;

/** What is called with cannot be younger than a call. */
function isDateWrong({ created, first }: CallerSession): boolean {
  return created !== null && first !== null && created - first > CLOCKS_MS;
}

/** creationDate, or the first event that is loaded, where that is earlier or alone. */
export function beganAt({ created, first }: CallerSession): number | null {
  return created === null || first === null ? (created ?? first) : Math.min(created, first);
}

/** To its last event; times are whole seconds. */
function lengthText(session: CallerSession): string {
  const [start, { last }] = [beganAt(session), session];
  if (start === null || last === null) return '–';
  return last - start < 1000 ? '< 1 s' : formatDuration(last - start);
}

const SOURCES: Readonly<Record<SourceKind, string>> = {
  person: 'a person, through IAM Identity Center',
  root: 'the root user',
  user: 'an IAM user',
  instance: 'an EC2 instance',
  function: 'a Lambda function',
  service: 'an AWS service',
  account: 'another account',
  'web identity': 'a web identity',
  SAML: 'a SAML identity',
  unknown: 'the record does not say what stands behind',
};

function sourceText(what: SourceKind, name: string): string {
  return name === '' ? SOURCES[what] : `${name} (${SOURCES[what]})`;
}

/** What a person did under whatever role, as far as that is known; what names an instance or a function; else the calls
 *  of the session itself. */
function sourceQuery(what: SourceKind, name: string, top: CallerSession | null): Query | null {
  if (name === '' || what === 'unknown' || top === null || top.calls === 0) return null;
  if (what === 'instance' || what === 'function') return { kind: 'word', text: name, mode: 'substring' };
  const person = top.event.personLabel ?? top.event.person;
  return person === undefined || NO_PERSON.has(what) ? top.query : fieldTerm('person', person);
}

const NO_PERSON: ReadonlySet<SourceKind> = new Set(['service', 'account']);

function gapRow({ origin }: TreeEntry & { readonly kind: 'gap' }, indent: string): TableRow {
  if (origin.kind === 'missing') {
    return lazyRow({ cells: [`${indent}? ${origin.needs}`], hint: 'look it up' }, () => origin.query);
  }
  return { cells: [`${indent}? these records name each other as their beginning`], query: '' };
}

/** A link that is not certain. */
function isLikely({ link, others }: Pick<CallEntry, 'link' | 'others'>): boolean {
  return others > 0 || link === 'creationDate' || link === 'name';
}

function linkText({ link, others }: Pick<CallEntry, 'link' | 'others'>): string {
  const also = countOf(others, 'other call');
  const fitting = others === 0 ? '' : `; ${also} would fit too`;
  const unsure = 'which one is not certain';
  switch (link) {
    case 'key':
      return others === 0 ? ', by its key' : `? by its key; ${also} handed out the same key: ${unsure}`;
    case 'sharedEventID':
      return others === 0 ? ', by the sharedEventID' : `? by the sharedEventID; ${also} would fit too: ${unsure}`;
    case 'creationDate':
      return `? same name, same second${fitting}`;
    case 'name':
      return `? the last of this name before${fitting}`;
  }
}
