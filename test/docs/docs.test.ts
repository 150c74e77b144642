// What the guide says is what the program does.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { OPTION_TABLE } from '../../src/cli/option-table.ts';
import { FIELDS } from '../../src/cloudtrail/fields.ts';
import { PRESETS } from '../../src/query/presets.ts';
import { keysText, QUESTIONS } from '../helpers/questions.ts';
import { SCENES } from '../tools/pictures/scenes.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const PAGES = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

test('every field of the search language is explained', () => {
  const page = read('docs/search.md');
  expect(FIELDS.map(({ id }) => id).filter((id) => !page.includes(`\`${id}\``))).toEqual([]);
});

test('every preset is listed', () => {
  const page = read('docs/search.md');
  expect(PRESETS.filter(({ name, about }) => !page.includes(`| \`${name}\` | ${about} |`))).toEqual([]);
});

test.each(QUESTIONS)('the page of questions answers: $asks', ({ id, asks, keys }) => {
  const [, answer = ''] = read('docs/questions.md').split(`### ${asks}\n`);
  const [own = ''] = answer.split('\n## ')[0]?.split('\n### ') ?? [];
  expect(own).toContain(`\`${keysText(keys)}\``);
  expect(own).toContain(`(pictures/questions/${id}.svg)`);
});

test('every option that the guide names exists', () => {
  const known: readonly string[] = OPTION_TABLE.map(({ name }) => name);
  const used = PAGES.flatMap((page) =>
    [...read(page).matchAll(/trailx[^\n`]*? --([a-z-]+)/g)].map((match) => match[1] as string),
  );
  expect(used.length).toBeGreaterThan(3);
  expect(used.filter((name) => !known.includes(name))).toEqual([]);
});

/** The headings of a page, as links name them. */
function anchorsOf(page: string): ReadonlySet<string> {
  const headings = [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase());
  return new Set(headings.map((heading) => heading.replace(/[^\w\s-]/g, '').replaceAll(' ', '-')));
}

test.each(PAGES)('every link and picture of %s leads somewhere', (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:)([^)]+)\)/g)].map((match) => match[1] as string);
  const dead = links.filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : join(page, '..', path);
    return !existsSync(join(ROOT, target)) || (anchor !== undefined && !anchorsOf(target).has(anchor));
  });
  expect(dead).toEqual([]);
});

test('every picture is drawn by `npm run pictures`, and shown on a page', () => {
  const drawn = SCENES.map(({ name }) => `${name}.svg`).sort();
  const found = readdirSync(join(ROOT, 'docs', 'pictures'), { recursive: true, encoding: 'utf8' });
  expect(found.filter((name) => name.endsWith('.svg')).sort()).toEqual(drawn);
  const pages = PAGES.map(read).join('\n');
  expect(drawn.filter((name) => !pages.includes(`pictures/${name})`))).toEqual([]);
});
