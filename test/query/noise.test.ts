import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isDestructiveName } from '../../src/cloudtrail/event-verbs.ts';
import { isReadOnly } from '../../src/cloudtrail/outcome.ts';
import { compileQuery } from '../../src/query/compile.ts';
import { DEFAULT_NOISE, LOUD_NAMES, type NoiseRules, noiseQueries, withoutNoise } from '../../src/query/noise.ts';
import type { Query } from '../../src/query/query.ts';
import type { TestEvent } from './brute-force.ts';
import { type EventsDatabase, openEventsDatabase } from './events-database.ts';
import { testEvents } from './test-events.ts';

const [BASE] = testEvents(1) as [TestEvent];

/** Every mix of what the rules look at. */
const EVENTS: readonly TestEvent[] = [
  'DescribeInstances',
  'RunInstances',
  'TerminateInstances',
  'DeleteRolePolicy',
  'AssumeRole',
  'UpdateInstanceInformation',
].flatMap((name) =>
  ['', 'true', 'false'].flatMap((readOnly) =>
    ['', 'AccessDenied'].flatMap((error) =>
      [
        { eventType: 'AwsApiCall', type: 'AssumedRole', service: '' },
        { eventType: 'AwsApiCall', type: 'AssumedRole', service: 'cloudformation.amazonaws.com' },
        { eventType: 'AwsApiCall', type: 'AssumedRole', service: 'autoscaling.amazonaws.com' },
        { eventType: 'AwsApiCall', type: 'IAMUser', service: 'signin.amazonaws.com' },
        { eventType: 'AwsServiceEvent', type: '', service: '' },
        { eventType: 'AwsApiCall', type: 'AWSService', service: '' },
      ].map((made) => ({ ...BASE, cells: { ...BASE.cells, ...made, name, readOnly, error } })),
    ),
  ),
);
const NAMES = [...new Set(EVENTS.map(({ cells }) => cells.name))];

let database: EventsDatabase;
beforeAll(async () => {
  database = await openEventsDatabase(EVENTS);
});
afterAll(() => database.close());

const rows = (query: Query) => database.rowsWhere(compileQuery(query, { fuzzy: new Map() }));
const where = (meets: (event: TestEvent) => boolean) => EVENTS.flatMap((event, row) => (meets(event) ? [row] : []));

const isRead = ({ cells }: TestEvent) => isReadOnly(cells);
const isOfService = ({ cells }: TestEvent) =>
  cells.eventType === 'AwsServiceEvent' ||
  cells.type === 'AWSService' ||
  (cells.service !== '' &&
    cells.service !== 'signin.amazonaws.com' &&
    // What a stack changes, somebody has changed.
    (cells.service !== 'cloudformation.amazonaws.com' || isReadOnly(cells)));
const stays = ({ cells }: TestEvent) => cells.error !== '' || (isDestructiveName(cells.name) && !isReadOnly(cells));

describe('noise', () => {
  test.each<[string, NoiseRules]>([
    ['as it is at first', DEFAULT_NOISE],
    ['only reads', { reads: true, services: false, names: [] }],
    ['only services', { reads: false, services: true, names: [] }],
    ['only names', { reads: false, services: false, names: ['runinstances', 'TerminateInstances'] }],
    ['none', { reads: false, services: false, names: [] }],
  ])('%s', async (_, rules) => {
    const loud = new Set(rules.names.map((name) => name.toLowerCase()));
    const kinds = {
      reads: (event: TestEvent) => rules.reads && isRead(event) && !stays(event),
      services: (event: TestEvent) => rules.services && isOfService(event) && !stays(event),
      names: (event: TestEvent) => loud.has(event.cells.name.toLowerCase()) && !stays(event),
    };
    const queries = noiseQueries(rules, NAMES);
    for (const kind of ['reads', 'services', 'names'] as const) {
      const query = queries[kind];
      expect(query === null ? [] : await rows(query)).toEqual(where(kinds[kind]));
    }
    const shown = where((event) => !kinds.reads(event) && !kinds.services(event) && !kinds.names(event));
    expect(await rows(withoutNoise(rules, NAMES))).toEqual(shown);
  });

  test('a loud name holds no wildcard', async () => {
    const rules = { reads: false, services: false, names: ['Run*'] };
    expect(await rows(withoutNoise(rules, NAMES))).toEqual(where(() => true));
  });

  test('no loud name destroys anything', () => {
    expect(LOUD_NAMES.filter(isDestructiveName)).toEqual([]);
  });
});
