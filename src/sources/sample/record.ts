import { type Caller, isoSeconds } from './callers.ts';
import { GLOBAL_REGION, HOME_REGION } from './company.ts';
import type { Random } from './random.ts';

/** What a call says beyond who, when and what; everything has the usual default. */
export type CallDetails = {
  readonly region?: string;
  /** Request parameters; null when left out. */
  readonly request?: unknown;
  readonly response?: unknown;
  readonly error?: readonly [code: string, message: string];
  readonly additional?: unknown;
  readonly resources?: readonly { readonly ARN: string; readonly accountId?: string; readonly type?: string }[];
  /** Whether the call changes something: readOnly is false. */
  readonly writes?: boolean;
  readonly isData?: boolean;
  readonly eventType?: string;
  readonly serviceEvent?: unknown;
  /** Where it differs from the caller's account. */
  readonly recipient?: string;
  readonly sharedEventID?: string;
};

/** Services whose events all land in one Region, under a host without a Region. */
const GLOBAL_SERVICES = new Set(['iam', 'organizations', 'signin', 'route53', 'cloudfront']);

/** One record as CloudTrail 1.11 writes it: its members, and their order. */
export function recordText(
  random: Random,
  time: number,
  caller: Caller,
  service: string,
  eventName: string,
  details: CallDetails = {},
): string {
  const isGlobal = GLOBAL_SERVICES.has(service);
  const region = details.region ?? (isGlobal ? GLOBAL_REGION : HOME_REGION);
  const eventType = details.eventType ?? 'AwsApiCall';
  const isCall = eventType === 'AwsApiCall';
  const isByService = caller.address.endsWith('.amazonaws.com');
  return JSON.stringify({
    eventVersion: '1.11',
    userIdentity: caller.identity,
    eventTime: isoSeconds(time),
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: region,
    sourceIPAddress: caller.address,
    userAgent: caller.agent,
    errorCode: details.error?.[0] || undefined,
    errorMessage: details.error?.[1],
    requestParameters: details.request ?? null,
    responseElements: details.response ?? null,
    additionalEventData: details.additional,
    requestID: isCall ? random.uuid() : undefined,
    eventID: random.uuid(),
    readOnly: !details.writes,
    resources: details.resources,
    eventType,
    managementEvent: !details.isData,
    recipientAccountId: details.recipient ?? caller.account,
    sharedEventID: details.sharedEventID,
    serviceEventDetails: details.serviceEvent,
    eventCategory: details.isData ? 'Data' : 'Management',
    tlsDetails:
      !isCall || isByService
        ? undefined
        : {
            tlsVersion: 'TLSv1.3',
            cipherSuite: 'TLS_AES_128_GCM_SHA256',
            clientProvidedHostHeader: isGlobal ? `${service}.amazonaws.com` : `${service}.${region}.amazonaws.com`,
          },
    sessionCredentialFromConsole: isCall && caller.isConsole ? 'true' : undefined,
  });
}

/** How AWS ends the sentence, by what decided. */
const REASONS = {
  'no policy': (action: string) => `because no identity-based policy allows the ${action} action`,
  'no boundary': (action: string) => `because no permissions boundary allows the ${action} action`,
  'no session policy': (action: string) => `because no session policy allows the ${action} action`,
  'explicit deny': () => 'with an explicit deny in an identity-based policy',
  'service control policy': () => 'with an explicit deny in a service control policy',
  'resource policy': () => 'with an explicit deny in a resource-based policy',
  'endpoint policy': () => 'with an explicit deny in a VPC endpoint policy',
} as const;

export type DenialReason = keyof typeof REASONS;

/** AWS's own words for a denial. */
export function denial(caller: Caller, action: string, resource: string, reason: DenialReason): string {
  const who = `User: ${String(caller.identity.arn)} is not authorized to perform: ${action} on resource: ${resource}`;
  return `${who} ${REASONS[reason](action)}`;
}
