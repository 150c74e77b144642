// What a start reads is what it waits for, so what belongs together in dist/ is held here.

import { expect, test } from 'vitest';
import { type BundledFile, bundle } from '../../src/build/bundle.ts';

const files = new Map<string, BundledFile>((await bundle({ write: false })).map((file) => [file.name, file]));

/** A file, everything it imports before it runs, and so on; modules and outside packages. */
function readAtOnce(name: string): Set<string> {
  const seen = new Set<string>();
  const visit = (current: string) => {
    if (seen.has(current)) return;
    seen.add(current);
    const file = files.get(current);
    for (const module of file?.modules ?? []) seen.add(module);
    file?.imports.forEach(visit);
  };
  visit(name);
  return seen;
}

/** The file that a module ended up in. */
function fileWith(module: string): string {
  const found = [...files.values()].find((file) => file.modules.includes(module));
  if (found === undefined) throw new Error(`${module} is not in the bundle`);
  return found.name;
}

const has = (read: ReadonlySet<string>, part: string) => [...read].some((name) => name.includes(part));

test('the entry alone answers a wrong command line: no Ink, no DuckDB, no SDK', () => {
  const read = readAtOnce('trailx.js');
  for (const part of ['node_modules/ink/', 'node_modules/react/', '@duckdb', '@aws-sdk']) {
    expect(has(read, part), part).toBe(false);
  }
});

test('query never reads Ink', () => {
  const read = readAtOnce(fileWith('src/cli/query-command.ts'));
  expect(has(read, 'node_modules/ink/')).toBe(false);
  expect(has(read, 'node_modules/react/')).toBe(false);
});

test('the explorer draws its first frame before anything is read that only events need', () => {
  const read = readAtOnce('explorer.js');
  const later = [
    '@duckdb',
    '@aws-sdk',
    '@smithy',
    'proxy-agent',
    'node_modules/chrono-node/',
    'node_modules/conf/',
    'src/sources/aws/',
    'src/sources/event-history/',
    'src/sources/log-files/',
    'src/store/event-cache/',
    'src/store/event-store.ts',
    // Keys, and what a shown event takes.
    'src/ui/explore.tsx',
    'src/ui/input.ts',
    'src/state/app.ts',
    'src/state/detail.ts',
    'src/cloudtrail/summary.ts',
    'src/cloudtrail/event-names.ts',
    // Each takes Node.js milliseconds.
    'node:crypto',
    'node:child_process',
  ];
  for (const part of later) expect(has(read, part), part).toBe(false);
});

test('a start reads few files, for each takes half a millisecond', () => {
  const read = [...readAtOnce('trailx.js'), ...readAtOnce('explorer.js')].filter((name) => files.has(name));
  expect(new Set(read).size).toBeLessThan(12);
});

test('what the explorer reads later is in no file again that was read before: a module runs once', () => {
  for (const later of ['src/ui/explore.tsx', 'src/ui/pages.ts', 'src/ui/denial-page.ts']) {
    const read = new Set([...readAtOnce('explorer.js'), ...readAtOnce(fileWith(later))]);
    const modules = [...read].flatMap((name) => files.get(name)?.modules ?? []);
    expect(modules.length, later).toBeGreaterThan(100);
    expect(new Set(modules).size, later).toBe(modules.length);
  }
});

test('what is kept of event history is read without the SDK: the list of last time waits for nobody', () => {
  for (const module of ['src/store/event-cache/open-event-cache.ts', 'src/sources/event-history/event-history.ts']) {
    expect(has(readAtOnce(fileWith(module)), '@aws-sdk'), module).toBe(false);
  }
});

test('the workers stand beside the entry and read neither Ink nor DuckDB', () => {
  for (const worker of ['reader-worker.js', 'fuzzy-worker.js']) {
    const read = readAtOnce(worker);
    expect(files.has(worker), worker).toBe(true);
    expect(has(read, 'node_modules/ink/'), worker).toBe(false);
    expect(has(read, '@duckdb'), worker).toBe(false);
  }
});

test("the React DevTools stay out, React's development build too", () => {
  const modules = [...files.values()].flatMap((file) => file.modules);
  expect(modules.filter((module) => /react-devtools-core|\.development\.js$/.test(module))).toEqual([]);
});
