// What is new about an event among those that are loaded, for the list and the detail.

import { agentFamily } from '../cloudtrail/agent-family.ts';
import type { FirstKind } from '../cloudtrail/firsts.ts';
import { isUserId } from '../cloudtrail/person.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';

/** What the list marks. Each person makes every call for the first time at some point: that would mark half of it. */
const MARKED: readonly FirstKind[] = ['who', 'ip', 'region', 'family'];

const SERVICE = /\.amazonaws\.com$|^AWS Internal$/i;

export function isNew(event: TrailEvent): boolean {
  return newsOf(event).some((kind) => MARKED.includes(kind));
}

/** What is new about an event. An AWS service is nobody, and where one made the call for somebody, address and user
 *  agent are that service's. */
export function newsOf({ cells, firsts = [] }: TrailEvent): readonly FirstKind[] {
  if (SERVICE.test(cells.who)) return [];
  const isOfService = SERVICE.test(cells.ip);
  return isOfService ? firsts.filter((kind) => kind !== 'ip' && kind !== 'family') : firsts;
}

/** `new: first from 203.0.113.9, first RunInstances of Admin/alice among the events loaded`; '' where nothing is. */
export function firstsText(event: TrailEvent): string {
  const { name, ip, region, agent } = event.cells;
  const news = newsOf(event);
  const parts: Readonly<Record<FirstKind, string>> = {
    who: 'first event',
    ip: `first from ${ip}`,
    region: `first in ${region}`,
    family: `first with ${agentFamily(agent)}`,
    call: `first ${name}`,
  };
  if (news.length === 0) return '';
  const order: readonly FirstKind[] = ['who', 'ip', 'region', 'family', 'call'];
  const said = order.filter((kind) => news.includes(kind)).map((kind) => parts[kind]);
  return `new: ${said.join(', ')} of ${callerOf(event)} among the events loaded`;
}

/** By what these firsts were counted; an id of IAM Identity Center is the person's whose name is known. */
function callerOf({ cells, person = '' }: TrailEvent): string {
  if (cells.who === '') return 'an unknown caller';
  return person !== '' && isUserId(cells.who) ? person : cells.who;
}
