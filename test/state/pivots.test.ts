import { describe, expect, test } from 'vitest';
import { type Cells, RESOURCE_SEPARATOR, STORED_FIELDS } from '../../src/cloudtrail/fields.ts';
import type { TrailEvent } from '../../src/cloudtrail/trail-event.ts';
import { printQuery } from '../../src/query/print.ts';
import { AROUND, openPivotMenu, PIVOT_IDS, pivotQuery, pivotTerm } from '../../src/state/pivots.ts';

const NOTHING = Object.fromEntries(STORED_FIELDS.map((field) => [field, ''])) as Cells;
const TIME = Date.UTC(2026, 4, 19, 14, 2, 11);

function event(cells: Partial<Cells>, time: number | null = TIME): TrailEvent {
  return { row: 0, time, cells: { ...NOTHING, ...cells } };
}

const EVENT = event({
  name: 'TerminateInstances',
  who: 'Admin/alice',
  key: 'ASIAEXAMPLE',
  ip: '203.0.113.9',
  agent: 'aws-cli/2.15.0 Python/3.11',
  resource: ['i-0ab12cd34ef567890', 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1', 'web'].join(RESOURCE_SEPARATOR),
});

const text = (made: ReturnType<typeof pivotQuery>) => (made.kind === 'lacking' ? made : printQuery(made));

describe('openPivotMenu', () => {
  test('has a letter for each field, blocked where the event does not state it', () => {
    const { items } = openPivotMenu('only', EVENT, { zone: 'utc', maxItems: 40 });
    const notes = Object.fromEntries(items.map(({ key, note, blocked }) => [key, blocked ?? note]));
    expect(notes).toMatchObject({
      n: 'TerminateInstances',
      w: 'Admin/alice',
      r: 'i-0ab12cd34ef567890',
      1: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1',
      2: 'web',
      e: 'not stated',
      f: 'aws-cli',
      t: 'everything within 5 minutes of 2026-05-19 14:02:11',
    });
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
  });

  test('asks for what happened around an event only where it says when it happened, and never for what did not', () => {
    const timeless = openPivotMenu('only', event({ name: 'x' }, null), { zone: 'utc', maxItems: 40 });
    expect(timeless.items.find(({ key }) => key === 't')?.blocked).toBe('the record states no time');
    expect(openPivotMenu('not', EVENT, { zone: 'utc', maxItems: 40 }).items.map(({ id }) => id)).not.toContain(AROUND);
  });

  test('leaves out further resources where there are no lines for them', () => {
    const keys = (maxItems: number) =>
      openPivotMenu('not', EVENT, { zone: 'utc', maxItems }).items.filter(({ key }) => /\d/.test(key)).length;
    expect([keys(40), keys(15), keys(3)]).toEqual([2, 1, 0]);
  });

  test('its items stand for exactly their values, whatever is in them', () => {
    const hostile = event({ name: 'a*b?', resource: 'arn:aws:s3:::b/x y:"z"' });
    const { items } = openPivotMenu('only', hostile, { zone: 'utc', maxItems: 40 });
    const terms = items.filter(({ blocked, id }) => blocked === null && id !== AROUND).map(({ id }) => pivotTerm(id));
    expect(terms).toEqual([
      { kind: 'field', path: 'name', values: ['a\\*b\\?'] },
      { kind: 'field', path: 'resource', values: ['arn:aws:s3:::b/x y:"z"'] },
    ]);
    expect(pivotTerm(AROUND)).toBeNull();
  });
});

describe('pivotQuery', () => {
  test('five minutes around an event, and nothing else', () => {
    expect(text(pivotQuery('around', EVENT))).toBe('since:2026-05-19T13:57:11Z until:2026-05-19T14:07:11Z');
  });

  test('a session is its key, else its ARN, else whoever the list shows', () => {
    expect(text(pivotQuery('session', EVENT))).toBe('key:ASIAEXAMPLE');
    expect(text(pivotQuery('session', event({ arn: 'arn:x', who: 'bob' })))).toContain('arn:');
    expect(text(pivotQuery('session', event({ who: 'bob' })))).toBe('who:bob');
  });

  test('says what the record lacks', () => {
    const bare = event({}, null);
    expect(PIVOT_IDS.map((id) => pivotQuery(id, bare).kind)).toEqual(PIVOT_IDS.map(() => 'lacking'));
  });
});
