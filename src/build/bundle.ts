// Bundles src/ into dist/. A bundled first frame takes half the time of an unbundled one, because Node then
// opens three files instead of several hundred. Code splitting keeps apart what a start does not need at once:
// `query` never loads Ink, and the explorer draws its first frame before DuckDB and the AWS SDK are read.

import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { fasterStart } from './faster-start.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const OUT = join(ROOT, 'dist');

/** Name in dist/ → module in src/. The workers are looked for by name, beside the module that starts them. */
const ENTRIES: Readonly<Record<string, string>> = {
  trailx: 'src/main.ts',
  'reader-worker': 'src/sources/log-files/reader-worker.ts',
  'fuzzy-worker': 'src/query/fuzzy-worker.ts',
};

/** Native code and the SDK stay in node_modules; both are imported only when something needs them. */
const EXTERNAL = ['@duckdb/*', '@aws-sdk/*', '@smithy/*', 'proxy-agent'];

/** CommonJS packages in an ES module bundle still call require() for Node's own modules. */
const REQUIRE_BANNER =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

export type BundledFile = {
  readonly name: string;
  readonly bytes: number;
  /** The modules in it, as paths from the package's root. */
  readonly modules: readonly string[];
  /** What it imports at once, before it runs: other files of dist/ by name, packages left outside by theirs. */
  readonly imports: readonly string[];
};

export type BundleOptions = {
  /** False: only says what would be written. */
  readonly write: boolean;
};

/** Writes dist/ anew and says what is in it, entries first. */
export async function bundle({ write }: BundleOptions = { write: true }): Promise<readonly BundledFile[]> {
  mkdirSync(OUT, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: Object.entries(ENTRIES).map(([name, source]) => ({ out: name, in: source })),
    outdir: OUT,
    chunkNames: '[name]-[hash]',
    write,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    // Node.js has them since 20; rewritten, those of string-width would be made anew at every call, which is thousands a frame.
    supported: { 'regexp-set-notation': true },
    jsx: 'automatic',
    minify: true,
    legalComments: 'linked',
    external: EXTERNAL,
    // Ink's bridge to the React DevTools would pull in a browser's worth of code that is never used here.
    plugins: [fasterStart],
    alias: { 'react-devtools-core': './src/build/devtools-stub.ts' },
    banner: { js: REQUIRE_BANNER },
    define: { 'process.env.NODE_ENV': '"production"' },
    metafile: true,
    logLevel: 'warning',
  });
  const files = Object.entries(metafile.outputs).map(([path, output]) => ({
    name: basename(path),
    bytes: output.bytes,
    modules: Object.keys(output.inputs),
    imports: output.imports
      .filter(({ kind }) => kind === 'import-statement')
      .map(({ path: imported, external }) => (external ? imported : basename(imported))),
  }));
  if (write) removeStale(new Set(files.map((file) => file.name)));
  const isEntry = (file: BundledFile) => basename(file.name, '.js') in ENTRIES;
  return files.sort((a, b) => Number(isEntry(b)) - Number(isEntry(a)) || b.bytes - a.bytes);
}

/** Bundles only when a source is newer than the last bundle, so that a start during development costs nothing. */
export async function bundleIfStale(): Promise<void> {
  const bundled = join(OUT, 'trailx.js');
  if (!existsSync(bundled) || newestSource() > statSync(bundled).mtimeMs) await bundle();
}

/** Chunks of earlier builds carry other hashes; left in place they would be packed too. */
function removeStale(current: ReadonlySet<string>): void {
  for (const name of readdirSync(OUT)) {
    if (!current.has(name)) rmSync(join(OUT, name), { recursive: true });
  }
}

function newestSource(): number {
  const src = join(ROOT, 'src');
  const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).map((path) => join(src, path));
  return Math.max(...[join(ROOT, 'package-lock.json'), ...sources].map((path) => statSync(path).mtimeMs));
}
