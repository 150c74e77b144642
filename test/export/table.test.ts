import { expect, test } from 'vitest';
import { type Cells, RESOURCE_SEPARATOR, STORED_FIELDS } from '../../src/cloudtrail/fields.ts';
import type { TrailEvent } from '../../src/cloudtrail/trail-event.ts';
import { eventTable } from '../../src/export/table.ts';
import { widthCells } from '../../src/text/width.ts';

const EMPTY = Object.fromEntries(STORED_FIELDS.map((field) => [field, ''])) as Cells;

function event(row: number, cells: Partial<Cells>): TrailEvent {
  return { row, time: Date.UTC(2026, 4, 19, 14, 2, row), cells: { ...EMPTY, ...cells } };
}

async function lines(events: readonly TrailEvent[], width: number): Promise<readonly string[]> {
  async function* batches() {
    yield events;
  }
  let text = '';
  for await (const chunk of eventTable(batches(), { width, zone: 'utc' })) text += chunk;
  return text.split('\n').slice(0, -1);
}

const EVENTS = [
  event(1, {
    name: 'TerminateInstances',
    source: 'ec2.amazonaws.com',
    who: 'Admin/alice',
    ip: '203.0.113.9',
    resource: `i-0ab12cd34ef567890${RESOURCE_SEPARATOR}arn:aws:ec2:eu-west-1:111122223333:instance/i-0ab12cd34ef567890`,
  }),
  event(2, { name: 'GetObject', source: 's3.amazonaws.com', who: 'root', error: 'AccessDenied' }),
];

test('wide enough: every value whole', async () => {
  expect(await lines(EVENTS, 120)).toEqual([
    'TIME                 NAME                SOURCE  WHO          FROM         RESOURCE             RESULT',
    '2026-05-19 14:02:01  TerminateInstances  ec2     Admin/alice  203.0.113.9  i-0ab12cd34ef567890  ok',
    '2026-05-19 14:02:02  GetObject           s3      root                                           denied',
  ]);
});

test.each([1, 10, 20, 40, 60, 80, 100, 200])('no line is wider than %i cells', async (width) => {
  const hostile = event(3, { name: '\u001b[31m日本語\u202e'.repeat(9), who: 'x'.repeat(10_000), ip: '\n\r\t\u0007' });
  for (const line of await lines([...EVENTS, hostile], width)) {
    expect(widthCells(line)).toBeLessThanOrEqual(width);
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
});

test('the name is the last to go', async () => {
  expect((await lines(EVENTS, 14))[1]).toMatch(/^Terminate/);
});

test('account and Region appear where they differ', async () => {
  const mixed = [event(1, { name: 'A', region: 'eu-west-1' }), event(2, { name: 'B', region: 'us-east-1' })];
  expect((await lines(mixed, 200))[0]).toMatch(/ REGION /);
  expect((await lines(EVENTS, 200))[0]).not.toMatch(/REGION|ACCOUNT/);
});

test('no events, no titles', async () => {
  expect(await lines([], 80)).toEqual([]);
});
