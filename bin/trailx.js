#!/usr/bin/env node
// Runs before anything of ours is known to work here, so it is written in what Node 12 already understands:
// no top-level await, no optional chaining.
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';

const NEEDED = [22, 12];
const found = process.versions.node.split('.').map(Number);

if (found[0] < NEEDED[0] || (found[0] === NEEDED[0] && found[1] < NEEDED[1])) {
  process.stderr.write(
    `trailx needs Node.js ${NEEDED.join('.')} or newer; this is ${process.versions.node} (${process.execPath}). ` +
      'Install a newer one from https://nodejs.org\n',
  );
  process.exitCode = 2;
} else if (process.argv.length === 3 && process.argv[2] === '--version') {
  // Answered without the bundle, so that scripts which only ask for the version get it at once.
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  process.stdout.write(`${JSON.parse(manifest).version}\n`);
} else {
  start();
}

function start() {
  const bundle = new URL('../dist/trailx.js', import.meta.url);
  if (!existsSync(bundle)) {
    process.stderr.write('trailx is not built yet: run `npm install` (or `npm run build`) in its folder\n');
    process.exitCode = 2;
    return;
  }
  // React picks its development build unless this is set before it is imported.
  process.env.NODE_ENV = 'production';
  module.enableCompileCache();
  import(bundle.href);
}
