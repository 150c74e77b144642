// Preloaded into the program that draws a picture (`node --import`): its clock stands still (or begins
// there), no name is known but those
// of this machine, and the superuser is nobody, so that a picture is the same on every machine and on every day.

import dns, { type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';

const { TRAILX_PICTURE_TIME = '', TRAILX_PICTURE_CLOCK, TRAILX_PICTURE_USER } = process.env;
const time = Date.parse(TRAILX_PICTURE_TIME);
/** What is told only after a while needs a clock that runs. */
const now = TRAILX_PICTURE_CLOCK === 'runs' ? () => Math.floor(time + performance.now()) : () => time;

class StillDate extends Date {
  constructor(...parts: readonly unknown[]) {
    super(...((parts.length === 0 ? [now()] : parts) as [number]));
  }

  static override now(): number {
    return now();
  }
}
if (!Number.isNaN(time)) globalThis.Date = StillDate as DateConstructor;

type Told = (error: Error | null, address?: string | LookupAddress[], family?: number) => void;

const { lookup } = dns;
dns.lookup = ((name: string, options: LookupOptions, told: Told) => {
  if (isIP(name) !== 0 || name === 'localhost') return lookup(name, options, told as never);
  const error = new Error(`getaddrinfo ENOTFOUND ${name}`);
  process.nextTick(told, Object.assign(error, { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: name }));
}) as typeof dns.lookup;

/** Whom a folder's permissions do not stop could not be drawn before a folder that is not theirs. */
const nobody = Number(TRAILX_PICTURE_USER);
if (nobody > 0) {
  process.setgid?.(nobody);
  process.setuid?.(nobody);
}
