// What RunInstances was asked for and what it made. Where a launch template decides, the request says little, and the
// answer tells what came of it; where the call failed there is no answer.

import { memberOf, severalOf, textIn } from './any-case.ts';
import { objectOf, textOf } from './json-value.ts';

/** Texts are '' where the record does not state them. */
export type Launch = {
  /** Instances made; of a failed call those asked for; 0 where neither is stated. */
  readonly count: number;
  readonly type: string;
  readonly image: string;
  readonly keyPair: string;
  /** Name or ARN of the instance profile. */
  readonly profile: string;
  readonly subnet: string;
  readonly vpc: string;
  /** Whether a public address was asked for or given. Not stated: the subnet decides. */
  readonly publicAddress: 'yes' | 'no' | '';
  /** httpTokens: v2 where a token is required, v1 where it is optional. */
  readonly metadata: 'v2 only' | 'v1 allowed' | 'off' | '';
  /** Whether user data was given: what it says is never recorded. Absent is not "no": a template may hold some. */
  readonly hasUserData: boolean;
  /** Name or id of the launch template, with its version. */
  readonly template: string;
  readonly instances: readonly string[];
};

const MAX_INSTANCES = 1000;

/** Of any record; null where it is no RunInstances. */
export function launchOf(record: unknown): Launch | null {
  const { eventName, requestParameters: asked, responseElements: answer } = objectOf(record);
  if (textOf(eventName).trim() !== 'RunInstances') return null;
  const made = severalOf(memberOf(answer, 'instancesSet'));
  const [first] = made;
  const wanted = severalOf(memberOf(asked, 'instancesSet'))[0];
  const cards = [
    ...severalOf(memberOf(asked, 'networkInterfaceSet')),
    ...severalOf(memberOf(first, 'networkInterfaceSet')),
  ];
  const card = cards[0];
  const count = made.length > 0 ? made.length : Number(textIn(wanted, 'maxCount') || textIn(asked, 'maxCount'));
  return {
    count: Number.isSafeInteger(count) && count > 0 ? count : 0,
    type: textIn(first, 'instanceType') || textIn(asked, 'instanceType'),
    image: textIn(first, 'imageId') || textIn(wanted, 'imageId') || textIn(asked, 'imageId'),
    keyPair: textIn(first, 'keyName') || textIn(wanted, 'keyName') || textIn(asked, 'keyName'),
    profile: profileOf(asked) || profileOf(first),
    subnet: textIn(first, 'subnetId') || textIn(asked, 'subnetId') || textIn(card, 'subnetId'),
    vpc: textIn(first, 'vpcId') || textIn(card, 'vpcId'),
    publicAddress: publicOf(cards, first),
    metadata: metadataOf(memberOf(first, 'metadataOptions')) || metadataOf(memberOf(asked, 'metadataOptions')),
    hasUserData: textIn(asked, 'userData') !== '',
    template: templateOf(memberOf(asked, 'launchTemplate')),
    instances: made.slice(0, MAX_INSTANCES).flatMap((item) => textIn(item, 'instanceId') || []),
  };
}

function profileOf(value: unknown): string {
  const profile = memberOf(value, 'iamInstanceProfile');
  return textIn(profile, 'name') || textIn(profile, 'arn').replace(/^arn:[^/]{0,200}:instance-profile\//, '');
}

function publicOf(cards: readonly unknown[], made: unknown): Launch['publicAddress'] {
  if (textIn(made, 'ipAddress', 'publicIpAddress') !== '') return 'yes';
  const stated = cards.map((card) => textIn(card, 'associatePublicIpAddress').toLowerCase());
  if (stated.includes('true')) return 'yes';
  return stated.includes('false') ? 'no' : '';
}

function metadataOf(options: unknown): Launch['metadata'] {
  if (textIn(options, 'httpEndpoint').toLowerCase() === 'disabled') return 'off';
  const tokens = textIn(options, 'httpTokens').toLowerCase();
  return tokens === 'required' ? 'v2 only' : tokens === 'optional' ? 'v1 allowed' : '';
}

function templateOf(template: unknown): string {
  const name = textIn(template, 'launchTemplateName', 'launchTemplateId');
  const version = textIn(template, 'version');
  return name === '' || version === '' ? name : `${name} version ${version}`;
}
