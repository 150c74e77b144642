// Events of one value from a time to another, held against a plain walk over them.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withStore } from './events.ts';

const START = Date.UTC(2026, 4, 19, 12);
const SESSIONS = ['i-0123456789abcdef0', 'i-0123456789abcdef1', 'alice', 'Alice', ''];

type Call = { readonly session: string; readonly second: number | null; readonly hasFailed: boolean };

function recordOf({ session, second, hasFailed }: Call, k: number): string {
  return JSON.stringify({
    eventVersion: '1.08',
    eventID: `event-${k}`,
    eventName: 'ListBuckets',
    eventSource: 's3.amazonaws.com',
    ...(second === null ? {} : { eventTime: new Date(START + second * 1000).toISOString().replace('.000', '') }),
    ...(hasFailed ? { errorCode: 'AccessDenied' } : {}),
    userIdentity:
      session === ''
        ? { type: 'Root', accountId: '111122223333' }
        : { type: 'AssumedRole', arn: `arn:aws:sts::111122223333:assumed-role/web/${session}` },
  });
}

const calls = fc.array(
  fc.record({
    session: fc.constantFrom(...SESSIONS),
    second: fc.option(fc.nat(30)),
    hasFailed: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
);
const spans = fc.array(
  fc.record({
    value: fc.constantFrom(...SESSIONS, 'ALICE', 'nobody'),
    first: fc.nat(35),
    length: fc.integer({ min: -3, max: 40 }),
  }),
  { maxLength: 40 },
);

test('each span has its events, ends included, and spans that overlap each have all of theirs', async () => {
  await fc.assert(
    fc.asyncProperty(calls, spans, async (all, asked) => {
      await withStore(all.map(recordOf), async (store) => {
        const wanted = asked.map(({ value, first, length }) => {
          const from = START + first * 1000;
          return { value, from, to: from + length * 1000 };
        });
        const expected = wanted.map(({ value, from, to }) => {
          const within = all.filter(({ session, second }) => {
            const time = second === null ? null : START + second * 1000;
            return (
              value !== '' &&
              session.toLowerCase() === value.toLowerCase() &&
              time !== null &&
              time >= from &&
              time <= to
            );
          });
          return { count: within.length, failures: within.filter(({ hasFailed }) => hasFailed).length };
        });
        expect(await store.countSpans('session', wanted)).toEqual(expected);
      });
    }),
    { numRuns: 15 },
  );
});

test('spans without sense have no events', async () => {
  await withStore([recordOf({ session: 'alice', second: 0, hasFailed: false }, 0)], async (store) => {
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, 1e300].map((time) => ({ value: 'alice', from: time, to: time }));
    expect(await store.countSpans('session', odd)).toEqual(odd.map(() => ({ count: 0, failures: 0 })));
    expect(await store.countSpans('session', [])).toEqual([]);
  });
});
