// :policy over the real store: what an action is limited to is read from the records.

import { expect, test } from 'vitest';
import { BatchBuilder } from '../../src/sources/log-files/batch-builder.ts';
import { RecordReader } from '../../src/sources/log-files/record-reader.ts';
import type { AppState } from '../../src/state/app-state.ts';
import { openStore } from '../../src/store/open-store.ts';
import { policyPage } from '../../src/ui/policy-page.ts';
import { record } from './open-explorer.ts';

const POLICY = 'arn:aws:iam::111122223333:policy/orders-read';
const RECORDS = [
  { eventName: 'AttachRolePolicy', requestParameters: { roleName: 'report-export', policyArn: POLICY } },
  { eventName: 'AttachRolePolicy', requestParameters: { roleName: 'night-job', policyArn: POLICY } },
  { eventName: 'AttachRolePolicy', requestParameters: { roleName: 'night-job', policyArn: POLICY } },
];

test('the policy names the roles, not the policy that was attached', async () => {
  const store = await openStore();
  try {
    const builder = new BatchBuilder();
    const reader = new RecordReader(builder);
    reader.beginFile(0);
    const iam = { eventSource: 'iam.amazonaws.com', recipientAccountId: '111122223333', resources: undefined };
    for (const [k, changes] of RECORDS.entries()) reader.text(JSON.stringify(record(k, { ...iam, ...changes })));
    await store.append(builder.take());
    const result = await store.search({ kind: 'all' });
    const state = { marks: { byRow: new Map() }, results: { result } } as unknown as AppState;
    const { copy } = await policyPage(store, state, new AbortController().signal);
    const policy = JSON.parse(copy?.text ?? '');
    expect(policy.Statement.map(({ Resource }: { Resource: unknown }) => Resource)).toEqual([
      ['arn:aws:iam::111122223333:role/night-job', 'arn:aws:iam::111122223333:role/report-export'],
    ]);
  } finally {
    await store.close();
  }
});
