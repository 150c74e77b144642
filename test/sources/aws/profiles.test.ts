import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readProfiles } from '../../../src/sources/aws/profiles.ts';
import { faultFrom, homeWith, keys } from './setting.ts';

const CONFIG = `# written by hand
[default]
region = us-east-1

[profile prod-admin]
sso_session = work
sso_account_id = 111122223333
sso_role_name = Admin
region = eu-west-1 ; near

[profile old-sso]
sso_start_url = https://example.awsapps.com/start
sso_region = us-east-1
sso_account_id = 222233334444
sso_role_name = ReadOnly

[profile audit]
role_arn = arn:aws:iam::333344445555:role/security/Audit
source_profile = default
mfa_serial = arn:aws:iam::111122223333:mfa/anna

[profile "with spaces"]
credential_process = /opt/bin/get --json
s3 =
  max_concurrent_requests = 20
  addressing_style = path
region = us-west-2

[profile pod]
role_arn = arn:aws:iam::333344445555:role/Pod
web_identity_token_file = /var/run/token

[profile console]
login_session = arn:aws:iam::111122223333:user/anna

[profile empty]

[sso-session work]
sso_start_url = https://example.awsapps.com/start
sso_region = us-east-1

[services local]
cloudtrail =
  endpoint_url = http://127.0.0.1:4566
[plugins]
cli_legacy_plugin_path = /x
`;

test('the profiles of both files, default first, without sso-session and services sections', async () => {
  const home = homeWith({
    '.aws/config': CONFIG,
    '.aws/credentials': `[default]\n${keys('AKIADEFAULT')}region = eu-central-1\n[ci2]\n${keys('AKIACI')}[ci10]\n${keys('AKIACI')}`,
  });
  const profiles = await readProfiles(home.env);
  expect(profiles.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'default keys',
    'audit role',
    'ci2 keys',
    'ci10 keys',
    'console login',
    'empty none',
    'old-sso sso',
    'pod web-identity',
    'prod-admin sso',
    'with spaces process',
  ]);
  const named = (name: string) => profiles.find((profile) => profile.name === name);
  expect(named('prod-admin')).toMatchObject({ region: 'eu-west-1', account: '111122223333', role: 'Admin' });
  expect(named('audit')).toMatchObject({
    account: '333344445555',
    role: 'security/Audit',
    source: 'default',
    needsMfa: true,
  });
  // The credentials file goes first.
  expect(named('default')).toMatchObject({ region: 'eu-central-1', account: null, needsMfa: false });
  expect(named('with spaces')).toMatchObject({ region: 'us-west-2' });
});

test('files that do not exist, or are /dev/null, hold no profiles and are no problem', async () => {
  const problems: string[] = [];
  const env = { ...homeWith().env, AWS_CONFIG_FILE: '/dev/null' };
  expect(await readProfiles(env, (line) => problems.push(line))).toEqual([]);
  expect(problems).toEqual([]);
});

test('what can be read of damaged files is read, and the rest is told without its text', async () => {
  const home = homeWith({
    '.aws/config': `region = nowhere
[profile good]
region = eu-west-1
this line says nothing
[profile cut
aws_secret_access_key = s3cr3t
= 5
[]
[__proto__]
a = b
[profile __proto__]
region = us-east-1
`,
    '.aws/credentials': '\u{feff}[good]\r\naws_access_key_id = AKIA\r\naws_secret_access_key = \xff\r\n',
  });
  const problems: string[] = [];
  const profiles = await readProfiles(home.env, (line) => problems.push(line));
  expect(profiles.map(({ name, kind, region }) => [name, kind, region])).toEqual([
    ['__proto__', 'none', 'us-east-1'],
    ['good', 'keys', 'eu-west-1'],
  ]);
  expect(problems).toEqual([
    '~/.aws/config, line 1: before the first [section]',
    '~/.aws/config, line 4: neither [section] nor key = value',
    '~/.aws/config, line 5: not a section: [name] is expected',
    '~/.aws/config, line 7: neither [section] nor key = value',
    '~/.aws/config, line 8: not a section: [name] is expected',
  ]);
});

test('a file of Windows, a file that is not UTF-8, and one that is a folder', async () => {
  const home = homeWith();
  const config = home.write('utf16', '');
  writeFileSync(config, Buffer.from('\u{feff}[profile wide]\r\nregion = eu-west-1\r\n', 'utf16le'));
  const credentials = home.write('latin1', '');
  writeFileSync(credentials, Buffer.from('[m\xfcller]\naws_access_key_id = A\n[b]\n', 'latin1'));
  const env = { ...home.env, AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials };
  const problems: string[] = [];
  const names = (await readProfiles(env, (line) => problems.push(line))).map(({ name }) => name);
  expect(names).toEqual(['b', 'm\ufffdller', 'wide']);
  expect(problems).toEqual([`${credentials} is not UTF-8 throughout`]);

  mkdirSync(join(home.path, 'folder'));
  const folder = { ...home.env, AWS_CONFIG_FILE: join(home.path, 'folder') };
  const fault = await faultFrom(readProfiles(folder));
  expect(fault.message).toBe(`cannot read ${join(home.path, 'folder')}: it is a folder`);
  // With something to show the rest is only a problem.
  expect(await readProfiles({ ...folder, AWS_SHARED_CREDENTIALS_FILE: credentials })).toHaveLength(2);
});

test('a file that cannot be opened', async () => {
  const home = homeWith();
  const path = join(home.path, 'circle');
  symlinkSync(path, path);
  const { message, next } = await faultFrom(readProfiles({ ...home.env, AWS_CONFIG_FILE: path }));
  expect(message).toBe(`cannot read ${path}: ELOOP`);
  expect(next).toContain('permissions');
});

test('a config of 7,000 lines is read within 100 ms', async () => {
  const section = (index: number) => `[profile account-${index}]
sso_session = work
sso_account_id = ${String(index).padStart(12, '0')}
sso_role_name = Admin
region = eu-west-1
output = json

`;
  const home = homeWith({ '.aws/config': Array.from({ length: 1000 }, (_, index) => section(index)).join('') });
  await readProfiles(home.env);
  const start = performance.now();
  expect(await readProfiles(home.env)).toHaveLength(1000);
  expect(performance.now() - start).toBeLessThan(100);
});

test('AWS_CONFIG_FILE may begin with ~/', async () => {
  const home = homeWith({ mine: '[profile there]\n' });
  const profiles = await readProfiles({ ...home.env, AWS_CONFIG_FILE: '~/mine' });
  expect(profiles.map(({ name }) => name)).toEqual(['there']);
});
