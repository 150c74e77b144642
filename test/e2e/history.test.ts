// Event history as a person meets it: the real program in a real terminal, the real SDK over HTTP, a CloudTrail on
// loopback with AWS's own quota.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { madeUpRecords } from '../helpers/cloudtrail-server/records.ts';
import { type CloudTrailServer, startCloudTrailServer } from '../helpers/cloudtrail-server/server.ts';
import { type StartOptions, startTerminal, type TestTerminal } from '../helpers/terminal.ts';

const PROD = '111122223333';
const DEV = '444455556666';
const HOUR = 3_600_000;

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 200, rows: 50 },
];

let server: CloudTrailServer;
let terminal: TestTerminal;
let home: string;

afterEach(async () => {
  await terminal.dispose();
  await server.close();
});

/** Two accounts: prod has 120 events in eu-west-1 and 30 in us-east-1 of the last day, dev 20; prod 60 older ones. */
async function serve(): Promise<void> {
  server = await startCloudTrailServer({
    accounts: [
      { id: PROD, accessKeyId: 'AKIAIOSFODNN7EXAMPLE', optedIn: [] },
      { id: DEV, accessKeyId: 'AKIAI44QH8DHBEXAMPLE', optedIn: [] },
    ],
  });
  const now = Date.now();
  const put = (account: string, region: string, count: number, newest: number, prefix: string) =>
    server.add(account, region, madeUpRecords({ count, newest, stepMs: 60_000, account, region, prefix }));
  put(PROD, 'eu-west-1', 120, now - HOUR, 'a');
  put(PROD, 'us-east-1', 30, now - 2 * HOUR, 'b');
  put(PROD, 'eu-west-1', 60, now - 72 * HOUR, 'old');
  put(DEV, 'eu-west-1', 20, now - HOUR, 'd');
  home = mkdtempSync(join(process.env.TRAILX_TEST_ROOT ?? tmpdir(), 'home-'));
  const keys = (name: string, id: string) =>
    `[${name}]\naws_access_key_id = ${id}\naws_secret_access_key = not-a-secret\nregion = eu-west-1\n`;
  writeFileSync(
    join(home, 'credentials'),
    keys('prod', 'AKIAIOSFODNN7EXAMPLE') + keys('dev', 'AKIAI44QH8DHBEXAMPLE') + keys('gone', 'AKIAEXAMPLEUNKNOWN00'),
  );
}

function open(options: StartOptions = {}): void {
  terminal = startTerminal({
    home,
    ...options,
    env: {
      AWS_ENDPOINT_URL: server.url,
      AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials'),
      AWS_PROFILE: 'prod',
      AWS_REGION: undefined,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      ...options.env,
    },
  });
}

const lookups = () => server.requests.filter(({ operation }) => operation === 'LookupEvents');

test.each(SIZES)(
  'events stream in, R and P switch, t widens, on $columns × $rows',
  { timeout: 60_000 },
  async (size) => {
    await serve();
    open(size);
    // Who is asked is in the header, how much was read in the status line.
    await terminal.until(/prod · 111122223333 · eu-west-1.*120 events/);
    await terminal.until(/eu-west-1 ✓ 24 h/);

    terminal.press('R');
    await terminal.until('US East (N. Virginia)');
    terminal.type('us-east-1 ');
    await terminal.until(/2 picked/);
    terminal.press('enter');
    await terminal.until(/150 events/);
    // Narrow screens have no room for it.
    await terminal.until(/REGION/);

    terminal.press('P');
    await terminal.until(/dev.*444455556666|dev.*keys/);
    terminal.type('dev');
    await terminal.until(/applies dev/);
    terminal.press('enter');
    await terminal.until(/dev · 444455556666.* 20 events/);

    terminal.press('P');
    terminal.type('prod');
    await terminal.until(/applies prod/);
    terminal.press('enter');
    await terminal.until(/150 events/);

    terminal.press('t');
    await terminal.until(/7 d .*now/);
    terminal.type('7d');
    terminal.press('enter');
    await terminal.until(/210 events/);
    expect(lookups().filter(({ error }) => error === 'ThrottlingException')).toEqual([]);
    terminal.press('q');
    expect(await terminal.exit).toMatchObject({ code: 0 });
    expect(terminal.isAlternate()).toBe(false);
  },
);

test('a second start shows the last state at once, with one request per Region', async () => {
  await serve();
  open({ args: ['-r', 'eu-west-1,us-east-1'] });
  await terminal.until(/150 events/);
  await terminal.until(/us-east-1 ✓ 24 h/);
  terminal.press('q');
  await terminal.exit;
  server.clearRequests();

  // The server takes its time: what is on the screen before it answers is what was kept.
  server.fail({ fault: { kind: 'slow', ms: 3000 } });
  open({ args: ['-r', 'eu-west-1,us-east-1'] });
  await terminal.until(/150 events/, 2500);
  await terminal.until(/eu-west-1 ✓ 24 h.*us-east-1 ✓ 24 h|2 ✓ 24 h/, 15_000);
  expect(lookups().map(({ region }) => region)).toHaveLength(2);
  expect(new Set(lookups().map(({ region }) => region))).toEqual(new Set(['eu-west-1', 'us-east-1']));
});

test('an exact condition goes to the server, and 90 days answer at once', async () => {
  await serve();
  open();
  await terminal.until(/eu-west-1 ✓ 24 h/);
  server.clearRequests();
  terminal.press('/');
  terminal.type('name:TerminateInstances');
  terminal.press('enter');
  // 12 of each 60, also of those of three days ago.
  await terminal.until(/36 of/);
  expect(lookups().map(({ parameters }) => JSON.stringify(parameters))).toContainEqual(
    expect.stringContaining('"AttributeValue":"TerminateInstances"'),
  );
  // Without the search only what was read whole is listed: twelve of sixty would look like all there was.
  await terminal.escape();
  await terminal.until(/120 events/);
});

test('--insights lists Insights events, as a list of their own', async () => {
  await serve();
  const eventTime = `${new Date(Date.now() - HOUR).toISOString().slice(0, 19)}Z`;
  const insightDetails = {
    state: 'Start',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'RunInstances',
    insightType: 'ApiCallRateInsight',
    insightContext: { statistics: { baseline: { average: 0.1 }, insight: { average: 12.5 } } },
  };
  server.add(PROD, 'eu-west-1', [
    {
      eventVersion: '1.11',
      eventTime,
      awsRegion: 'eu-west-1',
      eventID: 'insight-1',
      eventType: 'AwsCloudTrailInsight',
      recipientAccountId: PROD,
      sharedEventID: 'shared-1',
      insightDetails,
      eventCategory: 'Insight',
    },
  ]);
  open({ args: ['--insights'] });
  await terminal.until(/Insights .* 1 event\b/);
  await terminal.until(/Insight Start: ApiCallRateInsight RunInstances/);
  expect(terminal.picture()).not.toContain('RESOURCE');
  terminal.press('enter');
  await terminal.until(/RunInstances on ec2 began/);
});

test('f follows: a new event appears on top by itself', async () => {
  await serve();
  open();
  await terminal.until(/120 events/);
  terminal.press('f');
  await terminal.until(/follow/);
  server.add(
    PROD,
    'eu-west-1',
    madeUpRecords({ count: 1, newest: Date.now() - 1000, region: 'eu-west-1', prefix: 'new' }),
  );
  await terminal.until(/121 events/, 15_000);
});

test('a profile that is of no use says why and what to do, and the way to another stays open', async () => {
  await serve();
  open({ columns: 80, rows: 24, args: ['-p', 'gone'] });
  await terminal.until(/AWS does not know the access key of profile gone/);
  await terminal.until(/sample/);
  terminal.press('P');
  terminal.type('prod');
  await terminal.until(/applies prod/);
  terminal.press('enter');
  await terminal.until(/120 events/);
});

test('without credentials the screen says what was looked for, and the sample is one key away', async () => {
  await serve();
  open({ columns: 80, rows: 24, env: { AWS_PROFILE: undefined, AWS_SHARED_CREDENTIALS_FILE: join(home, 'none') } });
  await terminal.until(/no AWS credentials|No AWS credentials|no credentials/i);
  terminal.press('enter');
  await terminal.until(/sample/);
  await terminal.until(/UTC · 1\/[\d,]+/);
});

test('Esc stops the loading when asked again, and p goes on', async () => {
  await serve();
  server.add(
    PROD,
    'eu-west-1',
    madeUpRecords({ count: 800, newest: Date.now() - 5 * HOUR, stepMs: 10_000, region: 'eu-west-1', prefix: 'many' }),
  );
  open();
  await terminal.until(/⟳/);
  await terminal.escape();
  await terminal.escape();
  await terminal.until(/paused|stopped/i);
  const before = lookups().length;
  expect(before).toBeLessThan(19);
  terminal.press('p');
  await terminal.until(/920 events/, 20_000);
});
