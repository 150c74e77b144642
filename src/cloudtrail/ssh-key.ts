// A public key in OpenSSH's one line: `ssh-ed25519 AAAAC3… comment`. The line's base64 is the blob that the fingerprint
// is taken of: strings behind their lengths (RFC 4253, 6.6; RFC 5656; RFC 8709), the first of them the type again. A
// blob that does not hold exactly what its type asks for was cut or is something else, and has no fingerprint: one of
// half a key would look like that of another.

import { createHash } from 'node:crypto';

export type SshKey = {
  /** As ssh-keygen -l names it: ED25519, RSA, ECDSA, DSA, ED25519-SK, ECDSA-SK. */
  readonly type: string;
  readonly bits: number;
  /** `SHA256:…`, as ssh-keygen -l prints it. */
  readonly fingerprint: string;
};

type Shape = {
  readonly type: string;
  /** Strings in the blob, the type's own name included. */
  readonly parts: number;
  readonly bits: (parts: readonly Buffer[]) => number;
};

/** No key is longer: RSA of 16,384 bits has 2 kB. */
const MAX_TEXT = 16_384;

const SHAPES: Readonly<Record<string, Shape>> = {
  'ssh-ed25519': { type: 'ED25519', parts: 2, bits: curve25519 },
  'sk-ssh-ed25519@openssh.com': { type: 'ED25519-SK', parts: 3, bits: curve25519 },
  'ssh-rsa': { type: 'RSA', parts: 3, bits: ([, , modulus]) => bitsOf(modulus) },
  'ssh-dss': { type: 'DSA', parts: 5, bits: ([, prime]) => bitsOf(prime) },
  'ecdsa-sha2-nistp256': ecdsa(256),
  'ecdsa-sha2-nistp384': ecdsa(384),
  'ecdsa-sha2-nistp521': ecdsa(521),
  'sk-ecdsa-sha2-nistp256@openssh.com': { ...ecdsa(256), type: 'ECDSA-SK', parts: 4 },
};

/** ED25519, RSA … by the first word of a key's line, even where the rest was cut; '' for other texts. */
export function sshKeyTypeOf(text: string): string {
  const name = /^[^\s]{1,64}/.exec(text.slice(0, MAX_TEXT).trimStart())?.[0] ?? '';
  return Object.hasOwn(SHAPES, name) ? (SHAPES[name]?.type ?? '') : '';
}

/** Null for what is no whole public key. */
export function sshKeyOf(text: string): SshKey | null {
  if (text.length > MAX_TEXT) return null;
  const [name = '', base64 = ''] = text.trim().split(/\s+/, 2);
  const shape = Object.hasOwn(SHAPES, name) ? SHAPES[name] : undefined;
  if (shape === undefined) return null;
  const blob = Buffer.from(base64, 'base64');
  // Node reads base64 up to the first letter that is none, and passes over others.
  if (withoutPadding(blob.toString('base64')) !== withoutPadding(base64)) return null;
  const parts = partsOf(blob);
  if (parts === null || parts.length !== shape.parts || parts[0]?.toString('latin1') !== name) return null;
  const bits = shape.bits(parts);
  if (bits === 0) return null;
  const hash = withoutPadding(createHash('sha256').update(blob).digest('base64'));
  return { type: shape.type, bits, fingerprint: `SHA256:${hash}` };
}

/** The strings of a blob; null where it ends inside one. */
function partsOf(blob: Buffer): readonly Buffer[] | null {
  const parts: Buffer[] = [];
  for (let at = 0; at < blob.length; ) {
    if (at + 4 > blob.length) return null;
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return null;
    parts.push(blob.subarray(at + 4, end));
    at = end;
  }
  return parts;
}

function curve25519([, point]: readonly Buffer[]): number {
  return point?.length === 32 ? 256 : 0;
}

function ecdsa(bits: number): Shape {
  const length = 1 + 2 * Math.ceil(bits / 8);
  return {
    type: 'ECDSA',
    parts: 3,
    bits: ([, curve, point]) =>
      curve?.toString('latin1') === `nistp${bits}` && point?.length === length && point[0] === 4 ? bits : 0,
  };
}

/** Of a number with its highest bytes first. */
function bitsOf(number: Buffer | undefined): number {
  const first = number?.findIndex((byte) => byte !== 0) ?? -1;
  if (number === undefined || first < 0) return 0;
  return (number.length - first) * 8 - Math.clz32(number[first] as number) + 24;
}

function withoutPadding(base64: string): string {
  return base64.replace(/={1,2}$/, '');
}
