import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clickAround, relationsOf } from '../../src/cloudtrail/event-relations.ts';

test('what a record says of others', () => {
  expect(
    relationsOf({
      sharedEventID: 's-1',
      requestID: 'r-1',
      sessionCredentialFromConsole: 'true',
      addendum: { reason: 'UPDATED_DATA', originalEventID: 'e-0' },
    }),
  ).toEqual({
    sharedEventID: 's-1',
    requestID: 'r-1',
    originalEventID: 'e-0',
    isFromConsole: true,
    isLikelyFromConsole: false,
  });
});

test('any value has an answer', () => {
  const nothing = {
    sharedEventID: '',
    requestID: '',
    originalEventID: '',
    isFromConsole: false,
    isLikelyFromConsole: false,
  };
  for (const value of [null, undefined, 7, 'text', [], { addendum: [], sharedEventID: {}, requestID: null }]) {
    expect(relationsOf(value)).toEqual(nothing);
  }
  fc.assert(fc.property(fc.anything(), (value) => typeof relationsOf(value).requestID === 'string'));
});

test("the console's user agent makes it likely where the record does not say it", () => {
  const likely = (record: object) => relationsOf(record).isLikelyFromConsole;
  for (const userAgent of ['signin.amazonaws.com', 'console.amazonaws.com', 'AWS Internal']) {
    expect(likely({ userAgent })).toBe(true);
    expect(likely({ userAgent, userIdentity: { invokedBy: 'ec2.amazonaws.com' } })).toBe(false);
    expect(likely({ userAgent, sessionCredentialFromConsole: 'false' })).toBe(false);
  }
  expect(likely({ userAgent: 'aws-cli/2.1' })).toBe(false);
});

const at = (...seconds: readonly (number | null)[]) =>
  seconds.map((second) => ({ time: second === null ? null : second * 1000 }));
const seconds = (events: readonly { readonly time: number | null }[]) => events.map(({ time }) => (time ?? 0) / 1000);

test('a click reaches as far as no second passes without a call', () => {
  expect(seconds(clickAround(at(20, 12, 11, 10, 10, 7, null), 11_000))).toEqual([10, 10, 11, 12]);
  expect(seconds(clickAround(at(20, 12), 20_000))).toEqual([20]);
  expect(clickAround([], 5)).toEqual([]);
});
