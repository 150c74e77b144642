// The profiles of the shared config and credentials files.

import { FaultError } from './fault.ts';
import type { Section } from './shared-file-text.ts';
import { type Environment, readSharedFiles } from './shared-files.ts';

export type ProfileKind =
  | 'keys'
  | 'sso'
  | 'role'
  | 'web-identity'
  | 'process'
  | 'login'
  /** Nothing in it gives credentials. */
  | 'none';

export type Profile = {
  readonly name: string;
  readonly kind: ProfileKind;
  readonly region: string | null;
  /** Of role_arn or sso_account_id; null where the files do not tell. */
  readonly account: string | null;
  /** Role of role_arn or sso_role_name. */
  readonly role: string | null;
  /** source_profile or credential_source of a role. */
  readonly source: string | null;
  readonly needsMfa: boolean;
};

/** The profiles of both files, `default` first, then by name. What cannot be read in them is told line by line to
 *  `onProblem`, and the rest is there all the same.
 *  @throws FaultError where a file exists and not one profile could be read */
export async function readProfiles(
  env: Environment,
  onProblem: (line: string) => void = () => {},
): Promise<readonly Profile[]> {
  const files = await readSharedFiles(env);
  if (files.profiles.size === 0 && files.isUnreadable) {
    throw new FaultError({
      kind: 'credentials',
      name: 'ConfigFile',
      message: files.problems.join('; '),
      next: 'check AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, or the permissions of the file',
      login: null,
      retryAfterMs: null,
    });
  }
  for (const problem of files.problems) onProblem(problem);
  return [...files.profiles]
    .map(([name, section]) => profileOf(name, section))
    .sort((a, b) => Number(b.name === 'default') - Number(a.name === 'default') || collator.compare(a.name, b.name));
}

const collator = new Intl.Collator('en', { numeric: true });

/** What a section says of its profile. */
export function profileOf(name: string, section: Section): Profile {
  const kind = kindOf(section);
  const [, , , , account, resource] = (section.get('role_arn') ?? '').split(':');
  const isRole = section.has('role_arn');
  return {
    name,
    kind,
    region: section.get('region') ?? null,
    account: (isRole ? account : (section.get('sso_account_id') ?? section.get('aws_account_id'))) || null,
    role: (isRole ? resource?.replace(/^role\//, '') : section.get('sso_role_name')) || null,
    source: kind === 'role' ? (section.get('source_profile') ?? section.get('credential_source') ?? null) : null,
    needsMfa: section.has('mfa_serial') && kind === 'role',
  };
}

const SSO_KEYS = ['sso_session', 'sso_start_url', 'sso_account_id', 'sso_role_name', 'sso_region'];

/** What gives the credentials, where a section holds several: in the order the SDKs look. */
export function kindOf(section: Section): ProfileKind {
  if (section.has('role_arn') && (section.has('source_profile') || section.has('credential_source'))) return 'role';
  if (section.has('aws_access_key_id') && section.has('aws_secret_access_key')) return 'keys';
  if (section.has('role_arn') && section.has('web_identity_token_file')) return 'web-identity';
  if (section.has('credential_process')) return 'process';
  if (SSO_KEYS.some((key) => section.has(key))) return 'sso';
  if (section.has('login_session')) return 'login';
  return 'none';
}
