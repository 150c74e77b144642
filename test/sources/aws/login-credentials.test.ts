import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { SSO_TOKEN } from '../../helpers/cloudtrail-server/handed-credentials.ts';
import { startCloudTrailServer } from '../../helpers/cloudtrail-server/server.ts';
import { access, faultFrom, homeWith, type Reply, serve } from './setting.ts';

// The SDK looks for tokens in the home folder of the process, which is the test file's own.
const TOKENS = { sso: join(homedir(), '.aws/sso/cache'), login: join(homedir(), '.aws/login/cache') };
const USER = 'arn:aws:iam::111122223333:user/anna';

const CONFIG = `[profile work]\nsso_session = corp\nsso_account_id = 444455556666\nsso_role_name = ReadOnly
[profile other]\nsso_session = corp\nsso_account_id = 000000000000\nsso_role_name = ReadOnly
[profile legacy]\nsso_start_url = https://example.com/start\nsso_region = us-east-1\nsso_account_id = 444455556666\nsso_role_name = ReadOnly
[profile role]\nrole_arn = arn:aws:iam::111122223333:role/Audit\nsource_profile = work\nregion = us-east-1
[profile lost]\nsso_session = gone\nsso_account_id = 444455556666\nsso_role_name = ReadOnly
[profile half]\nsso_session = corp
[profile it's me]\nlogin_session = ${USER}
[profile console]\nlogin_session = ${USER}\nregion = us-east-1
[sso-session corp]\nsso_start_url = https://example.com/start\nsso_region = us-east-1\n`;

beforeEach(() => {
  for (const folder of Object.values(TOKENS)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
});

function writeSsoToken(name: string, accessToken: string, ageMs = 0): void {
  const expiresAt = new Date(Date.now() + 3_600_000 - ageMs).toISOString();
  const file = `${createHash('sha1').update(name).digest('hex')}.json`;
  writeFileSync(join(TOKENS.sso, file), JSON.stringify({ accessToken, expiresAt, region: 'us-east-1' }));
}

async function ofSimulator(profile: string) {
  const server = await startCloudTrailServer();
  onTestFinished(() => server.close());
  const home = homeWith({ '.aws/config': CONFIG });
  return access({ profile, env: { ...home.env, AWS_ENDPOINT_URL: server.url } });
}

test('an SSO session gives credentials, also for a role', async () => {
  writeSsoToken('corp', SSO_TOKEN);
  expect((await (await ofSimulator('work')).caller()).account).toBe('444455556666');
});

test('a session of the older form', async () => {
  writeSsoToken('https://example.com/start', SSO_TOKEN);
  expect((await (await ofSimulator('legacy')).caller()).account).toBe('444455556666');
});

const LOGIN = { next: 'run aws sso login --profile work', login: ['aws', 'sso', 'login', '--profile', 'work'] };

test('never logged in, logged out, expired: each names the command', async () => {
  const open = await ofSimulator('work');
  expect(await faultFrom(open.credentials())).toMatchObject({
    kind: 'expired',
    message: 'profile work is not logged in to IAM Identity Center',
    ...LOGIN,
  });
  writeSsoToken('corp', SSO_TOKEN, 7_200_000);
  expect(await faultFrom(open.credentials())).toMatchObject({
    message: 'the SSO session of profile work has expired',
    ...LOGIN,
  });
  // Somebody has logged out elsewhere.
  writeSsoToken('corp', 'another');
  expect(await faultFrom(open.caller())).toMatchObject({
    message: 'the SSO session of profile work has expired',
    ...LOGIN,
  });
  // After `l` it works without anything being opened anew.
  writeSsoToken('corp', SSO_TOKEN);
  expect((await open.caller()).account).toBe('444455556666');
});

test('the login that a role needs is that of its source', async () => {
  expect(await faultFrom((await ofSimulator('role')).caller())).toMatchObject(LOGIN);
});

test('a role that SSO does not give, a session that is not in the file, and half a profile', async () => {
  writeSsoToken('corp', SSO_TOKEN);
  expect(await faultFrom((await ofSimulator('other')).credentials())).toMatchObject({
    kind: 'denied',
    message: 'IAM Identity Center does not give profile other the role ReadOnly of account 000000000000',
  });
  expect((await faultFrom((await ofSimulator('lost')).credentials())).message).toBe(
    'profile lost says sso_session = gone, and the config file has no [sso-session gone]',
  );
  expect((await faultFrom((await ofSimulator('half')).credentials())).message).toBe(
    'profile half lacks sso_account_id, sso_role_name',
  );
});

test('a portal that does not answer is a matter of the network', async () => {
  writeSsoToken('corp', SSO_TOKEN);
  const home = homeWith({ '.aws/config': CONFIG });
  const open = await access({ profile: 'work', env: { ...home.env, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' } });
  expect(await faultFrom(open.credentials())).toMatchObject({ kind: 'network', login: null });
});

function writeLogin(ageMs = 0): void {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const accessToken = {
    accessKeyId: 'ASIALOGIN',
    secretAccessKey: 's',
    sessionToken: 't',
    accountId: '111122223333',
    expiresAt: new Date(Date.now() + 3_600_000 - ageMs).toISOString(),
  };
  const dpopKey = privateKey.export({ format: 'pem', type: 'sec1' });
  const file = `${createHash('sha256').update(USER).digest('hex')}.json`;
  writeFileSync(join(TOKENS.login, file), JSON.stringify({ accessToken, clientId: 'c', refreshToken: 'r', dpopKey }));
}

test('aws login: its session, never logged in, and one that cannot be refreshed', async () => {
  const refused: Reply = {
    status: 403,
    type: 'application/json',
    body: JSON.stringify({ __type: 'AccessDeniedException', error: 'TOKEN_EXPIRED', message: 'expired' }),
  };
  const service = await serve(() => refused);
  const home = homeWith({ '.aws/config': CONFIG });
  const env = { ...home.env, AWS_ENDPOINT_URL: service.url };
  const open = await access({ profile: 'console', env });
  const step = { next: 'run aws login --profile console', login: ['aws', 'login', '--profile', 'console'] };
  expect(await faultFrom(open.credentials())).toMatchObject({ message: 'profile console is not logged in', ...step });
  writeLogin(7_200_000);
  expect(await faultFrom(open.credentials())).toMatchObject({
    kind: 'expired',
    message: 'the login of profile console has expired',
    ...step,
  });
  expect(service.seen).not.toEqual([]);
  writeLogin();
  expect((await open.credentials()).accessKeyId).toBe('ASIALOGIN');
});

test('the command of a profile with an odd name can be pasted', async () => {
  const home = homeWith({ '.aws/config': CONFIG });
  const fault = await faultFrom((await access({ profile: "it's me", env: home.env })).credentials());
  expect(fault.next).toBe(`run aws login --profile 'it'\\''s me'`);
  expect(fault.login).toEqual(['aws', 'login', '--profile', "it's me"]);
});
