import { hostname } from 'node:os';
import { isAlive } from './process-alive.ts';

/** Whoever wrote something on another machine (or in another container) is given up after so long. */
const FOREIGN_LIFE_MS = 24 * 3600 * 1000;

let knownHost: string | null = null;

/** This machine: a process number of another says nothing here. */
function host(): string {
  knownHost ??= crypto().createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  return knownHost;
}

/** Reading it takes 5 ms, and whoever only may have to write a file later need not wait for that. */
function crypto(): typeof import('node:crypto') {
  return process.getBuiltinModule('node:crypto');
}

/** A name for a file of this process that no other has; with process 0 it is nobody's, free to be packed. */
export function ownName(pid: number = process.pid): string {
  return `${host()}-${pid}-${crypto().randomBytes(6).toString('hex')}`;
}

/** Whether the process that such a name tells of may still be at work. */
export function hasLivingOwner(name: string, modifiedMs: number): boolean {
  const [, ownersHost, pid] = /^(?:reading-)?(\w{8})-(\d+)-\w{12}\b/.exec(name) ?? [];
  if (pid === undefined || pid === '0') return false;
  return ownersHost === host() ? isAlive(Number(pid)) : Date.now() - modifiedMs < FOREIGN_LIFE_MS;
}
