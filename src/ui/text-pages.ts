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

export async function openPolicy(client: Client): Promise<void> {
  const { store } = client;
  if (store === null) return;
  const waiting = openText(POLICY_TITLE, [{ tone: 'quiet', text: 'counting…' }]);
  client.dispatch({ kind: 'panelOpened', panel: waiting });
  try {
    const page = await policyPage(store, client.state, new AbortController().signal);
    if (client.state.panel === waiting) client.dispatch({ kind: 'panelOpened', panel: page });
  } catch (error) {
    if (client.isClosed) return;
    if (client.state.panel === waiting) client.dispatch({ kind: 'panelClosed' });
    client.dispatch({ kind: 'said', text: messageOf(error), isWarning: true });
  }
}
