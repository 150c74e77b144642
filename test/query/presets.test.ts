// Each preset against the built-in sample: it finds what it is for, and nothing that it is not for.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { EVENT_NAMES, EVENT_SOURCES } from '../../src/cloudtrail/event-names.ts';
import { isReadName } from '../../src/cloudtrail/event-verbs.ts';
import type { TrailEvent } from '../../src/cloudtrail/trail-event.ts';
import { readCountNames } from '../../src/query/count-names.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { findPreset, PRESETS, type Preset } from '../../src/query/presets.ts';
import { printQuery } from '../../src/query/print.ts';
import type { Query } from '../../src/query/query.ts';
import { sampleSource } from '../../src/sources/sample/sample-source.ts';
import type { Analysis, CountedCell } from '../../src/store/analysis.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { withStore } from '../store/events.ts';
import { CLOCK } from './queries.ts';

let store: Store;
beforeAll(async () => {
  store = await openStore();
  await sampleSource(Date.UTC(2026, 10, 22, 16, 20, 30)).read(async (batch) => void (await store.append(batch)));
  await (store as Store & Partial<Analysis>).findFirsts?.();
});
afterAll(() => store.close());

function parse(text: string): Query {
  const { query, error } = parseQuery(text, CLOCK);
  if (error !== null) throw new Error(`${text}: ${error.reason}`);
  return query;
}

type Expected = {
  /** ec2:RunInstances; with ! where it failed. */
  readonly some: readonly string[];
  readonly only: (event: TrailEvent) => boolean;
};

const isOf =
  (pattern: RegExp) =>
  ({ cells }: TrailEvent): boolean =>
    pattern.test(`${cells.source.replace('.amazonaws.com', '')}:${cells.name}`);

const EXPECTED: Readonly<Record<string, Expected>> = {
  'recent-changes': {
    some: ['ec2:TerminateInstances', 'iam:CreateUser', 'signin:ConsoleLogin', 's3:PutObject'],
    only: ({ cells }) => cells.readOnly !== 'true' && !/^(Describe|List)/.test(cells.name),
  },
  'changes-by-person': {
    some: ['ec2:TerminateInstances', 'iam:CreateUser', 's3:PutObject'],
    only: ({ cells }) => cells.readOnly !== 'true',
  },
  deletions: {
    some: ['ec2:TerminateInstances', 'ec2:TerminateInstances!', 'ec2:DeleteSnapshot', 'iam:DeleteUser'],
    only: ({ cells }) => /^(Delete|Terminate|Detach|Deregister|Release|ScheduleKey)/.test(cells.name),
  },
  failures: { some: ['signin:ConsoleLogin!', 'ec2:RunInstances!'], only: ({ cells }) => cells.error !== '' },
  denied: {
    some: ['secretsmanager:GetSecretValue!', 'ec2:DescribeVolumes!', 'cloudtrail:StopLogging!'],
    only: ({ cells }) => /denied|unauthorized/i.test(cells.error),
  },
  'console-sign-ins-without-mfa': {
    some: ['signin:ConsoleLogin', 'signin:ConsoleLogin!'],
    only: ({ cells }) => cells.name === 'ConsoleLogin' && cells.mfa !== 'true' && cells.type !== 'AssumedRole',
  },
  'console-sign-ins': { some: ['signin:ConsoleLogin', 'signin:ConsoleLogin!'], only: isOf(/^signin:/) },
  'sign-ins-new-address': {
    some: ['signin:ConsoleLogin', 'signin:ConsoleLogin!'],
    only: ({ cells, firsts }) => cells.name === 'ConsoleLogin' && /ip|who/.test(String(firsts)),
  },
  root: { some: ['ec2:TerminateInstances', 'signin:ConsoleLogin'], only: ({ cells }) => cells.type === 'Root' },
  'new-addresses': { some: ['signin:ConsoleLogin!'], only: ({ cells }) => /^[\d.:a-f]+$/.test(cells.ip) },
  'iam-changes': { some: ['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateLoginProfile!'], only: isOf(/^iam:/) },
  'new-access': {
    some: ['iam:CreateUser', 'iam:CreateAccessKey', 'iam:AttachUserPolicy', 'iam:CreateLoginProfile!'],
    only: isOf(/^iam:(Create|Attach|Put|Add|Update)/),
  },
  launches: { some: ['ec2:RunInstances', 'ec2:RunInstances!'], only: isOf(/^ec2:RunInstances$/) },
  'launch-details': { some: ['ec2:RunInstances', 'ec2:RunInstances!'], only: isOf(/^ec2:RunInstances$/) },
  'ec2-instance-life': {
    some: [
      'ec2:RunInstances',
      'ec2:RunInstances!',
      'ec2:StartInstances',
      'ec2:StopInstances',
      'ec2:TerminateInstances',
    ],
    only: isOf(/^ec2:\w+Instances$/),
  },
  ebs: {
    some: ['ebs:StartSnapshot', 'ec2:ModifySnapshotAttribute', 'ec2:SharedSnapshotVolumeCreated', 'ec2:AttachVolume'],
    only: (event) => isOf(/^(ebs:|ec2:.*(Volume|Snapshot))/)(event) && !event.cells.name.startsWith('Describe'),
  },
  ssh: {
    some: ['ec2-instance-connect:SendSSHPublicKey', 'ec2-instance-connect:OpenTunnel', 'ssm:StartSession'],
    only: isOf(/^(ec2-instance-connect:(Send|Open)|ssm:StartSession)/),
  },
  'security-groups': {
    some: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'],
    only: (event) => isOf(/^ec2:.*SecurityGroup/)(event) && !isReadName(event.cells.name),
  },
  'opened-to-the-world': {
    some: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:AuthorizeSecurityGroupIngress!'],
    only: isOf(/^ec2:AuthorizeSecurityGroupIngress$/),
  },
  'public-access': {
    some: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:AuthorizeSecurityGroupIngress!', 's3:PutBucketPolicy'],
    only: isOf(/^(ec2:AuthorizeSecurityGroupIngress|s3:PutBucketPolicy)$/),
  },
  'secrets-read': {
    some: ['secretsmanager:GetSecretValue', 'secretsmanager:GetSecretValue!'],
    only: isOf(/^(secretsmanager:GetSecretValue|ssm:GetParameter|kms:Decrypt|ec2:GetPasswordData)/),
  },
  'trail-tampering': {
    some: [
      'cloudtrail:StopLogging!',
      'cloudtrail:DeleteTrail!',
      'cloudtrail:UpdateTrail!',
      'cloudtrail:PutEventSelectors!',
    ],
    only: isOf(/^(cloudtrail:(Stop|Delete|Update|Put)|config:|guardduty:|securityhub:|ec2:DeleteFlowLogs)/),
  },
};

test('every preset is tried', () =>
  expect(Object.keys(EXPECTED)).toEqual(expect.arrayContaining(PRESETS.map(({ name }) => name))));

test.each(PRESETS)('$name finds what it is for', async ({ name, query }) => {
  const result = await store.search(parse(query));
  const events = await store.window(result, 0, result.total);
  const { some, only } = EXPECTED[name] as Expected;
  const found = new Set(
    events.map(
      ({ cells }) => `${cells.source.replace('.amazonaws.com', '')}:${cells.name}${cells.error === '' ? '' : '!'}`,
    ),
  );
  expect([...found]).toEqual(expect.arrayContaining([...some]));
  expect(events.filter((event) => !only(event)).map(({ cells }) => `${cells.source}:${cells.name}`)).toEqual([]);
  // A third of everything is no answer.
  expect(result.total).toBeLessThan(1000);
});

test.each(PRESETS)('$name is written as it is printed, and in words that exist', ({ name, title, about, query }) => {
  expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(title).not.toBe('');
  expect(about).not.toBe('');
  expect(printQuery(parse(query))).toBe(query);
  expect(query.length).toBeLessThan(600);
  const unknown = fieldsOf(parse(query)).flatMap(({ path, values }) =>
    values.filter((value) => {
      if (path === 'source') return !EVENT_SOURCES.includes(`${value}.amazonaws.com`);
      const pattern = new RegExp(`^${value.replaceAll('*', '.*')}$`);
      return path === 'name' && !EVENT_NAMES.some((known) => pattern.test(known));
    }),
  );
  expect(unknown).toEqual([]);
});

test.each(PRESETS.filter(({ page }) => page === 'by'))('$name counts by what its events state', async (preset) => {
  const { query, by = [] } = preset;
  expect(readCountNames(by.join(' '))).toEqual({ kind: 'names', names: by });
  const result = await store.search(parse(query));
  const { groups, looked } = await store.countBy(result, by);
  expect(looked).toBe(result.total);
  expect(groups.length).toBeGreaterThan(1);
  // Somebody answers the question in each column.
  for (const k of by.keys()) expect(groups.some(({ cells }) => cells[k]?.kind === 'value')).toBe(true);
});

test('sign-ins from a new address are also those of people who are seen for the first time', async () => {
  const { query } = findPreset('sign-ins-new-address') as Preset;
  const result = await store.search(parse(query));
  const found = (await store.window(result, 0, result.total)).map(({ cells }) =>
    [cells.who, cells.caller, cells.ip].join(' '),
  );
  expect(found).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^root 111122223333 198\.51\.100\.77$/),
      expect.stringMatching(/^contractor .* 198\.51\.100\.12$/),
      expect.stringMatching(/oleg .* 198\.51\.100\.151$/),
    ]),
  );
});

test('public access is told from what is shared with one account, or closed to all but some', async () => {
  const record = (source: string, eventName: string, requestParameters: object): string =>
    JSON.stringify({
      eventVersion: '1.08',
      eventTime: '2026-05-19T12:00:00Z',
      eventSource: `${source}.amazonaws.com`,
      eventName,
      requestParameters,
    });
  const ingress = (range: object): object => ({ ipPermissions: { items: [{ fromPort: 22, ...range }] } });
  const [all, one] = [{ group: 'all' }, { userId: '444455556666' }];
  const open = [
    record('ec2', 'AuthorizeSecurityGroupIngress', ingress({ ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } })),
    record('ec2', 'AuthorizeSecurityGroupIngress', ingress({ ipv6Ranges: { items: [{ cidrIpv6: '::/0' }] } })),
    record('ec2', 'ModifySnapshotAttribute', { createVolumePermission: { add: { items: [one, all] } } }),
    record('ec2', 'ModifyImageAttribute', { launchPermission: { add: { items: [all] } } }),
    record('rds', 'ModifyDBInstance', { publiclyAccessible: true }),
    record('rds', 'ModifyDBSnapshotAttribute', { attributeName: 'restore', valuesToAdd: ['all'] }),
    record('lambda', 'CreateFunctionUrlConfig', { authType: 'NONE' }),
    record('lambda', 'AddPermission20150331v2', { principal: '*' }),
    record('s3', 'DeleteBucketPublicAccessBlock', { bucketName: 'b' }),
  ];
  const closed = [
    record('ec2', 'AuthorizeSecurityGroupIngress', ingress({ ipRanges: { items: [{ cidrIp: '10.0.0.0/8' }] } })),
    record('ec2', 'RevokeSecurityGroupIngress', ingress({ ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } })),
    record('ec2', 'ModifySnapshotAttribute', { createVolumePermission: { add: { items: [one] } } }),
    record('ec2', 'ModifyImageAttribute', { launchPermission: { remove: { items: [all] } } }),
    record('rds', 'ModifyDBInstance', { publiclyAccessible: false }),
    record('lambda', 'CreateFunctionUrlConfig', { authType: 'AWS_IAM' }),
    record('lambda', 'AddPermission20150331v2', { principal: 's3.amazonaws.com' }),
    record('s3', 'GetBucketPublicAccessBlock', { bucketName: 'b' }),
  ];
  await withStore([...open, ...closed], async (own) => {
    const { rows } = await own.search(parse((findPreset('public-access') as Preset).query));
    expect([...rows].sort((a, b) => a - b)).toEqual([...open.keys()]);
  });
});

test('launches tell who launched which type', async () => {
  const { query, by = [] } = findPreset('launches') as Preset;
  const { groups } = await store.countBy(await store.search(parse(query)), by);
  const told = groups.map(({ cells, count, failures }) => [...cells.map((cell) => textOf(cell)), count, failures]);
  expect(told).toContainEqual(['svc-backup2', 'c6i.32xlarge', 5, 1]);
  expect(told).toContainEqual(['Ops/bob', 'p4d.24xlarge', 1, 0]);
});

function textOf(cell: CountedCell): string {
  return cell.kind === 'value' ? cell.text : cell.kind;
}

function fieldsOf(query: Query): readonly (Query & { readonly kind: 'field' })[] {
  if (query.kind === 'and' || query.kind === 'or') return query.terms.flatMap(fieldsOf);
  if (query.kind === 'not') return fieldsOf(query.term);
  return query.kind === 'field' ? [query] : [];
}

test('findPreset takes a name in any case', () => {
  expect(findPreset(' Trail-Tampering ')?.page).toBe(undefined);
  expect(findPreset('denied')?.page).toBe('denied');
  expect(findPreset('nosuch')).toBe(undefined);
});
