import { type Fault, FaultError } from '../aws/fault.ts';

/** Of whatever a request was ended by. */
export function faultOfError(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  return {
    ...PLAIN,
    kind: 'transient',
    name: error instanceof Error ? error.name : 'Error',
    message: messageOf(error),
  };
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
