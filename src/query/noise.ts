// Noise: what machines do all day, which buries what people did. Three kinds of it, each of which can be left to stay:
// calls that only read, calls that an AWS service made, and a few names that are loud wherever they occur. A failed
// call is never noise, for a read that was denied is a signal; neither is a call that destroys something.

import { isDestructiveName } from '../cloudtrail/event-verbs.ts';
import { literalPattern } from './pattern.ts';
import type { Query } from './query.ts';
import { writesQuery } from './writes.ts';

export type NoiseRules = {
  /** Calls that change nothing. */
  readonly reads: boolean;
  /** Calls made by an AWS service, for somebody or on its own; not what CloudFormation changes for somebody. */
  readonly services: boolean;
  /** Event names, in CloudTrail's spelling. */
  readonly names: readonly string[];
};

/** Loud without being stated as reads everywhere: agents that report, keys that are used, roles that are taken up. */
export const LOUD_NAMES: readonly string[] = [
  'AssumeRole',
  'AssumeRoleWithWebIdentity',
  'CreateControlChannel',
  'CreateDataChannel',
  'CreateLogStream',
  'Decrypt',
  'DiscoverPollEndpoint',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'OpenControlChannel',
  'OpenDataChannel',
  'PutComplianceItems',
  'PutInventory',
  'PutLogEvents',
  'PutMetricData',
  'RecordLifecycleActionHeartbeat',
  'SendHeartbeat',
  'SubmitContainerStateChange',
  'SubmitTaskStateChange',
  'UpdateInstanceAssociationStatus',
  'UpdateInstanceInformation',
];

export const DEFAULT_NOISE: NoiseRules = { reads: true, services: true, names: LOUD_NAMES };

/** Kinds of noise, in the order in which an event that is of several is counted. */
export const NOISE_KINDS = ['reads', 'services', 'names'] as const;
export type NoiseKind = (typeof NOISE_KINDS)[number];

/** What each kind hides, failures and destructive calls left out already; null for a kind that hides nothing.
 *  `names`: the event names there are. */
export function noiseQueries(rules: NoiseRules, names: readonly string[]): Readonly<Record<NoiseKind, Query | null>> {
  const writes = writesQuery(names);
  const stays = staysQuery(names, writes);
  const quiet = (kind: Query | null): Query | null =>
    kind === null ? null : { kind: 'and', terms: [kind, { kind: 'not', term: stays }] };
  return {
    reads: quiet(rules.reads ? { kind: 'not', term: writes } : null),
    services: quiet(rules.services ? servicesQuery(writes) : null),
    names: quiet(rules.names.length === 0 ? null : namesQuery(rules.names)),
  };
}

/** Everything but the noise; `all` where the rules hide nothing. */
export function withoutNoise(rules: NoiseRules, names: readonly string[]): Query {
  const writes = writesQuery(names);
  const kinds: Query[] = [];
  if (rules.reads) kinds.push({ kind: 'not', term: writes });
  if (rules.services) kinds.push(servicesQuery(writes));
  if (rules.names.length > 0) kinds.push(namesQuery(rules.names));
  const [only] = kinds;
  if (only === undefined) return { kind: 'all' };
  const noise: Query = kinds.length === 1 ? only : { kind: 'or', terms: kinds };
  return { kind: 'or', terms: [staysQuery(names, writes), { kind: 'not', term: noise }] };
}

/** An event of its own (key rotations, spot evictions), or a call of a service. Records of 2014 name the console's
 *  sign-in as such a service where a person worked in the console. What CloudFormation writes, it writes because
 *  somebody changed a stack: those are that person's changes. */
function servicesQuery(writes: Query): Query {
  return {
    kind: 'or',
    terms: [
      { kind: 'field', path: 'eventType', values: ['AwsServiceEvent'] },
      { kind: 'field', path: 'type', values: ['AWSService'] },
      {
        kind: 'and',
        terms: [
          { kind: 'present', path: 'service' },
          { kind: 'not', term: { kind: 'field', path: 'service', values: ['signin.amazonaws.com'] } },
          { kind: 'not', term: { kind: 'and', terms: [BY_CLOUDFORMATION, writes] } },
        ],
      },
    ],
  };
}

const BY_CLOUDFORMATION: Query = { kind: 'field', path: 'service', values: ['cloudformation.amazonaws.com'] };

/** Failures, and calls that destroy something. */
function staysQuery(names: readonly string[], writes: Query): Query {
  const failed: Query = { kind: 'present', path: 'error' };
  const destructive = names.filter(isDestructiveName);
  if (destructive.length === 0) return failed;
  return { kind: 'or', terms: [failed, { kind: 'and', terms: [namesQuery(destructive), writes] }] };
}

function namesQuery(names: readonly string[]): Query {
  return { kind: 'field', path: 'eventName', values: names.map(literalPattern) };
}
