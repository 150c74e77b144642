// 90 days of three Regions at AWS's own pace: exactly those events, each once, with no more requests than the pages
// need. Takes the minute that the quota takes. Requests are counted and not seconds: a busy machine is slow.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runTrailx } from '../cli/run-trailx.ts';
import { eventId, madeUpRecords } from '../helpers/cloudtrail-server/records.ts';
import { type CloudTrailServer, startCloudTrailServer } from '../helpers/cloudtrail-server/server.ts';

const ACCOUNT = '111122223333';
const REGIONS = ['us-east-1', 'eu-west-1', 'ap-southeast-2'];
const COUNT = 5000;
const PAGES = COUNT / 50;
const STEP_MS = Math.floor((88 * 24 * 3_600_000) / COUNT);
const PATIENCE_MS = 180_000;

/** A machine that stumbles for half a second opens a second chain, which costs a part of a page. */
const SPARE = 1.04;

const CASES = [
  { title: 'when all goes well', every: null, mostRequests: Math.ceil(PAGES * SPARE) },
  { title: 'when every 7th response fails', every: 7, mostRequests: Math.ceil(((PAGES * 7) / 6) * SPARE) },
];

describe.concurrent('90 days of three Regions', () => {
  const servers: CloudTrailServer[] = [];
  beforeAll(async () => {
    for (const { every } of CASES) {
      const server = await startCloudTrailServer({ accounts: [{ id: ACCOUNT, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }] });
      const newest = Date.now() - 3_600_000;
      for (const region of REGIONS) {
        server.add(ACCOUNT, region, madeUpRecords({ count: COUNT, newest, stepMs: STEP_MS, region, prefix: region }));
        if (every !== null) {
          server.fail({ region, every, fault: { kind: 'error', name: 'InternalFailure', status: 500 } });
        }
      }
      servers.push(server);
    }
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
  });

  test.each(CASES)('$title', { timeout: PATIENCE_MS }, async ({ title, mostRequests }) => {
    const server = servers[CASES.findIndex((one) => one.title === title)] as CloudTrailServer;
    const run = await runTrailx(['query', '-r', REGIONS.join(','), '--since', '90d', '--no-cache'], {
      env: { AWS_ENDPOINT_URL: server.url },
    });
    expect(run.stderr).toBe('');
    expect(run.code).toBe(0);
    const printed = run.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { eventID: string; eventTime: string });
    const wanted = REGIONS.flatMap((region) => Array.from({ length: COUNT }, (_, index) => eventId(index, region)));
    expect(printed.map(({ eventID }) => eventID).sort()).toEqual(wanted.sort());
    const times = printed.map(({ eventTime }) => eventTime);
    expect(times).toEqual(times.toSorted().reverse());
    for (const region of REGIONS) {
      const requests = server.requests.filter((one) => one.operation === 'LookupEvents' && one.region === region);
      expect(requests.length).toBeLessThanOrEqual(mostRequests);
      // AWS's bucket holds two: nobody was ever told to slow down.
      expect(requests.filter(({ error }) => error === 'ThrottlingException')).toEqual([]);
    }
  });
});
