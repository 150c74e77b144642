// What calls change about a security group: which ports are opened or closed, and to whom.

import { memberOf, severalOf, textIn } from './any-case.ts';
import { objectOf } from './json-value.ts';
import { type ChangeRule, type ChangeRules, changed, listed } from './resource-change.ts';

const rules =
  (verb: 'opened' | 'closed', way: '' | 'outbound ' = ''): ChangeRule =>
  ({ request, response, is }) => {
    const answered = ['securityGroupRuleSet', 'revokedSecurityGroupRuleSet']
      .flatMap((key) => severalOf(memberOf(response, key)))
      .filter((rule) => is(textIn(rule, 'groupId')));
    if (!is(textIn(request, 'groupId', 'groupName')) && answered.length === 0) return openedFor(request, is, verb);
    const permissions = severalOf(memberOf(request, 'ipPermissions'));
    const texts =
      permissions.length > 0
        ? permissions.flatMap((permission) => peersOf(permission).map((peer) => `${portsOf(permission)} to ${peer}`))
        : (answered.length > 0 ? answered : [request]).flatMap((rule) =>
            peersOf(rule).map((peer) => `${portsOf(rule)} to ${peer}`),
          );
    return changed(texts.length === 0 ? `${way}rules ${verb}` : `${way}${verb} ${listed([...new Set(texts)])}`);
  };

/** The group stands in another group's rule. */
function openedFor(request: unknown, is: (value: unknown) => boolean, verb: string): ReturnType<ChangeRule> {
  const peers = severalOf(memberOf(request, 'ipPermissions')).flatMap((rule) => severalOf(memberOf(rule, 'groups')));
  if (!peers.some((peer) => is(textIn(peer, 'groupId')))) return [];
  return changed(`${textIn(request, 'groupId', 'groupName')} ${verb} for it`);
}

/** `all traffic`, `tcp 22`, `udp 1024-2048`, `tcp all ports` */
function portsOf(rule: unknown): string {
  const protocol = textIn(rule, 'ipProtocol');
  if (protocol === '-1') return 'all traffic';
  const [from, to] = [textIn(rule, 'fromPort'), textIn(rule, 'toPort')];
  const ports = from === '0' && to === '65535' ? 'all ports' : from === to || to === '' ? from : `${from}-${to}`;
  return `${protocol} ${from === '-1' ? '' : ports}`.trim() || 'some traffic';
}

function peersOf(rule: unknown): readonly string[] {
  const lists: readonly (readonly [list: string, key: string])[] = [
    ['ipRanges', 'cidrIp'],
    ['ipv6Ranges', 'cidrIpv6'],
    ['groups', 'groupId'],
    ['prefixListIds', 'prefixListId'],
  ];
  const peers = lists.flatMap(([list, key]) => severalOf(memberOf(rule, list)).map((one) => textIn(one, key)));
  // A rule of the answer, and the flat form of old calls.
  peers.push(textIn(rule, 'cidrIpv4', 'cidrIp'), textIn(rule, 'cidrIpv6'), textIn(rule, 'prefixListId'));
  peers.push(textIn(objectOf(memberOf(rule, 'referencedGroupInfo')), 'groupId'));
  return peers.filter((peer) => peer !== '');
}

export const RULE_CHANGES: ChangeRules = {
  AuthorizeSecurityGroupIngress: rules('opened'),
  AuthorizeSecurityGroupEgress: rules('opened', 'outbound '),
  RevokeSecurityGroupIngress: rules('closed'),
  RevokeSecurityGroupEgress: rules('closed', 'outbound '),
};
