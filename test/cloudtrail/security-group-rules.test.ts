import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupCallOf, worldOf } from '../../src/cloudtrail/security-group-rules.ts';

const SG = 'sg-0123456789abcdef0';

function call(eventName: string, requestParameters: unknown, responseElements: unknown = null) {
  return groupCallOf({ eventName, requestParameters, responseElements });
}

const SSH = { ipProtocol: 'tcp', fromPort: 22, toPort: 22 };
const WORLD = { items: [{ cidrIp: '0.0.0.0/0', description: 'all' }] };

describe('what is opened', () => {
  test('in the form of protocol, ports and address', () => {
    expect(
      call('AuthorizeSecurityGroupIngress', { groupId: SG, ipPermissions: {}, ...SSH, cidrIp: '0.0.0.0/0' }),
    ).toEqual({
      change: 'opened',
      group: SG,
      rules: [{ direction: 'in', ports: '22/tcp', peer: '0.0.0.0/0', id: '' }],
      isCut: false,
    });
  });

  test('in the form of permissions: a rule for each address, list and group', () => {
    const permission = {
      ...SSH,
      groups: { items: [{ groupId: 'sg-1', userId: '444455556666' }, { groupName: 'web' }] },
      ipRanges: { items: [{ cidrIp: '10.0.0.0/8' }, { cidrIp: '192.0.2.0/24' }] },
      ipv6Ranges: { items: [{ cidrIpv6: '::/0' }] },
      prefixListIds: { items: [{ prefixListId: 'pl-1' }] },
    };
    const { rules } = call('AuthorizeSecurityGroupEgress', { groupId: SG, ipPermissions: { items: [permission] } });
    expect(rules.map(({ direction, peer }) => [direction, peer])).toEqual(
      ['10.0.0.0/8', '192.0.2.0/24', '::/0', 'pl-1', 'sg-1 (account 444455556666)', 'web'].map((peer) => ['out', peer]),
    );
  });

  test('as the answer tells it, with the ids', () => {
    const answer = {
      securityGroupRuleSet: {
        items: [
          {
            groupId: SG,
            securityGroupRuleId: 'sgr-1',
            isEgress: false,
            ipProtocol: '-1',
            fromPort: -1,
            toPort: -1,
            cidrIpv4: '0.0.0.0/0',
          },
          {
            groupId: SG,
            securityGroupRuleId: 'sgr-2',
            isEgress: true,
            ipProtocol: 'udp',
            fromPort: 53,
            toPort: 60,
            referencedGroupInfo: { groupId: 'sg-2' },
          },
        ],
      },
    };
    expect(call('AuthorizeSecurityGroupIngress', { groupId: SG }, answer).rules).toEqual([
      { direction: 'in', ports: 'all', peer: '0.0.0.0/0', id: 'sgr-1' },
      { direction: 'out', ports: '53-60/udp', peer: 'sg-2', id: 'sgr-2' },
    ]);
  });

  test.each([
    [{ ipProtocol: '-1' }, 'all'],
    [{ ipProtocol: 'tcp', fromPort: 0, toPort: 65535 }, 'all tcp'],
    [{ ipProtocol: '6', fromPort: '8000', toPort: '8010' }, '8000-8010/tcp'],
    [{ ipProtocol: 'udp' }, 'all udp'],
    [{ ipProtocol: 'icmp', fromPort: 8, toPort: -1 }, 'icmp'],
    [{ ipProtocol: '58' }, 'icmpv6'],
    [{ ipProtocol: '50' }, 'protocol 50'],
    [{ ipProtocol: 'constructor' }, 'constructor'],
  ])('the ports of %o are %s', (ports, text) => {
    const { rules } = call('AuthorizeSecurityGroupIngress', { ...ports, cidrIp: '0.0.0.0/0' });
    expect(rules.map((rule) => rule.ports)).toEqual([text]);
  });

  test('in a group that only its name is stated of', () => {
    const parameters = { groupName: 'web', ipPermissions: { items: [{ ...SSH, ipRanges: WORLD }] } };
    expect(call('AuthorizeSecurityGroupIngress', parameters)).toMatchObject({
      group: 'web',
      rules: [{ ports: '22/tcp' }],
    });
  });
});

describe('what is closed and changed', () => {
  test('by ports and address, by the answer, by ids alone', () => {
    const parameters = { groupId: SG, ipPermissions: { items: [{ ...SSH, ipRanges: WORLD }] } };
    expect(call('RevokeSecurityGroupIngress', parameters)).toMatchObject({
      change: 'closed',
      rules: [{ ports: '22/tcp', peer: '0.0.0.0/0' }],
    });
    const answer = {
      revokedSecurityGroupRuleSet: { items: [{ securityGroupRuleId: 'sgr-1', ...SSH, cidrIpv4: '0.0.0.0/0' }] },
    };
    expect(call('RevokeSecurityGroupIngress', parameters, answer).rules[0]?.id).toBe('sgr-1');
    const ids = { groupId: SG, securityGroupRuleIds: { items: [{ securityGroupRuleId: 'sgr-1' }, 'sgr-2'] } };
    expect(call('RevokeSecurityGroupEgress', ids).rules.map(({ id }) => id)).toEqual(['sgr-1', 'sgr-2']);
  });

  test('a rule, in the parameters of a newer call', () => {
    const rule = {
      SecurityGroupRuleId: 'sgr-1',
      SecurityGroupRule: { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '0.0.0.0/0' },
      tag: 1,
    };
    const expected = {
      change: 'changed',
      group: SG,
      rules: [{ direction: '', ports: '22/tcp', peer: '0.0.0.0/0', id: 'sgr-1' }],
    };
    const one = { ModifySecurityGroupRulesRequest: { GroupId: SG, SecurityGroupRule: rule } };
    expect(call('ModifySecurityGroupRules', one)).toMatchObject(expected);
    const several = { groupId: SG, securityGroupRuleSet: { items: [rule] } };
    expect(call('ModifySecurityGroupRules', several)).toMatchObject(expected);
  });

  test('groups', () => {
    expect(call('CreateSecurityGroup', { groupName: 'web' }, { groupId: SG })).toMatchObject({
      change: 'made',
      group: SG,
    });
    expect(call('DeleteSecurityGroup', { groupId: SG })).toMatchObject({ change: 'deleted', group: SG, rules: [] });
    expect(call('UpdateSecurityGroupRuleDescriptionsIngress', { groupId: SG }).change).toBe('other');
    expect(call('constructor', { groupId: SG }).change).toBe('other');
  });
});

test.each([
  ['0.0.0.0/0', 'everybody'],
  ['::/0', 'everybody'],
  ['0.0.0.0/1', 'much of the internet'],
  ['2000::/3', 'much of the internet'],
  ['10.0.0.0/8', ''],
  ['fc00::/7', ''],
  ['2001:db8::/32', ''],
  ['203.0.113.9/32', ''],
  ['pl-1', ''],
  ['', ''],
])('%s is %o of the world', (peer, world) => expect(worldOf(peer)).toBe(world));

test('thousands of rules in one record are cut, and it says so', () => {
  const items = Array.from({ length: 5000 }, (_, k) => ({ ...SSH, cidrIp: `10.0.${k >> 8}.${k & 255}/32` }));
  const { rules, isCut } = call('AuthorizeSecurityGroupIngress', { groupId: SG, ipPermissions: { items } });
  expect([rules.length, isCut]).toEqual([1000, true]);
});

test('any record is read without an error', () => {
  const names = fc.constantFrom(
    'AuthorizeSecurityGroupIngress',
    'RevokeSecurityGroupEgress',
    'ModifySecurityGroupRules',
    'CreateSecurityGroup',
  );
  const odd = fc.oneof(fc.anything(), fc.record({ ipPermissions: fc.anything(), securityGroupRuleSet: fc.anything() }));
  fc.assert(
    fc.property(names, odd, odd, (name, parameters, answer) => {
      for (const { ports, peer, id } of call(name, parameters, answer).rules)
        expect([typeof ports, typeof peer, typeof id]).toEqual(['string', 'string', 'string']);
    }),
  );
});
