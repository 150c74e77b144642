import type { STSClient } from '@aws-sdk/client-sts';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { FaultError } from './fault.ts';
import type { SdkLogger } from './network.ts';
import type { Environment, SharedFiles } from './shared-files.ts';

/** What finding credentials needs of the profile that was chosen. */
export type CredentialSettings = {
  readonly env: Environment;
  readonly files: SharedFiles;
  readonly requestHandler: NodeHttpHandler;
  readonly logger: SdkLogger;
  readonly askMfaCode: ((serial: string, profile: string) => Promise<string | null>) | undefined;
  readonly processTimeoutMs: number;
  /** Ends what is under way when the access is closed. */
  readonly signal: AbortSignal;
  /** Endpoint of SSO and of `aws login`; undefined: AWS's own. */
  endpoint(service: 'sso' | 'signin'): string | undefined;
  /** By these credentials, or unsigned, in `region` where it is given; with endpoint and network of the access. */
  stsClient(credentials: AwsCredentialIdentity | null, region: string | undefined): Promise<STSClient>;
  /** The source_profile of a profile. */
  sourceOf(profile: string): string | null;
  /** The fault of a request that failed for a reason other than credentials. `doing` begins its message. */
  requestFault(error: unknown, doing: string): FaultError;
};

/** What the SDK is told of itself: part of the user agent, and so of the events that our own requests leave. */
export const APP_ID = 'trailx';
