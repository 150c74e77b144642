import type { Writable } from 'node:stream';
import { ioReason } from './io-reason.ts';

/** Where an export goes. Exactly one of `commit` and `abandon` is called, once. */
export type Output = {
  /** Settles when more may be written: that is the backpressure. Rejects with OutputError or BrokenPipe. */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Everything was written: makes it visible. */
  commit(): Promise<void>;
  /** Something failed, or the user stopped it: leaves nothing behind. */
  abandon(): Promise<void>;
};

/** The output cannot be written; the message names it and says why. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}

/** The reader of a pipe went away (`| head`): not a mistake of anybody's. */
export class BrokenPipe extends Error {
  override readonly name = 'BrokenPipe';
}

/** An output onto a stream that is already open, e.g. standard output; it is never closed. */
export function streamOutput(stream: Writable, label: string): Output {
  // Without a listener Node would end the process with a stack trace; the write's own callback reports the error.
  stream.on('error', () => {});
  return {
    write: (chunk) =>
      new Promise((resolve, reject) => {
        stream.write(chunk, (error) => {
          if (error === null || error === undefined) resolve();
          else reject(streamError(error, label));
        });
      }),
    commit: async () => {},
    abandon: async () => {},
  };
}

function streamError(error: NodeJS.ErrnoException, label: string): Error {
  const isGone = error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED' || error.code === 'ECONNRESET';
  return isGone ? new BrokenPipe() : new OutputError(`cannot write to ${label}: ${ioReason(error)}`);
}
