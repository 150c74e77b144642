// :sessions — the sessions of the list's events: whose, from where, how long, how busy.

import type { TableRow } from '../state/table-panel.ts';
import { whoText } from '../state/who-text.ts';
import type { CallerSession } from '../store/sessions.ts';
import { countOf, formatCount } from '../text/format.ts';
import { timeText } from './page-times.ts';
import { beganAt, isSession, SESSION_COLUMNS, sessionRow } from './session-page.ts';
import { joined, NO_EVENTS, overText, type Page } from './table-page.ts';

const MAX_SESSIONS = 2000;

export const SESSIONS_PAGE: Page = {
  head: () => ({ title: 'Sessions', columns: SESSION_COLUMNS, none: NO_EVENTS }),
  fill: async ({ store, state, result, signal }) => {
    const { sessions, total } = await store.callers.sessions(result, { limit: MAX_SESSIONS, signal });
    const [ofSessions, others] = [true, false].map((is) => sessions.filter((session) => isSession(session) === is)) as [
      CallerSession[],
      CallerSession[],
    ];
    const textOf = timeText(ofSessions.map(beganAt), state.zone);
    const { applied, query: within } = state.search;
    return {
      rows: [...ofSessions, ...others].map((session) => {
        const { event } = session;
        const who = event.cells.who === '' ? {} : { who: whoText(event) };
        const row = sessionRow(session, textOf, { within, row: event.row, ...who });
        return isSession(session) ? row : withoutSession(row);
      }),
      about: joined([
        `${countedText(total, sessions.length, others.length)} of ${overText(state)}`,
        total > sessions.length ? `only the newest ${formatCount(sessions.length)}` : '',
        applied === '' ? '' : 'CALLS, and what Enter shows, are of this search alone',
      ]),
    };
  },
};

/** Whoever calls with long-term keys, or as a service: no session began or ends. */
function withoutSession(row: TableRow): TableRow {
  return {
    ...row,
    isQuiet: true,
    get query() {
      return row.query;
    },
  };
}

/** `41 sessions, 12 callers without one`; `others`: of those that are listed. */
function countedText(total: number, listed: number, others: number): string {
  if (total > listed) return countOf(total, 'session or caller', 'sessions and callers without one');
  const callers = others === 0 ? '' : `, ${countOf(others, 'caller', 'callers')} without one`;
  return `${countOf(total - others, 'session')}${callers}`;
}
