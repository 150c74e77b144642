import { expect, test, vi } from 'vitest';
import { credentialFault } from '../../../src/sources/aws/credential-fault.ts';
import { memoisedCredentials } from '../../../src/sources/aws/memoised-credentials.ts';

const MINUTE = 60_000;

/** Credentials numbered by search, good for `lifeMs`. */
function numbered(lifeMs: number | null) {
  let count = 0;
  const warnings: string[] = [];
  const state = { error: null as Error | null };
  const find = async () => {
    count += 1;
    if (state.error !== null) throw state.error;
    const expiration = lifeMs === null ? {} : { expiration: new Date(Date.now() + lifeMs) };
    return { accessKeyId: `key ${count}`, secretAccessKey: 's', ...expiration };
  };
  const { provider, renew } = memoisedCredentials(find, (line) => warnings.push(line));
  return { key: async () => (await provider()).accessKeyId, renew, state, warnings, provider };
}

test('found once for all who ask at the same time, and kept', async () => {
  const { key, provider } = numbered(null);
  expect(await Promise.all([key(), key(), key()])).toEqual(['key 1', 'key 1', 'key 1']);
  expect(await key()).toBe('key 1');
  // The SDK's clients keep no copy of their own.
  expect(provider).toHaveProperty('memoized', true);
});

test('found again five minutes before they end, and kept to the end where that fails', async () => {
  vi.useFakeTimers();
  try {
    const { key, state, warnings } = numbered(60 * MINUTE);
    expect(await key()).toBe('key 1');
    vi.advanceTimersByTime(54 * MINUTE);
    expect(await key()).toBe('key 1');
    state.error = new Error('no way');
    vi.advanceTimersByTime(2 * MINUTE);
    expect(await key()).toBe('key 1');
    await vi.advanceTimersByTimeAsync(0);
    expect(warnings).toEqual(['credentials could not be refreshed: no way']);
    vi.advanceTimersByTime(5 * MINUTE);
    await expect(key()).rejects.toThrow('no way');
    state.error = null;
    expect(await key()).toMatch(/^key \d$/);
  } finally {
    vi.useRealTimers();
  }
});

test('found again in the background, once a minute at most: a helper gives the same keys until they end', async () => {
  vi.useFakeTimers();
  try {
    const end = Date.now() + 4 * MINUTE;
    let searches = 0;
    const find = async () => {
      searches += 1;
      if (searches > 1) await new Promise((resolve) => setTimeout(resolve, 700));
      return { accessKeyId: `key ${searches}`, secretAccessKey: 's', expiration: new Date(end) };
    };
    const { provider } = memoisedCredentials(find, (line) => expect(line).toBe(''));
    for (let page = 0; page < 6 * 60; page++) {
      // Not one page waits: time stands still here.
      await provider();
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(searches).toBe(3);
    expect((await provider()).accessKeyId).toBe('key 3');
  } finally {
    vi.useRealTimers();
  }
});

test('a code that is refused while the credentials are still good does not end them', async () => {
  vi.useFakeTimers();
  try {
    const { key, state, renew } = numbered(4 * MINUTE);
    await key();
    vi.advanceTimersByTime(2 * MINUTE);
    state.error = credentialFault('MfaRefused', { message: 'refused' });
    for (let page = 0; page < 3; page++) {
      expect(await key()).toBe('key 1');
      await vi.advanceTimersByTimeAsync(30_000);
    }
    await vi.advanceTimersByTimeAsync(MINUTE);
    await expect(key()).rejects.toThrow('refused');
    state.error = null;
    await expect(key()).rejects.toThrow('refused');
    renew();
    expect(await key()).toBe('key 3');
  } finally {
    vi.useRealTimers();
  }
});

test("credentials that have run out by this machine's clock as soon as they are found are used", async () => {
  const { key } = numbered(-57 * MINUTE);
  expect([await key(), await key(), await key()]).toEqual(['key 1', 'key 1', 'key 1']);
});

test('when every Region asks to renew what has run out, they are found once', async () => {
  vi.useFakeTimers();
  try {
    const { key, renew } = numbered(60 * MINUTE);
    await key();
    vi.advanceTimersByTime(MINUTE);
    renew();
    expect(await key()).toBe('key 2');
    for (let region = 0; region < 17; region++) {
      renew();
      expect(await key()).toBe('key 2');
    }
    vi.advanceTimersByTime(MINUTE);
    renew();
    expect(await key()).toBe('key 3');
  } finally {
    vi.useRealTimers();
  }
});

test('keys without an end are read again at every renewal', async () => {
  const { key, renew } = numbered(null);
  await key();
  renew();
  expect(await key()).toBe('key 2');
});

test('only what a person has refused is remembered as a failure', async () => {
  const { key, state, renew } = numbered(null);
  state.error = credentialFault('SsoSession', { message: 'expired' });
  await expect(key()).rejects.toThrow('expired');
  state.error = credentialFault('MfaRefused', { message: 'refused' });
  await expect(key()).rejects.toThrow('refused');
  state.error = null;
  await expect(key()).rejects.toThrow('refused');
  renew();
  expect(await key()).toBe('key 3');
});
