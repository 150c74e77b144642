// Why there are no credentials, in words that name the profile and the next step.

import { readFileSync, statSync } from 'node:fs';
import { type Fault, FaultError, type FaultKind } from './fault.ts';
import { type Profile, profileOf } from './profiles.ts';
import { parseConfig, parseCredentials } from './shared-file-text.ts';
import { type Environment, sharedFilePaths } from './shared-files.ts';

export type CredentialContext = {
  /** As chosen; null: what the environment gives. */
  readonly profile: string | null;
  readonly env: Environment;
};

type Words = {
  readonly message: string;
  readonly next?: string | null;
  readonly login?: readonly string[] | null;
  readonly kind?: FaultKind;
  readonly cause?: unknown;
};

/** A fault of credentials, ready to be thrown. `name` is one of ours, or the service's. */
export function credentialFault(name: string, words: Words): FaultError {
  const { message, next = null, login = null, kind = 'credentials', cause } = words;
  return new FaultError(
    { kind, name, message: oneLine(message), next: next === null ? null : oneLine(next), login, retryAfterMs: null },
    cause === undefined ? undefined : { cause },
  );
}

/** `next` and `login` for a profile of `aws sso login`, or of `aws login`. */
export function loginStep(command: 'sso login' | 'login', profile: string): { next: string; login: readonly string[] } {
  const login = ['aws', ...command.split(' '), '--profile', profile];
  return { next: `run ${login.map(quoted).join(' ')}`, login };
}

const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired']);
const UNKNOWN_KEY = new Set(['InvalidClientTokenId', 'InvalidAccessKeyId']);

/** The fault of an error that comes from credentials: one of this folder's, one of the SDK's providers, or a service
 *  that does not take them any more. Null for anything else. */
export function credentialFaultOf(error: unknown, { profile, env }: CredentialContext): Fault | null {
  if (error instanceof FaultError) return error.fault;
  if (!(error instanceof Error)) return null;
  const name = profile ?? env.AWS_PROFILE ?? null;
  if (EXPIRED.has(error.name)) return expiredFault(error, name, env).fault;
  const owner = name === null ? 'of the environment' : `of profile ${name}`;
  if (UNKNOWN_KEY.has(error.name)) {
    return credentialFault(error.name, {
      message: `AWS does not know the access key ${owner}`,
      next: 'check the access key: deleted, switched off, or of another partition',
    }).fault;
  }
  if (error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError') {
    return credentialFault(error.name, { message: `the credentials ${owner} cannot be used: ${error.message}` }).fault;
  }
  return null;
}

function expiredFault(error: Error, name: string | null, env: Environment): FaultError {
  const usesKeys = name === null && Boolean(env.AWS_ACCESS_KEY_ID);
  const profile = usesKeys ? null : profileNow(name ?? 'default', env);
  const expired = (owner: string, step: { next: string; login?: readonly string[] }) =>
    credentialFault(error.name, { kind: 'expired', message: `the credentials ${owner} have expired`, ...step });
  if (profile === null) {
    return expired('of the environment', {
      next: 'set a fresh AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN',
    });
  }
  const owner = `of profile ${profile.name}`;
  if (profile.kind === 'sso') return expired(owner, loginStep('sso login', profile.name));
  if (profile.kind === 'login') return expired(owner, loginStep('login', profile.name));
  if (profile.kind === 'keys') {
    return expired(owner, { next: `put a fresh aws_session_token into profile ${profile.name}` });
  }
  return expired(owner, { next: 'try again: they are fetched anew' });
}

/** What the files say of a profile at this moment, without waiting; null where they do not have it. */
function profileNow(name: string, env: Environment): Profile | null {
  const paths = sharedFilePaths(env);
  const config = parseConfig(textNow(paths.config), paths.config).profiles.get(name);
  const credentials = parseCredentials(textNow(paths.credentials), paths.credentials).profiles.get(name);
  if (config === undefined && credentials === undefined) return null;
  return profileOf(name, new Map([...(config ?? []), ...(credentials ?? [])]));
}

function textNow(path: string): string {
  try {
    return statSync(path).isFile() ? readFileSync(path, 'utf8') : '';
  } catch {
    return '';
  }
}

/** What a process or a service has said, as part of a line: no control characters, no more than fits. */
export function oneLine(text: string, limit = 400): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is taken out.
  const line = text.replaceAll(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return (line.length > limit ? `${line.slice(0, limit - 1)}…` : line).replace(/\.$/, '');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
