import { once } from 'node:events';
import { createGzip } from 'node:zlib';
import type { Output } from './output.ts';

/** Compresses what is written on its way to `inner`. */
export function gzipOutput(inner: Output): Output {
  const gzip = createGzip();
  const flow = (async () => {
    for await (const chunk of gzip) await inner.write(chunk as Buffer);
  })();
  // Who writes next, or commits, is told.
  flow.catch(() => {});
  return {
    write: async (chunk) => {
      if (gzip.destroyed) await flow;
      // After a failure there is no drain: the flow rejects instead.
      if (!gzip.write(chunk)) await Promise.race([once(gzip, 'drain'), flow]);
    },
    commit: async () => {
      if (!gzip.destroyed) gzip.end();
      await flow;
      await inner.commit();
    },
    abandon: async () => {
      gzip.destroy();
      await flow.catch(() => {});
      await inner.abandon();
    },
  };
}
