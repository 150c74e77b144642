// How AWS is reached for one profile: credentials, endpoint, Region, network. Contract; the parts are in this folder.

import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AwsCredentialIdentityProvider } from '@smithy/types';

/** Who the credentials belong to (sts:GetCallerIdentity needs no permission). */
export type Caller = { readonly account: string; readonly arn: string; readonly userId: string };

export type Service = 'cloudtrail' | 'sts' | 'account';

export type RegionChoice = {
  readonly name: string;
  /** e.g. "Europe (Ireland)"; '' where it is not known. */
  readonly title: string;
  readonly isEnabled: boolean;
};

/** One profile, ready to be used. Nothing goes over the network before one of the functions is called. */
export type Access = {
  /** As chosen; null: what the environment gives (keys, web identity, container, instance, or the default profile). */
  readonly profile: string | null;
  /** What to call it: the profile's name, or "environment". */
  readonly label: string;
  /** AWS_REGION, the profile's region, AWS_DEFAULT_REGION, in this order (a chosen profile's own region goes first);
   *  null where none is set: the caller takes the partition's default. */
  readonly region: string | null;
  readonly partition: string;
  /** What it was opened with. */
  readonly env: AccessOptions['env'];
  /** Stable while the same identity is meant (profile and role, or access key id): finds the account of last time
   *  without asking. */
  readonly fingerprint: string;
  readonly credentials: AwsCredentialIdentityProvider;
  /** Where a service is reached instead of AWS's own host; undefined: the SDK's default. */
  endpoint(service: Service): string | undefined;
  /** Shared by all clients: proxies, CA bundle, timeouts, keep-alive. */
  readonly requestHandler: NodeHttpHandler;
  /** Asked once for the same credentials; `isAnew`: once more. @throws FaultError */
  caller(signal?: AbortSignal, isAnew?: boolean): Promise<Caller>;
  /** Regions of the account: account:ListRegions, else the built-in table of the partition (`isGuess`). Never throws
   *  but for credentials (FaultError). */
  regions(signal?: AbortSignal): Promise<{ readonly regions: readonly RegionChoice[]; readonly isGuess: boolean }>;
  /** Forgets credentials that have expired, so that the next request resolves them anew. */
  renew(): void;
  close(): void;
};

export type AccessOptions = {
  readonly profile: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks for the code of an MFA device; null: refused. Without it an MFA profile is a fault that says so. */
  readonly askMfaCode?: (serial: string, profile: string) => Promise<string | null>;
  /** Warnings of the SDK, one line each; never the console. */
  readonly onWarning?: (line: string) => void;
  /** For a credential_process that hangs; 30 s. */
  readonly processTimeoutMs?: number;
  /** 5 s and 30 s. */
  readonly connectTimeoutMs?: number;
  readonly requestTimeoutMs?: number;
};
