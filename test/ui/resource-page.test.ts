// r in the whole explorer, and its page over the real store: what a resource's records say, of its own and of what
// belongs to it; 50,000 events of one resource; records that are no good.

import { afterEach, describe, expect, test } from 'vitest';
import { namingQuery } from '../../src/query/resource-query.ts';
import { BatchBuilder } from '../../src/sources/log-files/batch-builder.ts';
import { RecordReader } from '../../src/sources/log-files/record-reader.ts';
import { DATABASE_VOLUME, INSTANCES } from '../../src/sources/sample/company.ts';
import { sampleSource } from '../../src/sources/sample/sample-source.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { MAX_CHANGES, type ResourceHistory, readHistory } from '../../src/ui/resource-history.ts';
import { historyRows } from '../../src/ui/resource-page.ts';
import { ResourceRecords } from '../../src/ui/resource-records.ts';
import { query } from '../store/events.ts';
import { type OpenExplorer, openExplorer, record, recordsSource } from './open-explorer.ts';

let app: OpenExplorer | null = null;
let store: Store | null = null;
afterEach(async () => {
  app?.press('ctrl+c');
  await app?.ended.catch(() => {});
  app?.dispose();
  app = null;
  await store?.close();
  store = null;
});

const I = 'i-0ab12cd34ef567890';
const VOL = 'vol-08c4f2a6e1d97b350';
const SNAP = 'snap-0123456789abcdef0';
const BATCH = 2000;

function write(minute: number, eventName: string, requestParameters: unknown, changes: object = {}): object {
  return record(minute, { eventName, requestParameters, readOnly: false, ...changes });
}

async function historyOf(records: readonly (object | string)[], name: string): Promise<ResourceHistory> {
  store = await openStore();
  const builder = new BatchBuilder();
  const reader = new RecordReader(builder);
  reader.beginFile(0);
  for (const [k, value] of records.entries()) {
    reader.text(typeof value === 'string' ? value : JSON.stringify(value));
    if (k % BATCH === BATCH - 1) await store.append(builder.take());
  }
  await store.append(builder.take());
  const opened = store;
  const { signal } = new AbortController();
  const search = (query: Parameters<Store['search']>[0]) => opened.search(query, { signal });
  const read = new ResourceRecords({ store, search, signal });
  return await readHistory(read, await search(namingQuery(name)), name);
}

/** Call, change and relation of each row. */
const told = (history: ResourceHistory) =>
  historyRows(history, 'utc').map(({ cells }) => [cells[1], cells[3], cells[5]] as const);

describe('the sample', () => {
  async function openSample(name: string): Promise<OpenExplorer> {
    app = openExplorer(sampleSource(Date.UTC(2026, 4, 20)), { columns: 200, rows: 40 });
    await app.until('3,000 events');
    app.press(':');
    app.type(`resource ${name}`);
    app.press('enter');
    await app.until(`History of ${name}`);
    await app.until('RESULT');
    return app;
  }

  test('a snapshot of the database volume was shared with an outside account', async () => {
    const app = await openSample(DATABASE_VOLUME);
    await app.until('shared with 999900001111');
    const lines = app.lines();
    const line = lines.find((text) => text.includes('shared with')) ?? '';
    expect(line).toContain('ModifySnapshotAttribute');
    expect(line).toMatch(/snap-[0-9a-f]{17}, snapshot of it/);
    expect(app.picture()).toContain('another account made a volume of it');
    expect(app.picture()).toContain('its creation is not among what is loaded');
  });

  test('root terminated the old instance; Enter is that event among all of it, Esc the page again', async () => {
    const app = await openSample(INSTANCES.legacy);
    await app.until('running → shutting-down');
    expect(app.picture()).toContain('last stated: shutting-down');
    expect(app.picture()).toContain('termination protection off');
    app.press('j', 'enter');
    await app.until(`/ '${INSTANCES.legacy}`);
    await app.until('2 of 3,000');
    expect(app.lines().find((line) => line.includes('▌'))).toContain('ModifyInstanceAttribute');
    app.press('escape');
    await app.until('termination protection off');
  });
});

describe('r', () => {
  const RECORDS = [
    write(1, 'AttachVolume', { volumeId: VOL, instanceId: I, device: '/dev/sdf' }),
    write(2, 'CreateVolume', { size: '8' }, { responseElements: { volumeId: VOL, status: 'creating' } }),
    record(3, { eventName: 'ListBuckets', requestParameters: null }),
  ];

  test('asks which where an event names several, the one that the list shows first', async () => {
    app = openExplorer(recordsSource(RECORDS));
    await app.until('1/3 ');
    app.press('r');
    await app.until('the history of');
    expect(app.picture()).toMatch(/▌ r +instance +i-0ab12cd34ef567890/);
    app.press('1');
    await app.until(`History of ${VOL}`);
    await app.until(`attached to ${I} as /dev/sdf`);
    expect(app.picture()).toContain('created by Admin/alice, 05-19 13:58 (CreateVolume) · last stated: attached');
  });

  test('opens the only one at once, and says so where there is none', async () => {
    app = openExplorer(recordsSource(RECORDS));
    await app.until('1/3 ');
    app.press('j', 'r');
    await app.until(`History of ${VOL}`);
    app.press('escape');
    await app.until('SOURCE');
    app.press('j', 'r');
    await app.until('the record names no resource');
  });

  test('in the tree opens what is under the cursor', async () => {
    app = openExplorer(recordsSource(RECORDS));
    await app.until('1/3 ');
    app.press('enter');
    await app.until('requestParameters');
    app.press('/');
    app.type('volumeId');
    app.press('enter', 'r');
    await app.until(`History of ${VOL}`);
  });

  test('of what nothing names says so', async () => {
    app = openExplorer(recordsSource(RECORDS));
    await app.until('1/3 ');
    app.press(':');
    app.type('resource vol-00000000');
    app.press('enter');
    await app.until('No event that is loaded names it');
  });
});

describe('readHistory', () => {
  const launch = write(
    90,
    'RunInstances',
    { iamInstanceProfile: { name: 'web-profile' } },
    { responseElements: { instancesSet: { items: [{ instanceId: I, instanceState: { name: 'pending' } }] } } },
  );

  test('follows what belongs to it, and what belongs to that', async () => {
    const history = await historyOf(
      [
        write(10, 'ModifySnapshotAttribute', {
          snapshotId: SNAP,
          createVolumePermission: { add: { items: [{ userId: '444455556666' }] } },
        }),
        write(20, 'CreateSnapshot', { volumeId: VOL }, { responseElements: { snapshotId: SNAP, volumeId: VOL } }),
        write(
          25,
          'CreateSnapshot',
          { volumeId: 'vol-00000000' },
          { responseElements: { snapshotId: 'snap-00000000' } },
        ),
        write(30, 'AttachVolume', { volumeId: VOL, instanceId: I }),
        write(40, 'AddRoleToInstanceProfile', { instanceProfileName: 'web-profile', roleName: 'web-role' }),
        launch,
      ],
      I,
    );
    expect(told(history)).toEqual([
      ['↳ ModifySnapshotAttribute', 'shared with 444455556666', `${SNAP}, snapshot of its volume ${VOL}`],
      ['↳ CreateSnapshot', `${SNAP} made of it`, `${VOL}, volume of it`],
      ['AttachVolume', `${VOL} attached`, ''],
      ['↳ AddRoleToInstanceProfile', 'role web-role added', 'web-profile, instance profile of it'],
      ['RunInstances', 'created, pending', ''],
    ]);
  });

  test('what it did itself, and what has a longer name, is not of its history', async () => {
    const own = {
      type: 'AssumedRole',
      arn: `arn:aws:sts::111122223333:assumed-role/web/${I}`,
      accountId: '111122223333',
    };
    const history = await historyOf(
      [
        write(1, 'PutObject', { bucketName: 'x' }, { userIdentity: own }),
        write(2, 'CreateTags', { resourcesSet: { items: [{ resourceId: I }] } }, { userIdentity: own }),
        write(3, 'PutItem', { text: `see ${I}!` }),
        write(4, 'PutItem', { text: `see my-${I}-x` }),
        launch,
      ],
      I,
    );
    expect(told(history).map(([name]) => name)).toEqual(['CreateTags', 'PutItem', 'RunInstances']);
  });

  test('a bucket with a longer name is not counted, and not found', async () => {
    const bucket = (minute: number, eventName: string, bucketName: string) =>
      write(minute, eventName, { bucketName }, { eventSource: 's3.amazonaws.com' });
    const history = await historyOf(
      [
        ...[1, 2, 3, 4, 5].map((minute) => bucket(minute, 'PutBucketPolicy', 'acme-logs-prod-eu')),
        bucket(6, 'CreateBucket', 'acme-logs-prod'),
      ],
      'acme-logs-prod',
    );
    expect([history.total, history.others]).toEqual([1, 5]);
    const [row] = historyRows(history, 'utc');
    expect((await store?.search(query(row?.query ?? '')))?.total).toBe(1);
  });

  test('of what the columns answer the newest is shown while the texts are searched, nothing read twice', async () => {
    const events = Array.from({ length: 500 }, (_, k) => write(k, 'StopInstances', { instanceId: I }));
    store = await openStore();
    const builder = new BatchBuilder();
    const reader = new RecordReader(builder);
    reader.beginFile(0);
    for (const value of events) reader.text(JSON.stringify(value));
    await store.append(builder.take());
    const opened = store;
    let read = 0;
    const counting = new Proxy(opened, {
      get: (target, key: keyof Store) => {
        if (key === 'records') {
          return (...args: Parameters<Store['records']>) => {
            read += args[0].total;
            return target.records(...args);
          };
        }
        const member = target[key];
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
    const records = new ResourceRecords({
      store: counting,
      search: (asked) => opened.search(asked),
      signal: new AbortController().signal,
    });
    const found = await opened.search(namingQuery(I));
    const first = await readHistory(records, { ...found, stage: 'columns' }, I);
    expect([first.entries.length, read]).toEqual([200, 200]);
    const whole = await readHistory(records, found, I);
    expect([whole.entries.length, read]).toEqual([500, 500]);
  });

  test('finds a key by its alias, and a role by its id', async () => {
    const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
    const history = await historyOf(
      [
        write(1, 'DisableKey', { keyId: 'alias/orders' }),
        write(2, 'CreateAlias', { aliasName: 'alias/orders', targetKeyId: keyId }),
      ],
      keyId,
    );
    expect(told(history)).toEqual([
      ['↳ DisableKey', 'disabled', 'as alias/orders'],
      ['CreateAlias', 'alias/orders created', ''],
    ]);
  });

  test('a plain name that several resources share is said to be one', async () => {
    const records = ['role/deploy', 'user/deploy'].map((part, k) =>
      write(k, 'TagThing', { arn: `arn:aws:iam::111122223333:${part}` }),
    );
    const both = await historyOf(records, 'deploy');
    expect(both.entries).toHaveLength(2);
    expect(both.sameName).toHaveLength(2);
    await store?.close();
    const one = await historyOf(records, 'arn:aws:iam::111122223333:role/deploy');
    expect(one.entries).toHaveLength(1);
  });

  test('few reads stay, many are left out and counted; failures always stay', async () => {
    const reads = (count: number) =>
      Array.from({ length: count }, (_, k) =>
        record(k, { requestParameters: { instancesSet: { items: [{ instanceId: I }] } } }),
      );
    const few = await historyOf([...reads(3), launch], I);
    expect([few.entries.length, few.entries.filter(({ isRead }) => isRead).length, few.reads]).toEqual([4, 3, 0]);
    await store?.close();
    const denied = record(70, { eventID: 'd', errorCode: 'AccessDenied', requestParameters: { instanceId: I } });
    const many = await historyOf([...reads(60), denied, launch], I);
    expect(many.entries.map(({ event }) => event.cells.name)).toEqual(['DescribeInstances', 'RunInstances']);
    expect(many.reads).toBe(60);
    await store?.close();
    const nothingElse = await historyOf(reads(60), I);
    expect([nothingElse.entries.length, nothingElse.reads]).toEqual([60, 0]);
  });

  test('of 50,000 events the newest changes are read, and who made it', async () => {
    const events = Array.from({ length: 50_000 }, (_, k) =>
      JSON.stringify(
        k % 2 === 0
          ? record(k, { requestParameters: { instancesSet: { items: [{ instanceId: I }] } } })
          : write(k, 'ModifyInstanceAttribute', { instanceId: I, instanceType: { value: `m${k}.large` } }),
      ),
    );
    const history = await historyOf([...events, { ...launch, eventTime: '2020-01-01T00:00:00Z' }], I);
    expect(history.total).toBe(50_001);
    expect(history.reads).toBe(25_000);
    expect(history.entries).toHaveLength(MAX_CHANGES + 1);
    expect(history.older).toBe(25_001 - MAX_CHANGES);
    expect(history.entries.at(0)?.changes[0]?.text).toBe('instance type m1.large');
    expect(history.entries.at(-1)?.changes[0]).toMatchObject({ isCreation: true });
  }, 60_000);

  test('records that are no good', async () => {
    const history = await historyOf(
      [
        write(
          1,
          'TerminateInstances',
          { instancesSet: { items: [{ instanceId: I }, null, 7] } },
          { responseElements: 'x' },
        ),
        write(2, 'RunInstances', I, { responseElements: { instancesSet: { items: { instanceId: [I] } } } }),
        record(3, { eventTime: null, eventName: null, requestParameters: [I], userIdentity: 3 }),
        write(4, `\u001b[31mDelete\u0000`, { instanceId: I, omitted: true }),
      ],
      I,
    );
    expect(history.entries.length).toBeGreaterThanOrEqual(3);
    for (const row of historyRows(history, 'utc')) for (const cell of row.cells) expect(typeof cell).toBe('string');
  });
});
