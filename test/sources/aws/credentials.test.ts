import { expect, test } from 'vitest';
import { credentialFaultOf } from '../../../src/sources/aws/credential-fault.ts';
import { access, faultFrom, homeWith, KEYS, keys, type Reply, type Seen, serve, sts, stsError } from './setting.ts';

const ROLE = 'arn:aws:iam::111122223333:role';
const MFA = 'arn:aws:iam::111122223333:mfa/anna';

async function accessTo(config: string, profile: string | null, more: { answer?: (request: Seen) => Reply } = {}) {
  const service = await serve(more.answer ?? sts);
  const home = homeWith({ '.aws/config': config });
  const env = { ...home.env, AWS_ENDPOINT_URL: service.url };
  return { service, home, env, open: await access({ profile, env }) };
}

test('keys of the environment, and those of a profile', async () => {
  const { open, env } = await accessTo(`[profile one]\n${keys('AKIAONE')}aws_session_token = t\n`, 'one');
  expect(await open.credentials()).toEqual({ accessKeyId: 'AKIAONE', secretAccessKey: 'secret', sessionToken: 't' });
  expect([open.label, open.profile]).toEqual(['one', 'one']);
  const plain = await access({ profile: null, env: { ...env, ...KEYS } });
  expect((await plain.credentials()).accessKeyId).toBe('AKIAENV');
  expect([plain.label, plain.profile]).toEqual(['environment', null]);
  const byVariable = await access({ profile: null, env: { ...env, ...KEYS, AWS_PROFILE: 'one' } });
  expect((await byVariable.credentials()).accessKeyId).toBe('AKIAONE');
  expect([byVariable.label, byVariable.profile]).toEqual(['one', null]);
});

test('a chain of roles is assumed one by one, at the endpoint of the chosen profile', async () => {
  const config = `[profile last]\nrole_arn = ${ROLE}/Last\nsource_profile = middle\nexternal_id = x-1\nregion = eu-west-1
[profile middle]\nrole_arn = ${ROLE}/Middle\nsource_profile = base\nrole_session_name = anna
[profile base]\n${keys('AKIABASE')}`;
  const { open, service } = await accessTo(config, 'last');
  expect(service.seen).toEqual([]);
  const { accessKeyId, accountId } = await open.credentials();
  expect([accessKeyId, accountId]).toEqual(['ASIALast', '111122223333']);
  const calls = service.seen.map(({ key, body }) => {
    const form = new URLSearchParams(body);
    return [key, form.get('RoleArn'), form.get('RoleSessionName'), form.get('ExternalId')];
  });
  expect(calls).toEqual([
    ['AKIABASE', `${ROLE}/Middle`, 'anna', null],
    ['ASIAMiddle', `${ROLE}/Last`, 'trailx', 'x-1'],
  ]);
  expect(service.seen[0]?.headers['user-agent']).toContain('app/trailx');
  // Several clients at once ask once, and later not at all.
  open.renew();
  await Promise.all([open.credentials(), open.credentials(), open.caller()]);
  expect(service.seen.filter(({ action }) => action === 'AssumeRole')).toHaveLength(2);
});

test('a profile may be its own source, and a source with keys gives those', async () => {
  const config = `[profile self]\nrole_arn = ${ROLE}/Self\nsource_profile = self\n${keys('AKIASELF')}
[profile both]\nrole_arn = ${ROLE}/Both\nsource_profile = self`;
  const { service, env, open } = await accessTo(config, 'self');
  await open.credentials();
  await (await access({ profile: 'both', env })).credentials();
  expect(service.seen.map(({ key }) => key)).toEqual(['AKIASELF', 'AKIASELF']);
});

test('a code of an MFA device is asked for once', async () => {
  const service = await serve(sts);
  const home = homeWith({
    '.aws/config': `[profile mfa]\nrole_arn = ${ROLE}/Admin\nsource_profile = base\nmfa_serial = ${MFA}\n[profile base]\n${keys('AKIABASE')}`,
  });
  const env = { ...home.env, AWS_ENDPOINT_URL: service.url };
  const asked: string[] = [];
  const askMfaCode = async (serial: string, profile: string) => {
    asked.push(`${serial} ${profile}`);
    return ' 123456 ';
  };
  const open = await access({ profile: 'mfa', env, askMfaCode });
  await Promise.all([open.credentials(), open.credentials()]);
  expect(asked).toEqual([`${MFA} mfa`]);
  const form = new URLSearchParams(service.seen[0]?.body);
  expect([form.get('SerialNumber'), form.get('TokenCode')]).toEqual([MFA, '123456']);

  const silent = await access({ profile: 'mfa', env });
  expect(await faultFrom(silent.credentials())).toMatchObject({
    name: 'MfaRequired',
    message: `profile mfa asks for the code of the MFA device ${MFA}`,
  });
});

test('a refused code is not asked for again before renew; a wrong one is told', async () => {
  const answers = [null, '12345', '654321'];
  const wrong = 'MultiFactorAuthentication failed with invalid MFA one time pass code.';
  const service = await serve((request) =>
    request.action === 'AssumeRole' ? stsError('AccessDenied', wrong) : sts(request),
  );
  const home = homeWith({
    '.aws/config': `[profile mfa]\nrole_arn = ${ROLE}/Admin\nsource_profile = base\nmfa_serial = ${MFA}\n[profile base]\n${keys('AKIABASE')}`,
  });
  let asked = 0;
  const askMfaCode = async () => answers[asked++] ?? null;
  const open = await access({ profile: 'mfa', env: { ...home.env, AWS_ENDPOINT_URL: service.url }, askMfaCode });
  expect((await faultFrom(open.credentials())).message).toBe('no MFA code for profile mfa');
  expect((await faultFrom(open.credentials())).name).toBe('MfaRefused');
  expect(asked).toBe(1);
  open.renew();
  expect((await faultFrom(open.credentials())).message).toBe('the MFA code for profile mfa is not six digits');
  open.renew();
  const fault = await faultFrom(open.caller());
  expect(fault.message).toBe(`AWS does not take the MFA code for profile mfa: ${wrong.slice(0, -1)}`);
  expect(fault.next).toContain('next code');
});

test.each([
  [
    'a circle of roles',
    `[profile a]\nrole_arn = ${ROLE}/A\nsource_profile = b\n[profile b]\nrole_arn = ${ROLE}/B\nsource_profile = a\n`,
    'the source_profile of profile a leads in a circle: a → b → a',
    'let the last of them name a profile with credentials of its own',
  ],
  [
    'a role that is its own source without keys',
    `[profile a]\nrole_arn = ${ROLE}/A\nsource_profile = a\n`,
    'the source_profile of profile a leads in a circle: a → a',
    'let the last of them name a profile with credentials of its own',
  ],
  [
    'a source that is not there',
    `[profile a]\nrole_arn = ${ROLE}/A\nsource_profile = bass\n[profile base]\n${keys('AKIA')}`,
    /^profile a says source_profile = bass, and there is no profile bass in ~\/\.aws\/config and ~\/\.aws\/credentials$/,
    'did you mean base?',
  ],
  [
    'a source with nothing in it',
    `[profile a]\nrole_arn = ${ROLE}/A\nsource_profile = b\n[profile b]\nregion = eu-west-1\n`,
    'profile b, the source_profile of a, has nothing that gives credentials',
    'complete it (aws configure --profile b), or choose another profile',
  ],
  [
    'half a pair of keys',
    '[profile a]\naws_access_key_id = AKIA\n',
    'profile a has no aws_secret_access_key',
    'complete it (aws configure --profile a), or choose another profile',
  ],
  [
    'a role without a source',
    `[profile a]\nrole_arn = ${ROLE}/A\n`,
    'profile a has a role_arn, but no source_profile, credential_source or web_identity_token_file',
    'complete it (aws configure --profile a), or choose another profile',
  ],
  [
    'two sources',
    `[profile a]\nrole_arn = ${ROLE}/A\nsource_profile = a\ncredential_source = Environment\n`,
    'profile a has both source_profile and credential_source',
    'keep one of the two',
  ],
  [
    'a source of a kind nobody knows',
    `[profile a]\nrole_arn = ${ROLE}/A\ncredential_source = Moon\n`,
    'profile a says credential_source = Moon, and there is no such source',
    'write Environment, EcsContainer or Ec2InstanceMetadata',
  ],
  [
    'an environment without keys',
    `[profile a]\nrole_arn = ${ROLE}/A\ncredential_source = Environment\n`,
    'profile a says credential_source = Environment, and the environment has no keys',
    'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  ],
  [
    'a token that cannot be read',
    `[profile a]\nrole_arn = ${ROLE}/A\nweb_identity_token_file = /no/such/token\n`,
    'cannot read the web identity token /no/such/token of profile a',
    'check web_identity_token_file',
  ],
])('%s is told with the next step', async (_, config, message, next) => {
  const { open, service } = await accessTo(config, 'a');
  const fault = await faultFrom(open.credentials());
  expect(fault.kind).toBe('credentials');
  expect(fault.message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  expect(fault.next).toBe(next);
  expect(service.seen).toEqual([]);
});

test('an unknown profile is told at once, with the nearest name or the missing word', async () => {
  const home = homeWith({ '.aws/config': '[profile production]\n[staging]\nregion = eu-west-1\n' });
  const open = (profile: string | null, more = {}) => faultFrom(access({ profile, env: { ...home.env, ...more } }));
  expect(await open('prodution')).toMatchObject({ name: 'UnknownProfile', next: 'did you mean production?' });
  expect((await open('staging')).next).toBe('write [profile staging] for [staging] in ~/.aws/config');
  expect((await open('zzz')).next).toBe('run aws configure list-profiles to see those there are');
  expect((await open(null, { AWS_PROFILE: 'nope' })).message).toBe(
    'no profile nope (AWS_PROFILE) in ~/.aws/config and ~/.aws/credentials',
  );
});

test('names in the files are made harmless before they are told', async () => {
  const home = homeWith({ '.aws/config': '[profile prod\x1b[2J\x07]\nregion = eu-west-1\n' });
  const fault = await faultFrom(access({ profile: 'prod\x1b[2', env: home.env }));
  expect(`${fault.message}${fault.next}`).not.toMatch(/\p{Cc}/u);
  expect(fault.next).toBe('did you mean prod [2J ?');
});

test('credential_source = Environment, and a web identity of the environment', async () => {
  const config = `[profile a]\nrole_arn = ${ROLE}/A\ncredential_source = Environment\n`;
  const { env, service, home } = await accessTo(config, 'a');
  const open = await access({ profile: 'a', env: { ...env, ...KEYS } });
  await open.credentials();
  expect(service.seen.map(({ action, key }) => [action, key])).toEqual([['AssumeRole', 'AKIAENV']]);
  const tokenFile = home.write('token', 'eyJ.token\n');
  const pod = {
    ...env,
    AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
    AWS_ROLE_ARN: `${ROLE}/Pod`,
    AWS_ROLE_SESSION_NAME: 'p',
  };
  expect((await (await access({ profile: null, env: pod })).credentials()).accessKeyId).toBe('ASIAPod');
  const form = new URLSearchParams(service.seen[1]?.body);
  expect([form.get('Action'), form.get('WebIdentityToken'), form.get('RoleSessionName')]).toEqual([
    'AssumeRoleWithWebIdentity',
    'eyJ.token',
    'p',
  ]);
  expect(service.seen[1]?.key).toBeNull();
});

test('a role that may not be assumed, and a source whose session has expired', async () => {
  const config = `[profile a]\nrole_arn = ${ROLE}/A\nsource_profile = base\n[profile base]\n${keys('AKIA')}aws_session_token = t\n`;
  const denied = `User: arn:aws:iam::111122223333:user/anna is not authorized to perform: sts:AssumeRole on resource: ${ROLE}/A`;
  const first = await accessTo(config, 'a', { answer: () => stsError('AccessDenied', denied) });
  expect(await faultFrom(first.open.credentials())).toMatchObject({
    kind: 'denied',
    name: 'AccessDenied',
    message: `profile a may not assume ${ROLE}/A: ${denied}`,
  });
  const second = await accessTo(config, 'a', {
    answer: () => stsError('ExpiredToken', 'The security token is expired'),
  });
  expect(await faultFrom(second.open.caller())).toMatchObject({
    kind: 'expired',
    message: 'the credentials of profile base have expired',
    next: 'put a fresh aws_session_token into profile base',
  });
});

test('an expired session in a request: what to do depends on where the credentials come from', () => {
  const home = homeWith({
    '.aws/config': `[profile sso]\nsso_session = w\n[profile console]\nlogin_session = arn:aws:iam::1:user/a\n[profile static]\n${keys('AKIA')}`,
  });
  const expired = Object.assign(new Error('expired'), { name: 'ExpiredTokenException' });
  const of = (profile: string | null, more = {}) =>
    credentialFaultOf(expired, { profile, env: { ...home.env, ...more } });
  expect(of('sso')).toMatchObject({ kind: 'expired', login: ['aws', 'sso', 'login', '--profile', 'sso'] });
  expect(of('console')?.next).toBe('run aws login --profile console');
  expect(of('static')).toMatchObject({ login: null, next: 'put a fresh aws_session_token into profile static' });
  expect(of(null, KEYS)?.message).toBe('the credentials of the environment have expired');
  expect(of(null, { AWS_PROFILE: 'sso' })?.next).toBe('run aws sso login --profile sso');
  expect(credentialFaultOf(new Error('other'), { profile: null, env: {} })).toBeNull();
});

test('fresh keys that a person writes into the file are taken after renew', async () => {
  const { open, home } = await accessTo(`[profile one]\n${keys('AKIAOLD')}`, 'one');
  expect((await open.credentials()).accessKeyId).toBe('AKIAOLD');
  home.write('.aws/config', `[profile one]\n${keys('AKIANEW')}`);
  expect((await open.credentials()).accessKeyId).toBe('AKIAOLD');
  open.renew();
  expect((await open.credentials()).accessKeyId).toBe('AKIANEW');
});

test('keys of the environment that say when they end are not used after it', async () => {
  const env = { ...homeWith().env, ...KEYS, AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z' };
  const fault = await faultFrom((await access({ profile: null, env })).credentials());
  expect(fault.kind).toBe('expired');
});

test('no credentials at all: says what was looked for, and offers the profiles there are', async () => {
  const home = homeWith({ '.aws/config': `[profile dev]\n${keys('AKIA')}[default]\nregion = eu-west-1` });
  const fault = await faultFrom((await access({ profile: null, env: home.env })).credentials());
  expect(fault).toMatchObject({ name: 'NoCredentials', next: 'choose a profile (dev)' });
  expect(fault.message).toBe(
    'no AWS credentials; looked for AWS_ACCESS_KEY_ID (not set), profile default in ~/.aws/config and ' +
      '~/.aws/credentials (without credentials), AWS_WEB_IDENTITY_TOKEN_FILE (not set), container (none), ' +
      'instance role (off: AWS_EC2_METADATA_DISABLED)',
  );
  const half = await access({ profile: null, env: { ...homeWith().env, AWS_SECRET_ACCESS_KEY: 's' } });
  const { message, next } = await faultFrom(half.credentials());
  expect(message).toContain('AWS_SECRET_ACCESS_KEY (without AWS_ACCESS_KEY_ID), profile default');
  expect(next).toBe('run aws configure sso, aws login or aws configure');
});
