// EC2: instances, and what the account allows of them. Networks are in ec2-network.ts, storage and images in ebs.ts.

import { firstText, isObject, objectOf, textOf } from '../json-value.ts';
import { numberOf } from '../plain-number.ts';
import { type Call, type Phrase, type PhraseOf, type Phrases, phrase } from './call.ts';
import { filler, say } from './template.ts';
import { isFalse, isTrue, listText, short, textsOf, valueAt } from './values.ts';

export const EC2: Phrases = {
  RunInstances: launch,
  StartInstances: onInstances('start', ''),
  StopInstances: (call) => onInstances('stop', how(call))(call),
  RebootInstances: onInstances('reboot', ''),
  TerminateInstances: (call) => onInstances('terminate', how(call))(call),
  ModifyInstanceAttribute: modifyInstance,
  DescribeInstanceAttribute: (call) =>
    textOf(call.request.attribute) === 'userData'
      ? phrase(`read the user data of ${call.label || 'an instance'}`)
      : say('look at the attribute {attribute} of {instanceId}')(call),
  AssociateIamInstanceProfile: (call) => instanceProfile('give', call),
  ReplaceIamInstanceProfileAssociation: (call) => instanceProfile('give', call),
  DisassociateIamInstanceProfile: say(
    'take the instance profile away from {>DisassociateIamInstanceProfileResponse.iamInstanceProfileAssociation.instanceId|@?an instance}',
  ),
  ModifyInstanceMetadataOptions: (call) => {
    const tokens = textOf(
      firstMember(call, 'ModifyInstanceMetadataOptionsRequest').HttpTokens ?? call.request.httpTokens,
    );
    const id = call.label || 'an instance';
    if (tokens === 'required') return phrase(`make IMDSv2 required on ${id}`);
    if (tokens === 'optional') return phrase(`let ${id} answer IMDSv1 again (tokens are optional)`);
    return phrase(`change the metadata options of ${id}`);
  },
  GetPasswordData: say('read the Windows administrator password of {instanceId?an instance}'),
  GetConsoleOutput: say('read the console output of {instanceId?an instance}'),
  GetConsoleScreenshot: say('take a screenshot of the console of {instanceId?an instance}'),
  GetLaunchTemplateData: say(
    'read a launch template made of {GetLaunchTemplateDataRequest.InstanceId|instanceId?an instance}',
  ),
  MonitorInstances: onInstances('turn on detailed monitoring of', ''),
  UnmonitorInstances: onInstances('turn off detailed monitoring of', ''),
  CreateKeyPair: say('create key pair {keyName}'),
  ImportKeyPair: say('import key pair {keyName}'),
  DeleteKeyPair: say('delete key pair {keyName|keyPairId}'),
  CreateTags: (call) => tags('tag', 'with', call),
  DeleteTags: (call) => tags('untag', 'of', call),
  EnableSerialConsoleAccess: say('turn on the EC2 serial console for the account'),
  DisableSerialConsoleAccess: say('turn off the EC2 serial console for the account'),
  GetSerialConsoleAccessStatus: say('ask whether the EC2 serial console is on'),
  CreateLaunchTemplate: say(
    'create launch template {CreateLaunchTemplateRequest.LaunchTemplateName|launchTemplateName}',
  ),
  CreateLaunchTemplateVersion: say(
    'write a new version of launch template {CreateLaunchTemplateVersionRequest.LaunchTemplateName|CreateLaunchTemplateVersionRequest.LaunchTemplateId|launchTemplateName|launchTemplateId}',
  ),
  RequestSpotInstances: say(
    'request {instanceCount?some} spot instances[ ({launchSpecification.instanceType})][ of AMI {launchSpecification.imageId}]',
  ),
  DescribeRegions: say('list the Regions'),
  DescribeAccountAttributes: say("look at the account's limits"),
  BidEvictedEvent: say('take back the spot instance {.serviceEventDetails.instanceIdSet|@}'),
};

const LAUNCH_DETAILS = filler(
  '[{instanceType|>instancesSet.0.instanceType}, ][AMI {instancesSet.0.imageId|>instancesSet.0.imageId}, ]' +
    '[key pair {instancesSet.0.keyName|keyName|>instancesSet.0.keyName}, ]' +
    '[instance profile {iamInstanceProfile.name|iamInstanceProfile.arn:name|>instancesSet.0.iamInstanceProfile.arn:name}, ]' +
    '[launch template {launchTemplate.launchTemplateName|launchTemplate.launchTemplateId}, ]',
);

function launch(call: Call): Phrase {
  const made = textsOf(call.answer.instancesSet, 'instanceId');
  const wanted = objectOf(valueAt(call.request, ['instancesSet', '0']));
  const count = made.length || numberOf(wanted.maxCount) || numberOf(wanted.minCount) || 1;
  const details = LAUNCH_DETAILS(call).replace(/, $/, '');
  const what = count === 1 ? 'an instance' : `${count} instances`;
  const ids = made.length === 0 ? '' : `${count === 1 ? '' : ':'} ${listText(made)}`;
  return phrase(`launch ${what}${ids}${details && ` (${details})`}`);
}

function onInstances(verb: string, extra: string): PhraseOf {
  return ({ request, label }) => {
    const ids = textsOf(request.instancesSet, 'instanceId');
    return phrase(`${verb} ${listText(ids, 3) || label || 'instances'}${extra}`);
  };
}

function how({ request }: Call): string {
  if (isTrue(request.hibernate)) return ' into hibernation';
  return isTrue(request.force) ? ' by force' : '';
}

/** EC2 wraps some requests once more: {ModifyInstanceMetadataOptionsRequest: {…}}. */
function firstMember({ request }: Call, name: string) {
  return objectOf(request[name]);
}

/** Attributes as requestParameters names them, and what they are called. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  instanceType: 'instance type',
  userData: 'user data',
  groupSet: 'security groups',
  ebsOptimized: 'EBS optimization',
  instanceInitiatedShutdownBehavior: 'shutdown behaviour',
  blockDeviceMapping: 'block devices',
  kernel: 'kernel',
  ramdisk: 'RAM disk',
  enaSupport: 'ENA support',
  sriovNetSupport: 'enhanced networking',
};

function modifyInstance({ request, label }: Call): Phrase {
  const id = short(firstText(request.instanceId, label)) || 'an instance';
  const named = textOf(request.attribute);
  const changed = (name: string) => {
    const member = named === name ? request.value : request[name];
    return isObject(member) ? member.value : member;
  };
  for (const [name, what] of [
    ['disableApiTermination', 'termination protection'],
    ['disableApiStop', 'stop protection'],
    ['sourceDestCheck', 'the source/destination check'],
  ] as const) {
    const value = changed(name);
    if (isTrue(value)) return phrase(`turn on ${what} of ${id}`);
    if (isFalse(value)) return phrase(`turn off ${what} of ${id}`);
  }
  for (const [name, what] of Object.entries(ATTRIBUTES)) {
    if (named !== name && request[name] === undefined) continue;
    if (name === 'userData') return phrase(`replace the user data of ${id} (it may run as root at the next start)`);
    const to = name === 'groupSet' ? listText(textsOf(request.groupSet, 'groupId')) : short(textOf(changed(name)));
    return phrase(`change the ${what} of ${id}${to && ` to ${to}`}`);
  }
  return phrase(`change ${named ? `the attribute ${short(named)}` : 'an attribute'} of ${id}`);
}

function instanceProfile(verb: string, call: Call): Phrase {
  return phrase(
    filler(
      `${verb} {instanceId|AssociateIamInstanceProfileRequest.InstanceId|>AssociateIamInstanceProfileResponse.iamInstanceProfileAssociation.instanceId|@?an instance} ` +
        'the instance profile {iamInstanceProfile.name|iamInstanceProfile.arn:name|AssociateIamInstanceProfileRequest.IamInstanceProfile.Name|AssociateIamInstanceProfileRequest.IamInstanceProfile.Arn:name}',
    )(call),
  );
}

function tags(verb: string, preposition: string, { request, resources }: Call): Phrase {
  const ids = textsOf(request.resourcesSet, 'resourceId');
  const items = Array.isArray(objectOf(request.tagSet).items) ? (objectOf(request.tagSet).items as unknown[]) : [];
  const pairs = items.map((item) => {
    const { key, value } = objectOf(item);
    return `${textOf(key)}${textOf(value) && `=${textOf(value)}`}`;
  });
  const what = listText(ids) || listText(resources) || 'resources';
  const with_ = listText(pairs);
  return phrase(`${verb} ${what}${with_ && ` ${preposition} ${with_}`}`);
}
