// A few hundred events of our own, made from a seed: enough of each kind of value, absent ones, lists, odd texts.

import { type Cells, RESOURCE_SEPARATOR, STORED_FIELDS } from '../../src/cloudtrail/fields.ts';
import type { TestEvent } from './brute-force.ts';
import { CLOCK } from './queries.ts';

const NAMES = [
  'RunInstances',
  'TerminateInstances',
  'DescribeInstances',
  'ConsoleLogin',
  'AssumeRole',
  'PutObject',
  '',
];
const SOURCES = ['ec2.amazonaws.com', 's3.amazonaws.com', 'signin.amazonaws.com', 'ec2-instance-connect.amazonaws.com'];
const WHO = ['Admin/alice', 'alice', 'Ops/bob', 'root', 'José', 'ci/*deploy?', ''];
const ERRORS = ['', '', '', 'AccessDenied', 'Client.UnauthorizedOperation', 'ThrottlingException', 'denied'];
const ADDRESSES = [
  '203.0.113.9',
  '10.1.2.3',
  '10.200.0.1',
  '192.168.0.1',
  '2001:db8::1',
  '2001:DB8:0:1::ffff',
  '::ffff:10.1.2.3',
  'AWS Internal',
  'ec2.amazonaws.com',
  '',
];
const RESOURCES = ['i-0ab12cd34', 'arn:aws:s3:::my-bucket/a*b', 'vol-1', 'sg-0123', 'é/ü'];
const MESSAGES = [
  '',
  'a "quoted" thing',
  'back\\slash',
  'line\nbreak',
  'tab\tnull',
  'a/b <c> & d',
  '😀 ok',
  '50%_off',
  "it's",
];
const WHEN = ['2026-05-19T10:00:00Z', '2026-05-19', '2026-05-20T00:00:00.500Z', 'soon', ''];
const KEYS = ['instanceId', 'InstanceId', 'bucketName', 'aws:createdBy', 'a/b~c'];

export const VALUES = [
  ...NAMES,
  ...SOURCES,
  ...WHO,
  ...ERRORS,
  ...ADDRESSES,
  ...RESOURCES,
  ...MESSAGES,
  ...KEYS,
  '10',
  'true',
  'null',
].filter((value) => value !== '');

/** The same events for the same seed. */
export function testEvents(count: number): readonly TestEvent[] {
  let state = 42;
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const pick = <T>(from: readonly T[]): T => from[next(from.length)] as T;
  return Array.from({ length: count }, (_, index) => {
    const time = next(10) === 0 ? null : CLOCK.now - next(100) * 1_800_000;
    const resources = RESOURCES.filter(() => next(4) === 0);
    const cells: Cells = {
      ...(Object.fromEntries(STORED_FIELDS.map((field) => [field, ''])) as Cells),
      name: pick(NAMES),
      source: pick(SOURCES),
      who: pick(WHO),
      error: pick(ERRORS),
      ip: pick(ADDRESSES),
      message: pick(MESSAGES),
      resource: resources.join(RESOURCE_SEPARATOR),
      readOnly: pick(['true', 'false', '']),
      region: pick(['eu-west-1', 'us-east-1']),
    };
    const items = Array.from({ length: next(3) }, () => ({ [pick(KEYS)]: pick(VALUES), n: next(100) }));
    const deep = [[[pick(VALUES), null], next(5), [[[[[true]]]]]], 'true', ''];
    const record = {
      eventName: cells.name,
      eventSource: cells.source,
      sourceIPAddress: cells.ip,
      errorMessage: cells.message === '' ? null : cells.message,
      readOnly: cells.readOnly === '' ? undefined : cells.readOnly === 'true',
      requestParameters: pick<unknown>([
        null,
        {},
        { items, Flag: true },
        { items: [items, null], n: next(100) },
        { [pick(KEYS)]: pick(VALUES) },
        {
          deep,
          Flag: pick<unknown>(['true', 'False', false, 0, null]),
          n: pick<unknown>(['7', '1e1', '', true, -3, 7.5, 10, 1.5e-7]),
        },
        { deep: [[{ n: next(9), deep: [[pick(KEYS)]] }], [[{ N: '12' }]]], when: pick(WHEN) },
      ]),
      // Keys that are called as fields are.
      name: pick<unknown>([pick(VALUES), undefined, null, [pick(NAMES)]]),
      since: pick<unknown>(['2h', undefined]),
      eventID: `0000${index}-aBc`,
      resources: resources.map((ARN) => ({ ARN })),
    };
    const raw = JSON.stringify(record);
    return { time, cells, raw: next(3) === 0 ? escaped(raw) : raw };
  });
}

/** As writers do that keep to ASCII and to what is safe within HTML. */
function escaped(json: string): string {
  return json
    .replace(/[<>&'=+`\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('/', '\\/');
}
