// EC2's networks: security groups before all, for who opened what to whom is the most asked question of them.

import { firstText, isObject, type JsonObject, listOf, objectOf, textOf } from '../json-value.ts';
import { type Call, type Phrase, type Phrases, phrase } from './call.ts';
import { say } from './template.ts';
import { listText, short, textsOf } from './values.ts';

export const EC2_NETWORK: Phrases = {
  AuthorizeSecurityGroupIngress: (call) => rules(call, 'open', 'to'),
  RevokeSecurityGroupIngress: (call) => rules(call, 'close', 'to'),
  AuthorizeSecurityGroupEgress: (call) => rules(call, 'allow', 'out to'),
  RevokeSecurityGroupEgress: (call) => rules(call, 'forbid', 'out to'),
  ModifySecurityGroupRules: say(
    'change rules of {ModifySecurityGroupRulesRequest.GroupId|groupId|@?a security group}[ to {ModifySecurityGroupRulesRequest.SecurityGroupRule.SecurityGroupRule.CidrIpv4}]',
  ),
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

const WORLD = new Set(['0.0.0.0/0', '::/0']);
const MOST_RULES = 2;

function rules({ request, label }: Call, verb: string, preposition: string): Phrase {
  const group = short(firstText(request.groupId, label, request.groupName)) || 'a security group';
  const ids = textsOf(request.securityGroupRuleIds, 'securityGroupRuleId');
  const stated = listOf(request.ipPermissions).filter(isObject);
  const all =
    stated.length > 0 ? stated : request.fromPort === undefined && request.cidrIp === undefined ? [] : [request];
  if (all.length === 0) {
    const what = verb === 'open' || verb === 'allow' ? 'add rules to' : 'remove rules from';
    return phrase(`${what} ${group}${ids.length > 0 ? ` (${listText(ids)})` : ''}`);
  }
  const texts = all.slice(0, MOST_RULES).map((rule) => `${ports(rule)} of ${group} ${preposition} ${whom(rule)}`);
  const left = all.length - texts.length;
  const more = left === 0 ? '' : `, with ${left} more ${left === 1 ? 'rule' : 'rules'}`;
  return phrase(`${verb} ${texts.join(' and ')}${more}`);
}

/** 'port 22/tcp', 'ports 8000–8100/tcp', 'all ports'. */
function ports(rule: JsonObject): string {
  const protocol = textOf(rule.ipProtocol).toLowerCase();
  const [from, to] = [textOf(rule.fromPort), textOf(rule.toPort)];
  if (protocol === '-1' || protocol === '') return from === '' ? 'all ports' : `port ${short(from)}`;
  const name = PROTOCOLS[protocol] ?? short(protocol);
  if (name.startsWith('icmp')) return name;
  if (from === '' || from === '-1' || (from === '0' && to === '65535')) return `all ${name} ports`;
  return from === to || to === '' ? `port ${short(from)}/${name}` : `ports ${short(from)}–${short(to)}/${name}`;
}

const PROTOCOLS: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' };

function whom(rule: JsonObject): string {
  const ranges = [...textsOf(rule.ipRanges, 'cidrIp'), ...textsOf(rule.ipv6Ranges, 'cidrIpv6'), textOf(rule.cidrIp)];
  const world = ranges.filter((range) => WORLD.has(range));
  if (world.length > 0) {
    const others = ranges.filter((range) => range !== '' && !WORLD.has(range)).length;
    return `the world (${world.join(', ')})${others > 0 ? ` and ${others} more` : ''}`;
  }
  const groups = listOf(rule.groups).map((item) => {
    const { groupId, groupName, userId } = objectOf(item);
    return firstText(groupId, groupName, userId);
  });
  const lists = textsOf(rule.prefixListIds, 'prefixListId');
  return (
    listText([...ranges, ...groups, ...lists]) || firstText(rule.sourceSecurityGroupName) || 'an address not stated'
  );
}
