// Enter on a row of the session page whose call is not loaded: an event history is asked for it, and the page, which stays,
// shows the link once it has come.

import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { parseQuery } from '../query/parse.ts';
import type { TablePanel, TableRow } from '../state/table-panel.ts';
import type { SessionChain } from '../store/sessions.ts';
import type { Explorer } from './explorer.ts';
import type { LiveSession } from './live.ts';
import { lookUpOf } from './look-up.ts';

export function lookUpCall(explorer: Explorer, live: LiveSession, panel: TablePanel, row: TableRow): void {
  const { store, state } = explorer;
  const needs = row.lookUp?.needs ?? '';
  const parsed = parseQuery(row.query, { now: 0, zone: state.zone });
  const asked = parsed.error === null ? lookUpOf(parsed.query, row.lookUp?.account ?? '') : null;
  if (asked === null || store === null) {
    explorer.dispatch({ kind: 'said', text: `no time to look it up at: ${needs}`, isWarning: true });
    return;
  }
  const event = Number(panel.of[0]);
  live.lookUp(asked, async () => callAt(await store.callers.chainOf(event), needs));
}

/** The call that stands in the chain where one was missing; null: it is still missing. */
function callAt({ steps }: SessionChain, needs: string): TrailEvent | null {
  const top = steps.at(-1)?.origin;
  const missing = top?.kind === 'missing' ? top : top?.kind === 'source' ? top.missing : undefined;
  if (missing?.needs === needs) return null;
  return (
    steps.map(({ origin }) => (origin.kind === 'call' ? origin.call : null)).findLast((call) => call !== null) ?? null
  );
}
