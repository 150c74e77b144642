// `npm start`: the explorer on the built-in sample, or on whatever follows `--`.

import { bundleIfStale } from './bundle.ts';

await bundleIfStale();

// npm runs scripts in the package's folder; paths on the command line are relative to where npm was called.
if (process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD);

if (process.argv.length === 2) process.argv.push('--sample');
await import('../../bin/trailx.js' as string);
