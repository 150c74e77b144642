// Pages that wait for the store: what is left is given up, what is scrolled meanwhile is not.

import { expect, test, vi } from 'vitest';
import type { Action } from '../../src/state/actions.ts';
import type { AppState } from '../../src/state/app-state.ts';
import type { Panel } from '../../src/state/panel.ts';
import { stepText, type TextPanel } from '../../src/state/text-panel.ts';
import type { Store } from '../../src/store/store.ts';
import { openPolicy } from '../../src/ui/text-pages.ts';

const GROUPS = {
  groups: [
    {
      cells: { source: 'ec2.amazonaws.com', name: 'RunInstances', resource: '', account: '', region: '', error: '' },
      count: 1,
      failures: 0,
      first: null,
      last: null,
    },
  ],
  distinct: 1,
};

function page() {
  let panel: Panel | null = null;
  let answer: () => void = () => {};
  let given: AbortSignal | null = null;
  const said: string[] = [];
  const store = {
    groups: (_result: unknown, _by: unknown, { signal }: { readonly signal: AbortSignal }) => {
      given = signal;
      return new Promise((resolve, reject) => {
        answer = () => resolve(GROUPS);
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    },
  } as unknown as Store;
  const client = {
    get state() {
      return { panel, marks: { byRow: new Map() }, results: { result: { total: 1 } } } as unknown as AppState;
    },
    store,
    isClosed: false,
    dispatch(action: Action) {
      if (action.kind === 'panelOpened') panel = action.panel;
      if (action.kind === 'panelClosed') panel = null;
      if (action.kind === 'said') said.push(action.text);
    },
  };
  return {
    client,
    said,
    answer: () => answer(),
    isAborted: () => given?.aborted ?? false,
    panel: () => panel as TextPanel | null,
    show: (other: Panel | null) => {
      panel = other;
    },
  };
}

test('a page that is closed ends the counting, and says nothing', async () => {
  const { client, said, isAborted, panel, show } = page();
  const opening = openPolicy(client);
  expect(panel()?.lines[0]?.text).toBe('counting…');
  show(null);
  await vi.waitFor(() => expect(isAborted()).toBe(true));
  await opening;
  expect(panel()).toBeNull();
  expect(said).toEqual([]);
});

test('a page that is opened in its place stays', async () => {
  const [first, second] = [page(), page()];
  const opening = openPolicy(first.client);
  void openPolicy(second.client);
  first.show(second.panel());
  first.answer();
  await opening;
  expect(first.panel()).toBe(second.panel());
  second.answer();
});

test('a page that is scrolled while it counts is filled', async () => {
  const { client, answer, panel, show } = page();
  const opening = openPolicy(client);
  show(stepText(panel() as TextPanel, { kind: 'scroll', rows: 1, last: 3 }));
  answer();
  await opening;
  expect(panel()?.lines.some(({ text }) => text.includes('ec2:RunInstances'))).toBe(true);
});
