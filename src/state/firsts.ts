// What is new about an event among those that are loaded, for the list and the detail.

import { agentFamily } from '../cloudtrail/agent-family.ts';
import type { FirstKind } from '../cloudtrail/firsts.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';

/** What the list marks. Each person makes every call for the first time at some point: that would mark half of it. */
const MARKED: readonly FirstKind[] = ['who', 'ip', 'region', 'family'];

export function isNew({ firsts = [] }: TrailEvent): boolean {
  return firsts.some((kind) => MARKED.includes(kind));
}

/** `first from 203.0.113.9, first RunInstances of Admin/alice among the events loaded`; '' where nothing is new. */
export function firstsText({ cells, firsts = [] }: TrailEvent): string {
  const { who, name, ip, region, agent } = cells;
  const parts: Readonly<Record<FirstKind, string>> = {
    who: 'first event',
    ip: `first from ${ip}`,
    region: `first in ${region}`,
    family: `first with ${agentFamily(agent)}`,
    call: `first ${name}`,
  };
  if (firsts.length === 0) return '';
  const order: readonly FirstKind[] = ['who', 'ip', 'region', 'family', 'call'];
  const said = order.filter((kind) => firsts.includes(kind)).map((kind) => parts[kind]);
  return `${said.join(', ')} of ${who === '' ? 'an unknown caller' : who} among the events loaded`;
}
