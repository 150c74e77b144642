import { expect, test } from 'vitest';
import type { Query } from '../../src/query/query.ts';
import { confinedTree } from '../../src/ui/session-confines.ts';
import { sessionTree } from '../../src/ui/session-tree.ts';
import { query, withStore } from '../store/events.ts';
import { assuming, call, isoOf, roleSession, user } from '../store/session-records.ts';

const [FIRST, SECOND] = ['ASIAEXAMPLE000000001', 'ASIAEXAMPLE000000002'];

test('numbers are of what the list can hold, links of all that is loaded', async () => {
  const job = roleSession('Data', 'job', { key: SECOND, created: 20 });
  const records = [
    call(0, 'sts:AssumeRole', user('alice', 'AKIAEXAMPLE000000001'), assuming('Deploy', 'alice', FIRST)),
    call(20, 'sts:AssumeRole', roleSession('Deploy', 'alice', { key: FIRST }), assuming('Data', 'job', SECOND)),
    call(30, 'GetObject', job, { sourceIPAddress: '198.51.100.7' }),
    call(40, 'PutObject', job),
  ];
  await withStore(records, async (store) => {
    const { signal } = new AbortController();
    const chain = await store.callers.chainOf((await store.search(query('name:PutObject'))).rows[0] ?? -1);
    const list = query(`since:${isoOf(20)} !name:GetObject`);
    const unhidden = (term: Query) => store.search({ kind: 'and', terms: [term, list] });
    const entries = await sessionTree(store.callers, chain, signal);
    const told = (await confinedTree({ store, unhidden, signal }, entries)).map((entry) => {
      if (entry.kind === 'session') return [entry.session.calls, entry.session.addresses];
      return entry.kind === 'call' ? entry.isOutside === true : entry.kind;
    });
    expect(told).toEqual(['source', [0, []], true, [1, ['203.0.113.9']], false, [1, ['203.0.113.9']]]);
  });
});
