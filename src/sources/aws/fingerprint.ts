import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { Service } from './access.ts';
import type { Origin } from './find-credentials.ts';
import type { Environment, SharedFiles } from './shared-files.ts';

const IDENTITY_KEYS = [
  'role_arn',
  'source_profile',
  'sso_account_id',
  'sso_role_name',
  'aws_access_key_id',
  'credential_process',
  'login_session',
];

/** Stable as long as the same identity at the same place is meant, and of no use to who reads it in the cache. The
 *  endpoints count: what a simulator says of an account is not what AWS says of it. */
export function fingerprintOf(
  origin: Origin,
  files: SharedFiles,
  env: Environment,
  endpoints: Readonly<Record<Service, string | undefined>>,
): string {
  const parts = [origin.kind, endpoints.sts, endpoints.cloudtrail, ...identityOf(origin, files, env)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

function identityOf(origin: Origin, files: SharedFiles, env: Environment): readonly (string | undefined)[] {
  switch (origin.kind) {
    case 'profile': {
      const section = files.profiles.get(origin.name);
      return [origin.name, ...IDENTITY_KEYS.map((key) => section?.get(key))];
    }
    case 'environment':
      return [env.AWS_ACCESS_KEY_ID];
    case 'web-identity':
      return [env.AWS_ROLE_ARN];
    // A home folder may be shared by machines with roles of their own.
    case 'container':
    case 'instance':
      return [hostname(), env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, env.AWS_CONTAINER_CREDENTIALS_FULL_URI];
  }
}
