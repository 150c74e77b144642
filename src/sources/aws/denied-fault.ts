// Who may not, and why: AWS says it in one sentence that has grown over the years.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html

import { oneLine } from './credential-fault.ts';
import type { Fault } from './fault.ts';
import { type AnyError, type FaultContext, type FaultWords, faultFrom } from './fault-context.ts';

const SENTENCE =
  /^User: (\S{1,400}) is not authorized to perform: ([\w:*-]{1,100})(?: on resource: \S+)?(?:,? (?:because|with) (.{1,600}))?/s;

/** What to do about the clause that AWS gives; the first that fits. */
const STEPS: readonly (readonly [RegExp, string])[] = [
  [
    /service control policy/i,
    'the organization forbids it here: leave the Region out, or ask who runs the organization',
  ],
  [/resource control policy/i, 'the organization forbids it: ask who runs the organization'],
  [/permissions? boundary/i, 'the permissions boundary of the user or role has to allow it too'],
  [/session policy/i, 'the policy that the session was opened with has to allow it too'],
  [/VPC endpoint policy/i, 'the policy of the VPC endpoint has to allow it too'],
  [/explicit deny/i, 'a policy denies it explicitly: ask who manages the account'],
];

export function deniedWords(error: AnyError, { operation = 'LookupEvents' }: FaultContext): FaultWords {
  const match = SENTENCE.exec(error.message);
  const action = match?.[2] ?? (operation === 'LookupEvents' ? 'cloudtrail:LookupEvents' : operation);
  const allow = `allow ${action} on * (or attach the policy AWSCloudTrail_ReadOnlyAccess)`;
  if (match === null) return { kind: 'denied', message: `access denied: ${oneLine(error.message, 300)}`, next: allow };
  const clause = (match[3] ?? '').trim().replace(/\.$/, '');
  const step = STEPS.find(([pattern]) => pattern.test(clause))?.[1] ?? allow;
  const reason = clause === '' ? '' : `: ${oneLine(clause, 300)}`;
  return { kind: 'denied', message: `${callerName(match[1] as string)} may not call ${action}${reason}`, next: step };
}

/** `user/alice` of `arn:aws:iam::111122223333:user/alice`: the account is said beside it, and the reason after it matters
 *  more. */
function callerName(arn: string): string {
  return oneLine(/^arn:[\w-]+:(?:iam|sts)::\d*:(.+)$/.exec(arn)?.[1] ?? arn, 200);
}

/** "The security token included in the request is invalid": AWS does not say which of three it is. */
export function unrecognizedWords(_: AnyError, { region }: FaultContext): FaultWords {
  const here = region === null ? 'the Region' : region;
  return {
    kind: 'credentials',
    message:
      'AWS does not recognize the credentials: the access key is wrong or deleted, ' +
      `${here} is not enabled for the account, or ${here} is in another partition than the credentials`,
    next: `check with aws sts get-caller-identity, and that ${here} is enabled`,
  };
}

export type UnrecognizedFacts = {
  /** sts:GetCallerIdentity takes the same credentials. */
  readonly callerWorks: boolean;
  /** By the account's list of Regions; null where the list does not have it, or is not to be had. */
  readonly isRegionEnabled: boolean | null;
};

/** The one of the causes of an UnrecognizedClientException that fits the facts. Any other fault stays as it is. */
export function explainUnrecognized(fault: Fault, facts: UnrecognizedFacts, context: FaultContext): Fault {
  if (!isUnrecognized(fault.name)) return fault;
  const { kind, message, next } = causeOf(facts, context);
  return { ...faultFrom({ ...NO_ERROR, name: fault.name }, context, { kind, message, next }), login: fault.login };
}

export function isUnrecognized(name: string): boolean {
  return name === 'UnrecognizedClientException';
}

function causeOf({ callerWorks, isRegionEnabled }: UnrecognizedFacts, { profile, region }: FaultContext): FaultWords {
  const here = region ?? 'the Region';
  if (!callerWorks) {
    const owner = profile === null ? 'of the environment' : `of profile ${profile}`;
    return {
      kind: 'credentials',
      message: `AWS does not know the access key ${owner}`,
      next: 'check the access key: deleted, switched off, mistyped, or of another partition',
    };
  }
  if (isRegionEnabled === false) {
    return {
      kind: 'unavailable',
      message: `${here} is not enabled for the account`,
      next: 'leave the Region out, or enable it in the account settings',
    };
  }
  if (isRegionEnabled === null) {
    return {
      kind: 'unavailable',
      message: `${here} does not take the credentials, which are good elsewhere: it is not enabled, or in another partition`,
      next: 'leave the Region out, or take a profile of its partition',
    };
  }
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_region-endpoints.html
  return {
    kind: 'unavailable',
    message: `${here} does not take the session token, which comes from the global endpoint of STS`,
    next: 'set AWS_STS_REGIONAL_ENDPOINTS=regional and sign in again',
  };
}

const NO_ERROR: AnyError = {
  name: '',
  message: '',
  code: '',
  status: null,
  headers: {},
  host: null,
  isClockCorrected: false,
};
