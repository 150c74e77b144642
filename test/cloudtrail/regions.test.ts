import { expect, test } from 'vitest';
import { defaultRegionOf, globalRegionOf, partitionOf, regionsOf, regionTitle } from '../../src/cloudtrail/regions.ts';

test('each partition has its Regions, its global one among them', () => {
  const sizes = { aws: 34, 'aws-cn': 2, 'aws-us-gov': 2, 'aws-eusc': 1 };
  const isolated = { 'aws-iso': 2, 'aws-iso-b': 2, 'aws-iso-e': 1, 'aws-iso-f': 2 };
  for (const [partition, size] of Object.entries({ ...sizes, ...isolated })) {
    const names = regionsOf(partition).map(({ name }) => name);
    expect([partition, new Set(names).size]).toEqual([partition, size]);
    expect(names).toContain(globalRegionOf(partition));
    expect(names).toContain(defaultRegionOf(partition));
    for (const name of names) expect([name, partitionOf(name)]).toEqual([name, partition]);
    for (const name of names) expect(regionTitle(name)).not.toBe('');
  }
});

test.each([
  ['us-east-9', 'aws'],
  ['moon-base-1', 'aws'],
  ['', 'aws'],
  ['cn-south-7', 'aws-cn'],
  ['us-gov-north-1', 'aws-us-gov'],
  ['eusc-fr-west-1', 'aws-eusc'],
  ['us-iso-north-1', 'aws-iso'],
  ['us-isob-north-1', 'aws-iso-b'],
  ['eu-isoe-north-1', 'aws-iso-e'],
  ['us-isof-north-1', 'aws-iso-f'],
])('a Region newer than the table, %j, is in %s by its name', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
  expect(regionTitle(region)).toBe('');
});

test('a partition nobody has heard of has no Regions and the global one of aws', () => {
  expect(regionsOf('aws-mars')).toEqual([]);
  expect(globalRegionOf('aws-mars')).toBe('us-east-1');
});
