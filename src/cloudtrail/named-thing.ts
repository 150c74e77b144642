// Whether a call's parameters name something as what the noun of the call's name says: volumeId of DeleteVolume. A label
// that came from elsewhere, the role that a new job gets, is not the job's name.

import type { JsonObject } from './json-value.ts';
import type { IsResource } from './resource-names.ts';

/** Things whose parameters are not called as their calls are. */
const OTHER_KEYS: Readonly<Record<string, readonly string[]>> = {
  securitygroup: ['groupid', 'groupname'],
  address: ['allocationid', 'publicip'],
  trail: ['name', 'trailarn'],
  keypair: ['keyname', 'keypairid'],
  dbinstance: ['dbinstanceidentifier'],
  topic: ['name', 'topicarn'],
  queue: ['queuename', 'queueurl'],
  secret: ['name', 'secretid', 'arn'],
  loadbalancer: ['name', 'loadbalancername', 'loadbalancerarn'],
  tags: [],
};
const MAX_DEPTH = 3;

/** `noun`: as the name of the call has it, 'SecurityGroup'. Looks at most a few objects deep. */
export function isNamedAs(noun: string, parameters: JsonObject, is: IsResource): boolean {
  const lower = noun.toLowerCase();
  if (lower === '') return false;
  const singular = lower.replace(/ies$/, 'y').replace(/(?<!s)s$/, '');
  const keys = new Set(
    [lower, singular].flatMap((thing) => [
      ...['', 'id', 'name', 'arn', 'identifier', 'ids', 'names'].map((end) => thing + end),
      ...(Object.hasOwn(OTHER_KEYS, thing) ? (OTHER_KEYS[thing] ?? []) : []),
    ]),
  );
  let left = 200;
  const look = (value: unknown, depth: number): boolean => {
    if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return false;
    return Object.entries(value).some(([key, member]) => {
      if (--left < 0) return false;
      if (keys.has(key.toLowerCase()) && (is(member) || (Array.isArray(member) && member.some(is)))) return true;
      return look(member, depth + 1);
    });
  };
  return look(parameters, 0);
}
