import { describe, expect, test } from 'vitest';
import { type Claim, Renewal } from '../../../src/sources/event-history/claim.ts';
import { Claims } from '../../../src/sources/event-history/claims.ts';

const READER = {
  ready: async () => {},
  read: () => Promise.reject(new Error('not here')),
  explain: async (fault: never) => fault,
};

function claim(label: string, renew: () => void = () => {}): Claim {
  return { profile: label, label, renewal: new Renewal(renew), reader: async () => READER };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('the profiles of a lane', () => {
  test('the next one takes over from one that is refused, and from one that leaves', async () => {
    const [one, two] = [claim('one'), claim('two')];
    let holders = 0;
    const claims = new Claims(
      (next) => next.reader('us-east-1', false),
      () => holders++,
    );
    claims.add(one);
    claims.add(two);
    await settle();
    expect(claims.holder?.claim).toBe(one);
    expect(claims.refuse(one)).toBe(true);
    await settle();
    expect(claims.holder?.claim).toBe(two);
    expect(claims.refuse(two)).toBe(false);
    expect(claims.holder).toBeNull();
    claims.forgive();
    await settle();
    expect(claims.holder?.claim).toBe(one);
    claims.remove(one);
    await settle();
    expect(claims.holder?.claim).toBe(two);
    expect(holders).toBe(4);
  });

  test('credentials are renewed once for all requests that were refused, and not in a circle', () => {
    let renewals = 0;
    const renewal = new Renewal(() => renewals++);
    const before = renewal.generation;
    expect(renewal.onExpired(before)).toBe(true);
    expect(renewal.onExpired(before)).toBe(true);
    expect(renewals).toBe(1);
    expect(renewal.onExpired(renewal.generation)).toBe(false);
    renewal.force();
    renewal.onSuccess(before);
    expect(renewal.onExpired(renewal.generation)).toBe(false);
    renewal.onSuccess(renewal.generation);
    expect(renewal.onExpired(renewal.generation)).toBe(true);
    expect(renewals).toBe(3);
  });
});
