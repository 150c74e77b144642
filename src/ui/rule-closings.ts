// When what was opened in a security group was closed again: by its rule's id, by the same ports and addresses, or with
// the whole group. An open rule is not proven to be open still: only that nothing that is loaded closes it.

import type { GroupCall, GroupRule } from '../cloudtrail/security-group-rules.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { whoText } from '../state/who-text.ts';
import { formatSpan } from '../text/format.ts';

type Closing = {
  readonly event: TrailEvent;
  readonly time: number;
  readonly how: 'closed' | 'changed' | 'group deleted';
};

export class RuleClosings {
  readonly #byKey = new Map<string, Closing[]>();

  /** `calls`: those that may have closed something; failed ones closed nothing. */
  constructor(calls: readonly { readonly event: TrailEvent; readonly call: GroupCall }[]) {
    for (const { event, call } of calls) {
      if (event.time === null || event.cells.error !== '') continue;
      const how = HOW[call.change];
      if (how === undefined) continue;
      const closing = { event, time: event.time, how };
      for (const key of keysOf(event, call)) {
        const known = this.#byKey.get(key);
        if (known === undefined) this.#byKey.set(key, [closing]);
        else known.push(closing);
      }
    }
    for (const closings of this.#byKey.values()) closings.sort((a, b) => a.time - b.time);
  }

  /** `closed after 3 h by carol`; '' where nothing that is loaded closes it. */
  textFor(event: TrailEvent, { group }: GroupCall, rule: GroupRule): string {
    const { time } = event;
    if (time === null) return '';
    const keys = [groupKey(event, group), ...ruleKeys(event, group, rule)];
    const found = keys
      .flatMap((key) => {
        const later = this.#byKey.get(key)?.find((other) => other.time >= time && other.event.row !== event.row);
        return later === undefined ? [] : [later];
      })
      .sort((a, b) => a.time - b.time);
    const [first] = found;
    if (first === undefined) return '';
    // Events have no finer times: which of them was first is not known.
    if (first.time === time) return `${first.how} in the same second by ${whoText(first.event)}`;
    return `${first.how} after ${formatSpan(first.time - time)} by ${whoText(first.event)}`;
  }
}

const HOW: Readonly<Partial<Record<GroupCall['change'], Closing['how']>>> = {
  closed: 'closed',
  changed: 'changed',
  deleted: 'group deleted',
};

function keysOf(event: TrailEvent, { change, group, rules }: GroupCall): readonly string[] {
  if (change === 'deleted') return [groupKey(event, group)];
  // What a changed rule was before is not told.
  if (change === 'changed') return rules.map(({ id }) => idKey(event, id));
  return rules.flatMap((rule) => ruleKeys(event, group, rule));
}

function ruleKeys(event: TrailEvent, group: string, { id, direction, ports, peer }: GroupRule): readonly string[] {
  const keys = id === '' ? [] : [idKey(event, id)];
  if (ports !== '' && peer !== '') keys.push(JSON.stringify([...placeOf(event), group, direction, ports, peer]));
  return keys;
}

function idKey(event: TrailEvent, id: string): string {
  return JSON.stringify([...placeOf(event), id]);
}

function groupKey(event: TrailEvent, group: string): string {
  return JSON.stringify([...placeOf(event), group, 'all']);
}

/** Groups that are named have their names in one account and Region. */
function placeOf({ cells }: TrailEvent): readonly [account: string, region: string] {
  return [cells.account, cells.region];
}
