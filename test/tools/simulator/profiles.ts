// The config and credentials files that the printed line points trailx at: a profile for each way in, working or not.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountSetup } from '../../helpers/cloudtrail-server/accounts.ts';

export type NamedAccount = { readonly name: string; readonly setup: AccountSetup; readonly region: string };

export const MFA_CODE = '123456';

/** Accounts as the server knows them; the first has a role that wants an MFA code. */
export function namedAccounts(ids: readonly string[], regionOf: (id: string) => string): NamedAccount[] {
  const names = ['prod', 'dev', 'security'];
  return ids.map((id, index) => {
    const name = names[index] ?? `account-${id}`;
    const partition = regionOf(id).startsWith('cn-')
      ? 'aws-cn'
      : regionOf(id).startsWith('us-gov-')
        ? 'aws-us-gov'
        : 'aws';
    const setup: AccountSetup = {
      id,
      partition,
      accessKeyId: `AKIA${id}EXAM`,
      user: `${name}-reader`,
      deniedRegions: name === 'dev' ? ['us-west-2'] : [],
      roles: name === 'prod' ? [{ name: 'admin', mfa: { serial: mfaSerial(id), code: MFA_CODE } }] : [],
    };
    return { name, setup, region: regionOf(id) };
  });
}

function mfaSerial(account: string): string {
  return `arn:aws:iam::${account}:mfa/phone`;
}

export type ProfileFiles = {
  readonly config: string;
  readonly credentials: string;
  /** Name and what to expect, for printing. */
  readonly profiles: readonly (readonly [name: string, about: string])[];
};

/** Writes both files into the folder. */
export function writeProfiles(folder: string, url: string, accounts: readonly NamedAccount[]): ProfileFiles {
  const [first] = accounts;
  if (first === undefined) throw new Error('no accounts');
  const last = accounts.at(-1) ?? first;
  const role = (account: NamedAccount, name: string) =>
    `arn:${account.setup.partition ?? 'aws'}:iam::${account.setup.id}:role/${name}`;
  const profiles: (readonly [string, string])[] = [];
  const sections: string[] = [];
  const profile = (name: string, about: string, region: string, lines: readonly string[] = []) => {
    profiles.push([name, about]);
    sections.push([`[profile ${name}]`, `region = ${region}`, `endpoint_url = ${url}`, ...lines, ''].join('\n'));
  };

  for (const { name, setup, region } of accounts) {
    const denied = setup.deniedRegions?.length ? `, a policy denies ${setup.deniedRegions.join(', ')}` : '';
    profile(name, `account ${setup.id}, access key${denied}`, region);
  }
  profile('audit', `a role in ${last.setup.id}, by way of ${first.name}`, last.region, [
    `role_arn = ${role(last, 'auditor')}`,
    `source_profile = ${first.name}`,
  ]);
  profile('admin', `a role in ${first.setup.id} that wants an MFA code: ${MFA_CODE}`, first.region, [
    `role_arn = ${role(first, 'admin')}`,
    `source_profile = ${first.name}`,
    `mfa_serial = ${mfaSerial(first.setup.id)}`,
  ]);
  profile('sso', 'an SSO session that nobody has logged in to', first.region, [
    'sso_session = company',
    `sso_account_id = ${first.setup.id}`,
    'sso_role_name = ReadOnly',
  ]);
  profile('revoked', 'an access key that is no more', first.region);
  profile('rubbish', 'a credential_process that prints no JSON', first.region, ['credential_process = echo rubbish']);
  sections.push('[sso-session company]\nsso_start_url = https://example.com/start\nsso_region = us-east-1\n');

  const config = join(folder, 'config');
  const credentials = join(folder, 'credentials');
  writeFileSync(config, sections.join('\n'), { mode: 0o600 });
  const keys = [...accounts.map(({ name, setup }) => [name, setup.accessKeyId]), ['revoked', 'AKIANOLONGERTHEREXXX']];
  writeFileSync(
    credentials,
    keys
      .map(([name, key]) => `[${name}]\naws_access_key_id = ${key}\naws_secret_access_key = not-a-secret\n`)
      .join('\n'),
    { mode: 0o600 },
  );
  return { config, credentials, profiles };
}
