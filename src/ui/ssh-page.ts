// S — who could go into which machine, with which key, and what that machine's role called in the hour after. What is
// typed in there is not recorded: the role's calls are all that CloudTrail tells of it.

import { outcomeOf } from '../cloudtrail/outcome.ts';
import { type SshAccess, sshAccessOf } from '../cloudtrail/ssh-access.ts';
import { fieldTerm, withSpan } from '../query/edit.ts';
import { printQuery } from '../query/print.ts';
import type { TableColumn, TableRow } from '../state/table-panel.ts';
import { whoText } from '../state/who-text.ts';
import type { SpanCount, ValueSpan } from '../store/analysis.ts';
import { countOf, formatCount, type TimeZoneChoice } from '../text/format.ts';
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

const AFTER_MS = 3_600_000;

const SSH_COLUMNS: readonly TableColumn[] = [
  TIME_COLUMN,
  WHO_COLUMN,
  { title: 'HOW', min: 11, max: 11 },
  { title: 'INSTANCE', min: 10, max: 40, cut: 'start' },
  { title: 'USER, PORT', min: 8, max: 60 },
  RESULT_COLUMN,
  { title: 'NEXT HOUR', min: 9, max: 30 },
  { title: 'FROM', min: 12, max: 39 },
  { title: 'KEY', min: 20, max: 80 },
];

export const SSH_PAGE: Page = {
  head: () => ({ title: 'SSH access', columns: SSH_COLUMNS, none: NONE }),
  fill: async (asked) => {
    const { store, within, state, signal } = asked;
    const result = await within(presetQuery('ssh'), signal);
    const { found, read } = await readNewest(store, result, signal, (one) => {
      const access = sshAccessOf(one.record);
      return access === null ? [] : [{ ...one, access }];
    });
    const counts = await store.countSpans('session', found.map(spanAfter), signal);
    const about = aboutRead(result.total, read, asked, `NEXT HOUR: its role's calls, as loaded`);
    return { rows: sshRows(found, counts, state.zone), about, none: NONE };
  },
};

const NONE = noneText('Nobody pushed a key, opened a tunnel or began a session: not in these events.');

type AccessEvent = ReadEvent & { readonly access: SshAccess };

const NO_SPAN: ValueSpan = { value: '', from: 0, to: 0 };

/** The calls of the instance's role in the hour after: the credentials of an instance call under its id. No span where
 *  nobody got in, or into what is not known. */
function spanAfter({ event, access }: AccessEvent): ValueSpan {
  const { target, isRefused } = access;
  const isIn = event.cells.error === '' && !isRefused;
  if (!isIn || event.time === null || !/^m?i-[0-9a-f]{8,17}$/i.test(target)) return NO_SPAN;
  return { value: target, from: event.time, to: event.time + AFTER_MS };
}

/** In their order; `counts`: what happened in each one's span. */
function sshRows(
  accesses: readonly AccessEvent[],
  counts: readonly SpanCount[],
  zone: TimeZoneChoice,
): readonly TableRow[] {
  const timeOf = timeText(
    accesses.map(({ event }) => event.time),
    zone,
  );
  return accesses.map((one, k) => {
    const { event, access } = one;
    const span = spanAfter(one);
    const count = counts[k] ?? { count: 0, failures: 0 };
    return aroundRow(one, {
      cells: [
        timeOf(event.time),
        whoText(event),
        HOW[access.how],
        access.target || '–',
        asText(access),
        access.isRefused ? 'not successful' : outcomeOf(event.cells).text,
        span === NO_SPAN ? '–' : afterText(count),
        event.cells.ip || '–',
        keyText(access.key),
      ],
      ...(count.count === 0 || span === NO_SPAN ? {} : { after: afterQuery(span) }),
      isQuiet: event.cells.error !== '' || access.isRefused,
    });
  });
}

const HOW: Readonly<Record<SshAccess['how'], string>> = {
  key: 'key pushed',
  'serial console': 'serial port',
  tunnel: 'tunnel',
  session: 'SSM session',
  'resumed session': 'SSM resumed',
};

/** `ec2-user`, `port 0`, `port 22 through eice-…`, `port 5432 of db.example.com` */
function asText({ how, osUser, port, through }: SshAccess): string {
  const named = port === '' ? '' : `port ${port}`;
  const isHost = how === 'session' && port !== '';
  const by = through === '' ? '' : how === 'tunnel' ? `through ${through}` : isHost ? `of ${through}` : through;
  return [osUser, named, by].filter((part) => part !== '').join(' ') || '–';
}

/** Type, size where it differs, and the fingerprint as ssh-keygen -l prints it. */
function keyText(key: SshAccess['key']): string {
  if (key === null) return '';
  if (key === 'hidden') return 'hidden in the record';
  if (key === 'unreadable') return 'no whole key: no fingerprint';
  if (key === 'not stated') return key;
  const size = key.type.startsWith('ED25519') ? '' : ` ${key.bits}`;
  return `${key.type}${size} ${key.fingerprint}`;
}

/** Of what is loaded: none is not "nothing was done". */
function afterText({ count, failures }: SpanCount): string {
  if (count === 0) return 'no calls';
  const failed = failures === 0 ? '' : `, ${formatCount(failures)} failed`;
  return `${countOf(count, 'call')}${failed}`;
}

function afterQuery({ value, from, to }: ValueSpan): NonNullable<TableRow['after']> {
  return {
    get query() {
      return printQuery(withSpan(fieldTerm('session', value), from, to));
    },
    hint: 'what its role called after',
  };
}
