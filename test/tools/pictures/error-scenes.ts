// A screen for every row of the README's troubleshooting table, on 80 × 24.

import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, chownSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultRule } from '../../helpers/cloudtrail-server/faults.ts';
import type { Expected } from '../../helpers/screen.ts';
import { PROD } from './account.ts';
import type { LiveScene, Scene } from './scene.ts';

type ErrorScene = {
  readonly name: string;
  readonly args: readonly string[];
  readonly shows: Expected;
  readonly env?: Scene['env'];
  readonly live?: LiveScene;
  /** Pressed once it is there. */
  readonly next?: readonly [key: string, shows: Expected];
};

/** Everything that is asked of AWS. */
const always = (rule: FaultRule['fault'], operation = '*'): LiveScene => ({
  prepare: (server) => void server.fail({ operation, fault: rule }),
});
/** The first two pages come, then it goes wrong. */
const afterTwoPages = (fault: FaultRule['fault']): LiveScene => ({
  prepare: (server) => void server.fail({ after: 2, fault }),
});

const IS_SUPERUSER = process.getuid?.() === 0;
const NOBODY = 65_534;

/** Permissions stop nobody but the others: the superuser gives up its rights for this picture. */
function makeReadOnly(folder: string, home: string): void {
  for (const name of ['.config', '.local/share', '.local/state', '.cache', 'tmp'])
    mkdirSync(join(home, name), { recursive: true });
  if (IS_SUPERUSER)
    for (const name of readdirSync(home, { recursive: true, encoding: 'utf8' }))
      chownSync(join(home, name), NOBODY, NOBODY);
  chmodSync(folder, 0o555);
}

const SCENES: readonly ErrorScene[] = [
  {
    name: 'no-credentials',
    args: [],
    live: { prepare: (_, home) => rmSync(join(home, '.aws'), { recursive: true }) },
    shows: /no AWS credentials/i,
  },
  { name: 'unknown-profile', args: ['-p', 'prdo'], shows: /no profile prdo/i },
  {
    name: 'damaged-config',
    args: ['-p', 'staging'],
    live: {
      prepare(_, home) {
        appendFileSync(join(home, '.aws', 'config'), '\n[profile staging\nregion = eu-west-1\n');
      },
    },
    shows: /staging/,
  },
  {
    name: 'sso-expired',
    args: ['-p', 'sso'],
    live: {
      prepare(_, home) {
        const folder = join(home, '.aws', 'sso', 'cache');
        mkdirSync(folder, { recursive: true });
        const token = { accessToken: 'none', expiresAt: '2026-05-20T09:00:00Z', region: 'us-east-1' };
        const name = createHash('sha1').update('company').digest('hex');
        writeFileSync(join(folder, `${name}.json`), JSON.stringify(token));
      },
    },
    shows: /SSO session .*expired|expired/,
  },
  { name: 'mfa', args: ['-p', 'admin'], shows: /MFA/ },
  { name: 'credential-process', args: ['-p', 'rubbish'], shows: /did not print JSON/ },
  { name: 'access-key', args: ['-p', 'revoked'], shows: /does not know the access key/ },
  {
    name: 'expired-token',
    args: [],
    env: {
      AWS_ACCESS_KEY_ID: `AKIA${PROD}EXAM`,
      AWS_SECRET_ACCESS_KEY: 'not-a-secret',
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:41620',
    },
    live: { prepare: (server) => server.expire(PROD, true) },
    shows: /expired/,
  },
  {
    name: 'denied',
    args: ['-p', 'prod'],
    live: always(
      {
        kind: 'error',
        name: 'AccessDeniedException',
        status: 403,
        message:
          `User: arn:aws:iam::${PROD}:user/prod-reader is not authorized to perform: cloudtrail:LookupEvents because ` +
          'no identity-based policy allows the cloudtrail:LookupEvents action',
      },
      'LookupEvents',
    ),
    shows: /identity-based policy/,
  },
  {
    name: 'denied-region',
    args: ['-p', 'prod', '-r', 'eu-west-1,us-east-1'],
    live: { prepare: (server) => server.deny(PROD, ['us-east-1']) },
    shows: /✗.*1 ✓/,
    next: ['c', /Event history/],
  },
  {
    name: 'region-off',
    args: ['-p', 'prod', '-r', 'eu-west-1,eu-south-1'],
    shows: /✗.*1 ✓/,
    next: ['c', /Event history/],
  },
  {
    name: 'throttled',
    args: ['-p', 'prod'],
    live: afterTwoPages({ kind: 'error', name: 'ThrottlingException' }),
    env: { TRAILX_PICTURE_CLOCK: 'runs' },
    shows: /throttled/,
  },
  {
    name: 'trying-again',
    args: ['-p', 'prod'],
    live: always(
      { kind: 'error', name: 'ServiceUnavailable', status: 503, message: 'The service is temporarily unavailable' },
      'LookupEvents',
    ),
    shows: /HTTP 503/,
  },
  { name: 'refused', args: ['-p', 'prod'], env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }, shows: /refuses/ },
  {
    name: 'dns',
    args: ['-p', 'prod'],
    env: { AWS_ENDPOINT_URL: 'https://cloudtrail.eu-west-1.amazonaws.com' },
    shows: /DNS/,
  },
  {
    name: 'web-page',
    args: ['-p', 'prod'],
    live: always({ kind: 'html', status: 200 }, 'LookupEvents'),
    shows: /web page/,
  },
  {
    name: 'clock',
    args: ['-p', 'prod'],
    live: {
      clockAheadMs: 40 * 60_000,
      ...always({
        kind: 'error',
        name: 'InvalidSignatureException',
        status: 403,
        message: 'Signature expired: 20260520T150000Z is now earlier than 20260520T153500Z',
      }),
    },
    // Signed by AWS's time it is tried once more first.
    shows: /What can be done/,
  },
  {
    name: 'cache-read-only',
    args: ['-p', 'prod'],
    env: IS_SUPERUSER ? { TRAILX_PICTURE_USER: String(NOBODY) } : {},
    live: { prepare: (_, home) => makeReadOnly(join(home, '.cache'), home) },
    shows: /✓ 24 h/,
    next: ['c', /Besides/],
  },
  {
    name: 'cache-newer',
    args: ['-p', 'prod'],
    live: {
      prepare(_, home) {
        const folder = join(home, '.cache', 'trailx', 'events', 'aws', PROD, 'eu-west-1', 'management');
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'lane.json'), JSON.stringify({ format: 99, id: '0' }));
      },
    },
    shows: /✓ 24 h/,
    next: ['c', /Besides/],
  },
];

export const ERROR_SCENES: readonly Scene[] = SCENES.map(({ name, args, shows, env = {}, live = {}, next }) => ({
  name: `errors/${name}`,
  title: ['trailx', ...args].join(' '),
  columns: 80,
  rows: 24,
  args,
  env,
  live,
  async play(terminal) {
    await terminal.until(shows);
    if (next === undefined) return;
    terminal.press(next[0]);
    await terminal.until(next[1]);
  },
}));
