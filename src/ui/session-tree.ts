// The tree of the session page: who stands at its top, the calls by which each session began another, down to the
// sessions that the event's own one began.

import type { BegunSession, CallerSession, LinkKind, SessionChain, Sessions, SourceKind } from '../store/sessions.ts';

/** Sessions listed in one tree, and under one of them. */
const MAX_SESSIONS = 120;
const MAX_BEGUN = 20;

export type TreeEntry = { readonly depth: number } & (
  | { readonly kind: 'source'; readonly what: SourceKind; readonly name: string }
  | {
      readonly kind: 'gap';
      readonly reason: 'missing' | 'cycle';
      readonly origin: SessionChain['steps'][number]['origin'];
    }
  | {
      readonly kind: 'call';
      readonly call: BegunSession['call'];
      /** Whose call it is. */
      readonly by: CallerSession;
      readonly link: LinkKind;
      readonly others: number;
    }
  | { readonly kind: 'session'; readonly session: CallerSession; readonly isOwn: boolean }
  | { readonly kind: 'more'; readonly by: CallerSession; readonly count: number }
);

/** From the top of the event's chain downwards, each session under the call that began it. */
export async function sessionTree(
  callers: Sessions,
  chain: SessionChain,
  signal: AbortSignal,
): Promise<readonly TreeEntry[]> {
  const steps = chain.steps.toReversed();
  const [top] = steps;
  if (top === undefined) return [];
  const entries: TreeEntry[] = [];
  const { origin } = top;
  if (origin.kind === 'source') entries.push({ depth: 0, kind: 'source', what: origin.what, name: origin.name });
  else if (origin.kind === 'missing' || origin.kind === 'cycle') {
    entries.push({ depth: 0, kind: 'gap', reason: origin.kind, origin });
  }
  const own = chain.steps[0]?.session.id;
  const onPath = new Map(
    chain.steps.flatMap(({ session, origin: from }) =>
      from.kind === 'call' ? [[session.id, { session, ...from }]] : [],
    ),
  );
  const seen = new Set<string>();

  const addSession = async (session: CallerSession, depth: number): Promise<void> => {
    if (seen.has(session.id)) return;
    seen.add(session.id);
    entries.push({ depth, kind: 'session', session, isOwn: session.id === own });
    const begunByIt = await callers.begunBy(session, { limit: MAX_BEGUN, signal });
    const { total } = begunByIt;
    const sessions = hasCredentials(session) ? begunByIt.sessions : [];
    const next = steps[steps.findIndex((step) => step.session.id === session.id) + 1];
    const path =
      next === undefined || !steps.some((step) => step.session.id === session.id)
        ? undefined
        : onPath.get(next.session.id);
    const begun: (BegunSession & { readonly others: number })[] = sessions
      .filter((each) => each.session.id !== path?.session.id)
      .map((each) => ({ ...each, others: 0 }));
    if (path !== undefined) {
      const at = begun.findIndex(({ call }) => (call.time ?? 0) > (path.call.time ?? 0));
      begun.splice(at < 0 ? begun.length : at, 0, path);
    }
    for (const { session: child, call, link, others } of begun) {
      const isPath = child.id === path?.session.id;
      if (seen.has(child.id) || (seen.size >= MAX_SESSIONS && !isPath)) continue;
      entries.push({ depth: depth + 1, kind: 'call', call, by: session, link, others });
      await addSession(child, depth + 1);
    }
    const shown = hasCredentials(session) ? sessions.length : path === undefined ? 0 : 1;
    if (total > shown) entries.push({ depth: depth + 1, kind: 'more', by: session, count: total - shown });
  };
  await addSession(top.session, 0);
  return entries;
}

/** Services, other accounts and whoever brings an assertion or a web identity call without credentials of a session:
 *  what else they began has nothing to do with the event, and may be thousands. */
function hasCredentials({ keyCount, created }: CallerSession): boolean {
  return keyCount > 0 || created !== null;
}
