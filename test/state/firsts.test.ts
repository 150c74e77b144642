import { expect, test } from 'vitest';
import { type Cells, STORED_FIELDS } from '../../src/cloudtrail/fields.ts';
import type { FirstKind } from '../../src/cloudtrail/firsts.ts';
import type { TrailEvent } from '../../src/cloudtrail/trail-event.ts';
import { firstsText, isNew, newsOf } from '../../src/state/firsts.ts';

function event(firsts: readonly FirstKind[] | undefined, cells: Partial<Cells> = {}): TrailEvent {
  const none = Object.fromEntries(STORED_FIELDS.map((field) => [field, ''])) as Cells;
  const own = {
    who: 'Admin/alice',
    name: 'RunInstances',
    ip: '203.0.113.9',
    region: 'eu-west-1',
    agent: 'aws-cli/2.1',
  };
  return { row: 1, time: 0, cells: { ...none, ...own, ...cells }, firsts };
}

test('what is new is told in a sentence', () => {
  expect(firstsText(event(['call', 'ip']))).toBe(
    'new: first from 203.0.113.9, first RunInstances of Admin/alice among the events loaded',
  );
  expect(firstsText(event(['who']))).toBe('new: first event of Admin/alice among the events loaded');
  expect(firstsText(event(['region', 'family'], { who: '' }))).toBe(
    'new: first in eu-west-1, first with aws-cli of an unknown caller among the events loaded',
  );
  expect(firstsText(event([]))).toBe('');
  expect(firstsText(event(undefined))).toBe('');
});

test('an id of IAM Identity Center is called by the name that is known; a role keeps its own', () => {
  const userId = '9067123abc-a1b2c3d4-5678-90ab-cdef-0123456789ab';
  const named = (who: string) => firstsText({ ...event(['call'], { who }), person: 'dave' });
  expect(named(userId)).toBe('new: first RunInstances of dave among the events loaded');
  // By the label these firsts were counted: dave may have called it before in another role.
  expect(named('Admin/nightly')).toBe('new: first RunInstances of Admin/nightly among the events loaded');
});

test('the list marks what is rare, and a call made for the first time is not', () => {
  expect(
    [['who'], ['ip'], ['region'], ['family'], ['call', 'ip']].map((kinds) => isNew(event(kinds as FirstKind[]))),
  ).toEqual(Array(5).fill(true));
  expect(isNew(event(['call']))).toBe(false);
  expect(isNew(event(undefined))).toBe(false);
});

test("an AWS service's address and user agent are not the person's", () => {
  const called = event(['call', 'ip', 'family', 'region'], { ip: 'cloudformation.amazonaws.com' });
  expect(newsOf(called)).toEqual(['call', 'region']);
  expect(isNew(event(['ip', 'family'], { ip: 'AWS Internal' }))).toBe(false);
  expect(newsOf(event(['who'], { who: 'config.amazonaws.com', ip: 'config.amazonaws.com' }))).toEqual([]);
});
