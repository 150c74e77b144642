// What is said where no credentials can come from.

import { nearest } from '../../text/nearest.ts';
import { credentialFault } from './credential-fault.ts';
import type { FaultError } from './fault.ts';
import { mayAskInstance } from './machine-credentials.ts';
import type { Section } from './shared-file-text.ts';
import { type Environment, type SharedFiles, shownPath } from './shared-files.ts';

type Whereabouts = {
  readonly env: Environment;
  readonly files: SharedFiles;
  readonly isFromEnvironment?: boolean;
  /** The profile whose source it is. */
  readonly of?: string | undefined;
};

/** With the nearest name, or the word that is missing in the file. */
export function unknownProfile(name: string, { env, files, isFromEnvironment = false, of }: Whereabouts): FaultError {
  const [config, credentials] = [shownPath(files.configPath, env), shownPath(files.credentialsPath, env)];
  const who =
    of !== undefined
      ? `profile ${of} says source_profile = ${name}, and there is no profile ${name}`
      : `no profile ${name}${isFromEnvironment ? ' (AWS_PROFILE)' : ''}`;
  const stray = files.strays.includes(name) ? `write [profile ${name}] for [${name}] in ${config}` : null;
  const near = nearest(name, [...files.profiles.keys()]);
  return credentialFault('UnknownProfile', {
    message: `${who} in ${config} and ${credentials}${problemsOf(files)}`,
    next: stray ?? (near === null ? 'run aws configure list-profiles to see those there are' : `did you mean ${near}?`),
  });
}

/** `of`: the profile whose source it is. */
export function emptyProfile(name: string, section: Section, { files, of }: Whereabouts): FaultError {
  const half = section.has('aws_access_key_id') ? 'aws_secret_access_key' : 'aws_access_key_id';
  const isHalf = section.has('aws_access_key_id') || section.has('aws_secret_access_key');
  const lacks = isHalf
    ? `no ${half}`
    : section.has('role_arn')
      ? 'a role_arn, but no source_profile, credential_source or web_identity_token_file'
      : 'nothing that gives credentials';
  return credentialFault('EmptyProfile', {
    message: `profile ${name}${of === undefined ? '' : `, the source_profile of ${of},`} has ${lacks}${problemsOf(files)}`,
    next: `complete it (aws configure --profile ${name}), or choose another profile`,
  });
}

/** Every place that was looked at, and what was there. */
export function nothingFound({ env, files }: Whereabouts): FaultError {
  const [config, credentials] = [shownPath(files.configPath, env), shownPath(files.credentialsPath, env)];
  const looked = [
    pair(env, 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'),
    `profile default in ${config} and ${credentials} (${files.profiles.has('default') ? 'without credentials' : 'not there'})`,
    pair(env, 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'),
    'container (none)',
    `instance role (${mayAskInstance(env) ? 'no answer' : 'off: AWS_EC2_METADATA_DISABLED'})`,
  ];
  const others = [...files.profiles.keys()].filter((name) => name !== 'default');
  return credentialFault('NoCredentials', {
    message: `no AWS credentials; looked for ${looked.join(', ')}${problemsOf(files)}`,
    next:
      others.length > 0
        ? `choose a profile (${others.slice(0, 3).join(', ')}${others.length > 3 ? ' …' : ''})`
        : 'run aws configure sso, aws login or aws configure',
  });
}

/** Two variables that are of use together only. */
function pair(env: Environment, first: string, second: string): string {
  if (env[first] && !env[second]) return `${first} (without ${second})`;
  if (env[second] && !env[first]) return `${second} (without ${first})`;
  return `${first} (not set)`;
}

function problemsOf({ problems }: SharedFiles): string {
  return problems.length === 0 ? '' : ` (${problems.slice(0, 2).join('; ')}${problems.length > 2 ? ' …' : ''})`;
}
