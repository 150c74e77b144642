import type { CaseVariants } from './case-variants.ts';
import type { Duck } from './duck.ts';
import type { EventTable } from './event-table.ts';
import type { Firsts } from './firsts.ts';
import type { Origins } from './origins.ts';
import type { People } from './people.ts';
import type { RecordSegments } from './record-segments.ts';
import type { ResourceParts } from './resource-parts.ts';
import type { TimeOrder } from './time-order.ts';

/** What a store is made of: whoever answers a kind of question takes what it needs. */
export type Parts = {
  readonly duck: Duck;
  readonly table: EventTable;
  readonly segments: RecordSegments;
  readonly order: TimeOrder;
  readonly origins: Origins;
  readonly resources: ResourceParts;
  readonly variants: CaseVariants;
  readonly firsts: Firsts;
  readonly people: People;
};
