import { oneLine } from './credential-fault.ts';
import type { AnyError, FaultWords } from './fault-context.ts';

const CLASSES = [TypeError, ReferenceError, RangeError];

/** A mistake of ours, or a damaged installation (a module that cannot be loaded), and nothing that AWS, the network or
 *  the credentials are to blame for. */
export function isMistake(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  const code = 'code' in error ? String(error.code) : '';
  if (/^ERR_(?:MODULE|DLOPEN|PACKAGE|UNSUPPORTED_(?:DIR|ESM))|^MODULE_NOT_FOUND$/.test(code)) return true;
  // Of an address that cannot be connected to, Node says TypeError or RangeError too, with a code.
  // What the SDK cannot make sense of in an answer has the answer with it.
  return code === '' && !('$response' in error || '$metadata' in error) && CLASSES.some((one) => error instanceof one);
}

export function mistakeWords({ name, message }: Pick<AnyError, 'name' | 'message'>): FaultWords {
  return {
    kind: 'internal',
    message: `this is a mistake in trailx: ${oneLine(`${name}: ${message}`, 300)}`,
    next: 'please report it; --debug FILE records more',
  };
}
