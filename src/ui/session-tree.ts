// The tree of the session page: who stands at its top, the calls by which each session began another, down to the
// sessions that the event's own one began.

import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import type {
  BegunSession,
  CallerSession,
  LinkKind,
  Missing,
  Origin,
  SessionChain,
  Sessions,
  SourceKind,
} from '../store/sessions.ts';

/** Sessions listed in one tree, and under one of them. */
const MAX_SESSIONS = 120;
const MAX_BEGUN = 20;

export type TreeEntry = { readonly depth: number } & (
  | { readonly kind: 'source'; readonly what: SourceKind; readonly name: string }
  /** Null: the records name each other as their beginning. */
  | { readonly kind: 'gap'; readonly missing: Missing | null }
  /** The chain goes on with this call: it is too long to be followed to its end. */
  | { readonly kind: 'cut'; readonly call: TrailEvent }
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
  /** Calls of this session that may have begun more, and were not looked at. */
  | { readonly kind: 'unread'; readonly by: CallerSession; readonly count: number }
);

/** What is known of the sessions under one; `more`: sessions that are not listed. */
type Branch = { readonly begun: readonly BegunSession[]; readonly more: number; readonly unread: number };

const BARE: Branch = { begun: [], more: 0, unread: 0 };

/** From the top of the event's chain downwards, each session under the call that began it. */
export async function sessionTree(
  callers: Sessions,
  chain: SessionChain,
  signal: AbortSignal,
): Promise<readonly TreeEntry[]> {
  const top = chain.steps.at(-1);
  if (top === undefined) return [];
  const branches = await branchesOf(callers, chain, top.session, signal);
  const own = chain.steps[0]?.session.id;
  const entries: TreeEntry[] = topOf(top.origin);
  const addSession = (session: CallerSession, depth: number): void => {
    entries.push({ depth, kind: 'session', session, isOwn: session.id === own });
    const { begun, more, unread } = branches.get(session.id) ?? BARE;
    for (const { session: child, call, link, others } of begun) {
      entries.push({ depth: depth + 1, kind: 'call', call, by: session, link, others });
      addSession(child, depth + 1);
    }
    if (more > 0) entries.push({ depth: depth + 1, kind: 'more', by: session, count: more });
    if (unread > 0) entries.push({ depth: depth + 1, kind: 'unread', by: session, count: unread });
  };
  addSession(top.session, 0);
  return entries;
}

function topOf(origin: Origin): TreeEntry[] {
  switch (origin.kind) {
    case 'source': {
      const { what, name, missing } = origin;
      return [{ depth: 0, kind: 'source', what, name }, ...(missing === undefined ? [] : [gapOf(missing)])];
    }
    case 'call':
      return [{ depth: 0, kind: 'cut', call: origin.call }];
    case 'missing':
      return [gapOf(origin)];
    case 'cycle':
      return [gapOf(null)];
  }
}

function gapOf(missing: Missing | null): TreeEntry {
  return { depth: 0, kind: 'gap', missing };
}

/** The tree level by level, one question each: what each session began, its part of the chain always among it. No session
 *  is listed twice. */
async function branchesOf(
  callers: Sessions,
  chain: SessionChain,
  top: CallerSession,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Branch>> {
  const onPath = new Map<string, BegunSession>();
  for (const [k, { session, origin }] of chain.steps.entries()) {
    const by = chain.steps[k + 1]?.session;
    if (origin.kind === 'call' && by !== undefined) onPath.set(by.id, { session, ...origin });
  }
  const listed = new Set(chain.steps.map(({ session }) => session.id));
  const branches = new Map<string, Branch>();
  for (let level: readonly CallerSession[] = [top]; level.length > 0; ) {
    const room = Math.max(0, MAX_SESSIONS - listed.size);
    // One more of each than is listed: the part of the chain may be among them.
    const options = { limit: MAX_BEGUN + 1, atMost: room + level.length, signal };
    const begunByEach = await callers.begunByAll(level.filter(hasCredentials), options);
    const next: CallerSession[] = [];
    for (const session of level) {
      const path = onPath.get(session.id);
      const found = begunByEach.get(session.id);
      const isPathFound = found?.sessions.some((each) => each.session.id === path?.session.id) === true;
      const others: BegunSession[] = [];
      // Those that are listed elsewhere are not missing here.
      let elsewhere = 0;
      for (const each of found?.sessions ?? []) {
        if (each.session.id === path?.session.id) continue;
        if (listed.has(each.session.id)) elsewhere++;
        else if (others.length < MAX_BEGUN && listed.size < MAX_SESSIONS) {
          others.push(each);
          listed.add(each.session.id);
        }
      }
      const at = others.findIndex(({ call }) => (call.time ?? 0) > (path?.call.time ?? 0));
      const begun = path === undefined ? others : others.toSpliced(at < 0 ? others.length : at, 0, path);
      const more = (found?.total ?? 0) - others.length - elsewhere - (isPathFound ? 1 : 0);
      branches.set(session.id, { begun, more: Math.max(0, more), unread: found?.unread ?? 0 });
      next.push(...begun.map((each) => each.session));
    }
    level = next;
  }
  return branches;
}

/** Services, other accounts and whoever brings an assertion or a web identity call without credentials of a session:
 *  what else they began has nothing to do with the event, and may be thousands. */
function hasCredentials({ keyCount, created }: CallerSession): boolean {
  return keyCount > 0 || created !== null;
}
