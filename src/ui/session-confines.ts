// The tree of the session page where the list is confined to a Region, a profile or a range: what began what is known from
// all that is loaded, but the numbers are of the events that Enter can show.

import type { Query } from '../query/query.ts';
import type { CallerSession } from '../store/sessions.ts';
import type { TreeEntry } from './session-tree.ts';
import type { Asked } from './table-page.ts';

/** `isOutside`: the list cannot hold the call. */
export type ConfinedEntry = TreeEntry & { readonly isOutside?: boolean };

/** The same entries; a session without events in there has 0 calls. */
export async function confinedTree(
  { store, unhidden, signal }: Pick<Asked, 'store' | 'unhidden' | 'signal'>,
  entries: readonly TreeEntry[],
): Promise<readonly ConfinedEntry[]> {
  const listed = entries.flatMap((entry) => (entry.kind === 'session' ? [entry.session] : []));
  if (listed.length === 0) return entries;
  const terms: readonly Query[] = listed.map(({ query }) => query);
  const found = await unhidden({ kind: 'or', terms }, signal);
  const { sessions } = await store.callers.sessions(found, { limit: listed.length * 2, signal });
  const byId = new Map(sessions.map((session) => [session.id, session]));
  return entries.map((entry): ConfinedEntry => {
    if (entry.kind === 'call') return found.rows.includes(entry.call.row) ? entry : { ...entry, isOutside: true };
    return entry.kind === 'session'
      ? { ...entry, session: confined(entry.session, byId.get(entry.session.id)) }
      : entry;
  });
}

/** The numbers of what was counted; its search as it was, which may leave out keys of events elsewhere. */
function confined(session: CallerSession, counted: CallerSession | undefined): CallerSession {
  if (counted === undefined)
    return { ...session, calls: 0, failures: 0, first: null, last: null, addresses: [], addressCount: 0 };
  return { ...counted, created: session.created, query: session.query };
}
