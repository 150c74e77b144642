// Fingerprints of public keys. Keys and what `ssh-keygen -lf` says of them were made for this test, with OpenSSH 9.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sshKeyOf } from '../../src/cloudtrail/ssh-key.ts';

const ED25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINZbip83aTe0P7oj4IJlA8vjQX4ictJFv42sX4hb9AdU';
const RSA =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDT+CkUAp3HdR71UQOoxU55zvLsYirXDMpGUfgklmDYgGOoEiEAevtsFpjz5KlZPV3quvK0a3n1niFkLceVq9gUjIqp66Ovd1RDGQmZnOL0UhjAu9xemaZlfnb17l6dDZ3QLcD8Ojt4VFeqaeQ5jEAYcw4ffMuR67COvzxhbzHrtU8fWbC2Ei0sbufVKrqh/w1q5FF6A5K/wJNgUm4fTEv2Fdv0KzZftn/h/YjaqpMuK6NvjfquEnjrIXBe/d0m2Y6l+OrWvSOCn2xCBf2PLQXgbcwjlt8kYxwM5VZsLzHk4aJ/LljsxePmMTwciYhIGoq0Mm49pILhkjOAgh4oFhS3';
const P256 =
  'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBFJoTQ1+wrya+NRjqIx7FeXJ0sbC8AjqpnRw3LoMX5BpVfxClkYs9kg2d6jsYfIcx1lu0/POy/M85rQH+LCQ0ZE=';
const P384 =
  'ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBDUDsptv1pKTS6BX5oZmF1bD0ZfXXGtYK/xRm/wl8iogT/1Jeo/gfsZhkRWWUvgFov7FDib8pi7LVlEGJzCIKGKD1b0ct5cHJkl5AalTR06oC0ewsko4q1LTKWiueBcHpA==';
const P521 =
  'ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBACA1DK3T5PMReNZHpgdX5YEWiL98FB5M373f7EFjoWZjWVZF2sXAESD9G3diC5nkglLUhxmBtnDCAQL7BWrQdDJDwHr+jB+MaXXCCzQK4n03b80VvcY6gf2/GJlJTAXQmssmID3dWbsZGnEb8cq3YozNpWYk+r0haB4wZXLOBLLxqVjWA==';

test.each([
  [ED25519, 'ED25519', 256, 'SHA256:2+dXSd965jXEy4NC/j+cxagnfpMfhxpUc9LP3uEs5Jw'],
  [RSA, 'RSA', 2048, 'SHA256:RlXKNABRUJUVfWmhvaul3kGD1K/3x5kEiI4CC/AO9N4'],
  [P256, 'ECDSA', 256, 'SHA256:HcQpVunxNTge/4tSQsUdefTxEOpPV77dhZzff3XMdJ0'],
  [P384, 'ECDSA', 384, 'SHA256:VzogKLPYL/00UO09Ra/lAu50gHnnpV0J0Bsvc3Td/20'],
  [P521, 'ECDSA', 521, 'SHA256:BPC8nc/NhsNAHtUbIn0VX36ZlR6cruczDJD9sDXQDHI'],
])('%s', (text, type, bits, fingerprint) => {
  const key = { type, bits, fingerprint };
  expect(sshKeyOf(text)).toEqual(key);
  expect(sshKeyOf(`${text} alice@example.com laptop\n`)).toEqual(key);
  expect(sshKeyOf(`  ${text.replace(' ', '\t')}`)).toEqual(key);
});

/** Strings behind their lengths, as a blob of a key has them. */
function blob(...parts: readonly (string | Buffer)[]): string {
  const bytes = parts.flatMap((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.from(part).length);
    return [length, Buffer.from(part)];
  });
  return Buffer.concat(bytes).toString('base64');
}

const POINT = Buffer.alloc(32, 7);

test('keys of security keys name what they are for as well', () => {
  const name = 'sk-ssh-ed25519@openssh.com';
  expect(sshKeyOf(`${name} ${blob(name, POINT, 'ssh:')}`)).toMatchObject({ type: 'ED25519-SK', bits: 256 });
  const ecdsa = 'sk-ecdsa-sha2-nistp256@openssh.com';
  const point = Buffer.concat([Buffer.of(4), POINT, POINT]);
  expect(sshKeyOf(`${ecdsa} ${blob(ecdsa, 'nistp256', point, 'ssh:')}`)).toMatchObject({ type: 'ECDSA-SK', bits: 256 });
});

test.each([
  [Buffer.of(0, 0x80, 0), 16],
  [Buffer.of(0x7f), 7],
  [Buffer.of(1, 0, 0), 17],
])('RSA has as many bits as its modulus: %o', (modulus, bits) => {
  expect(sshKeyOf(`ssh-rsa ${blob('ssh-rsa', Buffer.of(3), modulus)}`)?.bits).toBe(bits);
});

describe('has no fingerprint', () => {
  test.each([
    ['nothing', ''],
    ['a name alone', 'ssh-ed25519'],
    ['a type nobody knows', ED25519.replace('ssh-ed25519', 'ssh-ed448')],
    ['a type that every object has', 'constructor AAAA'],
    ['another type than the key says it is', ED25519.replace('ssh-ed25519', 'ssh-rsa')],
    ['a key cut by one letter', ED25519.slice(0, -1)],
    ['half a key', RSA.slice(0, 200)],
    ['half a key, whole in its base64', RSA.slice(0, 'ssh-rsa '.length + 200)],
    ['what comes behind a key', `ssh-ed25519 ${blob('ssh-ed25519', POINT, 'more')}`],
    ['a point that is too short', `ssh-ed25519 ${blob('ssh-ed25519', POINT.subarray(1))}`],
    ['no modulus', `ssh-rsa ${blob('ssh-rsa', Buffer.of(3), Buffer.alloc(8))}`],
    ['a curve of another size', `ecdsa-sha2-nistp384 ${P256.split(' ')[1]}`],
    ['letters that are no base64', `${ED25519.slice(0, 40)}!${ED25519.slice(40)}`],
    ['an ellipsis', `${ED25519.slice(0, 60)}...`],
    ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----'],
    ['megabytes', `ssh-rsa ${'A'.repeat(2_000_000)}`],
  ])('%s', (_, text) => expect(sshKeyOf(text)).toBeNull());

  test('whatever a cut leaves of a key', () => {
    fc.assert(
      fc.property(fc.constantFrom(ED25519, RSA, P256, P521), fc.nat(), (text, at) => {
        expect(sshKeyOf(text.slice(0, at % text.replace(/=+$/, '').length))).toBeNull();
      }),
    );
  });

  test('any text, and none throws', () => {
    fc.assert(
      fc.property(fc.constantFrom('ssh-rsa', 'ssh-ed25519', ''), fc.string(), (name, text) => {
        expect(sshKeyOf(`${name} ${text}`)).toBeNull();
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(sshKeyOf(`ssh-dss ${Buffer.from(bytes).toString('base64')}`)).toBeNull();
      }),
    );
  });
});
