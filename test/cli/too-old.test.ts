import { expect, test } from 'vitest';
import { tooOldMistake } from '../../src/cli/too-old.ts';
import { openEventCache } from '../../src/store/event-cache/open-event-cache.ts';
import { makeFolder } from './run-trailx.ts';

const NOW = Date.UTC(2026, 10, 22, 21, 18, 30);
const EARLIEST = Date.UTC(2026, 7, 24, 21, 18, 30);
const DAY = 86_400_000;
const cached = { useCache: true, insights: false };
const MISTAKE =
  'AWS keeps 90 days of event history: nothing before 2026-08-24T21:18Z can be asked for; log files hold it';

test('nothing can be asked for where all of the time is older than what AWS keeps', async () => {
  const folder = makeFolder();
  expect(await tooOldMistake({ since: EARLIEST - DAY, until: EARLIEST - 1 }, NOW, cached, folder)).toBe(MISTAKE);
  expect(await tooOldMistake({ since: null, until: EARLIEST - 1 }, NOW, cached, folder)).toBe(MISTAKE);
  expect(await tooOldMistake({ since: 0, until: EARLIEST }, NOW, cached, folder)).toBeNull();
  expect(await tooOldMistake({ since: 0, until: null }, NOW, cached, folder)).toBeNull();
});

test('unless the cache has kept some of it', async () => {
  const folder = makeFolder();
  const cache = openEventCache({ folder, onNotice: () => {} });
  const lane = { partition: 'aws', account: '111122223333', region: 'eu-west-1', category: 'management' } as const;
  const span = { from: EARLIEST - 9 * DAY, to: EARLIEST - 8 * DAY, attribute: null };
  await (await cache.lane(lane)).write(null, [span]);
  await cache.close();
  const limits = { since: EARLIEST - 10 * DAY, until: EARLIEST - 8.5 * DAY };
  expect(await tooOldMistake(limits, NOW, cached, folder)).toBeNull();
  expect(await tooOldMistake(limits, NOW, { ...cached, useCache: false }, folder)).toBe(MISTAKE);
  expect(await tooOldMistake(limits, NOW, { ...cached, insights: true }, folder)).toBe(MISTAKE);
  expect(await tooOldMistake({ ...limits, since: span.to + 1000, until: span.to + DAY }, NOW, cached, folder)).toBe(
    MISTAKE,
  );
});
