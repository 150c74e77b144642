import type { FaultKind } from '../sources/aws/fault.ts';
import type { LiveStatus } from '../sources/live-source.ts';
import { EXIT } from './exit-code.ts';

/** A person has to do something about these: sign in, mend a profile, ask for a permission. */
const ACCESS: ReadonlySet<FaultKind> = new Set(['credentials', 'expired', 'denied']);

/** What the shell is told after event history was read as far as it went. */
export function liveExitCode({ lanes, faults }: LiveStatus, matched: number): number {
  const failed = lanes.filter(({ phase }) => phase === 'failed');
  const all = [...faults, ...failed.flatMap(({ fault }) => fault ?? [])];
  if (failed.length === 0 && faults.length === 0) return matched > 0 ? EXIT.matched : EXIT.nothingMatched;
  const isSomethingRead =
    failed.length < lanes.length || failed.some(({ events, reachedDownTo }) => events > 0 || reachedDownTo !== null);
  if (isSomethingRead) return EXIT.partial;
  return all.some(({ kind }) => ACCESS.has(kind)) ? EXIT.accessDenied : EXIT.unusable;
}
