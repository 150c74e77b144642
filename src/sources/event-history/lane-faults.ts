import { type Fault, FaultError } from '../aws/fault.ts';
import { mistakeWords } from '../aws/mistake.ts';

/** Of whatever a try was ended by: what comes of AWS, the network or the credentials is a FaultError by now. */
export function faultOfError(error: unknown, label: string): Fault {
  if (error instanceof FaultError) return error.fault;
  const name = error instanceof Error ? error.name : 'Error';
  const { kind, message, next } = mistakeWords({ name, message: messageOf(error) });
  return { ...PLAIN, kind, name, message: `${label}: ${message}`, next };
}

/** The events cannot be kept: going on would only lose more. */
export function storeFault(error: unknown): Fault {
  return { ...PLAIN, kind: 'request', name: 'StoreError', message: messageOf(error) };
}

/** Page tokens of a Region lead to the same page for ever. */
export function stuckFault(region: string): Fault {
  const message = `AWS gives the same page of ${region} again and again`;
  return { ...PLAIN, kind: 'transient', name: 'SameToken', message, next: 'try again later' };
}

const PLAIN = { next: null, login: null, retryAfterMs: null };

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
