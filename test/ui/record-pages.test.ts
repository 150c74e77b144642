// Pages that read records, over the real store: what each row says, and that its searches find what it says.

import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../src/query/parse.ts';
import type { Query } from '../../src/query/query.ts';
import type { TableRow } from '../../src/state/table-panel.ts';
import type { Store } from '../../src/store/store.ts';
import { EBS_PAGE } from '../../src/ui/ebs-page.ts';
import { INSTANCE_LIFE_PAGE } from '../../src/ui/instance-life-page.ts';
import { LAUNCHES_PAGE } from '../../src/ui/launches-page.ts';
import { OPENED_PAGE, SECURITY_GROUPS_PAGE } from '../../src/ui/security-groups-page.ts';
import { SSH_PAGE } from '../../src/ui/ssh-page.ts';
import type { Asked, Page } from '../../src/ui/table-page.ts';
import { withStore } from '../store/events.ts';
import { record } from './open-explorer.ts';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINZbip83aTe0P7oj4IJlA8vjQX4ictJFv42sX4hb9AdU alice@example.com';
const FINGERPRINT = 'ED25519 SHA256:2+dXSd965jXEy4NC/j+cxagnfpMfhxpUc9LP3uEs5Jw';
const [A, B] = ['i-0123456789abcdef0', 'i-0123456789abcdef1'];
const SG = 'sg-0123456789abcdef0';
const SNAP = 'snap-0123456789abcdef0';

type Changes = Readonly<Record<string, unknown>>;

function role(session: string): Changes {
  const accountId = '111122223333';
  return {
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::${accountId}:assumed-role/web/${session}`,
      accountId,
      sessionContext: { sessionIssuer: { type: 'Role', userName: 'web', accountId } },
    },
  };
}

const connect = (eventName: string, requestParameters: unknown, more: Changes = {}): Changes => ({
  eventSource: 'ec2-instance-connect.amazonaws.com',
  eventName,
  requestParameters,
  readOnly: false,
  ...more,
});

function parse(text: string): Query {
  const { query, error } = parseQuery(text, { now: 0, zone: 'utc' });
  if (error !== null) throw new Error(`${text}: ${error.reason}`);
  return query;
}

type Shown = {
  readonly rows: readonly TableRow[];
  readonly about: string;
  /** Each row's cells by their titles. */
  readonly told: readonly Readonly<Record<string, string>>[];
  /** eventIDs of what a search finds, newest first. */
  readonly found: (query: string) => Promise<readonly string[]>;
};

/** The page over these records; `minute` counts back from 14:00, see `record`. */
async function show(
  page: Page,
  events: readonly (readonly [minute: number, changes: Changes])[],
  use: (shown: Shown) => Promise<void> | void,
): Promise<void> {
  const texts = events.map(([minute, changes], k) =>
    JSON.stringify(record(minute, { resources: undefined, eventID: `event-${k}`, ...changes })),
  );
  await withStore(texts, async (store: Store) => {
    const within = (term: Query) => store.search(term);
    const result = await store.search({ kind: 'all' });
    const state = {
      zone: 'utc',
      results: { result },
      search: { applied: '', query: { kind: 'all' } },
      live: null,
      loading: { kind: 'done' },
    } as unknown as Asked['state'];
    const { signal } = new AbortController();
    const asked = { store, within, state, result, of: [], signal } as unknown as Asked;
    const { rows, about } = await page.fill(asked);
    const { columns } = page.head([]);
    const told = rows.map(({ cells }) => Object.fromEntries(columns.map(({ title }, k) => [title, cells[k] ?? ''])));
    const found = async (query: string) => {
      const answer = await store.search(parse(query));
      const ids: string[] = [];
      for await (const page of store.records(answer)) ids.push(...page.map((text) => String(JSON.parse(text).eventID)));
      return ids;
    };
    await use({ rows, about, told, found });
  });
}

describe('SSH access', () => {
  const pushed = { instanceId: A, instanceOSUser: 'ec2-user', sSHPublicKey: KEY };
  const EVENTS = [
    [100, connect('SendSSHPublicKey ', pushed)],
    [90, connect('SendSSHPublicKey', pushed, { errorCode: 'AccessDenied' })],
    [89, connect('SendSSHPublicKey', pushed, { responseElements: { success: false } })],
    [80, connect('SendSerialConsoleSSHPublicKey', { instanceId: B, serialPort: 0, sSHPublicKey: KEY.slice(0, 40) })],
    [70, connect('OpenTunnel', { privateIpAddress: '10.0.0.7', remotePort: 22, instanceConnectEndpointId: 'eice-1' })],
    [60, { eventSource: 'ssm.amazonaws.com', eventName: 'StartSession', requestParameters: { target: A } }],
    [60, { eventSource: 'athena.amazonaws.com', eventName: 'StartSession', requestParameters: {} }],
    // The role of the instance: before, at the moment itself, in the hour after, at its end, and later.
    [101, role(A)],
    [100, role(A)],
    [65, { ...role(A), errorCode: 'AccessDenied' }],
    [40, role(A)],
    [39, role(A)],
    [95, role('i-0123456789abcdef2')],
  ] as const;

  test('who, how, into what, with which key, and what the role called in the next hour', () =>
    show(SSH_PAGE, EVENTS, ({ told, about }) => {
      expect(
        told.map((row) => [row.TIME, row.HOW, row.INSTANCE, row['USER, PORT'], row.RESULT, row['NEXT HOUR']]),
      ).toEqual([
        ['05-19 13:00', 'SSM session', A, '–', 'ok', '2 calls'],
        ['05-19 12:50', 'tunnel', '10.0.0.7', 'port 22 through eice-1', 'ok', '–'],
        ['05-19 12:40', 'serial port', B, 'port 0', 'ok', 'no calls'],
        ['05-19 12:31', 'key pushed', A, 'ec2-user', 'not successful', '–'],
        ['05-19 12:30', 'key pushed', A, 'ec2-user', 'denied', '–'],
        ['05-19 12:20', 'key pushed', A, 'ec2-user', 'ok', '3 calls, 1 failed'],
      ]);
      expect(told[5]).toMatchObject({ WHO: 'Admin/alice', FROM: '203.0.113.9', KEY: FINGERPRINT });
      expect(told.map(({ KEY: key }) => key).slice(0, 3)).toEqual(['', '', 'no whole key: no fingerprint']);
      expect(about).toMatch(/^6 of 13 events/);
    }));

  test('Enter finds the event among what happened around it, a the calls after', () =>
    show(SSH_PAGE, EVENTS, async ({ rows, found }) => {
      const [row] = rows.slice(-1);
      expect(await found(row?.query ?? '')).toEqual(['event-12', 'event-0', 'event-8', 'event-7']);
      expect(row?.row).toBe(0);
      expect(await found(row?.after?.query ?? '')).toEqual(['event-10', 'event-9', 'event-8']);
      // Where nothing came after, there is nothing to look at.
      expect(rows.map(({ after }) => after !== undefined)).toEqual([true, false, false, false, false, true]);
    }));

  test('events without a time, and records that say nothing', () =>
    show(
      SSH_PAGE,
      [
        [1, connect('SendSSHPublicKey', pushed, { eventTime: undefined })],
        [2, connect('SendSSHPublicKey', null, { userIdentity: null, sourceIPAddress: 7 })],
      ],
      async ({ told, rows, found }) => {
        expect(told.map(({ TIME }) => TIME)).toEqual(['05-19 13:58', '–']);
        expect(told[0]).toMatchObject({ WHO: '–', INSTANCE: '–', KEY: 'not stated', 'NEXT HOUR': '–' });
        expect(await found(rows[1]?.query ?? '')).toEqual(['event-0']);
      },
    ));
});

describe('security groups', () => {
  const rule = (more: Changes) => ({
    groupId: SG,
    ipPermissions: { items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ...more }] },
  });
  const world = rule({ ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } });
  const group = (eventName: string, requestParameters: unknown, more: Changes = {}): Changes => ({
    eventName,
    requestParameters,
    readOnly: false,
    ...more,
  });
  const answered = (id: string) => ({
    responseElements: {
      securityGroupRuleSet: {
        items: [
          { groupId: SG, securityGroupRuleId: id, ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIpv6: '::/0' },
        ],
      },
    },
  });
  const bob = { userIdentity: { type: 'IAMUser', userName: 'bob' } };
  const EVENTS = [
    [300, group('AuthorizeSecurityGroupIngress', world)],
    [299, group('RevokeSecurityGroupIngress', world, { errorCode: 'Client.UnauthorizedOperation' })],
    [120, group('RevokeSecurityGroupIngress', world, bob)],
    [110, group('AuthorizeSecurityGroupIngress', world)],
    [100, group('AuthorizeSecurityGroupIngress', world, { errorCode: 'Client.InvalidPermission.Duplicate' })],
    [90, group('AuthorizeSecurityGroupIngress', { groupId: SG }, answered('sgr-1'))],
    [80, group('RevokeSecurityGroupIngress', { groupId: SG, securityGroupRuleIds: { items: ['sgr-1'] } })],
    [70, group('AuthorizeSecurityGroupIngress', world, { awsRegion: 'us-east-1' })],
    [60, group('AuthorizeSecurityGroupEgress', world)],
    [50, group('AuthorizeSecurityGroupIngress', rule({ ipRanges: { items: [{ cidrIp: '10.0.0.0/8' }] } }))],
  ] as const;

  test('what was opened to the world, and when it was closed', () =>
    show(OPENED_PAGE, EVENTS, ({ told, rows }) => {
      expect(told.map((row) => [row.TIME, row.CHANGE, row.PORTS, row['FROM, TO'], row['SINCE THEN']])).toEqual([
        ['05-19 12:50', 'opened', '22/tcp', 'from everybody (0.0.0.0/0)', 'not closed'],
        ['05-19 12:30', 'opened', '443/tcp', 'from everybody (::/0)', 'closed after 10 min by Admin/alice'],
        ['05-19 12:20', 'not opened', '22/tcp', 'from everybody (0.0.0.0/0)', '–'],
        ['05-19 12:10', 'opened', '22/tcp', 'from everybody (0.0.0.0/0)', 'not closed'],
        ['05-19 09:00', 'opened', '22/tcp', 'from everybody (0.0.0.0/0)', 'closed after 3 h by bob'],
      ]);
      // What is open stands out.
      expect(rows.map(({ isQuiet }) => isQuiet)).toEqual([false, true, true, false, true]);
    }));

  test('a whole group, and calls of one second', () =>
    show(
      OPENED_PAGE,
      [
        [10, group('AuthorizeSecurityGroupIngress', world)],
        [10, group('RevokeSecurityGroupIngress', world)],
        [9, group('AuthorizeSecurityGroupIngress', { ...world, groupId: 'sg-9' })],
        [3, group('DeleteSecurityGroup', { groupId: 'sg-9' })],
      ],
      ({ told }) =>
        expect(told.map((row) => row['SINCE THEN'])).toEqual([
          'group deleted after 6 min by Admin/alice',
          'closed in the same second by Admin/alice',
        ]),
    ));

  test('all changes, also those that are about no rule', () =>
    show(
      SECURITY_GROUPS_PAGE,
      [
        ...EVENTS,
        [20, group('CreateSecurityGroup', { groupName: 'web' }, { responseElements: { groupId: SG } })],
        [10, group('UpdateSecurityGroupRuleDescriptionsIngress', { groupId: SG })],
      ],
      ({ told }) => {
        expect(told).toHaveLength(12);
        expect(told.slice(0, 4).map((row) => [row.CHANGE, row.GROUP, row['FROM, TO']])).toEqual([
          ['UpdateSecurityGroupRuleDescriptionsIngress', SG, '–'],
          ['group made', SG, '–'],
          ['opened', SG, 'from 10.0.0.0/8'],
          ['opened', SG, 'to everybody (0.0.0.0/0)'],
        ]);
        expect(told[5]).toMatchObject({ CHANGE: 'closed', 'FROM, TO': 'sgr-1', 'SINCE THEN': '–' });
      },
    ));
});

describe('volumes and snapshots', () => {
  const block = (eventName: string, more: Changes = {}): Changes => ({
    eventSource: 'ebs.amazonaws.com',
    eventName,
    requestParameters: { snapshotId: SNAP, blockIndex: 1 },
    eventCategory: 'Data',
    ...more,
  });

  test('blocks read one by one are one row, which finds them all', () =>
    show(
      EBS_PAGE,
      [
        [90, { eventName: 'DeleteSnapshot', requestParameters: { snapshotId: SNAP }, readOnly: false }],
        ...Array.from({ length: 30 }, (_, k) => [80 - k, block('GetSnapshotBlock')] as const),
        [20, block('GetSnapshotBlock', { errorCode: 'AccessDeniedException' })],
        [19, block('GetSnapshotBlock', { userIdentity: { type: 'IAMUser', userName: 'bob' } })],
        [18, block('ListSnapshotBlocks')],
        [
          10,
          {
            eventName: 'ModifySnapshotAttribute',
            requestParameters: { snapshotId: SNAP, createVolumePermission: { add: { items: [{ group: 'all' }] } } },
            readOnly: false,
          },
        ],
      ],
      async ({ told, rows, found, about }) => {
        expect(told.map((row) => [row.TIME, row.WHO, row.CALL, row['VOLUME, SNAPSHOT'], row.WHAT, row.RESULT])).toEqual(
          [
            ['05-19 13:50', 'Admin/alice', 'ModifySnapshotAttribute', SNAP, 'shared with everybody (public)', 'ok'],
            ['05-19 13:42', 'Admin/alice', 'ListSnapshotBlocks', SNAP, 'listed its blocks, 1 call', 'ok'],
            ['05-19 13:41', 'bob', 'GetSnapshotBlock', SNAP, 'read 1 block', 'ok'],
            ['05-19 13:40', 'Admin/alice', 'GetSnapshotBlock', SNAP, 'read 30 blocks in 1 h', '1 failed'],
            ['05-19 12:30', 'Admin/alice', 'DeleteSnapshot', SNAP, '–', 'ok'],
          ],
        );
        expect(about).toContain('33 calls for blocks');
        expect(await found(rows[3]?.query ?? '')).toHaveLength(31);
        expect(await found(rows[2]?.query ?? '')).toHaveLength(1);
      },
    ));
});

describe('instances', () => {
  const states = (instanceId: string, before: string, after: string) => ({
    instanceId,
    previousState: { name: before },
    currentState: { name: after },
  });

  test('their life: what became of each', () =>
    show(
      INSTANCE_LIFE_PAGE,
      [
        [
          5,
          {
            eventName: 'TerminateInstances',
            responseElements: {
              instancesSet: { items: [states(A, 'running', 'shutting-down'), states(B, 'stopped', 'terminated')] },
            },
          },
        ],
        [4, { eventName: 'StopInstances', errorCode: 'Client.UnauthorizedOperation' }],
      ],
      ({ told, rows }) => {
        expect(told[1]).toMatchObject({
          CALL: 'TerminateInstances',
          INSTANCES: `${A}, ${B}`,
          CHANGE: `${A}: running → shutting-down; ${B}: stopped → terminated`,
        });
        expect(told[0]).toMatchObject({ CHANGE: '–', RESULT: 'denied' });
        expect(rows[0]?.isQuiet).toBe(true);
      },
    ));

  test('their launches: image, key pair, role', () =>
    show(
      LAUNCHES_PAGE,
      [
        [
          5,
          {
            eventName: 'RunInstances',
            requestParameters: {
              instancesSet: { items: [{ imageId: 'ami-1', keyName: 'deploy', minCount: 2, maxCount: 2 }] },
              instanceType: 'm5.large',
              iamInstanceProfile: { name: 'web' },
              subnetId: 'subnet-1',
            },
            responseElements: { instancesSet: { items: [{ instanceId: A }, { instanceId: B }] } },
          },
        ],
      ],
      ({ told }) =>
        expect(told).toEqual([
          {
            TIME: '05-19 13:55',
            WHO: 'Admin/alice',
            WHAT: '2 × m5.large',
            AMI: 'ami-1',
            'KEY PAIR': 'deploy',
            RESULT: 'ok',
            ROLE: 'web',
            PUBLIC: '–',
            IMDS: '–',
            'USER DATA': '–',
            INSTANCES: `${A}, ${B}`,
            SUBNET: 'subnet-1',
            TEMPLATE: '–',
          },
        ]),
    ));
});

test('of thousands of events the newest are read, and the page says so', () =>
  show(
    SSH_PAGE,
    Array.from({ length: 2001 }, (_, k) => [k, connect('SendSSHPublicKey', { instanceId: A })] as const),
    ({ rows, about }) => {
      expect(rows).toHaveLength(2000);
      expect(about).toContain('2,001 of 2,001 events · only the newest 2,000 were read');
    },
  ));
