// :by over the real store: every event of the list is in a row, and each row's search finds exactly its events.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parseQuery } from '../../src/query/parse.ts';
import type { Query } from '../../src/query/query.ts';
import { BatchBuilder } from '../../src/sources/log-files/batch-builder.ts';
import { RecordReader } from '../../src/sources/log-files/record-reader.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { byRows } from '../../src/ui/by-page.ts';
import { type OpenExplorer, openExplorer, record, records, recordsSource } from './open-explorer.ts';

const user = (userName: string) => ({ type: 'IAMUser', userName, accountId: '111122223333' });
const launch = (minute: number, instanceType: unknown, changes: Readonly<Record<string, unknown>> = {}) =>
  record(minute, { eventName: 'RunInstances', readOnly: false, requestParameters: { instanceType }, ...changes });

const LAUNCHES = [
  launch(200, 't3.large'),
  launch(201, 't3.large', { errorCode: 'Client.UnauthorizedOperation' }),
  launch(202, 'p5.48xlarge', { userIdentity: user('alice') }),
  launch(203, undefined, { userIdentity: user('alice') }),
  launch(204, { odd: 'object' }),
  launch(205, ['t3.micro', 't3.large']),
  launch(206, ''),
  launch(207, 'with "quotes", * and \\ | ()'),
  launch(208, `${'x'.repeat(600)}a`),
  launch(209, null, { userIdentity: null }),
];
const EVENTS = [...records(30), ...LAUNCHES];

describe('rows', () => {
  let store: Store;
  beforeAll(async () => {
    store = await openStore();
    const builder = new BatchBuilder();
    const reader = new RecordReader(builder);
    reader.beginFile(0);
    for (const value of EVENTS) reader.text(JSON.stringify(value));
    await store.append(builder.take());
  });
  afterAll(() => store.close());

  function parse(text: string): Query {
    const { query, error } = parseQuery(text, { now: 0, zone: 'utc' });
    if (error !== null) throw new Error(`${text}: ${error.reason}`);
    return query;
  }

  test.each([
    [['who']],
    [['who', 'requestParameters.instanceType']],
    [['RequestParameters.instancetype', 'error', 'family']],
    [['requestParameters.instancesSet.items[].instanceId', 'who']],
    [['resource', 'ip']],
    [['id']],
  ])('%j: each search finds the events of its row', async (by) => {
    for (const text of ['', 'name:RunInstances', '!error:* | who:alice']) {
      const query = parse(text);
      const result = await store.search(query);
      const { groups } = await store.countBy(result, by);
      const rows = byRows(groups, by, query, 'utc');
      const found = new Set<number>();
      for (const [k, row] of rows.entries()) {
        const events = await store.search(parse(row.query));
        expect([row.query, events.total]).toEqual([row.query, groups[k]?.count]);
        for (const event of events.rows) found.add(event);
      }
      expect([...found].sort()).toEqual([...result.rows].sort());
    }
  });
});

describe('the page', () => {
  let app: OpenExplorer | null = null;
  afterEach(async () => {
    app?.press('ctrl+c');
    await app?.ended.catch(() => {});
    app?.dispose();
    app = null;
  });

  async function opened(options: Parameters<typeof openExplorer>[1] = {}) {
    const explorer = openExplorer(recordsSource(EVENTS), { columns: 120, ...options });
    app = explorer;
    const text = () => explorer.lines().join('\n');
    const says =
      (...texts: readonly string[]) =>
      () =>
        texts.every((part) => text().includes(part));
    await explorer.until(() => /\b40 (?:of 40 )?events|of 40 events/.test(text()));
    return { ...explorer, text, says };
  }

  test('a preset answers who launched which type in five keys; Enter shows the events, - goes back', async () => {
    const { press, type, until, says, text } = await opened();
    press(':');
    type('lau');
    press('enter');
    await until(says('By who, requestParameters.instanceType', '10 events of this search', 'Admin/alice', 't3.large'));
    expect(text()).toMatch(/ 3 {7}1 {2}05-19 10:40 {2}Admin\/alice +t3\.large/);
    press('enter');
    await until(says('/ name:RunInstances who:Admin/alice requestParameters.instanceType:t3.large', '3 of 40'));
    press('-');
    await until(says('10 of 40'));
  });

  test('Esc leaves the search of the preset in the list', async () => {
    const { press, type, until, says, text } = await opened();
    press(':');
    type('launches');
    press('enter');
    await until(says('p5.48xlarge'));
    press('escape');
    await until(says('/ name:RunInstances', 'RESOURCE'));
    expect(text()).not.toContain('EVENTS');
  });

  test(':by takes fields and paths, completes them, and says which there is not', async () => {
    const { press, type, until, says } = await opened();
    press(':');
    type('by who ipp');
    press('enter');
    await until(says('there is no field ipp; did you mean ip?'));
    press('ctrl+u');
    type('by requestP');
    press('tab');
    type('instanceT');
    press('tab');
    type('rol');
    press('tab');
    press('enter');
    await until(says('By requestParameters.instanceType, role', 'rows of 40 events', 'ROLE', 'p5.48xlarge'));
  });

  test('F on a value of the record counts the list by its path', async () => {
    const { press, type, until, says } = await opened();
    press('enter');
    await until(says('instancesSet'));
    press('/');
    type('instanceId');
    press('enter');
    press('F');
    await until(says('By requestParameters.instancesSet.items[].instanceId', '31 rows of 40 events'));
    press('escape');
    await until(says('to the list'));
  });

  test('--preset opens its page', async () => {
    const page = { page: 'by', by: ['who'] } as const;
    const { until, says } = await opened({ initialQuery: 'name:RunInstances', initialPage: page });
    await until(says('By who', '3 rows of 10 events of this search', 'Admin/alice'));
  });
});
