// The tree a trail writes: …/AWSLogs/ACCOUNT/CloudTrail/REGION/YYYY/MM/DD/*.json.gz

import { describe, expect, test } from 'vitest';
import { type ListOptions, listFiles } from '../../../src/sources/log-files/list-files.ts';
import { makeFolder } from './files.ts';
import { readAll, readHere, recordWith } from './read.ts';

const ACCOUNT = '111122223333';

function fileName(region: string, delivered: string): string {
  return `${ACCOUNT}_CloudTrail_${region}_${delivered}_abcdefghijklmnop.json`;
}

/** Paths in the order in which they would be read. */
function listed(options: ListOptions): readonly string[] {
  return [...listFiles(options)].flatMap((event) =>
    event.kind === 'files' ? event.files.map(({ path }) => path) : [],
  );
}

function day(text: string): number {
  return Date.parse(`${text}T00:00:00Z`);
}

/** A tree of two Regions and six days, with one record a file. */
function makeTree(top = `AWSLogs/${ACCOUNT}/CloudTrail`) {
  const { path, write } = makeFolder();
  const files = ['us-east-1', 'eu-west-1'].flatMap((region) =>
    ['2026/04/30', '2026/05/01', '2026/05/02', '2026/05/03', '2026/05/04', '2026/05/05'].map((date) => {
      const time = `${date.replaceAll('/', '-')}T12:00:00Z`;
      const name = fileName(region, `${date.replaceAll('/', '')}T1205Z`);
      const text = JSON.stringify(recordWith({ eventTime: time, awsRegion: region }));
      return write(text, `${top}/${region}/${date}/${name}`);
    }),
  );
  return { path, write, files };
}

describe('the newest files come first', () => {
  test('across Regions, by day, then by the time of delivery in the name', () => {
    const { path, files, write } = makeTree();
    const region = `AWSLogs/${ACCOUNT}/CloudTrail/us-east-1/2026/05/05`;
    const later = write('{}', `${region}/${fileName('us-east-1', '20260505T2355Z')}`);
    const seconds = write('{}', `${region}/${fileName('us-east-1', '20260505T120530Z')}`);
    const order = listed({ paths: [path] });
    expect(order).toHaveLength(files.length + 2);
    expect(order.slice(0, 2)).toEqual([later, seconds]);
    const days = order.map((file) => /\d{4}\/\d\d\/\d\d/.exec(file)?.[0]);
    expect(days).toEqual([...days].sort().reverse());
  });

  test('in a flat folder, by the time in the name; names without one last', () => {
    const { path, write } = makeFolder();
    const old = write('{}', fileName('us-east-1', '20260101T0000Z'));
    const fresh = write('{}', fileName('eu-west-1', '20260601T0000Z'));
    const [z, y] = [write('{}', 'z.json'), write('{}', 'y.json')];
    expect(listed({ paths: [path] })).toEqual([fresh, old, y, z]);
  });

  test('each file is listed once, in groups, however many there are', () => {
    const { path, write } = makeFolder();
    for (let k = 0; k < 4500; k++) write('', `${k % 3}/${k}`);
    const groups = [...listFiles({ paths: [path] })];
    expect(groups.map((event) => (event.kind === 'files' ? event.files.length : event))).toEqual([2000, 2000, 500]);
    expect(new Set(listed({ paths: [path] })).size).toBe(4500);
  });

  test('events arrive in that order', async () => {
    const { path, files } = makeTree();
    const { times } = await readHere(listed({ paths: [path] }));
    expect(times).toHaveLength(files.length);
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });
});

describe('a time range skips whole days', () => {
  const daysOf = (paths: readonly string[]) =>
    [...new Set(paths.map((path) => /(\d{4}\/\d\d\/\d\d)/.exec(path)?.[1]))].sort();

  test.each([
    ['since', { since: day('2026-05-03') }, ['2026/05/02', '2026/05/03', '2026/05/04', '2026/05/05']],
    ['until', { until: day('2026-05-02') }, ['2026/04/30', '2026/05/01', '2026/05/02', '2026/05/03']],
    ['both', { since: day('2026-05-02'), until: day('2026-05-02') + 1 }, ['2026/05/01', '2026/05/02', '2026/05/03']],
    ['none in range', { since: day('2026-07-01') }, []],
    ['all in range', { since: day('2020-01-01'), until: day('2030-01-01') }, 6],
  ])('%s: widened by a day at both ends', (_, range, expected) => {
    const { path } = makeTree();
    const days = daysOf(listed({ paths: [path], ...range }));
    if (typeof expected === 'number') expect(days).toHaveLength(expected);
    else expect(days).toEqual(expected);
  });

  // Events are delivered minutes, at times hours after the call: the first and last moment of a day are found.
  test('no event of the range is in a folder that is skipped', () => {
    const { path } = makeTree();
    for (const at of [day('2026-05-03'), day('2026-05-04') - 1]) {
      const days = daysOf(listed({ paths: [path], since: at, until: at }));
      expect(days).toContain('2026/05/03');
      expect(days).toContain('2026/05/04');
    }
  });

  test('what is skipped is not opened', async () => {
    const { path, write } = makeTree();
    const broken = `AWSLogs/${ACCOUNT}/CloudTrail/us-east-1`;
    write('{"Records":[', `${broken}/2026/04/30/broken.json`);
    write('{"Records":[', `${broken}/2026/05/05/broken.json`);
    const range = { since: day('2026-05-02'), until: day('2026-05-03') };
    const { report, times } = await readAll({ paths: [path], ...range });
    expect(report).toMatchObject({ problems: [], filesTotal: 8, events: 8, daysOutside: 4 });
    // It filters nothing else: that is the query's business.
    expect(Math.min(...times)).toBeLessThan(range.since);
    const whole = await readAll({ paths: [path] });
    expect(whole.report.problems).toHaveLength(2);
  });

  test.each([
    `AWSLogs/o-exampleorg/${ACCOUNT}/CloudTrail`,
    `prefix/AWSLogs/${ACCOUNT}/CloudTrail-Insight`,
    'synced-from-a-bucket',
  ])('in %s/REGION', (top) => {
    const { path } = makeTree(top);
    expect(listed({ paths: [path], since: day('2026-05-05') })).toHaveLength(4);
    expect(listed({ paths: [`${path}/${top}/us-east-1/2026`], since: day('2026-05-05') })).toHaveLength(2);
    expect(listed({ paths: [`${path}/${top}/us-east-1/2026/05/05`], since: day('2026-05-05') })).toHaveLength(1);
    expect(listed({ paths: [`${path}/${top}/us-east-1/2026/04/30/`], since: day('2026-05-05') })).toHaveLength(0);
  });

  test('a date in any other path says nothing about the events', () => {
    const { path, write } = makeFolder();
    const file = write('{}', 'incidents/2020/01/31/cloudtrail.json');
    expect(listed({ paths: [path], since: day('2026-05-05') })).toEqual([file]);
  });
});

test("a Region is the record's own, whatever its folder is called", async () => {
  const { path, write } = makeTree();
  write(
    JSON.stringify(recordWith({ awsRegion: 'ap-south-1' })),
    `AWSLogs/${ACCOUNT}/CloudTrail/us-east-1/2026/05/05/odd.json`,
  );
  const { rows } = await readAll({ paths: [path] });
  expect(rows.filter(({ region }) => region === 'ap-south-1')).toHaveLength(1);
  expect(rows.filter(({ region }) => region === 'us-east-1')).toHaveLength(6);
});

test('digests beside the log files are counted, not read as events', async () => {
  const { path, write } = makeTree();
  const digest = { awsAccountId: ACCOUNT, digestStartTime: '2026-05-05T00:00:00Z', logFiles: [{ s3Object: 'x' }] };
  write(JSON.stringify(digest), `AWSLogs/${ACCOUNT}/CloudTrail-Digest/us-east-1/2026/05/05/d.json`);
  const { report } = await readAll({ paths: [path] });
  expect(report).toMatchObject({ events: 12, problems: [], passedOver: { digests: 1, otherValues: 0 } });
});
