// SSH public keys as `ssh-keygen` writes them: an algorithm, and base64 of length-prefixed fields (RFC 4253, RFC 8709).
// Nobody has the private halves: the numbers are made up.

import { createHash } from 'node:crypto';
import type { Random } from './random.ts';

/** 2048 bits. */
const RSA_BYTES = 256;
const RSA_EXPONENT = Buffer.from([1, 0, 1]);

export function ed25519Key(random: Random): string {
  return publicKey('ssh-ed25519', [bytes(random, 32)]);
}

export function rsaKey(random: Random): string {
  const modulus = bytes(random, RSA_BYTES);
  modulus[0] = 0xc1;
  // A number whose first bit is set takes a zero byte in front: it would be a negative one else.
  return publicKey('ssh-rsa', [RSA_EXPONENT, Buffer.concat([Buffer.from([0]), modulus])]);
}

function publicKey(algorithm: string, fields: readonly Buffer[]): string {
  const parts = [Buffer.from(algorithm), ...fields].flatMap((field) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field.length);
    return [length, field];
  });
  return `${algorithm} ${Buffer.concat(parts).toString('base64')}`;
}

function bytes(random: Random, count: number): Buffer {
  const seed = random.base32(43);
  const hashes: Buffer[] = [];
  for (let n = 0; n * 32 < count; n++) hashes.push(createHash('sha256').update(`${seed} ${n}`).digest());
  return Buffer.concat(hashes).subarray(0, count);
}
