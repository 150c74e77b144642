// Faults on the screen of 80×24: the line that tells, the page that tells all, and that the rest goes on. The real
// program in a real terminal; each waits for AWS's own pace, so they run side by side.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { FaultRule } from '../helpers/cloudtrail-server/faults.ts';
import { madeUpRecords } from '../helpers/cloudtrail-server/records.ts';
import { type CloudTrailServer, startCloudTrailServer } from '../helpers/cloudtrail-server/server.ts';
import { startTerminal, type TestTerminal } from '../helpers/terminal.ts';

const PROD = '111122223333';
const DEV = '444455556666';
const PROD_KEY = 'AKIAIOSFODNN7EXAMPLE';
const DEV_KEY = 'AKIAI44QH8DHBEXAMPLE';
const HOUR = 3_600_000;
const SERIAL = `arn:aws:iam::${PROD}:mfa/phone`;
const PATIENCE_MS = 40_000;

vi.setConfig({ maxConcurrency: 6 });

const ended: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of ended.reverse()) await end();
});

/** 170 events of prod in eu-west-1 (four pages), 20 of dev. */
async function serve(...rules: readonly FaultRule[]): Promise<CloudTrailServer> {
  const server = await startCloudTrailServer({
    accounts: [
      {
        id: PROD,
        accessKeyId: PROD_KEY,
        roles: [{ name: 'reader' }, { name: 'guarded', mfa: { serial: SERIAL, code: '123456' } }],
      },
      { id: DEV, accessKeyId: DEV_KEY },
    ],
  });
  ended.push(() => server.close());
  const put = (account: string, count: number, prefix: string) =>
    server.add(
      account,
      'eu-west-1',
      madeUpRecords({ count, newest: Date.now() - HOUR, stepMs: 60_000, account, region: 'eu-west-1', prefix }),
    );
  put(PROD, 170, 'a');
  put(DEV, 20, 'd');
  for (const rule of rules) server.fail(rule);
  return server;
}

type OpenOptions = {
  readonly args?: readonly string[];
  readonly config?: string;
  readonly env?: Record<string, string>;
  readonly home?: string;
};

type Opened = { readonly terminal: TestTerminal; readonly home: string; readonly credentials: string };

function open(server: CloudTrailServer, options: OpenOptions = {}): Opened {
  const { args = ['-p', 'prod'], config = '', env } = options;
  const home = options.home ?? mkdtempSync(join(process.env.TRAILX_TEST_ROOT ?? tmpdir(), 'home-'));
  const credentials = join(home, 'credentials');
  writeFileSync(join(home, 'config'), `[profile prod]\nregion = eu-west-1\n${config}`);
  writeFileSync(credentials, `[prod]\naws_access_key_id = ${PROD_KEY}\naws_secret_access_key = x\n`);
  const terminal = startTerminal({
    args,
    home,
    columns: 80,
    rows: 24,
    env: {
      AWS_ENDPOINT_URL: server.url,
      AWS_CONFIG_FILE: join(home, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: credentials,
      AWS_REGION: undefined,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      ...env,
    },
  });
  ended.push(() => terminal.dispose());
  return { terminal, home, credentials };
}

/** Waits for words whatever line they break at. */
function untilTold(terminal: TestTerminal, words: RegExp): Promise<string> {
  return terminal.until((screen: string) => words.test(screen.replaceAll(/\s+/g, ' ')), PATIENCE_MS);
}

const role = (name: string) => `role_arn = arn:aws:iam::${PROD}:role/${name}\nsource_profile = prod\n`;
const inRegion = (name: string) => `[profile ${name}]\nregion = eu-west-1\n`;

describe.concurrent('faults at 80×24', { timeout: 2 * PATIENCE_MS }, () => {
  test('nobody listens: told at once, keys answer, c tells all, and Ctrl-R tries again', async () => {
    const server = await serve();
    const { terminal } = open(server, { env: { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' } });
    await untilTold(terminal, /eu-west-1: 127\.0\.0\.1:9 refuses the connection.*⟳ trying again: /);
    terminal.press('c');
    await untilTold(terminal, /⟳ trying again.*next: check HTTPS_PROXY and endpoint_url/);
    await terminal.escape();
    // Given up: what there is to look at instead.
    await untilTold(terminal, /127\.0\.0\.1:9 refuses the connection.*the built-in sample.*c tells all/);
    terminal.press('ctrl+r');
    await untilTold(terminal, /Asking for the last 24 h.*refuses the connection/);
    terminal.press('q');
    expect(await terminal.exit).toMatchObject({ code: 0 });
  });

  test('throttled: said when it lasts, and all is there when it is over', async () => {
    const server = await serve({ after: 2, fault: { kind: 'error', name: 'ThrottlingException' } });
    const { terminal } = open(server);
    await untilTold(terminal, /eu-west-1 ⟳ .*throttled/);
    terminal.press('G');
    await untilTold(terminal, /100\/100/);
    server.heal();
    await untilTold(terminal, /170 events.*eu-west-1 ✓ 24 h/);
  });

  test('a session that expires in the middle is renewed; keys that expire are told, and go on when they are good again', async () => {
    const server = await serve();
    const { terminal } = open(server);
    await untilTold(terminal, /(?:50|100) events/);
    server.expire(PROD, true);
    await untilTold(terminal, /✗ .*credentials .*c tells all.*\/(?:50|100|150) /);
    terminal.press('c');
    await untilTold(
      terminal,
      /credentials of profile prod have expired next: put a fresh aws_session_token into profile/,
    );
    await terminal.escape();
    server.heal();
    terminal.press('ctrl+r');
    await untilTold(terminal, /170 events.*eu-west-1 ✓ 24 h/);
  });

  test('one Region denied by the organization, one not opted in: the others go on, c lists them', async () => {
    const server = await serve();
    server.deny(PROD, ['us-east-1']);
    const { terminal } = open(server, { args: ['-p', 'prod', '-r', 'eu-west-1,us-east-1,af-south-1'] });
    await untilTold(terminal, /170 events.*✗ us-east-1 denied, af-south-1 not available: c lists them 1 ✓ 24 h/);
    terminal.press('c');
    await untilTold(terminal, /explicit deny in a service control policy next: the organization forbids it here/);
    await untilTold(terminal, /af-south-1 is not enabled for the account/);
  });

  test('no answer at all: the screen is alive, and q ends it at once', async () => {
    const server = await serve({ after: 2, fault: { kind: 'hang' } });
    const { terminal } = open(server);
    await untilTold(terminal, /100 events/);
    terminal.press('j', 'j');
    await untilTold(terminal, /3\/100/);
    terminal.press('q');
    expect(await terminal.exit).toMatchObject({ code: 0 });
  });

  test('a wrong MFA code: told, and asked for again', async () => {
    const server = await serve();
    const config = `${inRegion('guarded')}${role('guarded')}mfa_serial = ${SERIAL}\n`;
    const { terminal } = open(server, { args: ['-p', 'guarded'], config });
    await untilTold(terminal, /Profile guarded asks for the code of an MFA device/);
    terminal.type('999999');
    terminal.press('enter');
    await untilTold(terminal, /AWS does not take the MFA code for profile guarded.*next code of the device/);
    terminal.press('ctrl+r');
    await untilTold(terminal, /asks for the code of an MFA device/);
    terminal.type('123456');
    terminal.press('enter');
    await untilTold(terminal, /170 events/);
  });

  test('a credential_process that hangs: the way to another profile stays open', async () => {
    const server = await serve();
    const { terminal } = open(server, {
      args: ['-p', 'hanging'],
      config: `${inRegion('hanging')}credential_process = sleep 600\n`,
    });
    await untilTold(terminal, /eu-west-1 ⟳ opening/);
    terminal.press('P');
    await untilTold(terminal, /hanging .*process/);
    terminal.type('prod');
    await untilTold(terminal, /applies prod/);
    terminal.press('enter');
    await untilTold(terminal, /prod · 111122223333.* 170 events/);
    terminal.press('q');
    expect(await terminal.exit).toMatchObject({ code: 0 });
  });

  test('a profile that is edited to another account is opened anew, and its list holds that account alone', async () => {
    const server = await serve();
    const { terminal, credentials } = open(server);
    await untilTold(terminal, /(?:50|100) events/);
    writeFileSync(credentials, readFileSync(credentials, 'utf8').replace(PROD_KEY, DEV_KEY));
    server.expire(PROD, true);
    await untilTold(
      terminal,
      /prod · 444455556666.* 20 events.*eu-west-1 ✓ 24 h|prod · 444455556666.* 20 events.*was of account/,
    );
  });

  test('records that are none, and events without user, resources or read-only, are in the list once', async () => {
    const server = await serve();
    const time = Math.floor(Date.now() / 1000) - 600;
    const at = { EventTime: time, EventSource: 'ec2.amazonaws.com' };
    const record = (eventID: string) =>
      JSON.stringify({ eventTime: new Date(time * 1000).toISOString(), eventName: 'Nulls', eventID });
    server.addItems(PROD, 'eu-west-1', [
      { ...at, EventId: 'odd-1', EventName: 'NotJson', CloudTrailEvent: '{"eventVersion":"1.1', Username: 'bob' },
      { ...at, EventId: 'odd-2', EventName: 'Nulls', CloudTrailEvent: record('odd-2') },
      { ...at, EventId: 'odd-3', EventName: 'NoRecord' },
    ] as never);
    const { terminal } = open(server);
    const screen = await untilTold(terminal, /173 events/);
    for (const name of ['NotJson', 'Nulls', 'NoRecord']) expect(screen.split(name)).toHaveLength(2);
  });

  test('a cache of a newer trailx is left alone, and said', async () => {
    const server = await serve();
    const first = open(server);
    await untilTold(first.terminal, /170 events.*eu-west-1 ✓ 24 h/);
    first.terminal.press('q');
    await first.terminal.exit;
    const cache = join(first.home, '.cache');
    const [lane] = readdirSync(cache, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('lane.json'));
    const path = join(cache, lane as string);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"format":\d+/, '"format":99'));
    mkdirSync(join(first.home, 'tmp'), { recursive: true });
    const { terminal } = open(server, { home: first.home });
    await untilTold(terminal, /170 events/);
    await untilTold(terminal, /newer trailx|left alone/);
  });
});
