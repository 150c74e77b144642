// Real events, where the folder with them lies beside the repository.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { makeFolder, runTrailx } from './run-trailx.ts';

const DATA = fileURLToPath(new URL('../../../shared/data', import.meta.url));

describe.runIf(existsSync(DATA))('real events', () => {
  test.each([
    ['s3', 6877],
    ['s3-org', 185],
    ['flat', 2900],
    ['arrays', 146],
    ['lookup', 18],
    ['eventbridge', 9],
  ])('%s holds %i', async (folder, count) => {
    const { code, stdout } = await runTrailx(['query', join(DATA, folder), '--count']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${count}\n` });
  });

  test('notifications are no events', async () => {
    const { code, stdout, stderr } = await runTrailx(['query', join(DATA, 'notifications'), '--count']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '0\n' });
    expect(stderr).toMatch(/passed over: \d+ notifications/);
  });

  test('all of it: what cannot be read is named, what is no log file is counted', async () => {
    const { code, stdout, stderr } = await runTrailx(['query', DATA, '--count']);
    expect(code).toBe(4);
    expect(Number(stdout)).toBeGreaterThan(10_000);
    expect(stderr).toMatch(/cloudgrep_bad_cloudtrail\.json: \S/);
    expect(stderr).toMatch(/passed over: .*\d+ other files?/);
    expect(stderr).not.toContain('README.md');
  });

  test('CSV of everything, read and written again, is equal byte by byte', async () => {
    const folder = makeFolder();
    const [first, second] = [join(folder, 'first.csv'), join(folder, 'second.csv')];
    await runTrailx(['query', DATA, '-o', first]);
    expect(await runTrailx(['query', first, '-o', second])).toMatchObject({ code: 0 });
    const rows = readFileSync(second, 'utf8').split('\n').sort();
    expect(rows).toEqual(readFileSync(first, 'utf8').split('\n').sort());
  });
});
