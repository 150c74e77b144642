// Bundles src/ into dist/. A bundled first frame takes half the time of an unbundled one, because Node then
// opens five files instead of several hundred. Code splitting keeps apart what a start does not need at once:
// `query` never loads Ink, and the explorer draws its first frame before DuckDB and the AWS SDK are read.
//
// A module goes into a file with those that are read at the same times. Left to itself, that makes many small files of
// what a start reads, each of them half a millisecond, for nearly every module is read at other times as well:
//   - by `query`. But a run is either the explorer or it prints, so each is bundled by itself, and what both use is
//     twice in dist/;
//   - by what the explorer reads later. All of that is made to import the first frame, and what is read after that
//     (explore.tsx), which costs nothing, for they are there by then: see laterImports.

import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { fasterStart } from './faster-start.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const OUT = join(ROOT, 'dist');

/** Name in dist/ → module in src/. The workers are looked for by name, beside the module that starts them. */
const ENTRIES: Readonly<Record<string, string>> = {
  trailx: 'src/main.ts',
  'reader-worker': 'src/sources/log-files/reader-worker.ts',
  'fuzzy-worker': 'src/query/fuzzy-worker.ts',
};

/** What the first entry reads before it knows what is asked for. */
const READ_BY_ENTRY: readonly string[] = ['src/cli/options.ts', 'src/cli/debug-log.ts'];

/** The explorer up to its first frame, which the first entry imports by this name, and what it reads right after. */
const EXPLORER = { explorer: 'src/cli/explore-command.ts' };
const AFTER_FIRST_FRAME = 'src/ui/explore.tsx';

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
  const options = { ...BUILD_OPTIONS, outdir: OUT, write };
  const built = await Promise.all([
    build({
      ...options,
      entryPoints: entryPoints(ENTRIES),
      plugins: [fasterStart, explorerApart, laterImports(() => READ_BY_ENTRY)],
    }),
    build({ ...options, entryPoints: entryPoints(EXPLORER), plugins: [fasterStart, laterImports(readByExplorer)] }),
  ]);
  const files = new Map(built.flatMap(({ metafile }) => filesOf(metafile)).map((file) => [file.name, file]));
  if (write) removeStale(new Set(files.keys()));
  const isEntry = (file: BundledFile) => basename(file.name, '.js') in { ...ENTRIES, ...EXPLORER };
  return [...files.values()].sort((a, b) => Number(isEntry(b)) - Number(isEntry(a)) || b.bytes - a.bytes);
}

const BUILD_OPTIONS = {
  absWorkingDir: ROOT,
  chunkNames: '[name]-[hash]',
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
  alias: { 'react-devtools-core': './src/build/devtools-stub.ts' },
  banner: { js: REQUIRE_BANNER },
  define: { 'process.env.NODE_ENV': '"production"' },
  metafile: true,
  logLevel: 'warning',
} satisfies BuildOptions;

function entryPoints(entries: Readonly<Record<string, string>>): { readonly in: string; readonly out: string }[] {
  return Object.entries(entries).map(([name, source]) => ({ out: name, in: source }));
}

function filesOf({ outputs }: Metafile): readonly BundledFile[] {
  return Object.entries(outputs).map(([path, output]) => ({
    name: basename(path),
    bytes: output.bytes,
    modules: Object.keys(output.inputs),
    imports: output.imports
      .filter(({ kind }) => kind === 'import-statement')
      .map(({ path: imported, external }) => (external ? imported : basename(imported))),
  }));
}

/** The explorer is left to its own bundle. */
const explorerApart: Plugin = {
  name: 'explorer-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/explore-command\.ts$/ }, () => ({ path: './explorer.js', external: true }));
  },
};

/** What has been read when the explorer imports `path`. */
function readByExplorer(path: string): readonly string[] {
  return path === AFTER_FIRST_FRAME ? [EXPLORER.explorer] : [EXPLORER.explorer, AFTER_FIRST_FRAME];
}

/** Puts a module in front of each that is imported later: it imports what has been read by then, and passes on the
 *  other. What is read at a start, and what right after it, is then read at the same times: each is one file. */
function laterImports(readBefore: (path: string) => readonly string[]): Plugin {
  return {
    name: 'later-imports',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) =>
        kind === 'dynamic-import' ? { path: resolve(resolveDir, path), namespace: 'later' } : undefined,
      );
      onLoad({ filter: /./, namespace: 'later' }, ({ path }) => ({
        contents: [
          ...readBefore(relative(ROOT, path)).map((read) => `import ${JSON.stringify(join(ROOT, read))};`),
          `export * from ${JSON.stringify(path)};`,
        ].join('\n'),
        loader: 'js',
        resolveDir: dirname(path),
      }));
    },
  };
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
