// s — the session behind an event: who stands at the top, the calls that began each session, how long it was used, from
// where, and what it began in turn. What is only likely is marked, what is not loaded is offered to be looked up.

import { isUserId } from '../cloudtrail/person.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { fieldTerm, withTerm } from '../query/edit.ts';
import { printQuery } from '../query/print.ts';
import type { Query } from '../query/query.ts';
import type { AppState } from '../state/app-state.ts';
import type { TableColumn, TableRow } from '../state/table-panel.ts';
import { whoText } from '../state/who-text.ts';
import { isHandedOut } from '../store/session-chain.ts';
import type { CallerSession, SessionChain, SourceKind } from '../store/sessions.ts';
import type { Store } from '../store/store.ts';
import { countOf, formatCount, formatDuration } from '../text/format.ts';
import { timeText } from './page-times.ts';
import { type ConfinedEntry, confinedTree } from './session-confines.ts';
import { withSessionOfCall } from './session-of-call.ts';
import { signInRows } from './session-sign-ins.ts';
import { sessionTree, type TreeEntry } from './session-tree.ts';
import { isConfined, joined, noneText, type Page } from './table-page.ts';

const INDENT = '  ';
/** Of the event's own session. */
const OWN = '● ';
const OUTSIDE = 'outside of the list: its Region, profile or range';

const NOT_STATED = 'The record does not say who called.';
const NO_CALLER =
  'An Insights event has no caller: it tells that there were unusually many calls, and those of its time span tell who made them.';

type CallEntry = TreeEntry & { readonly kind: 'call' };

export const SESSION_COLUMNS: readonly TableColumn[] = [
  { title: 'WHO', min: 24, max: 90, isFirst: true, cut: 'session' },
  { title: 'FROM', min: 15, max: 39 },
  { title: 'BEGAN', min: 11, max: 11 },
  { title: 'CALLS', align: 'right', min: 5, max: 9 },
  { title: 'FAILED', align: 'right', min: 6, max: 9 },
  { title: 'LENGTH', align: 'right', cut: 'unit', min: 6, max: 12 },
];

export const SESSION_PAGE: Page = {
  head: () => ({
    title: 'Session of this event',
    columns: SESSION_COLUMNS,
    none: noneText(NOT_STATED),
  }),
  fill: async (asked) => {
    const { store, state, of, signal } = asked;
    const nobody = await noCallerText(store, Number(of[0]));
    if (nobody !== null) return { title: 'Session: not stated', rows: [], about: '', none: noneText(nobody) };
    const chain = await store.callers.chainOf(Number(of[0]), signal);
    const tree = await sessionTree(store.callers, chain, signal);
    const whole = await withSessionOfCall(store, tree, Number(of[0]), signal);
    const entries = isConfined(asked) ? await confinedTree(asked, whole) : whole;
    const weak = entries.filter((entry) => entry.kind === 'call' && isLikely(entry)).length;
    const sessions = entries.filter((entry) => entry.kind === 'session' && isSession(entry.session)).length;
    const gap = entries.find((entry) => entry.kind === 'gap');
    const rows = sessionRows(entries, state);
    const signIns = await signInRows(asked, chain, state.zone);
    const shown = entries.flatMap((entry, k) =>
      isToldAbove(entry, entries) ? [] : [{ entry, row: rows[k] as TableRow }],
    );
    const at = shown.findIndex(({ entry }) => entry.kind === 'session' && entry.isOwn);
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
      rows: shown.map(({ row }) => row).toSpliced(1, 0, ...signIns),
      at: Math.max(0, at + signIns.length),
    };
  },
};

/** Of an event that nobody called, or nobody who is named: those are not one session. Null for all others. */
async function noCallerText(store: Store, row: number): Promise<string | null> {
  const [event] = await store.window(store.pick([row]), 0, 1);
  // Old ones state no eventCategory.
  if (/insight/i.test(`${event?.cells.category} ${event?.cells.eventType}`)) return NO_CALLER;
  const { who = '', arn = '', key = '', user = '', caller = '', service = '' } = event?.cells ?? {};
  return who + arn + key + user + caller + service === '' ? NOT_STATED : null;
}

/** `dave → DataAnalyst → etl-runner → data-admin`: the top, then the role of each session on the way down. */
export function chainText({ steps }: SessionChain): string {
  const top = steps.at(-1);
  if (top === undefined) return 'not stated';
  const { origin } = top;
  const isStated = origin.kind === 'source' && origin.what !== 'unknown';
  const start = isStated ? nameOf(origin.what, origin.name, top.session) : origin.kind === 'source' ? '' : '?';
  const names = steps.toReversed().map(({ session: { event } }) => roleOrWho(event));
  return [start, ...names].filter((name, k, all) => name !== '' && name !== all[k - 1]).join(' → ');
}

/** Callers of whom the records know by another name, or settings do. */
const PERSONS: ReadonlySet<SourceKind> = new Set(['person', 'user', 'root', 'SAML', 'web identity']);

/** As the list calls the person. */
function nameOf(what: SourceKind, name: string, { event }: CallerSession): string {
  return (PERSONS.has(what) ? (event.personLabel ?? event.person) : undefined) ?? name;
}

/** Whether the calls were made with credentials that end, and not with a user's own, or none. */
export function isSession({ event }: CallerSession): boolean {
  return isHandedOut(event);
}

/** Of services, assertions and other accounts all is said by the source above: what they did at other times has nothing
 *  to do with the event. */
function isToldAbove(entry: ConfinedEntry, entries: readonly ConfinedEntry[]): boolean {
  const [first] = entries;
  if (entry.kind !== 'session' || entry.isOwn || entry.depth > 0 || isSession(entry.session)) return false;
  return first?.kind === 'source' && first.name !== '' && entry.session.keyCount === 0;
}

function roleOrWho(event: TrailEvent): string {
  const { cells } = event;
  if (isUserId(cells.who)) return whoText(event);
  const end = cells.who.indexOf('/');
  return (end < 0 ? cells.who : cells.who.slice(0, end)) || cells.arn || cells.key || '–';
}

export function sessionRows(
  entries: readonly ConfinedEntry[],
  { zone, live }: Pick<AppState, 'zone' | 'live'>,
): readonly TableRow[] {
  const times = entries.map((entry) =>
    entry.kind === 'session' ? beganAt(entry.session) : entry.kind === 'call' ? entry.call.time : null,
  );
  const textOf = timeText(times, zone);
  const top = entries.find((entry) => entry.kind === 'session');
  return entries.map((entry) => rowOf(entry, top?.session ?? null, textOf, live !== null));
}

type TimeText = (time: number | null) => string;

/** `top`: the session that the source is the beginning of. */
function rowOf(entry: ConfinedEntry, top: CallerSession | null, textOf: TimeText, isLive: boolean): TableRow {
  const indent = INDENT.repeat(entry.depth);
  switch (entry.kind) {
    case 'source':
      return lazyRow(
        { cells: [sourceText(entry.what, top === null ? entry.name : nameOf(entry.what, entry.name, top))] },
        () => sourceQuery(entry.what, entry.name, top),
      );
    case 'gap':
      return gapRow(entry, indent, isLive);
    case 'call': {
      const { call, by } = entry;
      const outside = entry.isOutside === true ? ` (${OUTSIDE})` : '';
      // What stands in the row of the session above is not said again: the link needs the room.
      const isFromThere = isSession(by) && by.addressCount === 1 && by.addresses[0] === call.cells.ip;
      const ip = isFromThere ? '' : call.cells.ip;
      const cells = [`${indent}└ ${call.cells.name}${linkText(entry)}${outside}`, ip, textOf(call.time)];
      const row = { cells, row: call.row, hint: 'the call', isQuiet: true };
      return lazyRow(row, () => (outside === '' ? by.query : null));
    }
    case 'session':
      return sessionRow(entry.session, textOf, { lead: `${indent}${entry.isOwn ? OWN : ''}` });
    case 'more':
      return lazyRow(
        {
          cells: [`${indent}└ … and ${countOf(entry.count, 'more session')}`],
          hint: 'all calls that began one',
          isQuiet: true,
        },
        () => withTerm(entry.by.query, { kind: 'present', path: 'issued' }),
      );
    case 'unread': {
      const calls = countOf(entry.count, 'more call');
      return lazyRow({ cells: [`${indent}└ … ${calls} may have begun others: not looked at`], isQuiet: true }, () =>
        withTerm(entry.by.query, { kind: 'not', term: { kind: 'present', path: 'issued' } }),
      );
    }
    case 'cut': {
      const { call } = entry;
      const cells = [`? the chain goes on above: s at ${call.cells.name} shows it`, call.cells.ip, textOf(call.time)];
      return { cells, query: '', row: call.row, hint: 'the call' };
    }
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
  { lead = '', who = labelOf(session), within = { kind: 'all' } as Query, row = undefined as number | undefined } = {},
): TableRow {
  const { id, addresses, addressCount, calls, failures } = session;
  const more = addressCount > 1 ? ` +${formatCount(addressCount - 1)}` : '';
  const doubt = isDateWrong(session) ? ' (its creationDate is later than its events)' : '';
  const cells = [
    `${lead}${who}${doubt}`,
    `${addresses[0] ?? '–'}${more}`,
    isSession(session) ? textOf(beganAt(session)) : '',
    formatCount(calls),
    failures === 0 ? '' : formatCount(failures),
    isSession(session) ? lengthText(session) : '',
  ];
  return lazyRow({ key: id, cells, ...(row !== undefined && { row }) }, () =>
    calls === 0 ? null : withTerm(within, session.query),
  );
}

function labelOf({ event }: CallerSession): string {
  return isUserId(event.cells.who) ? whoText(event) : event.cells.who || event.cells.arn || event.cells.key || '–';
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
  'source identity': 'by the source identity',
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
  // Both call in sessions of that name.
  if (what === 'instance' || what === 'function') return fieldTerm('session', name);
  const person = top.event.personLabel ?? top.event.person;
  return person === undefined || NO_PERSON.has(what) ? top.query : fieldTerm('person', person);
}

const NO_PERSON: ReadonlySet<SourceKind> = new Set(['service', 'account']);

/** `isLive`: an event history can be asked for what is missing. */
function gapRow({ missing }: TreeEntry & { readonly kind: 'gap' }, indent: string, isLive: boolean): TableRow {
  if (missing === null) return { cells: [`${indent}? these records name each other as their beginning`], query: '' };
  const { needs, account } = missing;
  const hint = isLive ? 'look it up' : 'search the loaded files';
  return lazyRow({ cells: [`${indent}? ${needs}`], lookUp: { needs, account }, hint }, () => missing.query);
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
