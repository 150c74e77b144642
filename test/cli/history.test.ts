// `trailx query` over event history: the built program against a CloudTrail on loopback, with AWS's own quota of two
// requests a second, so pages are few.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openEventCache } from '../../src/store/event-cache/open-event-cache.ts';
import { eventId, madeUpRecords, type RecordsOptions } from '../helpers/cloudtrail-server/records.ts';
import { type CloudTrailServer, startCloudTrailServer } from '../helpers/cloudtrail-server/server.ts';
import { startTerminal } from '../helpers/terminal.ts';
import { batchesOf } from '../store/events.ts';
import { type Ended, makeFolder, runTrailx, startTrailx } from './run-trailx.ts';

const PROD = '111122223333';
const DEV = '444455556666';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

async function serve(): Promise<CloudTrailServer> {
  const server = await startCloudTrailServer({
    accounts: [
      {
        id: PROD,
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        roles: [{ name: 'guarded', mfa: { serial: `arn:aws:iam::${PROD}:mfa/phone`, code: '123456' } }],
      },
      { id: DEV, accessKeyId: 'AKIAI44QH8DHBEXAMPLE' },
    ],
  });
  ended.push(() => server.close());
  return server;
}

function put(server: CloudTrailServer, options: Partial<RecordsOptions> & { count: number }): void {
  const { account = PROD, region = 'us-east-1' } = options;
  // Older than what AWS may still add to.
  const newest = Date.now() - HOUR;
  server.add(account, region, madeUpRecords({ newest, account, region, ...options }));
}

/** Profiles prod, dev and guarded (a role of prod's account, with MFA). */
function awsFiles(): Record<string, string> {
  const folder = makeFolder();
  const config = join(folder, 'config');
  const credentials = join(folder, 'credentials');
  writeFileSync(
    config,
    `[profile prod]\nregion = us-east-1\n[profile dev]\nregion = eu-west-1\n[profile guarded]\nregion = us-east-1\n` +
      `role_arn = arn:aws:iam::${PROD}:role/guarded\nsource_profile = prod\nmfa_serial = arn:aws:iam::${PROD}:mfa/phone\n`,
  );
  writeFileSync(
    credentials,
    '[prod]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = not-a-secret\n' +
      '[dev]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = not-a-secret\n',
  );
  return { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials };
}

const env = (server: CloudTrailServer) => ({ AWS_ENDPOINT_URL: server.url, ...awsFiles() });

async function query(server: CloudTrailServer, args: readonly string[], more: Record<string, string> = {}) {
  return await runTrailx(['query', ...args], { env: { ...env(server), ...more } });
}

const idsOf = ({ stdout }: Ended): string[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).eventID);

const lookups = (server: CloudTrailServer) => server.requests.filter(({ operation }) => operation === 'LookupEvents');

describe('what is printed', () => {
  test('every event once, newest first, the text as AWS gave it, and nothing beside', async () => {
    const server = await serve();
    put(server, { count: 120 });
    const run = await query(server, []);
    const texts = [...madeUpRecords({ count: 120, newest: 0 })];
    expect(idsOf(run)).toEqual(texts.map((_, index) => eventId(index)));
    expect(Object.keys(JSON.parse(run.stdout.split('\n')[0] as string))).toEqual(
      Object.keys(JSON.parse(texts[0] as string)),
    );
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('two accounts, two Regions each, in one order', async () => {
    const server = await serve();
    put(server, { count: 60, prefix: 'a' });
    put(server, { count: 5, prefix: 'b', region: 'eu-west-1' });
    put(server, { count: 60, prefix: 'c', region: 'eu-west-1', account: DEV });
    const run = await query(server, ['-p', 'prod', '-p', 'dev', '-r', 'us-east-1,eu-west-1']);
    const times = run.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line).eventTime);
    expect(times).toHaveLength(125);
    expect(times).toEqual([...times].sort().reverse());
    expect(new Set(idsOf(run)).size).toBe(125);
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('all Regions that the account has enabled', async () => {
    const server = await serve();
    put(server, { count: 3, region: 'sa-east-1' });
    put(server, { count: 3, region: 'us-east-1', prefix: 'u' });
    const run = await query(server, ['-r', 'all', '--count']);
    expect(run).toEqual({ code: 0, stdout: '6\n', stderr: '' });
    expect(new Set(lookups(server).map(({ region }) => region)).size).toBe(17);
  });

  test('also where standard input is a pipe, as in a cron job', async () => {
    const server = await serve();
    put(server, { count: 3 });
    const args = ['query', '-r', 'all', '--count'];
    const empty = await runTrailx(args, { env: env(server), input: '' });
    expect(empty).toEqual({ code: 0, stdout: '3\n', stderr: '' });
    const { child, ended: open } = startTrailx(args, { env: env(server), isInputOpen: true });
    ended.push(() => child.kill('SIGKILL'));
    expect(await open).toEqual({ code: 0, stdout: '3\n', stderr: '' });
  });

  test('--oldest-first, --until and the query hold here too', async () => {
    const server = await serve();
    put(server, { count: 10 });
    const run = await query(server, ['--oldest-first', '-q', "name:RunInstances | 'ListRoles"]);
    expect(idsOf(run)).toEqual([9, 7, 4, 2].map((index) => eventId(index)));
    const earlier = await query(server, ['--until', '2h', '--count']);
    expect(earlier).toMatchObject({ code: 1, stdout: '0\n' });
  });

  test('--insights: those and nothing else, and the other way round', async () => {
    const server = await serve();
    put(server, { count: 2 });
    const insight = {
      eventTime: new Date(Date.now() - HOUR).toISOString(),
      eventID: 'insight',
      eventCategory: 'Insight',
    };
    server.add(PROD, 'us-east-1', [{ ...insight, eventType: 'AwsCloudTrailInsight', awsRegion: 'us-east-1' }]);
    expect(idsOf(await query(server, ['--insights']))).toEqual(['insight']);
    expect(idsOf(await query(server, []))).toEqual([eventId(0), eventId(1)]);
    const none = await query(server, ['--insights', '-q', 'id:x']);
    expect(none.stderr).toMatch(/^no match among 1 Insights event of event history/);
  });

  test('no match says over what', async () => {
    const server = await serve();
    put(server, { count: 4 });
    const run = await query(server, ['-q', 'ip:198.51.100.1', '--since', '7d']);
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 1, stdout: '' });
    expect(run.stderr).toMatch(/^no match among 4 events of event history \(\d requests?, .*\)\n/);
    expect(run.stderr).toContain(`us-east-1 of ${PROD}: 7 d, 4 events\n`);
  });

  test('a mistyped Region is said, not refused', async () => {
    const server = await serve();
    put(server, { count: 1, region: 'eu-wst-1' });
    const run = await query(server, ['-r', 'eu-wst-1']);
    expect(run.stderr).toContain('trailx: no Region that trailx knows: eu-wst-1 (did you mean eu-west-1?)\n');
  });
});

describe('no more is fetched than it takes', () => {
  test('--limit ends it', async () => {
    const server = await serve();
    put(server, { count: 1000 });
    const run = await query(server, ['--limit', '3']);
    expect(idsOf(run)).toEqual([eventId(0), eventId(1), eventId(2)]);
    expect(run.code).toBe(0);
    expect(lookups(server).length).toBeLessThanOrEqual(3);
  });

  test('events come out while older ones are still being fetched', async () => {
    const server = await serve();
    put(server, { count: 1000 });
    const { child, ended: end } = startTrailx(['query'], { env: env(server) });
    const first = new Promise<string>((resolve) => child.stdout?.once('data', resolve));
    expect((await first).split('\n')[0]).toContain(eventId(0));
    expect(lookups(server).length).toBeLessThan(10);
    child.kill('SIGINT');
    const run = await end;
    expect(run.code).toBe(130);
    expect(idsOf(run).slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, index) => eventId(index)));
  });

  test('a reader that leaves early ends it quietly', async () => {
    const server = await serve();
    put(server, { count: 1000 });
    const { child, ended: end } = startTrailx(['query'], { env: env(server) });
    child.stdout?.once('data', () => child.stdout?.destroy());
    expect(await end).toMatchObject({ code: 0, stderr: '' });
    expect(lookups(server).length).toBeLessThan(15);
  });
});

describe('AWS picks out what it can', () => {
  test('90 days of one event in a request or two, the rest of the query matched here', async () => {
    const server = await serve();
    // Five names in turn, an event every six hours: 72 of each in 90 days.
    put(server, { count: 355, stepMs: 6 * HOUR });
    const run = await query(server, ['-q', 'name:terminateinstances user:user-3']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const wanted = Array.from({ length: 355 }, (_, index) => index).filter(
      (index) => index % 5 === 3 && index % 7 === 3,
    );
    expect(idsOf(run)).toEqual(wanted.map((index) => eventId(index)));
    const asked = lookups(server).map(({ parameters }) => parameters.LookupAttributes);
    expect(asked).toEqual(asked.map(() => [{ AttributeKey: 'EventName', AttributeValue: 'TerminateInstances' }]));
    expect(asked.length).toBeLessThanOrEqual(3);
  });

  test('what half of all events have does not widen the time', async () => {
    const server = await serve();
    put(server, { count: 20, stepMs: 6 * HOUR });
    const run = await query(server, ['-q', 'readOnly:true']);
    expect(idsOf(run)).toEqual([0, 1].map((index) => eventId(index)));
    expect(lookups(server)[0]?.parameters.LookupAttributes).toEqual([
      { AttributeKey: 'ReadOnly', AttributeValue: 'true' },
    ]);
  });
});

describe('the cache', () => {
  test('what was fetched once is not fetched again', async () => {
    const server = await serve();
    put(server, { count: 160 });
    const home = { XDG_CACHE_HOME: makeFolder() };
    const first = await query(server, [], home);
    expect(lookups(server).length).toBeGreaterThanOrEqual(4);
    server.clearRequests();
    const second = await query(server, [], home);
    expect(second).toEqual(first);
    expect(lookups(server).length).toBeLessThanOrEqual(2);
  });

  test('outlives what AWS keeps', async () => {
    const server = await serve();
    const home = makeFolder();
    const newest = Date.UTC(2020, 0, 1, 12);
    const cache = openEventCache({ folder: join(home, 'trailx', 'events'), onNotice: () => {} });
    const lane = await cache.lane({ partition: 'aws', account: PROD, region: 'us-east-1', category: 'management' });
    const [batch = null] = batchesOf([...madeUpRecords({ count: 4, newest, region: 'us-east-1', account: PROD })]);
    await lane.write(batch, [{ from: newest - DAY, to: newest, attribute: null }]);
    await cache.close();
    const run = await query(server, ['--since', '2020-01-01', '--until', '2020-01-02'], { XDG_CACHE_HOME: home });
    expect({ code: run.code, ids: idsOf(run) }).toEqual({ code: 0, ids: [0, 1, 2, 3].map((index) => eventId(index)) });
  });

  test('what it holds of other times does not count', async () => {
    const server = await serve();
    // The name that is asked for first: 8 of 40, over five days.
    put(server, { count: 40, stepMs: 3 * HOUR });
    const home = { XDG_CACHE_HOME: makeFolder() };
    expect(idsOf(await query(server, ['-q', 'name:terminateinstances'], home))).toHaveLength(8);
    expect(idsOf(await query(server, ['--since', '2d'], home))).toHaveLength(16);
    const run = await query(server, ['--since', '5h', '-q', 'id:nothing'], home);
    expect(run.stderr).toMatch(/^no match among 2 events of event history/);
    expect(run.stderr).toMatch(/: 5 h, 2 events(,|\n)/);
  });

  test('a profile that has come to mean another account: only what that one has', async () => {
    const server = await serve();
    put(server, { count: 30, prefix: 'p' });
    put(server, { count: 20, prefix: 'd', account: DEV });
    const folder = makeFolder();
    const keys = join(folder, 'keys');
    const become = (id: string) =>
      writeFileSync(keys, JSON.stringify({ Version: 1, AccessKeyId: id, SecretAccessKey: 'not-a-secret' }));
    const config = join(folder, 'config');
    writeFileSync(config, `[profile p]\nregion = us-east-1\ncredential_process = cat ${keys}\n`);
    const more = { AWS_CONFIG_FILE: config, XDG_CACHE_HOME: makeFolder() };
    // A time that the cache holds whole, and one that it does not.
    const spans = [
      ['--since', '1d'],
      ['--since', '1d', '--until', '30m'],
    ];
    become('AKIAIOSFODNN7EXAMPLE');
    for (const span of spans) expect(idsOf(await query(server, ['-p', 'p', ...span], more))).toHaveLength(30);
    become('AKIAI44QH8DHBEXAMPLE');
    for (const span of spans) {
      const run = await query(server, ['-p', 'p', ...span], more);
      expect({ code: run.code, ids: idsOf(run) }).toEqual({
        code: 0,
        ids: Array.from({ length: 20 }, (_, index) => eventId(index, 'd')),
      });
      become('AKIAIOSFODNN7EXAMPLE');
      const back = await query(server, ['-p', 'p', ...span, '-q', 'id:nothing'], more);
      expect(back.stderr).toMatch(/^no match among 30 events of event history/);
      become('AKIAI44QH8DHBEXAMPLE');
    }
  });

  test('--no-cache leaves nothing behind', async () => {
    const server = await serve();
    put(server, { count: 3 });
    const folder = makeFolder();
    expect(await query(server, ['--no-cache', '--count'], { XDG_CACHE_HOME: folder })).toMatchObject({ stdout: '3\n' });
    expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).includes('events'))).toEqual([]);
  });
});

test('--debug records each request', async () => {
  const server = await serve();
  put(server, { count: 60 });
  const log = join(makeFolder(), 'debug.log');
  await query(server, ['--count', '--debug', log]);
  const entries = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const requests = entries.filter(({ what }) => what === 'history.lane.request');
  expect(requests).toHaveLength(lookups(server).length);
  expect(requests[0]).toMatchObject({ account: PROD, region: 'us-east-1', events: 50 });
});

describe('what goes wrong', () => {
  test('a time that AWS keeps nothing of is refused, by the explorer too', async () => {
    const server = await serve();
    const span = ['--since', '2020-01-01', '--until', '2020-01-02'];
    const said =
      /^trailx: AWS keeps 90 days of event history: nothing before \S+Z can be asked for; log files hold it\n$/;
    const run = await query(server, [...span, '--count']);
    expect(run).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(said) });
    const terminal = startTerminal({ args: span, columns: 120, env: env(server) });
    ended.push(() => terminal.dispose());
    expect(await terminal.exit).toEqual({ code: 2, signal: 0 });
    expect(terminal.picture()).toContain('AWS keeps 90 days of event history');
    expect(lookups(server)).toEqual([]);
  });

  test('one Region is denied: the rest is printed, 4', async () => {
    const server = await serve();
    put(server, { count: 3 });
    server.deny(PROD, ['eu-west-1']);
    const run = await query(server, ['-r', 'us-east-1,eu-west-1']);
    expect({ code: run.code, ids: idsOf(run) }).toEqual({ code: 4, ids: [0, 1, 2].map((index) => eventId(index)) });
    expect(run.stderr).toMatch(/eu-west-1.*service control policy/);
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('denied everywhere: 3', async () => {
    const server = await serve();
    server.deny(PROD, ['us-east-1']);
    const run = await query(server, []);
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 3, stdout: '' });
    expect(run.stderr).toMatch(/^nothing of event history could be read/);
    const out = join(makeFolder(), 'count');
    expect(await query(server, ['--count'])).toMatchObject({ code: 3, stdout: '' });
    expect(await query(server, ['--count', '-o', out])).toMatchObject({ code: 3, stdout: '' });
    expect(existsSync(out)).toBe(false);
    expect(await query(server, ['--count', '-r', 'us-east-1,eu-west-1'])).toMatchObject({ code: 4, stdout: '0\n' });
  });

  test('one of two profiles does not exist: 4; the only one: 3', async () => {
    const server = await serve();
    put(server, { count: 1 });
    const some = await query(server, ['-p', 'prod', '-p', 'porduction']);
    expect({ code: some.code, ids: idsOf(some) }).toEqual({ code: 4, ids: [eventId(0)] });
    expect(some.stderr).toContain('no profile porduction in ');
    const none = await query(server, ['-p', 'prdo']);
    expect({ code: none.code, stdout: none.stdout }).toEqual({ code: 3, stdout: '' });
    expect(none.stderr).toContain('did you mean prod?');
  });

  test('no credentials at all: 3, and what was looked for', async () => {
    const server = await serve();
    const run = await query(server, [], { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' });
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('no AWS credentials; looked for AWS_ACCESS_KEY_ID');
  });

  test('an MFA code that nobody can be asked for: 3', async () => {
    const server = await serve();
    const run = await query(server, ['-p', 'guarded']);
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(/MFA/);
  });
});

test('on a terminal the MFA code is asked for, and what was read is told', async () => {
  const server = await serve();
  put(server, { count: 3 });
  const terminal = startTerminal({ args: ['query', '-p', 'guarded'], columns: 120, env: env(server) });
  ended.push(() => terminal.dispose());
  await terminal.until(`MFA code of arn:aws:iam::${PROD}:mfa/phone for profile guarded:`);
  terminal.type('123456');
  terminal.press('enter');
  await terminal.until('3 of 3 events of event history');
  expect(await terminal.exit).toEqual({ code: 0, signal: 0 });
  expect(terminal.picture()).toContain(`us-east-1 of ${PROD}: 1 d, 3 events`);
});

test('a terminal is shown how far it is, and how long it will take', async () => {
  const server = await serve();
  put(server, { count: 400 });
  const out = join(makeFolder(), 'events.ndjson');
  const terminal = startTerminal({ args: ['query', '-p', 'prod', '-o', out], columns: 120, env: env(server) });
  ended.push(() => terminal.dispose());
  await terminal.until(/event history {2}█*░* +\d+% .*events/);
  await terminal.until(/400 of 400 events of event history/);
  expect(await terminal.exit).toEqual({ code: 0, signal: 0 });
  expect(readFileSync(out, 'utf8').trim().split('\n')).toHaveLength(400);
});

test('Ctrl-C ends it with what was read', async () => {
  const server = await serve();
  put(server, { count: 1000 });
  const out = join(makeFolder(), 'events.ndjson');
  const terminal = startTerminal({ args: ['query', '-p', 'prod', '-o', out], columns: 120, env: env(server) });
  ended.push(() => terminal.dispose());
  await terminal.until(/event history {2}█.* [1-9]\d* events/);
  terminal.press('ctrl+c');
  expect(await terminal.exit).toEqual({ code: 130, signal: 0 });
  expect(terminal.picture()).toMatch(/stopped; [1-9]\d* events of event history had been read \(\d+ requests?, .*\)/);
  expect(existsSync(out)).toBe(false);
});

test('without anything named the explorer opens on event history', async () => {
  const server = await serve();
  put(server, { count: 3 });
  const terminal = startTerminal({ args: [], columns: 120, env: env(server) });
  ended.push(() => terminal.dispose());
  await terminal.until('RunInstances');
  expect(terminal.isAlternate()).toBe(true);
  terminal.press('q');
  expect(await terminal.exit).toEqual({ code: 0, signal: 0 });
});
