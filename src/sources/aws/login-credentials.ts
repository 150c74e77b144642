// Credentials that a person gets by logging in in a browser: IAM Identity Center (`aws sso login`) and `aws login`.
// Their tokens are in ~/.aws, in files of the AWS CLI; the SDK reads and refreshes them (it looks for the home folder
// in the process's own environment).

import type { AwsCredentialIdentity } from '@smithy/types';
import { credentialFault, loginStep, oneLine } from './credential-fault.ts';
import { APP_ID, type CredentialSettings } from './credential-settings.ts';
import type { Section } from './shared-file-text.ts';

/** The SDK gives the error of a request as text only, inside its own. */
const NETWORK = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|TimeoutError|certificate|socket hang up)\b/i;
const CODES: Readonly<Record<string, string>> = {
  TimeoutError: 'ETIMEDOUT',
  certificate: 'CERT_UNTRUSTED',
  'socket hang up': 'ECONNRESET',
};
/** The file of the token is not there, or is no such file. */
const NO_TOKEN = /associated with (?:profile=|this profile is invalid)|Failed to load token/;

/** @throws FaultError */
export async function ssoCredentials(
  name: string,
  section: Section,
  settings: CredentialSettings,
): Promise<AwsCredentialIdentity> {
  checkSso(name, section, settings);
  const { fromSSO } = await import('@aws-sdk/credential-provider-sso');
  try {
    return await fromSSO(providerOptions(name, 'sso', settings))();
  } catch (error) {
    const said = error instanceof Error ? oneLine(error.message) : String(error);
    const unreachable = networkError(said);
    if (unreachable !== null) throw settings.requestFault(unreachable, `IAM Identity Center for profile ${name}`);
    if (/ForbiddenException|No access/i.test(said)) {
      const role = `${section.get('sso_role_name')} of account ${section.get('sso_account_id')}`;
      throw credentialFault('ForbiddenException', {
        kind: 'denied',
        message: `IAM Identity Center does not give profile ${name} the role ${role}`,
        next: 'check sso_account_id and sso_role_name, or choose another profile',
        cause: error,
      });
    }
    throw credentialFault('SsoSession', {
      kind: 'expired',
      message: NO_TOKEN.test(said)
        ? `profile ${name} is not logged in to IAM Identity Center`
        : `the SSO session of profile ${name} has expired`,
      ...loginStep('sso login', name),
      cause: error,
    });
  }
}

/** @throws FaultError */
export async function loginSessionCredentials(
  name: string,
  settings: CredentialSettings,
): Promise<AwsCredentialIdentity> {
  const { fromLoginCredentials } = await import('@aws-sdk/credential-provider-login');
  try {
    return await fromLoginCredentials(providerOptions(name, 'signin', settings))();
  } catch (error) {
    const said = error instanceof Error ? oneLine(error.message) : String(error);
    const unreachable = networkError(said);
    if (unreachable !== null) throw settings.requestFault(unreachable, `the login of profile ${name}`);
    throw credentialFault('LoginSession', {
      kind: 'expired',
      message: NO_TOKEN.test(said) ? `profile ${name} is not logged in` : `the login of profile ${name} has expired`,
      ...loginStep('login', name),
      cause: error,
    });
  }
}

function networkError(said: string): Error | null {
  const [, word] = NETWORK.exec(said) ?? [];
  if (word === undefined) return null;
  return Object.assign(new Error(said), { code: CODES[word] ?? word.toUpperCase() });
}

function providerOptions(profile: string, service: 'sso' | 'signin', settings: CredentialSettings) {
  const { files, requestHandler, logger } = settings;
  const endpoint = settings.endpoint(service);
  return {
    profile,
    filepath: files.credentialsPath,
    configFilepath: files.configPath,
    // The SDK would go on with the files as they were at the start, whatever was changed since.
    ignoreCache: true,
    logger,
    clientConfig: {
      requestHandler,
      logger,
      userAgentAppId: APP_ID,
      ...(endpoint === undefined ? { ignoreConfiguredEndpointUrls: true } : { endpoint }),
    },
  };
}

function checkSso(name: string, section: Section, { files }: CredentialSettings): void {
  const sessionName = section.get('sso_session');
  const session = sessionName === undefined ? undefined : files.ssoSessions.get(sessionName);
  if (sessionName !== undefined && session === undefined) {
    throw credentialFault('SsoSession', {
      message: `profile ${name} says sso_session = ${sessionName}, and the config file has no [sso-session ${sessionName}]`,
      next: `add it to ${files.configPath}, or run aws configure sso`,
    });
  }
  const needed = ['sso_account_id', 'sso_role_name', 'sso_start_url', 'sso_region'];
  const missing = needed.filter((key) => !(session?.has(key) || section.has(key)));
  if (missing.length > 0) {
    throw credentialFault('SsoSession', {
      message: `profile ${name} lacks ${missing.join(', ')}`,
      next: `add it to ${files.configPath}, or run aws configure sso --profile ${name}`,
    });
  }
}
