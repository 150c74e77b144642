import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openEventCache } from '../../../src/store/event-cache/open-event-cache.ts';
import { endAll, startBench, startRun } from './harness.ts';

afterEach(endAll);

const MINUTE = 60_000;

function insight(id: string, time: number, account: string) {
  return {
    eventVersion: '1.08',
    eventTime: `${new Date(time).toISOString().slice(0, 19)}Z`,
    awsRegion: 'us-east-1',
    eventID: id,
    eventType: 'AwsCloudTrailInsight',
    recipientAccountId: account,
    sharedEventID: 's',
    insightDetails: { state: 'Start', eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' },
    eventCategory: 'Insight',
  };
}

test('Insights events come half an hour late, and are not missed by runs that follow each other', async () => {
  let passed = 0;
  const now = () => Date.now() + passed;
  const bench = await startBench({ now, clockSkewMs: () => passed });
  const { server, account } = bench;
  const late = insight('late', Date.now() - 20 * MINUTE, account);
  server.add(account, 'us-east-1', [late], { arrivesAt: (time) => time + 30 * MINUTE });
  const folder = mkdtempSync(join(process.env.TRAILX_TEST_ROOT as string, 'cache-'));
  const found: string[][] = [];
  for (passed of [0, 15 * MINUTE, 300 * MINUTE]) {
    const run = startRun(bench, {
      cache: openEventCache({ folder, onNotice: (line) => expect(line).toBe('') }),
      now,
      scope: { profiles: [null], regions: null, isInsights: true },
    });
    await run.idle();
    found.push(run.collected.ids);
    await run.source.close();
  }
  expect(found).toEqual([[], ['late'], ['late']]);
});
