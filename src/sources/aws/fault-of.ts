// From whatever the SDK throws to words a person can act on. By the error's name, never by its class or status alone:
// CloudTrail models few of its errors, so most come as its base class, and the same error has come with 400 and 403.
// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/CommonErrors.html

import { NO_ACCOUNT } from './caller.ts';
import { credentialFaultOf, oneLine } from './credential-fault.ts';
import { deniedWords, isUnrecognized, unrecognizedWords } from './denied-fault.ts';
import { type Fault, FaultError } from './fault.ts';
import { type AnyError, type FaultContext, type FaultWords, faultFrom, readError } from './fault-context.ts';
import { isMistake, mistakeWords } from './mistake.ts';
import { garbledWords, networkWords } from './network-fault.ts';

const names = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const THROTTLED = names(
  `Throttling ThrottlingException ThrottledException RequestThrottled RequestThrottledException TooManyRequestsException
  RequestLimitExceeded SlowDown LimitExceededException PriorRequestNotComplete BandwidthLimitExceeded`,
);
const DENIED = names(
  'AccessDenied AccessDeniedException NotAuthorized NotAuthorizedException UnauthorizedOperation AuthorizationError',
);
const SIGNATURE = names(
  `InvalidSignatureException SignatureDoesNotMatch RequestExpired RequestTimeTooSkewed RequestInTheFuture InvalidSignature
  AuthFailure`,
);
const UNSIGNED = names(
  'IncompleteSignature IncompleteSignatureException MissingAuthenticationToken MissingAuthenticationTokenException',
);
const UNAVAILABLE = names(
  `UnsupportedOperationException OperationNotPermittedException UnknownOperationException UnknownOperation InvalidAction
  OptInRequired SubscriptionRequiredException UnknownEndpoint`,
);
const TRANSIENT = names(
  `InternalFailure InternalError InternalServerError InternalServerException InternalServiceException ServiceUnavailable
  ServiceUnavailableException ServiceException RequestTimeout RequestTimeoutException RequestAbortedException EmptyAnswer`,
);
const REQUEST = names(
  `InvalidLookupAttributesException InvalidMaxResultsException InvalidEventCategoryException ValidationError
  ValidationException SerializationException MalformedHttpRequestException MalformedQueryString
  RequestEntityTooLargeException InvalidParameterCombinationException InvalidParameterValue`,
);

/** Beyond this AWS refuses signatures (5 minutes); the answer's Date may be some seconds old. */
const CLOCK_TOLERANCE_MS = 240_000;

/** What to tell of an error. Never throws; a FaultError keeps its own. */
export function faultOf(error: unknown, context: FaultContext): Fault {
  if (error instanceof FaultError) return error.fault;
  const it = readError(error);
  const words = isMistake(error) ? mistakeWords(it) : wordsOf(it, context);
  if (words !== null) return faultFrom(it, context, words);
  const fault = credentialFaultOf(error, { profile: context.profile, env: context.env });
  return fault ?? faultFrom(it, context, unknownWords(it, context));
}

/** Null: a matter of credentials, or nothing we know. */
function wordsOf(error: AnyError, context: FaultContext): FaultWords | null {
  const { name, status } = error;
  const said = oneLine(error.message, 300);
  if (name === 'AbortError') return { kind: 'cancelled', message: 'stopped', next: null };
  if (THROTTLED.has(name) || (status === 429 && name !== 'SyntaxError')) {
    const message = 'the request quota of the account is used up; it is shared with the console and every other tool';
    return { kind: 'throttled', message, next: 'trailx slows down and goes on' };
  }
  if (name === 'InvalidNextTokenException') {
    return {
      kind: 'token',
      message: 'AWS does not take its page token any more',
      next: 'reading goes on from the last event',
    };
  }
  if (name === 'InvalidTimeRangeException') {
    const next = 'choose a range within the last 90 days';
    return { kind: 'request', message: `AWS does not take the time range: ${said}`, next };
  }
  if (DENIED.has(name)) return deniedWords(error, context);
  if (isUnrecognized(name)) return unrecognizedWords(error, context);
  if (SIGNATURE.has(name)) return signatureWords(error, context);
  if (UNSIGNED.has(name)) {
    const next = 'is something between here and AWS that changes requests? check HTTPS_PROXY and endpoint_url';
    return { kind: 'credentials', message: `the request came without its signature (${name})`, next };
  }
  if (UNAVAILABLE.has(name)) {
    const next = 'leave the Region out; the others go on';
    return { kind: 'unavailable', message: `event history is not available here: ${said}`, next };
  }
  if (TRANSIENT.has(name)) return transientWords(error);
  if (REQUEST.has(name)) {
    return {
      kind: 'request',
      message: `AWS refuses the request: ${name}: ${said}`,
      next: 'this is a fault of trailx: please report it',
    };
  }
  // TypeError: JSON of another shape than AWS's.
  if (name === 'SyntaxError' || (name === 'TypeError' && status !== null)) return garbledWords(error, context);
  if (name === NO_ACCOUNT) {
    const message = `the answer of ${context.host ?? 'STS'} names no account`;
    const next = 'a proxy or a sign-in page is in between: check HTTPS_PROXY and endpoint_url, sign in to the network';
    return { kind: 'network', message, next };
  }
  if (said === 'Region is missing') {
    const next = 'set region in the profile or AWS_REGION, or choose a Region';
    return { kind: 'credentials', message: 'no Region is set', next };
  }
  if (said.startsWith('Region not accepted')) {
    return {
      kind: 'unavailable',
      message: `${context.region ?? 'this'} is no name of a Region`,
      next: 'choose another Region',
    };
  }
  return networkWords(error, context);
}

function transientWords({ name, status, message }: AnyError): FaultWords {
  const next = 'it is tried again; if it lasts, see health.aws.amazon.com';
  if (name === 'EmptyAnswer') return { kind: 'transient', message: 'the answer of AWS is empty', next };
  const code = status === null ? name : `HTTP ${status} ${name}`;
  const said = message === name || message === 'UnknownError' ? '' : `: ${oneLine(message, 200)}`;
  return { kind: 'transient', message: `AWS has trouble of its own (${code})${said}`, next };
}

function signatureWords(error: AnyError, { profile }: FaultContext): FaultWords {
  const offMs = Date.parse(error.headers.date ?? '') - Date.now();
  const isOff = Math.abs(offMs) >= CLOCK_TOLERANCE_MS;
  if (isOff || error.isClockCorrected || error.name.startsWith('Request') || /expired|not yet/i.test(error.message)) {
    const by = isOff ? ` by ${durationText(Math.abs(offMs))} (${offMs > 0 ? 'slow' : 'fast'})` : '';
    const message = `the clock of this machine is off${by}, so AWS does not take the signature`;
    // Having seen AWS's time the SDK signs by it: the next try is good.
    const kind = error.isClockCorrected ? 'transient' : 'credentials';
    return { kind, message, next: 'set the clock, e.g. timedatectl set-ntp true' };
  }
  const owner = profile === null ? 'AWS_SECRET_ACCESS_KEY' : `the secret access key of profile ${profile}`;
  return {
    kind: 'credentials',
    message: `the signature does not match (${error.name}): the secret access key is wrong`,
    next: `check ${owner}`,
  };
}

/** A name we have not met: the status tells how to go on. */
function unknownWords(error: AnyError, context: FaultContext): FaultWords {
  const { status, name } = error;
  const said = oneLine(error.message, 300);
  if (status === null) return { kind: 'request', message: `${name}: ${said}`, next: null };
  if (status >= 500 || status === 408) return transientWords(error);
  if (status === 407 || (status >= 300 && status < 400)) return garbledWords(error, context);
  const message = `AWS refuses the request: HTTP ${status} ${name}: ${said}`;
  const next = context.host === undefined ? null : `check that ${context.host} is CloudTrail`;
  return {
    kind: status === 401 || status === 403 ? 'denied' : status === 404 ? 'unavailable' : 'request',
    message,
    next,
  };
}

function durationText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}
