// What calls to EC2 change: states of instances, what is attached to what, who a snapshot or an image is shared with.

import { memberOf, severalOf, textIn } from './any-case.ts';
import { RULE_CHANGES } from './changes-network.ts';
import { type Receiver, sharesOf } from './image-shares.ts';
import { type JsonObject, objectOf, textOf } from './json-value.ts';
import { type ChangeRule, type ChangeRules, changed, joinWords, listed, made } from './resource-change.ts';

/** Instances whose state the answer tells, before and after. */
const instanceStates: ChangeRule = ({ response, is }) => {
  const item = objectOf(severalOf(memberOf(response, 'instancesSet')).find((one) => is(textIn(one, 'instanceId'))));
  const before = textIn(memberOf(item, 'previousState'), 'name');
  const now = textIn(memberOf(item, 'currentState'), 'name');
  if (now === '') return null;
  return changed(before === '' ? now : before === now ? `stays ${now}` : `${before} → ${now}`, now);
};

const runInstances: ChangeRule = ({ request, response, is }) => {
  const item = severalOf(memberOf(response, 'instancesSet')).find((one) => is(textIn(one, 'instanceId')));
  if (item === undefined) return [];
  const type = textIn(item, 'instanceType') || textIn(request, 'instanceType');
  const image = textIn(item, 'imageId');
  return made(textIn(memberOf(item, 'instanceState'), 'name'), type, image === '' ? '' : `from ${image}`);
};

const rebooted: ChangeRule = ({ request, is }) =>
  severalOf(memberOf(request, 'instancesSet')).some((one) => is(textIn(one, 'instanceId'))) ? changed('rebooted') : [];

const PLAIN_ATTRIBUTES: Readonly<Record<string, string>> = {
  instanceType: 'instance type',
  disableApiTermination: 'termination protection',
  disableApiStop: 'stop protection',
  instanceInitiatedShutdownBehavior: 'on shutdown',
  sourceDestCheck: 'source/destination check',
  ebsOptimized: 'EBS optimised',
  enaSupport: 'ENA support',
  kernel: 'kernel',
  ramdisk: 'RAM disk',
  deleteOnTermination: 'delete on termination',
};

const instanceAttributes: ChangeRule = ({ request, is }) => {
  if (!is(textIn(request, 'instanceId'))) return [];
  const texts: string[] = [];
  for (const [key, label] of Object.entries(PLAIN_ATTRIBUTES)) {
    const member = memberOf(request, key);
    if (member !== undefined) texts.push(`${label} ${onOff(textIn(member, 'value') || textOf(member))}`);
  }
  const { attribute } = request;
  const isNamed = textOf(attribute) !== '' && texts.length === 0;
  if (isNamed) texts.push(`${textOf(attribute)} ${onOff(textIn(request, 'value'))}`.trim());
  if (memberOf(request, 'userData') !== undefined && textOf(attribute) !== 'userData') texts.push('user data changed');
  const groups = severalOf(memberOf(request, 'groupSet')).map((group) => textIn(group, 'groupId'));
  if (groups.length > 0) texts.push(`security groups ${listed(groups)}`);
  return changed(texts.length === 0 ? 'attributes changed' : texts.join(', '));
};

function onOff(value: string): string {
  if (value === 'true') return 'on';
  return value === 'false' ? 'off' : value;
}

const metadataOptions: ChangeRule = ({ request, is }) => {
  const inner = objectOf(memberOf(request, 'ModifyInstanceMetadataOptionsRequest') ?? request);
  if (!is(textIn(inner, 'instanceId'))) return [];
  const tokens = textIn(inner, 'httpTokens');
  const endpoint = textIn(inner, 'httpEndpoint');
  return changed(
    joinWords(
      tokens === 'optional' ? 'IMDSv1 allowed' : tokens === 'required' ? 'IMDSv2 only' : '',
      endpoint === '' ? '' : `metadata service ${endpoint}`,
    ) || 'metadata options changed',
  );
};

const createVolume: ChangeRule = ({ request, response, is }) => {
  const [volume, snapshot] = [
    textIn(response, 'volumeId'),
    textIn(response, 'snapshotId') || textIn(request, 'snapshotId'),
  ];
  if (is(volume)) {
    const size = textIn(response, 'size');
    return made(
      textIn(response, 'status'),
      size === '' ? '' : `${size} GiB`,
      snapshot === '' ? '' : `from ${snapshot}`,
    );
  }
  return is(snapshot) ? changed(`${volume || 'a volume'} made from it`) : [];
};

const modifyVolume: ChangeRule = ({ request, response, is }) => {
  const inner = objectOf(memberOf(request, 'ModifyVolumeRequest') ?? request);
  const answer = objectOf(memberOf(response, 'ModifyVolumeResponse') ?? response);
  const to = objectOf(memberOf(answer, 'volumeModification'));
  if (!is(textIn(inner, 'volumeId')) && !is(textIn(to, 'volumeId'))) return [];
  const step = (label: string, key: string, unit = ''): string => {
    const [before, after] = [textIn(to, `original${key}`), textIn(to, `target${key}`) || textIn(inner, key)];
    if (after === '' || before === after) return '';
    return before === '' ? `${label} ${after}${unit}` : `${label} ${before} → ${after}${unit}`;
  };
  const parts = [step('size', 'Size', ' GiB'), step('type', 'VolumeType'), step('IOPS', 'Iops')];
  return changed(joinWords(...parts) || 'modified');
};

/** A volume or network interface on an instance. */
const attachment =
  (isAttached: boolean): ChangeRule =>
  ({ request, response, is }) => {
    const both = (...keys: readonly string[]) => textIn(response, ...keys) || textIn(request, ...keys);
    const part = both('volumeId', 'networkInterfaceId');
    const [instance, device] = [both('instanceId'), both('device')];
    const [verb, side] = isAttached ? ['attached', 'to'] : ['detached', 'from'];
    if (part !== '' && is(part)) {
      const at = isAttached && device !== '' ? ` as ${device}` : '';
      const state = both('status') || verb;
      return changed(instance === '' ? verb : `${verb} ${side} ${instance}${at}`, state);
    }
    return is(instance) ? changed(`${part || 'something'} ${verb}`) : [];
  };

const createSnapshot: ChangeRule = ({ request, response, is }) => {
  const [snapshot, volume] = [
    textIn(response, 'snapshotId'),
    textIn(response, 'volumeId') || textIn(request, 'volumeId'),
  ];
  if (is(snapshot)) return made(textIn(response, 'status'), volume === '' ? '' : `of ${volume}`);
  return is(volume) ? changed(`${snapshot || 'a snapshot'} made of it`) : [];
};

const createSnapshots: ChangeRule = ({ request, response, is }) => {
  const inner = objectOf(memberOf(request, 'CreateSnapshotsRequest') ?? request);
  const answer = objectOf(memberOf(response, 'CreateSnapshotsResponse') ?? response);
  const made_ = severalOf(memberOf(answer, 'snapshotSet') ?? memberOf(answer, 'snapshots'));
  for (const one of made_) {
    const [snapshot, volume] = [textIn(one, 'snapshotId'), textIn(one, 'volumeId')];
    if (is(snapshot)) return made(textIn(one, 'state', 'status'), volume === '' ? '' : `of ${volume}`);
    if (is(volume)) return changed(`${snapshot || 'a snapshot'} made of it`);
  }
  const instance = textIn(memberOf(inner, 'instanceSpecification'), 'instanceId');
  if (!is(instance)) return [];
  const ids = made_.map((one) => textIn(one, 'snapshotId')).filter((id) => id !== '');
  return changed(ids.length === 0 ? 'snapshots made of its volumes' : `${listed(ids)} made of its volumes`);
};

/** CopySnapshot, CopyImage, CreateImage: `from` is what it was made of, `to` what has come into being. */
const copied =
  (from: readonly string[], to: string, words: string): ChangeRule =>
  ({ request, response, is }) => {
    const [source, copy] = [textIn(request, ...from), textIn(response, to)];
    const region = textIn(request, 'sourceRegion');
    if (is(copy)) return made('', source === '' ? '' : `${words} ${source}${region === '' ? '' : ` in ${region}`}`);
    return is(source) ? changed(`${copy || 'a copy'} made from it`) : [];
  };

/** Who may make volumes of a snapshot, or launch an image. */
const shared =
  (id: string): ChangeRule =>
  ({ request, is }) => {
    if (!is(textIn(request, id))) return [];
    const { added, removed } = sharesOf(request);
    const texts = [
      isPublic(added) ? 'made public' : '',
      namesText(added, 'shared with'),
      isPublic(removed) ? 'no longer public' : '',
      namesText(removed, 'no longer shared with'),
    ];
    return changed(joinWords(...texts) || 'attributes changed');
  };

function isPublic(receivers: readonly Receiver[]): boolean {
  return receivers.some(({ kind }) => kind === 'everybody');
}

function namesText(receivers: readonly Receiver[], words: string): string {
  const names = receivers.filter(({ kind }) => kind !== 'everybody').map(({ name }) => name);
  return names.length === 0 ? '' : `${words} ${listed(names)}`;
}

const unshared =
  (id: string): ChangeRule =>
  ({ request, is }) =>
    is(textIn(request, id)) ? changed('no longer shared') : [];

/** An instance profile on an instance. */
const profile =
  (verb: string, side: string): ChangeRule =>
  ({ name, request, response, is }) => {
    const inner = objectOf(memberOf(request, `${name}Request`) ?? request);
    const answer = objectOf(memberOf(response, `${name}Response`) ?? response);
    const link = objectOf(memberOf(answer, 'iamInstanceProfileAssociation'));
    const asked = memberOf(inner, 'iamInstanceProfile');
    const instance = textIn(link, 'instanceId') || textIn(inner, 'instanceId');
    const names = [textIn(asked, 'name'), textIn(asked, 'arn'), textIn(memberOf(link, 'iamInstanceProfile'), 'arn')];
    const shown = names.find((one) => one !== '') ?? '';
    if (is(instance)) return changed(`instance profile ${shown} ${verb}`.replace('  ', ' '));
    return names.some(is) ? changed(`${verb} ${side} ${instance || 'an instance'}`) : [];
  };

const tags: ChangeRule = ({ name, request, is }) => {
  const ids = severalOf(memberOf(request, 'resourcesSet')).map((one) => textIn(one, 'resourceId'));
  if (!ids.some(is)) return [];
  const items = severalOf(memberOf(request, 'tagSet'));
  const texts = items.map((tag) => {
    const [key, value] = [textIn(tag, 'key'), textIn(tag, 'value')];
    if (name === 'DeleteTags') return `tag ${key} removed`;
    return key === 'Name' && value !== '' ? `named ${value}` : `tag ${key} = ${value}`;
  });
  return changed(listed(texts) || (name === 'DeleteTags' ? 'tags removed' : 'tagged'));
};

const monitored =
  (text: string): ChangeRule =>
  ({ request, is }) =>
    severalOf(memberOf(request, 'instancesSet')).some((one) => is(textIn(one, 'instanceId'))) ? changed(text) : [];

const address =
  (verb: string, side: string): ChangeRule =>
  ({ request, response, is }) => {
    const place = textIn(request, 'instanceId', 'networkInterfaceId');
    const own = [textIn(request, 'allocationId'), textIn(request, 'publicIp'), textIn(response, 'associationId')];
    const shown = own.find((one) => one !== '') ?? '';
    if ([...own, textIn(request, 'associationId')].some(is))
      return changed(place === '' ? verb : `${verb} ${side} ${place}`);
    return is(place) ? changed(`address ${shown} ${verb}`.replace('  ', ' ')) : [];
  };

const interfaceGroups: ChangeRule = ({ request, is }) => {
  if (!is(textIn(request, 'networkInterfaceId'))) return null;
  const groups = severalOf(memberOf(request, 'groupSet')).map((group) => textIn(group, 'groupId'));
  return groups.length === 0 ? null : changed(`security groups ${listed(groups)}`);
};

const volumeState =
  (state: string): ChangeRule =>
  ({ request, is }: { readonly request: JsonObject; readonly is: (value: unknown) => boolean }) =>
    is(textIn(request, 'snapshotId', 'imageId')) ? changed(state, state) : [];

export const COMPUTE_CHANGES: ChangeRules = {
  RunInstances: runInstances,
  StartInstances: instanceStates,
  StopInstances: instanceStates,
  TerminateInstances: instanceStates,
  RebootInstances: rebooted,
  MonitorInstances: monitored('detailed monitoring on'),
  UnmonitorInstances: monitored('detailed monitoring off'),
  ModifyInstanceAttribute: instanceAttributes,
  ModifyInstanceMetadataOptions: metadataOptions,
  AssociateIamInstanceProfile: profile('associated', 'with'),
  ReplaceIamInstanceProfileAssociation: profile('associated', 'with'),
  DisassociateIamInstanceProfile: profile('taken away', 'from'),
  CreateVolume: createVolume,
  ModifyVolume: modifyVolume,
  AttachVolume: attachment(true),
  DetachVolume: attachment(false),
  AttachNetworkInterface: attachment(true),
  DetachNetworkInterface: attachment(false),
  ModifyNetworkInterfaceAttribute: interfaceGroups,
  CreateSnapshot: createSnapshot,
  CreateSnapshots: createSnapshots,
  CopySnapshot: copied(['sourceSnapshotId'], 'snapshotId', 'copy of'),
  CopyImage: copied(['sourceImageId'], 'imageId', 'copy of'),
  CreateImage: copied(['instanceId'], 'imageId', 'of'),
  ModifySnapshotAttribute: shared('snapshotId'),
  ModifyImageAttribute: shared('imageId'),
  ResetSnapshotAttribute: unshared('snapshotId'),
  ResetImageAttribute: unshared('imageId'),
  DeregisterImage: volumeState('deregistered'),
  SharedSnapshotVolumeCreated: ({ is, request }) =>
    is(textIn(request, 'snapshotId')) ? changed('another account made a volume of it') : [],
  SharedSnapshotCopyInitiated: ({ is, request }) =>
    is(textIn(request, 'snapshotId')) ? changed('another account copied it') : [],
  AssociateAddress: address('associated', 'with'),
  DisassociateAddress: address('taken away', 'from'),
  CreateTags: tags,
  DeleteTags: tags,
  ...RULE_CHANGES,
};
