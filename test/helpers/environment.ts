// What every test, and every trailx that a test starts, sees of the machine: nothing. No home, no credentials,
// no way past loopback, UTC.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Environment variables that keep a test to itself; `home` is created, with the XDG folders inside it. */
export function isolatedEnvironment(home: string): Record<string, string> {
  const folders = {
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_STATE_HOME: join(home, '.local', 'state'),
    XDG_CACHE_HOME: join(home, '.cache'),
    TMPDIR: join(home, 'tmp'),
  };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  return {
    ...folders,
    TZ: 'UTC',
    LANG: 'C.UTF-8',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
    AWS_CONFIG_FILE: join(home, 'no-aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'no-aws-credentials'),
    // Port 9 is "discard": whatever tries to reach AWS is refused at once, on this machine.
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  };
}

/** The environment for a trailx that a test starts: the isolated one, plus what finds and runs programs. */
export function childEnvironment(home: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    ...isolatedEnvironment(home),
  };
}
