// From a profile to credentials. The order is that of the SDKs; the walk is our own, because the SDK's says of a wrong
// profile only that nothing could be resolved, asks for MFA codes before it knows whether they are needed, and does not
// know of a time limit. What needs a protocol of its own (SSO, login, container, instance) is left to the SDK's parts.

import type { AwsCredentialIdentity } from '@smithy/types';
import { credentialFault } from './credential-fault.ts';
import type { CredentialSettings } from './credential-settings.ts';
import { loginSessionCredentials, ssoCredentials } from './login-credentials.ts';
import { containerCredentials, hasContainerRole, instanceCredentials } from './machine-credentials.ts';
import { emptyProfile, nothingFound, unknownProfile } from './missing-credentials.ts';
import { processCredentials } from './process-credentials.ts';
import { kindOf } from './profiles.ts';
import { assumeRole, assumeRoleWithWebIdentity } from './role-credentials.ts';
import type { Section } from './shared-file-text.ts';
import type { Environment, SharedFiles } from './shared-files.ts';

/** Where the credentials of an access come from. */
export type Origin =
  | { readonly kind: 'profile'; readonly name: string }
  | { readonly kind: 'environment' }
  | { readonly kind: 'web-identity' }
  | { readonly kind: 'container' }
  | { readonly kind: 'instance' };

/** What will be asked for credentials, decided from the environment and the files alone.
 *  @throws FaultError for a profile that does not exist */
export function originOf(chosen: string | null, env: Environment, files: SharedFiles): Origin {
  const named = chosen ?? (env.AWS_PROFILE || null);
  if (named !== null) {
    if (!files.profiles.has(named)) throw unknownProfile(named, { env, files, isFromEnvironment: chosen === null });
    return { kind: 'profile', name: named };
  }
  if (env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY) return { kind: 'environment' };
  const fallback = files.profiles.get('default');
  if (fallback !== undefined && kindOf(fallback) !== 'none') return { kind: 'profile', name: 'default' };
  if (env.AWS_WEB_IDENTITY_TOKEN_FILE && env.AWS_ROLE_ARN) return { kind: 'web-identity' };
  return { kind: hasContainerRole(env) ? 'container' : 'instance' };
}

/** @throws FaultError */
export async function findCredentials(origin: Origin, settings: CredentialSettings): Promise<AwsCredentialIdentity> {
  const { env } = settings;
  switch (origin.kind) {
    case 'profile':
      return ofProfile(origin.name, [], settings);
    case 'environment':
      return ofEnvironment(env);
    case 'web-identity':
      return assumeRoleWithWebIdentity(
        null,
        {
          tokenFile: env.AWS_WEB_IDENTITY_TOKEN_FILE ?? '',
          role: env.AWS_ROLE_ARN ?? '',
          session: env.AWS_ROLE_SESSION_NAME,
        },
        settings,
      );
    case 'container':
      return containerCredentials(settings);
    case 'instance': {
      const found = await instanceCredentials(settings);
      if (found === null) throw nothingFound(settings);
      return found;
    }
  }
}

/** `via`: the profiles that have led here, each the source of the next role. */
async function ofProfile(
  name: string,
  via: readonly string[],
  settings: CredentialSettings,
): Promise<AwsCredentialIdentity> {
  const section = settings.files.profiles.get(name);
  if (section === undefined) throw unknownProfile(name, { ...settings, of: via.at(-1) });
  // A source with keys of its own gives those, whatever role it names beside them.
  if (via.length > 0 && hasKeys(section)) return keysOf(section);
  switch (kindOf(section)) {
    case 'role':
      return ofRole(name, section, via, settings);
    case 'keys':
      return keysOf(section);
    case 'web-identity':
      return assumeRoleWithWebIdentity(
        name,
        {
          tokenFile: section.get('web_identity_token_file') ?? '',
          role: section.get('role_arn') ?? '',
          session: section.get('role_session_name'),
        },
        settings,
      );
    case 'process':
      return processCredentials({
        profile: name,
        command: section.get('credential_process') ?? '',
        env: settings.env,
        timeoutMs: settings.processTimeoutMs,
        signal: settings.signal,
      });
    case 'sso':
      return ssoCredentials(name, section, settings);
    case 'login':
      return loginSessionCredentials(name, settings);
    case 'none':
      // A source may be nothing but the place to ask: `credential_source` without a role.
      if (via.length > 0 && section.has('credential_source')) return ofCredentialSource(name, section, settings);
      throw emptyProfile(name, section, { ...settings, of: via.at(-1) });
  }
}

async function ofRole(
  name: string,
  section: Section,
  via: readonly string[],
  settings: CredentialSettings,
): Promise<AwsCredentialIdentity> {
  const source = section.get('source_profile');
  if (source === undefined) {
    return assumeRole(name, section, await ofCredentialSource(name, section, settings), settings);
  }
  if (section.has('credential_source')) {
    throw credentialFault('ProfileConflict', {
      message: `profile ${name} has both source_profile and credential_source`,
      next: 'keep one of the two',
    });
  }
  const chain = [...via, name];
  const isOwnSource = source === name && hasKeys(section);
  if (chain.includes(source) && !isOwnSource) {
    throw credentialFault('RoleLoop', {
      message: `the source_profile of profile ${chain[0]} leads in a circle: ${[...chain, source].join(' → ')}`,
      next: 'let the last of them name a profile with credentials of its own',
    });
  }
  const credentials = isOwnSource ? keysOf(section) : await ofProfile(source, chain, settings);
  return assumeRole(name, section, credentials, settings);
}

async function ofCredentialSource(
  name: string,
  section: Section,
  settings: CredentialSettings,
): Promise<AwsCredentialIdentity> {
  const source = section.get('credential_source');
  const missing = (what: string, next: string) =>
    credentialFault('CredentialSource', {
      message: `profile ${name} says credential_source = ${source}, and ${what}`,
      next,
    });
  switch (source) {
    case 'Environment':
      if (!(settings.env.AWS_ACCESS_KEY_ID && settings.env.AWS_SECRET_ACCESS_KEY)) {
        throw missing('the environment has no keys', 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
      }
      return ofEnvironment(settings.env);
    case 'EcsContainer':
      if (!hasContainerRole(settings.env)) throw missing('this is no container with a role', 'choose another profile');
      return containerCredentials(settings);
    case 'Ec2InstanceMetadata': {
      const found = await instanceCredentials(settings);
      if (found === null) throw missing('no instance role answers', 'choose another profile');
      return found;
    }
    default:
      throw missing('there is no such source', 'write Environment, EcsContainer or Ec2InstanceMetadata');
  }
}

function ofEnvironment(env: Environment): AwsCredentialIdentity {
  const expiration = env.AWS_CREDENTIAL_EXPIRATION ? new Date(env.AWS_CREDENTIAL_EXPIRATION) : null;
  if (expiration !== null && expiration.getTime() <= Date.now()) {
    throw credentialFault('ExpiredToken', {
      kind: 'expired',
      message: `the credentials of the environment have expired at ${env.AWS_CREDENTIAL_EXPIRATION}`,
      next: 'set a fresh AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN',
    });
  }
  return {
    accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
    ...(env.AWS_SESSION_TOKEN && { sessionToken: env.AWS_SESSION_TOKEN }),
    ...(env.AWS_ACCOUNT_ID && { accountId: env.AWS_ACCOUNT_ID }),
  };
}

function hasKeys(section: Section): boolean {
  return section.has('aws_access_key_id') && section.has('aws_secret_access_key');
}

function keysOf(section: Section): AwsCredentialIdentity {
  const [sessionToken, accountId] = [section.get('aws_session_token'), section.get('aws_account_id')];
  return {
    accessKeyId: section.get('aws_access_key_id') ?? '',
    secretAccessKey: section.get('aws_secret_access_key') ?? '',
    ...(sessionToken !== undefined && { sessionToken }),
    ...(accountId !== undefined && { accountId }),
  };
}
