// What else belongs to a resource, as records tell it: the volumes of an instance, the snapshots of a volume, the
// instance profile and its role. What happens to those is part of the resource's history.

import { memberOf, severalOf, textIn } from './any-case.ts';
import { plainName } from './event-verbs.ts';
import { firstText, objectOf, textOf } from './json-value.ts';
import { type IsResource, resourceMatcher } from './resource-names.ts';

export type RelatedResource = {
  /** An id, a name or an ARN. */
  readonly id: string;
  /** In words that end in `it`: `volume of it`, `image made from it`. */
  readonly relation: string;
  /** It is the resource's own, so that what belongs to it belongs to the resource too: not so with what others share. */
  readonly isOwn: boolean;
};

const MAX_RELATED = 64;
const MAX_OBJECTS = 400;
const MAX_DEPTH = 6;

/** Ids in one object belong together where one of them is the resource: [its key, the other's key, what the other is].
 *  In order of what a person asks for first. */
const PAIRS: readonly (readonly [of: string, other: string, relation: string, isOwn: boolean])[] = [
  ['instanceId', 'volumeId', 'volume of it', true],
  ['instanceId', 'networkInterfaceId', 'network interface of it', true],
  ['instanceId', 'allocationId', 'address of it', true],
  ['networkInterfaceId', 'allocationId', 'address of it', true],
  ['volumeId', 'instanceId', 'instance that has it', false],
  ['networkInterfaceId', 'instanceId', 'instance that has it', false],
  ['allocationId', 'instanceId', 'instance that has it', false],
  ['instanceProfileName', 'roleName', 'role of it', true],
  ['roleName', 'instanceProfileName', 'instance profile with it', true],
  ['targetKeyId', 'aliasName', 'alias of it', true],
];

/** What the answer of a call has made from what was asked: [calls, key asked by, key answered, relation]. */
const MADE: readonly (readonly [name: string, from: string, made: string, relation: string])[] = [
  ['CreateSnapshot', 'volumeId', 'snapshotId', 'snapshot of it'],
  ['CreateVolume', 'snapshotId', 'volumeId', 'volume made from it'],
  ['CopySnapshot', 'sourceSnapshotId', 'snapshotId', 'copy of it'],
  ['CreateImage', 'instanceId', 'imageId', 'image made from it'],
  ['CopyImage', 'sourceImageId', 'imageId', 'copy of it'],
  ['CreateDBSnapshot', 'dBInstanceIdentifier', 'dBSnapshotIdentifier', 'snapshot of it'],
  ['CreateDBClusterSnapshot', 'dBClusterIdentifier', 'dBClusterSnapshotIdentifier', 'snapshot of it'],
  ['CopyDBSnapshot', 'sourceDBSnapshotIdentifier', 'targetDBSnapshotIdentifier', 'copy of it'],
  ['RestoreDBInstanceFromDBSnapshot', 'dBSnapshotIdentifier', 'dBInstanceIdentifier', 'database made from it'],
];

/** Calls that take something away: it belonged to the resource until then. */
const TAKING = /^(?:Detach|Disassociate|Remove)/;

/** What the record says belongs to the resource (an id, ARN or name), each once; none of failed calls. Total: whatever
 *  the record is. */
export function relatedResources(record: unknown, resource: string): readonly RelatedResource[] {
  return relatedIn(record, resourceMatcher([resource]));
}

export function relatedIn(record: unknown, is: IsResource): readonly RelatedResource[] {
  const { eventName, errorCode, errorMessage, requestParameters, responseElements } = objectOf(record);
  if (firstText(errorCode, errorMessage) !== '') return [];
  const name = plainName(textOf(eventName));
  const found = new Map<string, RelatedResource>();
  const add = (id: string, relation: string, isOwn = true): void => {
    if (id === '' || id.length > 2048 || is(id) || found.has(id) || found.size >= MAX_RELATED) return;
    found.set(id, { id, relation, isOwn });
  };
  const request = unwrapped(requestParameters, `${name}Request`);
  const answer = unwrapped(responseElements, `${name}Response`);
  madeFrom(name, request, answer, is, add);
  launched(name, request, answer, is, add);
  profiles(request, answer, is, add);
  let left = MAX_OBJECTS;
  const look = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > MAX_DEPTH || --left < 0) return;
    if (!Array.isArray(value)) {
      for (const [of, other, relation, isOwn] of PAIRS) {
        if (is(textIn(value, of))) add(textIn(value, other), TAKING.test(name) ? former(relation) : relation, isOwn);
      }
    }
    for (const member of Object.values(value)) look(member, depth + 1);
  };
  look(request, 0);
  look(answer, 0);
  return [...found.values()];
}

type Add = (id: string, relation: string, isOwn?: boolean) => void;

/** Some calls of EC2 wrap their parameters: CreateSnapshotsRequest. */
function unwrapped(parameters: unknown, key: string): unknown {
  return memberOf(parameters, key) ?? parameters;
}

function madeFrom(name: string, request: unknown, answer: unknown, is: IsResource, add: Add): void {
  for (const [call, from, made, relation] of MADE) {
    if (call !== name) continue;
    if (is(textIn(request, from)) || is(textIn(answer, from)))
      add(textIn(answer, made) || textIn(request, made), relation);
  }
  if (name === 'RegisterImage' || name === 'CreateImage') {
    for (const mapping of severalOf(memberOf(request, 'blockDeviceMapping'))) {
      const disk = memberOf(mapping, 'ebs');
      if (is(textIn(disk, 'snapshotId'))) add(textIn(answer, 'imageId'), 'image made from it');
    }
  }
  if (name !== 'CreateSnapshots') return;
  const instance = textIn(memberOf(request, 'instanceSpecification'), 'instanceId');
  for (const one of severalOf(memberOf(answer, 'snapshotSet') ?? memberOf(answer, 'snapshots'))) {
    const [snapshot, volume] = [textIn(one, 'snapshotId'), textIn(one, 'volumeId')];
    if (is(volume)) add(snapshot, 'snapshot of it');
    if (!is(instance)) continue;
    add(volume, 'volume of it');
    add(snapshot, 'snapshot of a volume of it');
  }
}

/** What an instance was launched with. Groups and images are shared with others. */
function launched(name: string, request: unknown, answer: unknown, is: IsResource, add: Add): void {
  const item = severalOf(memberOf(answer, 'instancesSet')).find((one) => is(textIn(one, 'instanceId')));
  if (item !== undefined) {
    const mappings = severalOf(memberOf(item, 'blockDeviceMapping'));
    for (const mapping of mappings) add(textIn(memberOf(mapping, 'ebs'), 'volumeId'), 'volume of it');
    const interfaces = severalOf(memberOf(item, 'networkInterfaceSet'));
    for (const one of interfaces) add(textIn(one, 'networkInterfaceId'), 'network interface of it');
    const asked = memberOf(item, 'iamInstanceProfile') ?? memberOf(request, 'iamInstanceProfile');
    add(textIn(asked, 'name') || textIn(asked, 'arn'), 'instance profile of it');
    for (const one of [item, request].flatMap((part) => severalOf(memberOf(part, 'groupSet'))))
      add(textIn(one, 'groupId'), 'security group of it', false);
  }
  const isModified = name === 'ModifyInstanceAttribute' && is(textIn(request, 'instanceId'));
  for (const one of isModified ? severalOf(memberOf(request, 'groupSet')) : [])
    add(textIn(one, 'groupId'), 'security group of it', false);
}

function profiles(request: unknown, answer: unknown, is: IsResource, add: Add): void {
  const link = memberOf(answer, 'iamInstanceProfileAssociation');
  const [asked, given] = [memberOf(request, 'iamInstanceProfile'), memberOf(link, 'iamInstanceProfile')];
  const instance = textIn(link, 'instanceId') || textIn(request, 'instanceId');
  const names = [textIn(asked, 'name'), textIn(given, 'name'), textIn(asked, 'arn'), textIn(given, 'arn')];
  const profile = names.find((one) => one !== '') ?? '';
  if (is(instance)) add(profile, 'instance profile of it');
  else if (names.some(is)) add(instance, 'instance with it', false);
}

function former(relation: string): string {
  return `former ${relation}`;
}

/** `snapshot of it` of what is the `volume of it` vol-1: `snapshot of its volume vol-1`. */
export function relationThrough(relation: string, { id, relation: between }: RelatedResource): string {
  const thing = between.replace(/ (?:of|made from|with|that has) .*$/, '');
  return relation.replace(/\bit$/, `its ${thing} ${id}`);
}
