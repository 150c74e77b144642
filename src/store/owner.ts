import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { isAlive } from './process-alive.ts';

/** Whoever wrote something on another machine (or in another container) is given up after so long. */
const FOREIGN_LIFE_MS = 24 * 3600 * 1000;

/** This machine: a process number of another says nothing here. */
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** A name for a file of this process that no other has; with process 0 it is nobody's, free to be packed. */
export function ownName(pid: number = process.pid): string {
  return `${HOST}-${pid}-${randomBytes(6).toString('hex')}`;
}

/** Whether the process that such a name tells of may still be at work. */
export function hasLivingOwner(name: string, modifiedMs: number): boolean {
  const [, host, pid] = /^(?:reading-)?(\w{8})-(\d+)-\w{12}\b/.exec(name) ?? [];
  if (pid === undefined || pid === '0') return false;
  return host === HOST ? isAlive(Number(pid)) : Date.now() - modifiedMs < FOREIGN_LIFE_MS;
}
