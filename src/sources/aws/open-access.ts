import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { AwsCredentialIdentity } from '@smithy/types';
import { defaultRegionOf, partitionOf } from '../../cloudtrail/regions.ts';
import type { Access, AccessOptions, Caller, RegionChoice } from './access.ts';
import { guessedRegions, listRegions } from './account-regions.ts';
import { clientOptions, networkOptions } from './client-options.ts';
import { credentialFaultOf } from './credential-fault.ts';
import type { CredentialSettings } from './credential-settings.ts';
import { type EndpointService, endpointOf } from './endpoints.ts';
import { FaultError } from './fault.ts';
import { findCredentials, type Origin, originOf } from './find-credentials.ts';
import { memoisedCredentials } from './memoised-credentials.ts';
import { DEFAULT_TIMEOUTS, openNetwork, sdkLogger } from './network.ts';
import { requestFault } from './request-fault.ts';
import type { Section } from './shared-file-text.ts';
import { type Environment, readSharedFiles, type SharedFiles } from './shared-files.ts';

const PROCESS_TIMEOUT_MS = 30_000;
/** A list of Regions is not worth more; the table will do. */
const REGIONS_TIMEOUT_MS = 20_000;
const CALLER_TIMEOUT_MS = 60_000;

/** Gets one profile ready: reads the shared files, decides where credentials come from, sets up the network. Asks
 *  nobody yet. @throws FaultError for a profile that does not exist, or settings that cannot be used */
export async function openAccess(options: AccessOptions): Promise<Access> {
  const { env, onWarning = () => {} } = options;
  const files = await readSharedFiles(env);
  for (const problem of files.problems) onWarning(problem);
  const origin = originOf(options.profile, env, files);
  const settingsName = origin.kind === 'profile' ? origin.name : 'default';
  const section: Section = files.profiles.get(settingsName) ?? new Map();
  const endpointSettings = { env, profileName: settingsName, profile: section, services: files.services };
  const endpoint = (service: EndpointService) => endpointOf(service, endpointSettings);
  // What is wrong in the endpoints is said now rather than in the middle of a request.
  const endpoints = { cloudtrail: endpoint('cloudtrail'), sts: endpoint('sts'), account: endpoint('account') };
  warnOfBothSources(options, origin, onWarning);

  const region = regionOf(options.profile !== null, env, section);
  const partition = region === null ? partitionWithoutRegion(section, env) : partitionOf(region);
  const logger = sdkLogger(onWarning);
  const timeouts = {
    connectMs: options.connectTimeoutMs ?? DEFAULT_TIMEOUTS.connectMs,
    requestMs: options.requestTimeoutMs ?? DEFAULT_TIMEOUTS.requestMs,
  };
  const requestHandler = await openNetwork({ env, profile: section, timeouts, logger });
  const closing = new AbortController();
  const closeSockets = requestHandler.destroy.bind(requestHandler);
  // A client that is destroyed would take the sockets of all others with it.
  requestHandler.destroy = () => {};

  const label = origin.kind === 'profile' ? origin.name : 'environment';
  const faultOf = (error: unknown, doing: string) => {
    const fault = credentialFaultOf(error, { profile: origin.kind === 'profile' ? origin.name : null, env });
    return fault === null ? requestFault(error, doing) : new FaultError(fault, { cause: error });
  };
  const settings: CredentialSettings = {
    env,
    files,
    requestHandler,
    logger,
    askMfaCode: options.askMfaCode,
    processTimeoutMs: options.processTimeoutMs ?? PROCESS_TIMEOUT_MS,
    signal: closing.signal,
    endpoint,
    async stsClient(credentials: AwsCredentialIdentity | null, ofProfile: string | undefined) {
      const { STSClient } = await import('@aws-sdk/client-sts');
      return new STSClient({
        ...networkOptions(endpoints.sts, options.profile),
        region: ofProfile ?? region ?? defaultRegionOf(partition),
        requestHandler,
        ...(credentials !== null && { credentials }),
      });
    },
    sourceOf: (name) => files.profiles.get(name)?.get('source_profile') ?? null,
    requestFault,
  };
  let isFirst = true;
  const memoised = memoisedCredentials(async () => {
    // A person may have put fresh keys into the files meanwhile.
    const current = isFirst ? files : await readSharedFiles(env);
    isFirst = false;
    return findCredentials(origin, { ...settings, files: current });
  }, onWarning);

  let caller: Promise<Caller> | null = null;
  let regions: readonly RegionChoice[] | null = null;
  const access: Access = {
    profile: options.profile,
    label,
    region,
    partition,
    fingerprint: fingerprintOf(origin, files, env, endpoints),
    credentials: memoised.provider,
    endpoint: (service) => endpoints[service],
    requestHandler,
    caller(signal) {
      caller ??= askCaller(access, anySignal(closing.signal, CALLER_TIMEOUT_MS)).catch((error: unknown) => {
        caller = null;
        throw faultOf(error, `asking STS who ${label === 'environment' ? 'the environment' : `profile ${label}`} is`);
      });
      return untilAborted(caller, signal);
    },
    async regions(signal) {
      if (regions !== null) return { regions, isGuess: false };
      try {
        // Without credentials no Region can be read: that is to be said. Without the permission one may guess.
        await untilAborted(memoised.provider(), signal);
        regions = await listRegions(access, anySignal(closing.signal, REGIONS_TIMEOUT_MS, signal));
        return { regions, isGuess: false };
      } catch (error) {
        signal?.throwIfAborted();
        const fault = credentialFaultOf(error, { profile: origin.kind === 'profile' ? origin.name : null, env });
        if (fault !== null) throw new FaultError(fault, { cause: error });
        onWarning(`the Regions of ${label} are a guess: ${error instanceof Error ? error.message : String(error)}`);
        return { regions: guessedRegions(partition, region), isGuess: true };
      }
    },
    renew: () => memoised.renew(),
    close() {
      closing.abort();
      closeSockets();
    },
  };
  return access;
}

async function askCaller(access: Access, signal: AbortSignal): Promise<Caller> {
  await access.credentials();
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const region = access.region ?? defaultRegionOf(access.partition);
  const client = new STSClient(clientOptions(access, 'sts', region));
  const answer = await client.send(new GetCallerIdentityCommand({}), { abortSignal: signal });
  const { Account: account, Arn: arn = '', UserId: userId = '' } = answer;
  // 200 with an empty or a foreign body, as some proxies give.
  if (!account) throw Object.assign(new Error('the answer names no account'), { name: 'EmptyAnswer' });
  return { account, arn, userId };
}

/** A profile that was chosen by name brings its own Region; otherwise the environment goes first. */
function regionOf(isChosen: boolean, env: Environment, section: Section): string | null {
  const own = section.get('region');
  const first = isChosen ? [own, env.AWS_REGION] : [env.AWS_REGION, own];
  return [...first, env.AWS_DEFAULT_REGION].map((name) => name?.trim()).find(Boolean) ?? null;
}

/** By the ARN of the role, or the Region of SSO, which are of the same partition. */
function partitionWithoutRegion(section: Section, env: Environment): string {
  const arn = section.get('role_arn') ?? section.get('login_session') ?? env.AWS_ROLE_ARN ?? '';
  const [, ofArn] = /^arn:([\w-]+):/.exec(arn) ?? [];
  return ofArn ?? partitionOf(section.get('sso_region') ?? '');
}

/** Stable for one identity at one place; says nothing of it to a reader of the cache. */
function fingerprintOf(
  origin: Origin,
  files: SharedFiles,
  env: Environment,
  endpoints: Readonly<Record<string, string | undefined>>,
): string {
  const parts: (string | undefined)[] = [origin.kind, endpoints.sts, endpoints.cloudtrail];
  if (origin.kind === 'environment') parts.push(env.AWS_ACCESS_KEY_ID);
  else if (origin.kind === 'web-identity') parts.push(env.AWS_ROLE_ARN);
  else if (origin.kind !== 'profile') parts.push(hostname(), env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI);
  else {
    const keys = [
      'role_arn',
      'sso_account_id',
      'sso_role_name',
      'aws_access_key_id',
      'credential_process',
      'login_session',
    ];
    const section = files.profiles.get(origin.name);
    parts.push(origin.name, section?.get('source_profile'), ...keys.map((key) => section?.get(key)));
  }
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

function warnOfBothSources({ profile, env }: AccessOptions, origin: Origin, onWarning: (line: string) => void): void {
  if (profile === null && origin.kind === 'profile' && env.AWS_PROFILE && env.AWS_ACCESS_KEY_ID) {
    onWarning(`AWS_PROFILE and AWS_ACCESS_KEY_ID are both set: profile ${origin.name} is used`);
  }
}

function anySignal(closing: AbortSignal, timeoutMs: number, other?: AbortSignal): AbortSignal {
  return AbortSignal.any([closing, AbortSignal.timeout(timeoutMs), ...(other === undefined ? [] : [other])]);
}

/** What several wait for goes on when one of them gives up. */
function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
