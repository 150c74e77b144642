// What a record says about the records that belong to it (User Guide, "CloudTrail record contents"): sharedEventID is the
// same in every account that records one action (and in the two events of an Insight), requestID in what one request
// caused, and an addendum names the event that it updates.

import { agentFamily } from './agent-family.ts';
import { objectOf, textOf } from './json-value.ts';

export type EventRelations = {
  /** '' where the record states none; so the others. */
  readonly sharedEventID: string;
  readonly requestID: string;
  /** The event that this one replaces. */
  readonly originalEventID: string;
  /** Called with the credentials of a console session: the person clicked, and the console made the call. */
  readonly isFromConsole: boolean;
  /** Only likely: the record does not say it, as none before 2023 does, but the user agent is the console's. */
  readonly isLikelyFromConsole: boolean;
};

/** Total, whatever the record. */
export function relationsOf(value: unknown): EventRelations {
  const record = objectOf(value);
  const stated = textOf(record.sessionCredentialFromConsole).toLowerCase();
  const invokedBy = textOf(objectOf(record.userIdentity).invokedBy);
  return {
    sharedEventID: textOf(record.sharedEventID),
    requestID: textOf(record.requestID),
    originalEventID: textOf(objectOf(record.addendum).originalEventID),
    isFromConsole: stated === 'true',
    isLikelyFromConsole: stated === '' && invokedBy === '' && agentFamily(textOf(record.userAgent)) === 'console',
  };
}

/** Calls further apart than this belong to two clicks. */
const CLICK_GAP_MS = 1000;

/** The calls around `own` that no pause parts from it, oldest first. `times`: ms since the epoch, in any order; those of
 *  one session. CloudTrail's times are whole seconds, so this is likely and not certain. */
export function clickAround<T extends { readonly time: number | null }>(
  events: readonly T[],
  own: number,
): readonly T[] {
  const timed = events
    .filter((event): event is T & { readonly time: number } => event.time !== null)
    .sort((a, b) => a.time - b.time);
  let [from, to] = [own, own];
  for (const { time } of timed.toReversed()) if (time <= from && from - time <= CLICK_GAP_MS) from = time;
  for (const { time } of timed) if (time >= to && time - to <= CLICK_GAP_MS) to = time;
  return timed.filter(({ time }) => time >= from && time <= to);
}
