// What a call opened or closed in a security group. The answer names each rule with its id (since 2021; what was taken
// away since 2024), the request what was asked for, in one of two forms: ipPermissions, or protocol, ports and address
// beside each other. (EC2 API Reference, AuthorizeSecurityGroupIngress.)

import { memberOf, severalOf, textIn } from './any-case.ts';
import { protocolName } from './ip-protocols.ts';
import { listOf, objectOf, textOf } from './json-value.ts';

/** `closed nothing`: the call succeeded, and its answer says that there were no such rules. */
export type GroupChange = 'opened' | 'closed' | 'closed nothing' | 'changed' | 'made' | 'deleted' | 'other';

export type GroupRule = {
  /** Into the group's machines, or out of them; '' where a changed rule does not say. */
  readonly direction: 'in' | 'out' | '';
  /** `22/tcp`, `8000-8010/tcp`, `all tcp`, `icmp`, `all`. */
  readonly ports: string;
  /** An address range, a prefix list, another group; '' where it is not stated. */
  readonly peer: string;
  /** sgr-…; '' where it is not stated. */
  readonly id: string;
};

export type GroupCall = {
  readonly change: GroupChange;
  /** sg-…, or its name where only that is stated. */
  readonly group: string;
  /** At most MAX_RULES. Of `closed nothing` those that were asked for. */
  readonly rules: readonly GroupRule[];
  readonly isCut: boolean;
};

const CHANGES: Readonly<Record<string, GroupChange>> = {
  AuthorizeSecurityGroupIngress: 'opened',
  AuthorizeSecurityGroupEgress: 'opened',
  RevokeSecurityGroupIngress: 'closed',
  RevokeSecurityGroupEgress: 'closed',
  ModifySecurityGroupRules: 'changed',
  CreateSecurityGroup: 'made',
  DeleteSecurityGroup: 'deleted',
};

/** A group holds 1,000 rules at most; more in one call are not told. */
const MAX_RULES = 1000;

/** Of a call of EC2 on a security group; `other` for those that are not about its rules, e.g. a description. */
export function groupCallOf(record: unknown): GroupCall {
  const { eventName, requestParameters, responseElements } = objectOf(record);
  const name = textOf(eventName).trim();
  const change = Object.hasOwn(CHANGES, name) ? (CHANGES[name] as GroupChange) : 'other';
  // Newer calls have all of their parameters in one member: { ModifySecurityGroupRulesRequest: {…} }.
  const parameters = memberOf(requestParameters, `${name}Request`) ?? requestParameters;
  const group = textIn(parameters, 'groupId') || textIn(responseElements, 'groupId') || textIn(parameters, 'groupName');
  const direction = name.endsWith('Egress') ? 'out' : 'in';
  const rules = rulesOf(change, direction, parameters, responseElements);
  const told = { group, rules: rules.slice(0, MAX_RULES), isCut: rules.length > MAX_RULES };
  if (change !== 'closed') return { change, ...told };
  const unknown = askedRules(direction, { ipPermissions: memberOf(responseElements, 'unknownIpPermissionSet') });
  if (unknown.length === 0 || rules.some(({ id }) => id !== '')) return { change, ...told };
  const missing = new Set(unknown.map(ruleKey));
  const closed = rules.filter((rule) => !missing.has(ruleKey(rule)));
  return closed.length === 0
    ? { ...told, change: 'closed nothing' }
    : { change, group, rules: closed.slice(0, MAX_RULES), isCut: told.isCut };
}

/** The answer states the account of a group where the request did not. */
function ruleKey({ ports, peer }: GroupRule): string {
  return JSON.stringify([ports, peer.replace(/ \(account .*$/s, '')]);
}

/** How much of the internet an address range is: nothing is said of ranges that a company could own. */
export function worldOf(peer: string): 'everybody' | 'much of the internet' | '' {
  const [, address = '', length = ''] = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(peer) ?? [];
  if (address === '') return '';
  if (Number(length) === 0) return 'everybody';
  // The widest range that was ever given to one owner is a /8; to a provider of IPv6, a /16.
  const isWide = address.includes(':') ? Number(length) < 16 : Number(length) < 8;
  // fc00::/7 is private, fe80::/10 of the link.
  return isWide && !/^f[cde]/i.test(address) ? 'much of the internet' : '';
}

/** 2 of everybody, 1 of much of the internet, else 0: what is told first where not all can be. */
export function breadthOf(peer: string): 0 | 1 | 2 {
  return BREADTHS[worldOf(peer)];
}

const BREADTHS = { everybody: 2, 'much of the internet': 1, '': 0 } as const;

function rulesOf(
  change: GroupChange,
  direction: GroupRule['direction'],
  parameters: unknown,
  answer: unknown,
): readonly GroupRule[] {
  if (change === 'changed') return changedRules(parameters);
  if (change !== 'opened' && change !== 'closed') return [];
  const answered = listOf(
    memberOf(answer, change === 'opened' ? 'securityGroupRuleSet' : 'revokedSecurityGroupRuleSet'),
  );
  if (answered.length > 0) return answered.slice(0, MAX_RULES + 1).map((rule) => answeredRule(rule, direction));
  const asked = askedRules(direction, parameters);
  if (asked.length > 0) return asked;
  // Closed by the ids of its rules alone.
  const ids = severalOf(memberOf(parameters, 'securityGroupRuleIds') ?? memberOf(parameters, 'securityGroupRuleId'));
  return ids.slice(0, MAX_RULES + 1).map((id) => {
    const text = textOf(id) || textIn(id, 'securityGroupRuleId', 'item');
    return { direction, ports: '', peer: '', id: text };
  });
}

function askedRules(direction: GroupRule['direction'], parameters: unknown): readonly GroupRule[] {
  const permissions = [...severalOf(memberOf(parameters, 'ipPermissions')).slice(0, MAX_RULES + 1), parameters];
  return permissions.flatMap((permission) => {
    const ports = portsOf(permission);
    return ports === '' ? [] : peersOf(permission).map((peer) => ({ direction, ports, peer, id: '' }));
  });
}

/** Each with the rule's id and what it is from now on. */
function changedRules(parameters: unknown): readonly GroupRule[] {
  const list = memberOf(parameters, 'securityGroupRuleSet') ?? memberOf(parameters, 'securityGroupRule');
  return severalOf(list)
    .slice(0, MAX_RULES + 1)
    .map((item) => {
      const rule = memberOf(item, 'securityGroupRule') ?? item;
      return { ...answeredRule(rule, ''), id: textIn(item, 'securityGroupRuleId') };
    });
}

function answeredRule(rule: unknown, direction: GroupRule['direction']): GroupRule {
  const isEgress = textIn(rule, 'isEgress');
  const referenced = memberOf(rule, 'referencedGroupInfo');
  return {
    direction: isEgress === '' ? direction : isEgress === 'true' ? 'out' : 'in',
    ports: portsOf(rule),
    peer: textIn(rule, 'cidrIpv4', 'cidrIpv6', 'prefixListId', 'referencedGroupId') || groupText(referenced),
    id: textIn(rule, 'securityGroupRuleId'),
  };
}

function peersOf(permission: unknown): readonly string[] {
  const peers = [
    textIn(permission, 'cidrIp', 'cidrIpv6'),
    ...severalOf(memberOf(permission, 'ipRanges')).map((range) => textIn(range, 'cidrIp')),
    ...severalOf(memberOf(permission, 'ipv6Ranges')).map((range) => textIn(range, 'cidrIpv6')),
    ...severalOf(memberOf(permission, 'prefixListIds')).map((list) => textIn(list, 'prefixListId')),
    ...severalOf(memberOf(permission, 'groups')).map(groupText),
    textIn(permission, 'sourceSecurityGroupName'),
  ].filter((peer) => peer !== '');
  return peers.length === 0 ? [''] : peers;
}

/** A group of another account with that account. */
function groupText(group: unknown): string {
  const name = textIn(group, 'groupId', 'groupName');
  const account = textIn(group, 'userId');
  return name === '' || account === '' ? name : `${name} (account ${account})`;
}

/** '' where no protocol is stated. */
function portsOf(rule: unknown): string {
  const stated = textIn(rule, 'ipProtocol').toLowerCase();
  if (stated === '') return '';
  if (stated === '-1' || stated === 'all') return 'all';
  const protocol = protocolName(stated) || stated;
  // Of ICMP the two are a type and a code.
  if (protocol !== 'tcp' && protocol !== 'udp') return /^\d+$/.test(protocol) ? `protocol ${protocol}` : protocol;
  const [from, to] = [textIn(rule, 'fromPort'), textIn(rule, 'toPort')];
  if (from === '' || from === '-1' || (from === '0' && to === '65535')) return `all ${protocol}`;
  return to === '' || to === from ? `${from}/${protocol}` : `${from}-${to}/${protocol}`;
}
