import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { access, faultFrom, homeWith, KEYS, keys, type Reply, type Seen, serve, sts, stsError } from './setting.ts';

test('two profiles with an endpoint_url each talk to their own', async () => {
  const one = await serve((request) => sts(request, '111111111111'));
  const two = await serve((request) => sts(request, '222222222222'));
  const home = homeWith({
    '.aws/config': `[profile one]\nregion = eu-west-1\nendpoint_url = ${one.url}\n${keys('AKIAONE')}
[profile two]\nregion = eu-west-1\nservices = local\n${keys('AKIATWO')}
[services local]\nsts =\n  endpoint_url = ${two.url}\ncloudtrail =\n  endpoint_url = http://127.0.0.1:9\n`,
  });
  const env = { ...home.env, AWS_PROFILE: 'one' };
  const [first, second] = [await access({ profile: 'one', env }), await access({ profile: 'two', env })];
  expect((await second.caller()).account).toBe('222222222222');
  expect((await first.caller()).arn).toBe('arn:aws:iam::111111111111:user/AKIAONE');
  expect([one.seen.length, two.seen.length]).toEqual([1, 1]);
  expect(second.endpoint('cloudtrail')).toBe('http://127.0.0.1:9');
  expect(second.endpoint('account')).toBeUndefined();
  expect(first.endpoint('account')).toBe(one.url);
  expect(first.fingerprint).not.toBe(second.fingerprint);
});

test('endpoints: the variable of the service, the one of all, the services section, the profile', async () => {
  const home = homeWith({
    '.aws/config': `[profile p]\n${keys('A')}endpoint_url = http://all.profile\nservices = s\n[services s]\ncloudtrail =\n  endpoint_url = http://trail.profile\n
[profile off]\n${keys('A')}endpoint_url = http://all.profile\nignore_configured_endpoint_urls = true
[profile bad]\n${keys('A')}endpoint_url = localhost:4566\n[profile lost]\n${keys('A')}services = nowhere\n`,
  });
  const endpoints = async (profile: string, more = {}) => {
    const open = await access({ profile, env: { ...home.env, ...more } });
    return [open.endpoint('cloudtrail'), open.endpoint('sts')];
  };
  expect(await endpoints('p')).toEqual(['http://trail.profile', 'http://all.profile']);
  expect(await endpoints('p', { AWS_ENDPOINT_URL: 'http://env' })).toEqual(['http://env', 'http://env']);
  const specific = { AWS_ENDPOINT_URL_STS: 'http://sts.env', AWS_ENDPOINT_URL_CLOUDTRAIL: 'http://trail.env' };
  expect(await endpoints('p', { AWS_ENDPOINT_URL: 'http://env', ...specific })).toEqual([
    'http://trail.env',
    'http://sts.env',
  ]);
  const ignore = { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', AWS_ENDPOINT_URL: 'http://env' };
  expect(await endpoints('p', ignore)).toEqual([undefined, undefined]);
  expect(await endpoints('off')).toEqual([undefined, undefined]);
  expect((await faultFrom(endpoints('bad'))).message).toBe('endpoint_url of profile bad is not a URL: localhost:4566');
  expect((await faultFrom(endpoints('lost'))).message).toContain('services = nowhere');
});

test('the Region: of a chosen profile first, otherwise AWS_REGION first, AWS_DEFAULT_REGION last', async () => {
  const home = homeWith({
    '.aws/config': `[profile eu]\nregion = eu-west-1\n${keys('A')}[profile none]\n${keys('A')}[profile gov]\nrole_arn = arn:aws-us-gov:iam::111122223333:role/R\nsource_profile = none\n[profile china]\nsso_region = cn-north-1\n`,
  });
  const of = async (profile: string | null, more = {}) => {
    const { region, partition } = await access({ profile, env: { ...home.env, ...more } });
    return `${region} ${partition}`;
  };
  const both = { AWS_REGION: 'us-gov-west-1', AWS_DEFAULT_REGION: 'cn-north-1' };
  expect(await of('eu', both)).toBe('eu-west-1 aws');
  expect(await of(null, { ...both, AWS_PROFILE: 'eu' })).toBe('us-gov-west-1 aws-us-gov');
  expect(await of(null, { AWS_PROFILE: 'eu', AWS_DEFAULT_REGION: 'cn-north-1' })).toBe('eu-west-1 aws');
  expect(await of('none', both)).toBe('us-gov-west-1 aws-us-gov');
  expect(await of('none', { AWS_REGION: '', AWS_DEFAULT_REGION: 'cn-north-1' })).toBe('cn-north-1 aws-cn');
  expect(await of('none')).toBe('null aws');
  expect(await of('gov')).toBe('null aws-us-gov');
  expect(await of('china')).toBe('null aws-cn');
});

test('the fingerprint is stable, tells identities apart and holds no key', async () => {
  const home = homeWith();
  const of = async (more: object) =>
    (await access({ profile: null, env: { ...home.env, ...KEYS, ...more } })).fingerprint;
  expect(await of({})).toBe(await of({ AWS_REGION: 'eu-west-1', AWS_SECRET_ACCESS_KEY: 'other' }));
  expect(await of({})).not.toBe(await of({ AWS_ACCESS_KEY_ID: 'AKIAOTHER' }));
  expect(await of({})).not.toBe(await of({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }));
  expect(await of({})).toMatch(/^[0-9a-f]{32}$/);
});

test('the caller is asked for once; a failure is not kept, and one who gives up does not stop the other', async () => {
  let isDown = true;
  const service = await serve((request) => (isDown ? stsError('Boom', 'no', 400) : sts(request)));
  const env = { ...homeWith().env, ...KEYS, AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: service.url };
  const open = await access({ profile: null, env });
  expect((await faultFrom(open.caller())).message).toBe(
    'environment, eu-west-1: AWS refuses the request: HTTP 400 Boom: no',
  );
  isDown = false;
  const impatient = AbortSignal.abort();
  const [patient, stopped] = await Promise.allSettled([open.caller(), open.caller(impatient)]);
  expect(stopped).toMatchObject({ status: 'rejected', reason: { name: 'AbortError' } });
  expect(patient).toMatchObject({ value: { account: '111122223333' } });
  await open.caller();
  expect(service.seen).toHaveLength(2);
});

/** account:ListRegions in two pages, beside STS. */
function regionsService(request: Seen): Reply {
  if (!request.url.endsWith('/listRegions')) return sts(request);
  const isSecond = request.body.includes('more');
  const names = isSecond
    ? [
        ['eu-west-1', 'ENABLED_BY_DEFAULT'],
        ['af-south-1', 'ENABLING'],
      ]
    : [
        ['xx-new-1', 'ENABLED'],
        ['us-east-1', 'ENABLED_BY_DEFAULT'],
        ['ap-east-1', 'DISABLED'],
        ['eu-south-1', 'DISABLING'],
      ];
  const regions = names.map(([RegionName, RegionOptStatus]) => ({ RegionName, RegionOptStatus }));
  return {
    type: 'application/json',
    body: JSON.stringify({ Regions: regions, ...(isSecond ? {} : { NextToken: 'more' }) }),
  };
}

test('the Regions of the account, all pages, in the order of the table', async () => {
  const service = await serve(regionsService);
  const env = { ...homeWith().env, ...KEYS, AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: service.url };
  const open = await access({ profile: null, env });
  const { regions, isGuess } = await open.regions();
  expect(isGuess).toBe(false);
  expect(regions.map(({ name, isEnabled }) => `${name} ${isEnabled}`)).toEqual([
    'us-east-1 true',
    'af-south-1 true',
    'ap-east-1 false',
    'eu-south-1 false',
    'eu-west-1 true',
    'xx-new-1 true',
  ]);
  expect(regions[4]?.title).toBe('Europe (Ireland)');
  await open.regions();
  expect(service.seen).toHaveLength(2);
});

test('who may not list Regions gets the table; who has no credentials is told', async () => {
  let answer: Reply = { status: 403, type: 'application/json', body: '{"message":"not authorized"}' };
  const service = await serve(() => answer);
  const home = homeWith({ '.aws/config': '[profile off]\nregion = eu-west-1\n' });
  const env = { ...home.env, ...KEYS, AWS_REGION: 'af-south-1', AWS_ENDPOINT_URL: service.url };
  const warnings: string[] = [];
  const open = await access({ profile: null, env, onWarning: (line) => warnings.push(line) });
  const { regions, isGuess } = await open.regions();
  expect(isGuess).toBe(true);
  expect(regions).toHaveLength(34);
  // Those that nobody turns on, and the one in use.
  expect(regions.filter(({ isEnabled }) => isEnabled)).toHaveLength(18);
  expect(warnings.join()).toContain('the Regions of environment are a guess');
  answer = { status: 403, type: 'application/json', body: '{"__type":"ExpiredTokenException","message":"expired"}' };
  expect((await faultFrom(open.regions())).kind).toBe('expired');
  expect((await faultFrom((await access({ profile: 'off', env })).regions())).name).toBe('EmptyProfile');
});

test('a start with keys asks no metadata service, neither for credentials nor for a Region', async () => {
  const metadata = await serve(() => ({ status: 404, body: '' }));
  const service = await serve(regionsService);
  const { env } = homeWith();
  // In a process of its own: the SDK reads the environment of the process itself.
  const given = {
    ...env,
    ...KEYS,
    AWS_ENDPOINT_URL: service.url,
    AWS_EC2_METADATA_DISABLED: undefined,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.url,
  };
  const out = await runWith(
    given,
    'const c = await a.caller(); const r = await a.regions(); console.log(c.account, r.isGuess)',
  );
  expect(out.trim()).toBe('111122223333 false');
  expect(metadata.seen).toEqual([]);
});

test('with nothing else, the role of the instance is asked for; or that of the container', async () => {
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const given = (id: string) =>
    JSON.stringify({ Code: 'Success', AccessKeyId: id, SecretAccessKey: 's', Token: 't', Expiration: until });
  const metadata = await serve(({ url, method }) => {
    if (method === 'PUT') return { body: 'token' };
    if (url.endsWith('/container')) return { body: given('ASIACONTAINER') };
    return { body: url.endsWith('/security-credentials/') ? 'role' : given('ASIAINSTANCE') };
  });
  const { env } = homeWith();
  const instance = {
    ...env,
    AWS_EC2_METADATA_DISABLED: undefined,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.url,
  };
  const script = 'console.log((await a.credentials()).accessKeyId, a.label)';
  expect((await runWith(instance, script)).trim()).toBe('ASIAINSTANCE environment');
  const container = { ...instance, AWS_CONTAINER_CREDENTIALS_FULL_URI: `${metadata.url}/container` };
  expect((await runWith(container, script)).trim()).toBe('ASIACONTAINER environment');
});

/** What a script prints that has an access `a` to what this environment gives. */
async function runWith(env: Readonly<Record<string, string | undefined>>, script: string): Promise<string> {
  const module = fileURLToPath(new URL('../../../src/sources/aws/open-access.ts', import.meta.url));
  const source = `import { openAccess } from ${JSON.stringify(module)};
    const a = await openAccess({ profile: null, env: process.env });
    ${script}; a.close();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { env: { ...env }, timeout: 15_000 });
  let output = '';
  child.stdout.on('data', (part) => (output += part));
  child.stderr.on('data', (part) => (output += part));
  await new Promise((resolve) => child.on('close', resolve));
  return output;
}
