import type { Fault } from '../aws/fault.ts';

/** So many failures of one chain in a row and the lane gives up; a person (or following) can try again. */
export const MOST_FAILURES = 8;
/** The same for a host that was never reached (some 10 s). */
export const MOST_UNREACHED = 4;
/** The longest wait between two tries, in requests. */
const LONGEST = 60;
/** A network that is not there comes back more slowly than a server that stumbled. */
const NETWORK_FACTOR = 4;

/** How long to wait after so many failures in a row (1 …), ms: none after the first, since the next slot of the quota is
 *  a wait already, then twice as long each time, with jitter so that Regions do not come back all at once. */
export function retryDelay(
  fault: Fault,
  failures: number,
  intervalMs: number,
  random: () => number = Math.random,
): number {
  const asked = fault.retryAfterMs ?? 0;
  if (failures <= 1 && fault.kind !== 'network') return asked;
  const steps = 2 ** (failures - 1) * (fault.kind === 'network' ? NETWORK_FACTOR : 1);
  return Math.max(asked, Math.min(LONGEST, steps) * intervalMs * (0.5 + random() / 2));
}

/** The fault of the last of so many tries, when there will not be another by itself. */
export function givenUp(fault: Fault, tries: number): Fault {
  const next = fault.next?.replace(/^it is tried again/, `tried ${tries} times: try again later`) ?? null;
  return { ...fault, next };
}

/** What may be over by itself. */
export function isPassing({ kind }: Fault): boolean {
  return kind === 'transient' || kind === 'network' || kind === 'throttled';
}
