import type { LookupAttribute } from '../../cloudtrail/lookup-attribute.ts';
import type { CacheLane, EventCache } from '../../store/event-cache/event-cache.ts';
import type { LiveSink } from '../live-source.ts';
import type { ServerClock } from './server-clock.ts';

/** What a lane is to have. Times in ms. */
export type LanePlan = {
  readonly from: number;
  /** Null: now, whenever it is asked. */
  readonly to: number | null;
  readonly attribute: LookupAttribute | null;
  /** The attribute is asked for from here. */
  readonly attributeFrom: number;
};

export type LaneOptions = {
  readonly key: CacheLane;
  readonly origin: number;
  readonly profile: string | null;
  readonly label: string;
  readonly cache: EventCache | null;
  readonly requestsPerSecond: number;
  /** This machine's, ms: for waits. */
  readonly now: () => number;
  /** AWS's: for what is asked for, and what is complete. */
  readonly clock: ServerClock;
  readonly sink: LiveSink;
  readonly onChange: () => void;
  readonly debug: (event: string, data: unknown) => void;
  /** What has the plan's attribute is all that is wanted. */
  readonly isAttributeAlone: boolean;
};

export function isSamePlan(a: LanePlan | null, b: LanePlan): boolean {
  return (
    a !== null &&
    a.from === b.from &&
    a.to === b.to &&
    a.attributeFrom === b.attributeFrom &&
    a.attribute?.key === b.attribute?.key &&
    a.attribute?.value === b.attribute?.value
  );
}
