// EC2's parameters as CloudTrail writes them: XML-ish lists under `…Set.items`.

export function instanceSet(...ids: readonly string[]): {
  readonly instancesSet: { readonly items: readonly unknown[] };
} {
  return { instancesSet: { items: ids.map((instanceId) => ({ instanceId })) } };
}

const STATES = { pending: 0, running: 16, 'shutting-down': 32, stopping: 64, stopped: 80 } as const;
type InstanceState = keyof typeof STATES;

export function stateChange(from: InstanceState, to: InstanceState, ...ids: readonly string[]): unknown {
  const state = (name: InstanceState) => ({ code: STATES[name], name });
  return {
    instancesSet: {
      items: ids.map((instanceId) => ({ instanceId, currentState: state(to), previousState: state(from) })),
    },
  };
}

export function runRequest(
  imageId: string,
  instanceType: string,
  count: number,
  subnetId: string,
  keyName?: string,
): unknown {
  return {
    instancesSet: { items: [{ imageId, minCount: count, maxCount: count, ...(keyName && { keyName }) }] },
    instanceType,
    blockDeviceMapping: {},
    monitoring: { enabled: false },
    disableApiTermination: false,
    subnetId,
  };
}

export function runResponse(
  account: string,
  ids: readonly string[],
  imageId: string,
  instanceType: string,
  subnetId: string,
  vpcId: string,
): unknown {
  return {
    ownerId: account,
    instancesSet: {
      items: ids.map((instanceId, launchIndex) => ({
        instanceId,
        imageId,
        instanceState: { code: 0, name: 'pending' },
        amiLaunchIndex: launchIndex,
        instanceType,
        subnetId,
        vpcId,
        architecture: 'x86_64',
        rootDeviceType: 'ebs',
      })),
    },
  };
}

export function ingressRequest(groupId: string, port: number, cidrIp: string): unknown {
  return {
    groupId,
    ipPermissions: {
      items: [
        {
          ipProtocol: 'tcp',
          fromPort: port,
          toPort: port,
          groups: {},
          ipRanges: { items: [{ cidrIp }] },
          ipv6Ranges: {},
          prefixListIds: {},
        },
      ],
    },
  };
}

export function ingressResponse(
  account: string,
  groupId: string,
  ruleId: string,
  port: number,
  cidrIpv4: string,
): unknown {
  return {
    _return: true,
    securityGroupRuleSet: {
      items: [
        {
          groupOwnerId: account,
          groupId,
          securityGroupRuleId: ruleId,
          isEgress: false,
          ipProtocol: 'tcp',
          fromPort: port,
          toPort: port,
          cidrIpv4,
        },
      ],
    },
  };
}
