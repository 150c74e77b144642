// s — the session behind an event: who stands at the top, the calls that began each session, how long it was used, from
// where, and what it began in turn. What is only likely is marked, what is not loaded is offered to be looked up.

import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { fieldTerm, withTerm } from '../query/edit.ts';
import { printQuery } from '../query/print.ts';
import type { TableColumn, TableRow } from '../state/table-panel.ts';
import type { CallerSession, LinkKind, SessionChain, SourceKind } from '../store/sessions.ts';
import { countOf, formatCount, formatDuration, type TimeZoneChoice } from '../text/format.ts';
import { timeText } from './page-times.ts';
import { sessionTree, type TreeEntry } from './session-tree.ts';
import { joined, noneText, type Page } from './table-page.ts';

const INDENT = '  ';
/** Of the event's own session. */
const OWN = '● ';

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
  fill: async ({ store, state, of, signal }) => {
    const chain = await store.callers.chainOf(Number(of[0]), signal);
    const entries = await sessionTree(store.callers, chain, signal);
    const at = entries.findIndex((entry) => entry.kind === 'session' && entry.isOwn);
    const weak = entries.filter((entry) => entry.kind === 'call' && isWeak(entry.link)).length;
    const sessions = entries.filter(({ kind }) => kind === 'session').length;
    const gap = entries.find((entry) => entry.kind === 'gap');
    return {
      title: `Session: ${chainText(chain)}`,
      about: joined([
        countOf(sessions, 'session'),
        weak === 0 ? '' : `${countOf(weak, 'link')} only likely`,
        gap === undefined ? '' : 'the beginning is not loaded',
        'as far as events are loaded',
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

export function sessionRows(entries: readonly TreeEntry[], zone: TimeZoneChoice): readonly TableRow[] {
  const times = entries.map((entry) =>
    entry.kind === 'session' ? entry.session.first : entry.kind === 'call' ? entry.call.time : null,
  );
  const textOf = timeText(times, zone);
  return entries.map((entry) => rowOf(entry, textOf));
}

type TimeText = (time: number | null) => string;

function rowOf(entry: TreeEntry, textOf: TimeText): TableRow {
  const indent = INDENT.repeat(entry.depth);
  switch (entry.kind) {
    case 'source':
      return { cells: [sourceText(entry.what, entry.name)], query: sourceQuery(entry.what, entry.name) };
    case 'gap':
      return gapRow(entry, indent);
    case 'call': {
      const { call, by, link, others } = entry;
      return {
        cells: [`${indent}└ ${call.cells.name}${linkText(link, others)}`, call.cells.ip, textOf(call.time)],
        query: printQuery(by.query),
        row: call.row,
        hint: 'the call',
        isQuiet: true,
      };
    }
    case 'session':
      return sessionRow(entry.session, `${indent}${entry.isOwn ? OWN : ''}`, textOf);
    case 'more':
      return {
        cells: [`${indent}└ … and ${countOf(entry.count, 'more session')}`],
        query: printQuery(withTerm(entry.by.query, { kind: 'present', path: 'issued' })),
        isQuiet: true,
      };
  }
}

/** As on the page of all sessions. */
export function sessionRow(session: CallerSession, lead: string, textOf: (time: number | null) => string): TableRow {
  const { event, addresses, addressCount, calls, failures, created, first, last } = session;
  const more = addressCount > 1 ? ` +${formatCount(addressCount - 1)}` : '';
  const start = created ?? first;
  return {
    cells: [
      `${lead}${event.cells.who || event.cells.arn || event.cells.key || '–'}`,
      `${addresses[0] ?? '–'}${more}`,
      textOf(start),
      formatCount(calls),
      failures === 0 ? '' : formatCount(failures),
      start === null || last === null ? '–' : formatDuration(Math.max(0, last - start)),
    ],
    query: printQuery(session.query),
  };
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

function sourceQuery(what: SourceKind, name: string): string {
  if (name === '' || what === 'unknown') return '';
  switch (what) {
    case 'instance':
    case 'function':
      return printQuery({ kind: 'word', text: name, mode: 'substring' });
    case 'service':
      return printQuery(fieldTerm('service', name));
    case 'account':
      return printQuery(fieldTerm('caller', name));
    case 'web identity':
    case 'SAML':
      return printQuery(fieldTerm('who', name));
    default:
      return printQuery(fieldTerm('person', name));
  }
}

function gapRow({ origin }: TreeEntry & { readonly kind: 'gap' }, indent: string): TableRow {
  if (origin.kind === 'missing') {
    return {
      cells: [`${indent}? ${origin.needs}`],
      query: printQuery(origin.query),
      hint: 'look it up',
    };
  }
  return { cells: [`${indent}? these records name each other as their beginning`], query: '' };
}

export function isWeak(link: LinkKind): boolean {
  return link === 'creationDate' || link === 'name';
}

function linkText(link: LinkKind, others: number): string {
  const more = others === 0 ? '' : `; ${countOf(others, 'other call')} would fit too`;
  switch (link) {
    case 'key':
      return ', by its key';
    case 'sharedEventID':
      return ', by the sharedEventID';
    case 'creationDate':
      return `? same name, same second${more}`;
    case 'name':
      return `? the last of this name before${more}`;
  }
}
