// The accounts in the pictures of event history: the built-in sample in the tests' CloudTrail server, with its profiles
// as the simulator writes them.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { generateSample } from '../../../src/sources/sample/generate-sample.ts';
import { type CloudTrailServer, startCloudTrailServer } from '../../helpers/cloudtrail-server/server.ts';
import { namedAccounts, writeProfiles } from '../simulator/profiles.ts';
import type { LiveScene } from './scene.ts';

/** Of the sample's accounts: prod, dev, security. */
const IDS = ['111122223333', '444455556666', '777788889999'] as const;
export const PROD = IDS[0];
/** Messages name it, so it is always the same. */
const PORT = 41_620;

/** Serves until it is closed; writes `.aws` into the home folder. The clock stands at `time`, ms. */
export async function startPictureAccount(
  home: string,
  time: number,
  { clockAheadMs = 0 }: LiveScene,
): Promise<CloudTrailServer> {
  const accounts = namedAccounts(IDS, () => 'eu-west-1');
  const server = await startCloudTrailServer({
    port: PORT,
    accounts: accounts.map(({ setup }) => setup),
    now: () => time,
    clockSkewMs: time + clockAheadMs - Date.now(),
  });
  const records = [...generateSample({ events: 8000, end: time })].map((text) => JSON.parse(text) as unknown);
  server.add(null, null, records);
  const folder = join(home, '.aws');
  mkdirSync(folder);
  writeProfiles(folder, server.url, accounts);
  return server;
}
