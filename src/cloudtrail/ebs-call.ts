// What a call did to volumes and snapshots: of what, for whom, encrypted or not. Volumes and snapshots are EC2's; the
// EBS direct APIs (ebs.amazonaws.com) read and write a snapshot's blocks without a volume.

import { memberOf, severalOf, textIn } from './any-case.ts';
import { type Receiver, sharesOf } from './image-shares.ts';
import { objectOf, textOf } from './json-value.ts';

export type EbsCall = {
  /** The volumes and snapshots that it was made on, or that it made. */
  readonly on: readonly string[];
  /** What was done besides what the name says: '8 GB gp3 from snap-…', 'to i-… as /dev/sdf', 'shared with account …'. */
  readonly what: string;
  /** 'yes', 'no', '' where it is not stated. */
  readonly encrypted: 'yes' | 'no' | '';
  /** Everybody can read the snapshot now. */
  readonly isPublic: boolean;
};

const MAX_NAMED = 20;

export function ebsCallOf(record: unknown): EbsCall {
  const { eventName, requestParameters, responseElements, serviceEventDetails } = objectOf(record);
  const name = textOf(eventName).trim();
  const parameters = memberOf(requestParameters, `${name}Request`) ?? requestParameters;
  const answer = memberOf(responseElements, `${name}Response`) ?? responseElements;
  const told: Told = { parameters, answer, details: serviceEventDetails };
  const share = name === 'ModifySnapshotAttribute' ? shareOf(parameters) : null;
  const what = share?.text ?? (Object.hasOwn(WORDS, name) ? (WORDS[name]?.(told) ?? '') : '');
  return { on: madeOn(name, told), what, encrypted: encryptionOf(told), isPublic: share?.isPublic ?? false };
}

type Told = { readonly parameters: unknown; readonly answer: unknown; readonly details: unknown };

/** What a call made, else what it was made on. What a snapshot or a volume was made of is told in words. */
function madeOn(name: string, { parameters, answer, details }: Told): readonly string[] {
  const made = severalOf(memberOf(answer, 'snapshotSet') ?? memberOf(answer, 'snapshots'));
  const kind = name.includes('Snapshot') ? 'snapshotId' : 'volumeId';
  const ids = [
    ...made.slice(0, MAX_NAMED).map((item) => textIn(item, 'snapshotId')),
    textIn(answer, kind) ||
      textIn(memberOf(answer, 'volumeModification'), kind) ||
      textIn(parameters, kind) ||
      textIn(details, kind),
  ];
  return [...new Set(ids.filter((id) => id !== ''))];
}

const WORDS: Readonly<Record<string, (told: Told) => string>> = {
  CreateVolume: ({ parameters, answer }) => {
    const size = textIn(answer, 'size') || textIn(parameters, 'size');
    const type = textIn(answer, 'volumeType') || textIn(parameters, 'volumeType');
    const from = textIn(parameters, 'snapshotId') || textIn(answer, 'snapshotId');
    return words(size === '' ? '' : `${size} GB`, type, from === '' ? '' : `from ${from}`);
  },
  ModifyVolume: ({ parameters }) => {
    const size = textIn(parameters, 'size');
    return words(size === '' ? '' : `${size} GB`, textIn(parameters, 'volumeType'));
  },
  AttachVolume: ({ parameters, answer }) => {
    const instance = textIn(parameters, 'instanceId') || textIn(answer, 'instanceId');
    const device = textIn(parameters, 'device') || textIn(answer, 'device');
    return words(instance === '' ? '' : `to ${instance}`, device === '' ? '' : `as ${device}`);
  },
  DetachVolume: ({ parameters, answer }) => {
    const instance = textIn(parameters, 'instanceId') || textIn(answer, 'instanceId');
    return instance === '' ? '' : `from ${instance}`;
  },
  CreateSnapshot: ({ parameters }) => {
    const volume = textIn(parameters, 'volumeId');
    return volume === '' ? '' : `of ${volume}`;
  },
  CreateSnapshots: ({ parameters }) => {
    const instance = textIn(memberOf(parameters, 'instanceSpecification'), 'instanceId');
    return instance === '' ? '' : `all volumes of ${instance}`;
  },
  CopySnapshot: ({ parameters }) => {
    const source = textIn(parameters, 'sourceSnapshotId');
    const region = textIn(parameters, 'sourceRegion');
    return words(source === '' ? '' : `of ${source}`, region === '' ? '' : `in ${region}`);
  },
  ResetSnapshotAttribute: () => 'shared with nobody any more',
  // The record does not name the other account.
  SharedSnapshotCopyInitiated: () => 'copied by an account that it is shared with',
  SharedSnapshotVolumeCreated: () => 'turned into a volume by an account that it is shared with',
};

function words(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function shareOf(parameters: unknown): { readonly text: string; readonly isPublic: boolean } {
  const { added, removed } = sharesOf(parameters);
  const parts = [
    added.length === 0 ? '' : `shared with ${namesOf(added.map(receiverText))}`,
    removed.length === 0 ? '' : `no longer with ${namesOf(removed.map(receiverText))}`,
  ];
  return {
    text: parts.filter((part) => part !== '').join(', '),
    isPublic: added.some(({ kind }) => kind === 'everybody'),
  };
}

function receiverText({ kind, name }: Receiver): string {
  return kind === 'everybody' ? 'everybody (public)' : `${kind} ${name}`;
}

function namesOf(receivers: readonly string[]): string {
  const named = receivers.slice(0, MAX_NAMED).join(', ');
  return receivers.length > MAX_NAMED ? `${named} and ${receivers.length - MAX_NAMED} more` : named;
}

/** As the answer tells; else as was asked for, which is no proof of what is not: the account may encrypt by itself. */
function encryptionOf({ parameters, answer }: Told): EbsCall['encrypted'] {
  const answered = textIn(answer, 'encrypted').toLowerCase();
  if (answered === 'true') return 'yes';
  if (answered === 'false') return 'no';
  return textIn(parameters, 'encrypted').toLowerCase() === 'true' ? 'yes' : '';
}
