// The simulator in a process of its own, so that what it spends on answers is not taken from whom it answers. Started
// with `startServer`; the parent asks by messages.

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { madeUpRecords } from '../helpers/cloudtrail-server/records.ts';
import { startCloudTrailServer } from '../helpers/cloudtrail-server/server.ts';

export const ACCOUNT = '111122223333';

/** Those that an account has from the start. */
export const REGIONS = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'ca-central-1',
  'sa-east-1',
  'eu-central-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-north-1',
  'ap-south-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-southeast-1',
  'ap-southeast-2',
] as const;

export type ServerSetup = {
  readonly regions: readonly string[];
  readonly eventsPerRegion: number;
  /** From one event to the next older one. */
  readonly stepMs: number;
  readonly latencyMs?: number;
  readonly requestsPerSecond?: number;
};

/** A LookupEvents request. */
export type SeenRequest = {
  readonly region: string;
  /** ms since the epoch, with fractions, of the arrival. */
  readonly at: number;
  readonly isThrottled: boolean;
};

export type ServerProcess = {
  readonly url: string;
  requests(): Promise<readonly SeenRequest[]>;
  stop(): void;
};

export async function startServer(setup: ServerSetup): Promise<ServerProcess> {
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(setup)], { execArgv: [] });
  const url = (await nextMessage(child)) as string;
  return {
    url,
    requests: async () => {
      const answer = nextMessage(child);
      child.send('requests');
      return (await answer) as readonly SeenRequest[];
    },
    stop: () => void child.kill(),
  };
}

/** What a trailx needs to find it. */
export function serverEnvironment(url: string): Record<string, string> {
  return { AWS_ENDPOINT_URL: url, NO_PROXY: '127.0.0.1' };
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`the simulator ended with code ${code}`)));
  });
}

async function serve({ regions, eventsPerRegion, stepMs, ...options }: ServerSetup): Promise<void> {
  const server = await startCloudTrailServer({
    ...options,
    accounts: [{ id: ACCOUNT, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }],
  });
  const newest = Date.now() - 60_000;
  for (const region of regions) {
    server.add(ACCOUNT, region, madeUpRecords({ count: eventsPerRegion, newest, stepMs, region, prefix: region }));
  }
  process.on('disconnect', () => process.exit());
  process.on('message', () => {
    const seen: SeenRequest[] = server.requests
      .filter(({ operation }) => operation === 'LookupEvents')
      .map(({ at, region, error }) => ({
        at: performance.timeOrigin + at,
        region: region ?? '',
        isThrottled: error === 'ThrottlingException',
      }));
    process.send?.(seen);
  });
  process.send?.(server.url);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await serve(JSON.parse(process.argv[2] ?? '') as ServerSetup);
