import { readFile } from 'node:fs/promises';
import type { AwsCredentialIdentity } from '@smithy/types';
import { credentialFault, credentialFaultOf, oneLine } from './credential-fault.ts';
import type { CredentialSettings } from './credential-settings.ts';
import { FaultError } from './fault.ts';
import type { Section } from './shared-file-text.ts';

const ROLE_SECONDS = 3600;
/** Nothing can be read before STS has answered, and nothing is shown meanwhile. */
const ANSWER_MS = 10_000;

/** The credentials of a role by those of `source`, with the code of an MFA device where the profile names one.
 *  @throws FaultError */
export async function assumeRole(
  name: string,
  section: Section,
  source: AwsCredentialIdentity,
  settings: CredentialSettings,
): Promise<AwsCredentialIdentity> {
  const role = section.get('role_arn') ?? '';
  const serial = section.get('mfa_serial');
  const code = serial === undefined ? undefined : await mfaCode(serial, name, settings);
  const { AssumeRoleCommand } = await import('@aws-sdk/client-sts');
  const command = new AssumeRoleCommand({
    RoleArn: role,
    RoleSessionName: section.get('role_session_name') ?? 'trailx',
    DurationSeconds: Number.parseInt(section.get('duration_seconds') ?? '', 10) || ROLE_SECONDS,
    ...(section.has('external_id') && { ExternalId: section.get('external_id') }),
    ...(serial !== undefined && { SerialNumber: serial, TokenCode: code }),
  });
  const client = await settings.stsClient(source, section.get('region'));
  try {
    return assumed(await client.send(command, answerOptions(settings)), role, name);
  } catch (error) {
    throw roleFault(error, { name, role, hasMfa: serial !== undefined, settings });
  }
}

/** The credentials of a role by the token of an identity provider (as in a pod of Kubernetes). @throws FaultError */
export async function assumeRoleWithWebIdentity(
  name: string | null,
  {
    tokenFile,
    role,
    session,
  }: { readonly tokenFile: string; readonly role: string; readonly session?: string | undefined },
  settings: CredentialSettings,
): Promise<AwsCredentialIdentity> {
  let token: string;
  try {
    token = (await readFile(tokenFile, { encoding: 'utf8', signal: AbortSignal.timeout(10_000) })).trim();
  } catch (error) {
    throw credentialFault('WebIdentityToken', {
      message: `cannot read the web identity token ${tokenFile} of ${name === null ? 'the environment' : `profile ${name}`}`,
      next: name === null ? 'check AWS_WEB_IDENTITY_TOKEN_FILE' : 'check web_identity_token_file',
      cause: error,
    });
  }
  const { AssumeRoleWithWebIdentityCommand } = await import('@aws-sdk/client-sts');
  const command = new AssumeRoleWithWebIdentityCommand({
    RoleArn: role,
    RoleSessionName: session ?? 'trailx',
    WebIdentityToken: token,
  });
  const client = await settings.stsClient(null, undefined);
  try {
    return assumed(await client.send(command, answerOptions(settings)), role, name);
  } catch (error) {
    throw roleFault(error, { name, role, hasMfa: false, settings });
  }
}

function answerOptions({ signal }: CredentialSettings) {
  return { abortSignal: signal, requestTimeout: ANSWER_MS };
}

async function mfaCode(serial: string, name: string, { askMfaCode }: CredentialSettings): Promise<string> {
  if (askMfaCode === undefined) {
    throw credentialFault('MfaRequired', {
      message: `profile ${name} asks for the code of the MFA device ${serial}`,
      next: 'start trailx in a terminal, where it can ask for the code, or choose a profile without mfa_serial',
    });
  }
  const code = (await askMfaCode(serial, name))?.trim() ?? null;
  if (code === null) {
    throw credentialFault('MfaRefused', {
      message: `no MFA code for profile ${name}`,
      next: 'try again, and give the code of the device',
    });
  }
  if (!/^\d{6}$/.test(code)) {
    throw credentialFault('MfaRefused', {
      message: `the MFA code for profile ${name} is not six digits`,
      next: 'try again with the code that the device shows',
    });
  }
  return code;
}

type Answer = {
  readonly Credentials?:
    | {
        readonly AccessKeyId?: string | undefined;
        readonly SecretAccessKey?: string | undefined;
        readonly SessionToken?: string | undefined;
        readonly Expiration?: Date | undefined;
      }
    | undefined;
};

function assumed({ Credentials: given }: Answer, role: string, name: string | null): AwsCredentialIdentity {
  if (!given?.AccessKeyId || !given.SecretAccessKey) {
    throw credentialFault('AssumeRole', {
      message: `STS answered without credentials for ${role}${name === null ? '' : ` of profile ${name}`}`,
      kind: 'transient',
    });
  }
  const accountId = role.split(':')[4];
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    ...(given.SessionToken && { sessionToken: given.SessionToken }),
    ...(given.Expiration && { expiration: given.Expiration }),
    ...(accountId && { accountId }),
  };
}

type RoleContext = {
  readonly name: string | null;
  readonly role: string;
  readonly hasMfa: boolean;
  readonly settings: CredentialSettings;
};

function roleFault(error: unknown, { name, role, hasMfa, settings }: RoleContext): FaultError {
  if (error instanceof FaultError) return error;
  const failure = error instanceof Error ? error : new Error(String(error));
  const who = name === null ? 'the environment' : `profile ${name}`;
  const said = oneLine(failure.message);
  if (/MultiFactorAuthentication|MFA|one time pass/i.test(said) && hasMfa) {
    return credentialFault('MfaRefused', {
      message: `AWS does not take the MFA code for ${who}: ${said}`,
      next: 'try again with the next code of the device; each is good for one use',
      cause: error,
    });
  }
  if (/^AccessDenied/.test(failure.name)) {
    return credentialFault(failure.name, {
      kind: 'denied',
      message: `${who} may not assume ${role}: ${said}`,
      next: 'check the trust policy of the role and sts:AssumeRole of the caller',
      cause: error,
    });
  }
  const source = name === null ? null : (settings.sourceOf(name) ?? name);
  const ofCredentials = credentialFaultOf(error, { profile: source, env: settings.env });
  if (ofCredentials !== null) return new FaultError(ofCredentials, { cause: error });
  return settings.requestFault(error, `${who}, assuming ${role}`);
}
