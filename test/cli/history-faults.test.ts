// What goes wrong between here and AWS, as `trailx query` tells it: the built program over real HTTP at AWS's own pace.
// Everything waits for that pace, so all of it runs side by side.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { FaultRule, ServerFault } from '../helpers/cloudtrail-server/faults.ts';
import { eventId, madeUpRecords } from '../helpers/cloudtrail-server/records.ts';
import {
  type CloudTrailServer,
  type ServerOptions,
  startCloudTrailServer,
} from '../helpers/cloudtrail-server/server.ts';
import { startTerminal } from '../helpers/terminal.ts';
import { type Ended, makeFolder, startTrailx } from './run-trailx.ts';

const ACCOUNT = '111122223333';
const KEY = 'AKIAIOSFODNN7EXAMPLE';
const HOUR = 3_600_000;
const COUNT = 170;
const ALL = Array.from({ length: COUNT }, (_, index) => eventId(index));
/** What is told of a host that is not there takes some 20 s, and the machine is busy with all the others. */
const PATIENCE_MS = 90_000;

vi.setConfig({ maxConcurrency: 12 });

const servers: CloudTrailServer[] = [];
afterAll(() => Promise.all(servers.map((server) => server.close())));

/** 170 events of the last hours in us-east-1: four pages. */
async function serve(rules: readonly FaultRule[] = [], options: ServerOptions = {}): Promise<CloudTrailServer> {
  const server = await startCloudTrailServer({
    accounts: [{ id: ACCOUNT, accessKeyId: KEY, roles: [{ name: 'reader' }] }],
    ...options,
  });
  servers.push(server);
  server.add(ACCOUNT, 'us-east-1', madeUpRecords({ count: COUNT, newest: Date.now() - HOUR, stepMs: 60_000 }));
  for (const rule of rules) server.fail(rule);
  return server;
}

type Files = { readonly config?: string; readonly credentials?: string };

function query(url: string, args: readonly string[] = [], files: Files = {}, env: Record<string, string> = {}) {
  const folder = makeFolder();
  writeFileSync(join(folder, 'config'), files.config ?? '');
  writeFileSync(join(folder, 'credentials'), files.credentials ?? '');
  return startTrailx(['query', ...args], {
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      XDG_CACHE_HOME: folder,
      ...env,
    },
  });
}

const idsOf = ({ stdout }: Ended): string[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).eventID);

const error = (name: string, status = 400): ServerFault => ({ kind: 'error', name, status });
const keysOf = (name: string) => `[${name}]\naws_access_key_id = ${KEY}\naws_secret_access_key = x\n`;

describe.concurrent('faults', () => {
  // First, for it takes longest.
  describe('what stays is told with the profile, the place and the next step', {
    timeout: PATIENCE_MS,
  }, () => {
    type Case = {
      readonly rules?: readonly FaultRule[];
      /** Instead of the server's. */
      readonly url?: string;
      readonly args?: readonly string[];
      readonly files?: (url: string) => Files;
      readonly code: number;
      readonly says: readonly RegExp[];
    };
    const profile = (lines: string) => (url: string) => ({
      config: `[profile p]\nregion = us-east-1\nendpoint_url = ${url}\n${lines}\n`,
      credentials: keysOf('keys'),
    });
    const role = `role_arn = arn:aws:iam::${ACCOUNT}:role/reader`;
    const CASES: Readonly<Record<string, Case>> = {
      'a host that does not exist': {
        url: 'http://nonexistent.invalid',
        code: 2,
        says: [/environment, us-east-1: (?:no host nonexistent\.invalid is known|DNS does not answer)/, /HTTPS_PROXY/],
      },
      'a port where nobody listens': {
        url: 'http://127.0.0.1:9',
        code: 2,
        says: [/environment, us-east-1: 127\.0\.0\.1:9 refuses the connection; check HTTPS_PROXY and endpoint_url/],
      },
      'a sign-in page of the network': {
        rules: [{ fault: { kind: 'html', status: 200 } }],
        code: 2,
        says: [/us-east-1: HTTP 200 with a web page instead of an answer of 127/, /sign in to the network/],
      },
      'a sign-in page before anything else': {
        rules: [{ operation: 'GetCallerIdentity', fault: { kind: 'html', status: 200 } }],
        code: 2,
        says: [/us-east-1: the answer of 127.* names no account; a proxy or a sign-in page is in between/],
      },
      'one Region denied, one not opted in': {
        rules: [{ region: 'eu-west-1', fault: error('AccessDeniedException', 403) }],
        args: ['-r', 'us-east-1,eu-west-1,af-south-1'],
        code: 4,
        says: [
          /environment, eu-west-1: access denied/,
          /af-south-1 is not enabled for the account; leave the Region out/,
        ],
      },
      'a Region of another partition': {
        args: ['-r', 'us-east-1,cn-north-1'],
        code: 4,
        says: [/cn-north-1 does not take the credentials|cn-north-1 is not enabled|another partition/],
      },
      'an unknown profile': {
        args: ['-p', 'nosuch'],
        code: 3,
        says: [/no profile nosuch in .*config and .*credentials; run aws configure list-profiles/],
      },
      'roles in a circle': {
        args: ['-p', 'p'],
        files: profile(`${role}\nsource_profile = q\n[profile q]\n${role}\nsource_profile = p`),
        code: 3,
        says: [/source_profile of profile p leads in a circle: p → q → p; /],
      },
      'an MFA code that nobody can be asked for': {
        args: ['-p', 'p'],
        files: profile(`${role}\nsource_profile = keys\nmfa_serial = arn:aws:iam::${ACCOUNT}:mfa/phone`),
        code: 3,
        says: [/profile p asks for the code of the MFA device .*; start trailx in a terminal/],
      },
      'a credential_process that prints rubbish': {
        args: ['-p', 'p'],
        files: profile('credential_process = echo rubbish'),
        code: 3,
        says: [/credential_process of profile p did not print JSON; run the command of credential_process/],
      },
      'files that are no config files': {
        args: ['-p', 'p'],
        files: () => ({ config: '\u0000\u0001[[[\n[profile p]\nregion\n', credentials: 'secret-of-mine\n[p\n' }),
        code: 3,
        says: [
          /profile p has nothing that gives credentials \(.*config, line 1: .*\); complete it/,
          /credentials, line 2/,
        ],
      },
    };
    test.each(Object.entries(CASES))('%s', async (_, { rules = [], url, args = [], files, code, says }) => {
      const server = await serve(rules);
      const run = await query(url ?? server.url, args, files?.(server.url)).ended;
      expect(run.code, run.stderr).toBe(code);
      for (const words of says) expect(run.stderr).toMatch(words);
      expect(run.stderr).not.toContain('secret-of-mine');
      expect(idsOf(run)).toEqual(code === 4 ? ALL : []);
    });

    test('keys that expire in the middle: what was read is printed, 4', async () => {
      const server = await serve([{ after: 2, fault: error('ExpiredTokenException', 403) }]);
      const run = await query(server.url).ended;
      expect(run.code).toBe(4);
      expect(run.stderr).toBe(
        'the credentials of the environment have expired; ' +
          'set a fresh AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN\n',
      );
      expect(idsOf(run)).toEqual(ALL.slice(0, idsOf(run).length));
      expect(idsOf(run).length).toBeGreaterThanOrEqual(99);
    });

    test('on a terminal the trouble shows while it is tried again, before anything was read', async () => {
      const terminal = startTerminal({
        args: ['query'],
        columns: 120,
        env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
      });
      try {
        await terminal.until(/0 events {2}\(trying again: environment, us-east-1: 127\.0\.0\.1:9 refuses/, PATIENCE_MS);
        terminal.press('ctrl+c');
        expect((await terminal.exit).code).toBe(130);
      } finally {
        await terminal.dispose();
      }
    });
  });

  describe('what passes costs time and nothing else', { timeout: PATIENCE_MS }, () => {
    const CASES: Readonly<Record<string, FaultRule>> = {
      'a page token that does not hold': { every: 2, fault: error('InvalidNextTokenException') },
      '500 in every second answer': { every: 2, fault: error('InternalFailure', 500) },
      '503 in every second answer': { every: 2, fault: error('ServiceUnavailable', 503) },
      'HTML from a proxy': { every: 2, fault: { kind: 'html', status: 502 } },
      'a page of the hotel once, before all': { times: 1, fault: { kind: 'html', status: 200 } },
      '200 that breaks off': { every: 2, fault: { kind: 'truncated' } },
      '200 with nothing in it': { every: 2, fault: { kind: 'empty' } },
      'a reset': { every: 2, fault: { kind: 'reset' } },
      'throttled three times in a row': { after: 1, times: 3, fault: error('ThrottlingException') },
      'pages of 50 × 256 KB': { fault: { kind: 'padded', bytes: 256 * 1024 } },
      'STS out of order at first': {
        operation: 'GetCallerIdentity',
        times: 2,
        fault: error('ServiceUnavailable', 503),
      },
    };
    test.each(Object.entries(CASES))('%s', async (_, rule) => {
      const server = await serve([rule]);
      const run = await query(server.url).ended;
      expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
      expect(idsOf(run)).toEqual(ALL);
      expect(server.requests.some(({ fault }) => fault === rule.fault.kind)).toBe(true);
    });

    test('a clock that is an hour off', async () => {
      const server = await serve([], { clockSkewMs: -HOUR });
      const run = await query(server.url).ended;
      expect({ code: run.code, ids: idsOf(run) }).toEqual({ code: 0, ids: ALL });
    });

    test('two at once share the quota and the cache: each backs off, both are complete', async () => {
      const server = await serve();
      const cache = { XDG_CACHE_HOME: makeFolder() };
      const runs = await Promise.all([1, 2].map(() => query(server.url, [], {}, cache).ended));
      for (const run of runs) {
        expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
        expect(idsOf(run)).toEqual(ALL);
      }
      const third = await query(server.url, [], {}, cache).ended;
      expect({ code: third.code, stderr: third.stderr, ids: idsOf(third) }).toEqual({ code: 0, stderr: '', ids: ALL });
    });

    test('killed in the middle of a page: the next run has each event once', async () => {
      const server = await serve([{ after: 2, fault: { kind: 'slow', ms: 3000 } }]);
      const cache = { XDG_CACHE_HOME: makeFolder() };
      const first = query(server.url, [], {}, cache);
      while (server.requests.filter(({ operation }) => operation === 'LookupEvents').length < 3)
        await new Promise((resolve) => setTimeout(resolve, 20));
      first.child.kill('SIGKILL');
      await first.ended;
      server.heal();
      const run = await query(server.url, [], {}, cache).ended;
      expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
      expect(idsOf(run)).toEqual(ALL);
    });

    test('a cache that cannot be made is told, and all events are there', async () => {
      const server = await serve();
      const file = join(makeFolder(), 'file');
      writeFileSync(file, '');
      const run = await query(server.url, [], {}, { XDG_CACHE_HOME: file }).ended;
      expect({ code: run.code, ids: idsOf(run) }).toEqual({ code: 0, ids: ALL });
      expect(run.stderr).toMatch(/^the event cache cannot be made \(.*\); this run goes on without it: .*\n$/);
    });
  });
});
