import type { AwsCredentialIdentity } from '@smithy/types';
import { defaultRegionOf, partitionOf } from '../../cloudtrail/regions.ts';
import type { Access, AccessOptions, Caller, RegionChoice } from './access.ts';
import { guessedRegions, listRegions } from './account-regions.ts';
import { callerQuestion } from './caller.ts';
import { networkOptions } from './client-options.ts';
import { credentialFaultOf } from './credential-fault.ts';
import type { CredentialSettings } from './credential-settings.ts';
import { type EndpointService, endpointOf } from './endpoints.ts';
import { FaultError } from './fault.ts';
import type { FaultContext } from './fault-context.ts';
import { faultOf } from './fault-of.ts';
import { findCredentials, type Origin, originOf } from './find-credentials.ts';
import { fingerprintOf } from './fingerprint.ts';
import { memoisedCredentials } from './memoised-credentials.ts';
import { DEFAULT_TIMEOUTS, openNetwork, sdkLogger } from './network.ts';
import type { Section } from './shared-file-text.ts';
import { type Environment, readSharedFiles } from './shared-files.ts';
import { untilAborted } from './until-aborted.ts';

const PROCESS_TIMEOUT_MS = 30_000;
/** A list of Regions is not worth more; the table will do. */
const REGIONS_TIMEOUT_MS = 20_000;

/** Gets one profile ready: reads the shared files, decides where credentials come from, sets up the network. Asks
 *  nobody yet. @throws FaultError for a profile that does not exist, or settings that cannot be used */
export async function openAccess(options: AccessOptions): Promise<Access> {
  const { env, onWarning = () => {} } = options;
  const files = await readSharedFiles(env);
  for (const problem of files.problems) onWarning(problem);
  const origin = originOf(options.profile, env, files);
  warnOfBothSources(options, origin, onWarning);
  // Where there is no profile, the endpoint and Region of `default` hold, as in the SDKs.
  const profileName = origin.kind === 'profile' ? origin.name : null;
  const section: Section = files.profiles.get(profileName ?? 'default') ?? new Map();
  const region = regionOf(options.profile !== null && options.profile !== env.AWS_PROFILE, env, section);
  const partition = region === null ? partitionWithoutRegion(section, env) : partitionOf(region);
  const endpoint = (service: EndpointService) =>
    endpointOf(service, { env, profileName: profileName ?? 'default', profile: section, services: files.services });
  // What is wrong in the endpoints is said now rather than in the middle of a request.
  const endpoints = { cloudtrail: endpoint('cloudtrail'), sts: endpoint('sts'), account: endpoint('account') };

  const logger = sdkLogger(onWarning);
  const timeouts = {
    connectMs: options.connectTimeoutMs ?? DEFAULT_TIMEOUTS.connectMs,
    requestMs: options.requestTimeoutMs ?? DEFAULT_TIMEOUTS.requestMs,
  };
  const requestHandler = await openNetwork({ env, profile: section, timeouts, logger });
  const closeSockets = requestHandler.destroy.bind(requestHandler);
  // A client that is destroyed would take the sockets of all others with it.
  requestHandler.destroy = () => {};
  const closing = new AbortController();

  const label = profileName ?? 'environment';
  const stsRegion = region ?? defaultRegionOf(partition);
  const stsHost = endpoints.sts === undefined ? `sts in ${stsRegion}` : new URL(endpoints.sts).host;
  const faultErrorOf = (error: unknown, context: Partial<FaultContext>): FaultError => {
    if (error instanceof FaultError) return error;
    const fault =
      credentialFaultOf(error, { profile: profileName, env }) ??
      faultOf(error, { profile: profileName, env, label, region: null, ...context });
    return new FaultError(fault, { cause: error });
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
        region: ofProfile ?? stsRegion,
        requestHandler,
        ...(credentials !== null && { credentials }),
      });
    },
    sourceOf: (name) => files.profiles.get(name)?.get('source_profile') ?? null,
    requestFault: (error, doing) => faultErrorOf(error, { label: doing }),
  };
  let isFirst = true;
  const memoised = memoisedCredentials(async () => {
    // A person may have put fresh keys into the files meanwhile.
    const current = isFirst ? files : await readSharedFiles(env);
    isFirst = false;
    return findCredentials(origin, { ...settings, files: current });
  }, onWarning);

  let caller: Promise<Caller> | null = null;
  /** Whose caller that is: a profile that is edited gives other credentials the next time they are fetched. */
  let callerKey = '';
  let regions: readonly RegionChoice[] | null = null;
  const limited = (ms: number, signals: readonly AbortSignal[] = []) =>
    AbortSignal.any([closing.signal, AbortSignal.timeout(ms), ...signals]);
  const callerNow = async (): Promise<Caller> => {
    try {
      const { accessKeyId } = await memoised.provider();
      if (caller === null || callerKey !== accessKeyId) {
        callerKey = accessKeyId;
        caller = askCaller(closing.signal);
      }
      return await caller;
    } catch (error) {
      callerKey = '';
      throw faultErrorOf(error, { region: stsRegion, operation: 'sts:GetCallerIdentity', host: stsHost });
    }
  };
  const access: Access = {
    profile: options.profile,
    label,
    region,
    partition,
    env,
    fingerprint: fingerprintOf(origin, files, env, endpoints),
    credentials: memoised.provider,
    endpoint: (service) => endpoints[service],
    requestHandler,
    caller(signal, isAnew = false) {
      if (isAnew) callerKey = '';
      return untilAborted(callerNow(), signal);
    },
    async regions(signal) {
      if (regions !== null) return { regions, isGuess: false };
      try {
        // Without credentials no Region can be read: that is to be said. Without the permission one may guess.
        await untilAborted(memoised.provider(), signal);
        regions = await listRegions(access, limited(REGIONS_TIMEOUT_MS, signal === undefined ? [] : [signal]));
        return { regions, isGuess: false };
      } catch (error) {
        signal?.throwIfAborted();
        if (credentialFaultOf(error, { profile: profileName, env }) !== null) throw faultErrorOf(error, {});
        onWarning(`the Regions of ${label} are a guess: ${error instanceof Error ? error.message : String(error)}`);
        return { regions: guessedRegions(partition, region), isGuess: true };
      }
    },
    renew() {
      callerKey = '';
      memoised.renew();
    },
    close() {
      closing.abort();
      closeSockets();
    },
  };
  const askCaller = callerQuestion(access);
  return access;
}

/** A profile that was chosen by name, and not by AWS_PROFILE beside AWS_REGION, brings its own Region; otherwise the environment goes first. */
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

function warnOfBothSources({ profile, env }: AccessOptions, origin: Origin, onWarning: (line: string) => void): void {
  if (profile === null && origin.kind === 'profile' && env.AWS_PROFILE && env.AWS_ACCESS_KEY_ID) {
    onWarning(`AWS_PROFILE and AWS_ACCESS_KEY_ID are both set: profile ${origin.name} is used`);
  }
}
