// :sessions — the sessions of the list's events: whose, from where, how long, how busy.

import type { TableColumn } from '../state/table-panel.ts';
import { countOf, formatCount } from '../text/format.ts';
import { timeText } from './page-times.ts';
import { beganAt, SESSION_COLUMNS, sessionRow } from './session-page.ts';
import { joined, NO_EVENTS, overText, type Page } from './table-page.ts';

const MAX_SESSIONS = 2000;

const COLUMNS: readonly TableColumn[] = SESSION_COLUMNS.map((column) =>
  column.title === 'WHO' ? { ...column, cut: 'session' as const } : column,
);

export const SESSIONS_PAGE: Page = {
  head: () => ({ title: 'Sessions', columns: COLUMNS, none: NO_EVENTS }),
  fill: async ({ store, state, result, signal }) => {
    const { sessions, total } = await store.callers.sessions(result, { limit: MAX_SESSIONS, signal });
    const textOf = timeText(sessions.map(beganAt), state.zone);
    const { applied, query: within } = state.search;
    return {
      rows: sessions.map((session) => sessionRow(session, textOf, { within, row: session.event.row })),
      about: joined([
        `${countOf(total, 'session')} of ${overText(state)}`,
        total > sessions.length ? `only the newest ${formatCount(sessions.length)}` : '',
        applied === '' ? '' : 'CALLS, and what Enter shows, are of this search alone',
      ]),
    };
  },
};
