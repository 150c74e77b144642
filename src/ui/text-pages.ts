// Pages of text about the list. What has to be asked of the store is shown when it has come, if the page still waits.

import type { Action } from '../state/actions.ts';
import type { AppState } from '../state/app-state.ts';
import { openText } from '../state/text-panel.ts';
import type { Store } from '../store/store.ts';
import { explainPage } from './explain-page.ts';
import { messageOf } from './fetcher.ts';
import { POLICY_TITLE, policyPage } from './policy-page.ts';

type Client = {
  readonly state: AppState;
  readonly store: Store | null;
  readonly isClosed: boolean;
  dispatch(action: Action): void;
};

export function openExplain(client: Client): void {
  if (client.store === null) return;
  client.dispatch({ kind: 'panelOpened', panel: explainPage(client.state, client.store) });
}

/** How soon a page that was left is noticed. */
const WATCH_MS = 50;

/** Counts until the page is there, or has been left or replaced. */
export async function openPolicy(client: Client): Promise<void> {
  const { store } = client;
  if (store === null) return;
  const waiting = openText(POLICY_TITLE, [{ tone: 'quiet', text: 'counting…' }]);
  client.dispatch({ kind: 'panelOpened', panel: waiting });
  // Scrolling makes another panel of the same lines.
  const isOpen = () => client.state.panel?.kind === 'text' && client.state.panel.lines === waiting.lines;
  const abort = new AbortController();
  const watch = setInterval(() => {
    if (client.isClosed || !isOpen()) abort.abort();
  }, WATCH_MS);
  try {
    const page = await policyPage(store, client.state, abort.signal);
    if (isOpen()) client.dispatch({ kind: 'panelOpened', panel: page });
  } catch (error) {
    if (client.isClosed || !isOpen()) return;
    client.dispatch({ kind: 'panelClosed' });
    client.dispatch({ kind: 'said', text: messageOf(error), isWarning: true });
  } finally {
    clearInterval(watch);
  }
}
