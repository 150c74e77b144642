#!/usr/bin/env node
// Runs before anything of ours is known to work here, so it is written in what Node 12 already understands:
// no top-level await, no optional chaining.
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

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
  const cache = compileCacheFolder();
  if (cache !== null) module.enableCompileCache(cache);
  import(bundle.href);
}

// Compiled code is run without another look, so it is kept where nobody else can write: in a folder of the user's own.
// Null where there is none; starting then takes a little longer.
function compileCacheFolder() {
  try {
    const folder = join(cacheRoot(), 'trailx', 'compile-cache');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (process.getuid === undefined) return folder;
    const { uid, mode } = statSync(folder);
    return uid === process.getuid() && (mode & 0o022) === 0 ? folder : null;
  } catch {
    return null;
  }
}

function cacheRoot() {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return LOCALAPPDATA || join(homedir(), 'AppData', 'Local');
  // The specification has relative paths ignored.
  return XDG_CACHE_HOME && XDG_CACHE_HOME[0] === '/' ? XDG_CACHE_HOME : join(homedir(), '.cache');
}
