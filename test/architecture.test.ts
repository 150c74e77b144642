// Imports point one way, and each library has one home. The tables below are the rule; change them with care.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));

/** Folder of src/ → the folders it may import from, beside itself. Modules right in src/ put the others together. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  cloudtrail: [],
  text: [],
  build: ['text'],
  query: ['cloudtrail'],
  store: ['query', 'cloudtrail'],
  sources: ['store', 'cloudtrail', 'text'],
  state: ['store', 'sources', 'query', 'cloudtrail', 'text'],
  keys: ['state', 'cloudtrail', 'text'],
  export: ['store', 'query', 'cloudtrail', 'text'],
  ui: ['keys', 'state', 'export', 'store', 'sources', 'query', 'cloudtrail', 'text'],
  cli: ['', 'ui', 'export', 'sources', 'store', 'query', 'cloudtrail', 'text'],
};

/** Library → the folders that may import it ('' is src/ itself). */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  ink: ['ui', ''],
  react: ['ui', ''],
  'fuse.js': ['query'],
  '@aws-sdk': ['sources'],
  '@smithy': ['sources'],
  'proxy-agent': ['sources'],
  '@duckdb/node-api': ['store', 'export'],
  esbuild: ['build'],
};

type Import = { readonly from: string; readonly specifier: string; readonly isType: boolean };

const imports: readonly Import[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .flatMap((path) => {
    const from = path.replaceAll('\\', '/');
    const source = readFileSync(join(SRC, path), 'utf8');
    const found = source.matchAll(
      /(?:^import (?<type>type )?[^;']*?\bfrom|\bfrom|^import|\bimport\()\s*'(?<file>[^']+)'/gm,
    );
    return [...found].map(({ groups }) => ({
      from,
      specifier: groups?.file as string,
      isType: groups?.type !== undefined,
    }));
  });

const folderOf = (path: string) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');

test('imports between folders point one way', () => {
  const wrong = imports
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ from, specifier }) => ({ from, to: posix.join(dirname(from), specifier) }))
    .filter(({ from, to }) => {
      const [source, target] = [folderOf(from), folderOf(to)];
      return source !== '' && source !== target && !to.startsWith('..') && !MAY_IMPORT[source]?.includes(target);
    });
  expect(wrong).toEqual([]);
});

test('each library is imported in its home only', () => {
  const wrong = imports.filter(({ from, specifier }) => {
    const library = Object.keys(HOMES).find((name) => specifier === name || specifier.startsWith(`${name}/`));
    return library !== undefined && !HOMES[library]?.includes(folderOf(from));
  });
  expect(wrong).toEqual([]);
});

test('imports name the file they mean', () => {
  const wrong = imports.filter(({ specifier }) => specifier.startsWith('.') && !/\.(tsx?|js|json)$/.test(specifier));
  expect(wrong).toEqual([]);
});

test('no module needs, to run, one that needs it', () => {
  const needs = new Map<string, string[]>();
  for (const { from, specifier, isType } of imports) {
    if (!isType && specifier.startsWith('.'))
      needs.set(from, [...(needs.get(from) ?? []), posix.join(dirname(from), specifier)]);
  }
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' → '));
    if (done.has(path) || way.includes(path)) return;
    for (const next of needs.get(path) ?? []) walk(next, [...way, path]);
    done.add(path);
  };
  for (const path of needs.keys()) walk(path, []);
  expect(circles).toEqual([]);
});
