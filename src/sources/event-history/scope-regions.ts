import { globalRegionOf, partitionOf } from '../../cloudtrail/regions.ts';
import type { LaneStatus, Scope, Span } from '../live-source.ts';
import type { ProfileSession } from './profile-session.ts';

/** Regions to be read by a profile; none as long as that is not known. Beside profiles of other partitions each takes
 *  those of its own. */
export function regionsFor(session: ProfileSession, { regions, profiles }: Scope): readonly string[] {
  const { access, ownRegion } = session;
  const own = ownRegion === null ? [] : [ownRegion];
  if (regions === 'all') {
    session.listRegions();
    return session.regions ?? own;
  }
  if (regions === null) return own;
  if (access === null || profiles.length === 1) return regions;
  const ofPartition = regions.filter((region) => partitionOf(region) === access.partition);
  return ofPartition.length === 0 ? regions : ofPartition;
}

/** The partition of a Region that a profile reads: a Region named by the person says more than the profile. */
export function partitionFor(session: ProfileSession, region: string, scope: Scope): string {
  return (Array.isArray(scope.regions) ? null : session.access?.partition) ?? partitionOf(region);
}

/** The Region of the global services of a partition that is read, where it is not among the chosen; null: none is
 *  missing. */
export function missingGlobalRegion(sessions: readonly ProfileSession[], scope: Scope): string | null {
  if (scope.isInsights || scope.regions === 'all') return null;
  for (const session of sessions) {
    const [first, ...others] = session.access === null ? [] : regionsFor(session, scope);
    if (first === undefined) continue;
    const globalRegion = globalRegionOf(partitionFor(session, first, scope));
    if (first !== globalRegion && !others.includes(globalRegion)) return globalRegion;
  }
  return null;
}

/** A lane before its account is known. */
export type Place = { readonly origin: number; readonly session: ProfileSession; readonly region: string };

export function statusOfPlace({ origin, session, region }: Place, wanted: Span, isPaused: boolean): LaneStatus {
  return {
    origin,
    profile: session.profile,
    label: session.label,
    account: null,
    region,
    phase: isPaused ? 'paused' : session.trouble !== null ? 'retrying' : 'opening',
    attribute: null,
    wanted,
    loaded: [],
    loadedOfAttribute: [],
    reachedDownTo: null,
    askedAt: null,
    events: 0,
    cachedEvents: 0,
    requests: 0,
    eventsPerSecond: null,
    remainingMs: null,
    fault: session.trouble,
  };
}
