import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { access, faultFrom, homeWith } from './setting.ts';

/** An access to a profile whose credential_process is a Node script. */
async function accessBy(script: string, { processTimeoutMs = 10_000 } = {}) {
  const home = homeWith({ 'bin/give.mjs': script });
  home.write(
    '.aws/config',
    `[profile p]\ncredential_process = "${process.execPath}" ${home.path}/bin/give.mjs "${home.path}"\n`,
  );
  return { open: await access({ profile: 'p', env: home.env, processTimeoutMs }), home };
}

const print = (value: unknown) => `console.log(${JSON.stringify(JSON.stringify(value))})`;
const GIVEN = { Version: 1, AccessKeyId: 'AKIAPROC', SecretAccessKey: 's' };

test('the credentials that a command prints', async () => {
  const expires = new Date(Date.now() + 3_600_000);
  const { open } = await accessBy(print({ ...GIVEN, SessionToken: 't', Expiration: expires.toISOString() }));
  expect(await open.credentials()).toEqual({
    accessKeyId: 'AKIAPROC',
    secretAccessKey: 's',
    sessionToken: 't',
    expiration: expires,
  });
});

test('credentials that end within five minutes are asked for anew, and kept where that fails', async () => {
  const soon = JSON.stringify({ ...GIVEN, Expiration: new Date(Date.now() + 60_000).toISOString() });
  const { open } = await accessBy(`import { existsSync, writeFileSync } from 'node:fs';
    const flag = process.argv[2] + '/ran';
    if (existsSync(flag)) process.exit(3);
    writeFileSync(flag, '');
    console.log(${JSON.stringify(soon)});`);
  const first = await open.credentials();
  expect(await open.credentials()).toBe(first);
});

test.each([
  ['nothing', '', 'printed nothing'],
  ['words', 'console.log("Welcome! secret=abc")', 'did not print JSON'],
  ['JSON of another kind', print([1]), 'did not print "Version": 1'],
  ['another version', print({ ...GIVEN, Version: 2 }), 'did not print "Version": 1'],
  ['half', print({ Version: 1, AccessKeyId: 'A' }), 'printed no AccessKeyId and SecretAccessKey'],
  ['a time that is none', print({ ...GIVEN, Expiration: 'soon' }), 'printed an Expiration that is no time'],
  ['old ones', print({ ...GIVEN, Expiration: '2020-01-01T00:00:00Z' }), 'printed credentials that have expired'],
  [
    'an error',
    'console.error("a\\nno \\x1b[31mticket\\x07 left.");process.exit(2)',
    'ended with code 2: no [31mticket left',
  ],
])('a command that prints %s', async (_, script, words) => {
  const fault = await faultFrom((await accessBy(script)).open.credentials());
  expect(fault).toMatchObject({
    kind: 'credentials',
    message: `credential_process of profile p ${words}`,
    next: 'run the command of credential_process in profile p by hand',
  });
});

test('a command that does not exist', async () => {
  const home = homeWith({ '.aws/config': '[profile p]\ncredential_process = /no/such/command --json\n' });
  const fault = await faultFrom((await access({ profile: 'p', env: home.env })).credentials());
  expect(fault.message).toMatch(/^credential_process of profile p cannot be run: .*not found/);
  expect(fault.next).toBe('check the path of the command');
});

test('a command that hangs is ended with all it has started', async () => {
  const { open, home } = await accessBy(
    `import { spawn } from 'node:child_process';
     import { writeFileSync } from 'node:fs';
     const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'inherit' });
     writeFileSync(process.argv[2] + '/pid', String(child.pid));
     setTimeout(() => {}, 60_000);`,
    { processTimeoutMs: 1_500 },
  );
  const fault = await faultFrom(open.credentials());
  expect(fault.message).toBe('credential_process of profile p has not answered in 2 s');
  const pid = Number(readFileSync(join(home.path, 'pid'), 'utf8'));
  await expect.poll(() => isRunning(pid)).toBe(false);
});

test('a command that prints without an end is stopped', async () => {
  const { open } = await accessBy('setInterval(() => process.stdout.write("x".repeat(65536)), 0)');
  expect((await faultFrom(open.credentials())).message).toContain('prints without an end');
});

test('closing the access ends a command that is under way', async () => {
  const { open, home } = await accessBy(
    `import { writeFileSync } from 'node:fs'; writeFileSync(process.argv[2] + '/on', ''); setTimeout(() => {}, 60_000);`,
  );
  const fault = faultFrom(open.credentials());
  await expect.poll(() => existsSync(join(home.path, 'on')), { timeout: 5000 }).toBe(true);
  open.close();
  expect((await fault).message).toBe('credential_process of profile p was stopped');
});

/** A killed process may wait as a zombie for whoever has taken it over. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '';
    return !/\) Z /.test(stat);
  } catch {
    return false;
  }
}
