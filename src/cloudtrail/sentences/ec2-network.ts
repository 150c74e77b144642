// EC2's networks: security groups before all, for who opened what to whom is the most asked question of them.

import { breadthOf, type GroupRule, groupCallOf } from '../security-group-rules.ts';
import { type Call, type Phrase, type Phrases, phrase } from './call.ts';
import { say } from './template.ts';
import { listText, short } from './values.ts';

export const EC2_NETWORK: Phrases = {
  AuthorizeSecurityGroupIngress: (call) => rules(call, 'open', 'to'),
  RevokeSecurityGroupIngress: (call) => rules(call, 'close', 'to'),
  AuthorizeSecurityGroupEgress: (call) => rules(call, 'allow', 'out to'),
  RevokeSecurityGroupEgress: (call) => rules(call, 'forbid', 'out to'),
  ModifySecurityGroupRules: changedRules,
  CreateSecurityGroup: say('create security group {groupName}[ ({>groupId})][ in {vpcId}]'),
  DeleteSecurityGroup: say('delete security group {groupId|groupName|@}'),
  CreateVpc: say('create {>vpc.vpcId?a VPC}[ ({cidrBlock})]'),
  CreateSubnet: say('create {>subnet.subnetId?a subnet}[ ({cidrBlock})][ in {vpcId}]'),
  CreateRoute: say(
    'route {destinationCidrBlock|destinationIpv6CidrBlock|destinationPrefixListId} of {routeTableId} to {gatewayId|natGatewayId|instanceId|networkInterfaceId|vpcPeeringConnectionId|transitGatewayId}',
  ),
  ReplaceRoute: say(
    'change the route {destinationCidrBlock|destinationIpv6CidrBlock} of {routeTableId} to {gatewayId|natGatewayId|instanceId|networkInterfaceId|vpcPeeringConnectionId|transitGatewayId}',
  ),
  DeleteRoute: say('delete the route {destinationCidrBlock|destinationIpv6CidrBlock} of {routeTableId}'),
  CreateVpcPeeringConnection: say('ask for a peering of {vpcId} with {peerVpcId}[ of account {peerOwnerId}]'),
  AcceptVpcPeeringConnection: say('accept the VPC peering {vpcPeeringConnectionId}'),
  CreateFlowLogs: say('begin to record flow logs of {CreateFlowLogsRequest.ResourceId.content|@?a network}'),
  DeleteFlowLogs: say('delete flow logs {DeleteFlowLogsRequest.FlowLogId.content|@?(not stated)}'),
  AllocateAddress: say('allocate public address {>publicIp|>allocationId?(not stated)}'),
  AssociateAddress: say('give public address {publicIp|allocationId} to {instanceId|networkInterfaceId}'),
  DisassociateAddress: say('take away public address {publicIp|associationId}'),
  ReleaseAddress: say('release public address {publicIp|allocationId}'),
  AttachInternetGateway: say('attach internet gateway {internetGatewayId} to {vpcId}'),
  DetachInternetGateway: say('detach internet gateway {internetGatewayId} from {vpcId}'),
  AttachNetworkInterface: say('attach network interface {networkInterfaceId} to {instanceId}'),
  CreateVpcEndpoint: say(
    'create a VPC endpoint for {CreateVpcEndpointRequest.ServiceName|serviceName}[ in {CreateVpcEndpointRequest.VpcId|vpcId}]',
  ),
  CreateNetworkAclEntry: say('add to network ACL {networkAclId}: {ruleAction?a rule for} {cidrBlock|ipv6CidrBlock}'),
  ModifySubnetAttribute: say('change an attribute of {subnetId}'),
  ModifyVpcAttribute: say('change an attribute of {vpcId}'),
};

const MOST_RULES = 2;
const MOST_PEERS = 2;

/** Who is let in (or out) to where, the world first: rules of the same ports are told together. */
function rules({ record, label }: Call, verb: string, preposition: string): Phrase {
  const call = groupCallOf(record);
  const group = short(call.group.startsWith('sg-') ? call.group : label || call.group) || 'a security group';
  const stated = call.rules.filter(({ ports }) => ports !== '');
  const ids = call.rules.map(({ id }) => id).filter((id) => id !== '');
  if (stated.length === 0) {
    const what = verb === 'open' || verb === 'allow' ? 'add rules to' : 'remove rules from';
    return phrase(`${what} ${group}${ids.length > 0 ? ` (${listText(ids)})` : ''}`);
  }
  const told = byPorts(stated).map(
    ({ ports, peers }) => `${portsText(ports)} of ${group} ${preposition} ${whom(peers)}`,
  );
  // endingOf says that there was no such rule.
  return phrase(`${call.change === 'closed nothing' ? 'ask to ' : ''}${verb} ${mostOf(told)}`);
}

/** A changed rule does not say which way it leads. */
function changedRules({ record, label }: Call): Phrase {
  const call = groupCallOf(record);
  const group = short(call.group || label) || 'a security group';
  const told = byPorts(call.rules).flatMap(({ ports, peers }) => {
    const parts = [ports && portsText(ports), peers.some((peer) => peer !== '') ? `for ${whom(peers)}` : ''];
    return parts.filter((part) => part !== '').join(' ') || [];
  });
  return phrase(`change rules of ${group}${told.length === 0 ? '' : `: ${mostOf(told)}`}`);
}

function mostOf(rules: readonly string[]): string {
  const left = rules.length - MOST_RULES;
  const more = left <= 0 ? '' : `, with ${left} more ${left === 1 ? 'rule' : 'rules'}`;
  return rules.slice(0, MOST_RULES).join(' and ') + more;
}

type PortRule = { readonly ports: string; readonly peers: readonly string[] };

function byPorts(rules: readonly GroupRule[]): readonly PortRule[] {
  const groups = new Map<string, string[]>();
  for (const { ports, peer } of rules) {
    const peers = groups.get(ports);
    if (peers === undefined) groups.set(ports, [peer]);
    else peers.push(peer);
  }
  return [...groups]
    .map(([ports, peers]) => ({ ports, peers, width: Math.max(...peers.map(breadthOf)) }))
    .toSorted((a, b) => b.width - a.width);
}

/** 'port 22/tcp', 'ports 8000–8100/tcp', 'all ports', 'icmp'. */
function portsText(ports: string): string {
  const [, from, to, protocol] = /^(\d+)(?:-(\d+))?\/(tcp|udp)$/.exec(ports) ?? [];
  if (from !== undefined) return to === undefined ? `port ${ports}` : `ports ${from}–${to}/${protocol}`;
  return ports.startsWith('all') ? `${ports} ports` : short(ports);
}

/** 'the world (0.0.0.0/0, ::/0) and 3 more'. */
function whom(peers: readonly string[]): string {
  const width = Math.max(...peers.map(breadthOf));
  if (width === 0) return listText(peers, MOST_PEERS) || 'an address not stated';
  const wide = peers.filter((peer) => breadthOf(peer) === width);
  const others = peers.length - wide.length;
  const name = width === 2 ? 'the world' : 'much of the internet';
  const shown = wide.slice(0, MOST_PEERS).map(short).join(', ');
  return `${name} (${shown})${others > 0 ? ` and ${others} more` : ''}`;
}
