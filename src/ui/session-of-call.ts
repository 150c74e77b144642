// The session that the selected event itself began, where it is such a call: its page shows it, however many others the
// same caller has begun.

import { fieldTerm } from '../query/edit.ts';
import type { Store } from '../store/store.ts';
import type { TreeEntry } from './session-tree.ts';

/** The entries, and with them the session of the key that event `row` handed out. */
export async function withSessionOfCall(
  store: Store,
  entries: readonly TreeEntry[],
  row: number,
  signal: AbortSignal,
): Promise<readonly TreeEntry[]> {
  const own = entries.findIndex((entry) => entry.kind === 'session' && entry.isOwn);
  const caller = entries[own];
  const isListed = entries.some((entry) => entry.kind === 'call' && entry.call.row === row);
  if (caller?.kind !== 'session' || isListed) return entries;
  const [call] = await store.window(store.pick([row]), 0, 1);
  if (call === undefined || call.cells.issued === '' || call.cells.error !== '') return entries;
  const calls = await store.search(fieldTerm('key', call.cells.issued), { signal });
  const [session] = (await store.callers.sessions(calls, { limit: 1, signal })).sessions;
  if (session === undefined || entries.some((entry) => entry.kind === 'session' && entry.session.id === session.id))
    return entries;
  const depth = caller.depth + 1;
  const begun: readonly TreeEntry[] = [
    { depth, kind: 'call', call, by: caller.session, link: 'key', others: 0 },
    { depth, kind: 'session', session, isOwn: false },
  ];
  const counted = entries.flatMap((entry): readonly TreeEntry[] => {
    if (entry.kind !== 'more' || entry.by.id !== caller.session.id) return [entry];
    return entry.count > 1 ? [{ ...entry, count: entry.count - 1 }] : [];
  });
  const at = counted.indexOf(caller) + 1;
  return counted.toSpliced(at, 0, ...begun);
}
