// The messages of the troubleshooting tables are the program's own.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ERROR_SCENES } from '../tools/pictures/error-scenes.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What stands for a name in the table. */
const EXAMPLES =
  /…|\bprofile\b|\bprod\b|\bhas\b|aws_secret_access_key|cloudtrail:LookupEvents|AWS_CA_BUNDLE|eu-wst-1 \(did you mean eu-west-1\?\)|HTTP \d+/;

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

function sourceOf(folder: string): string {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(join(folder, name)))
    .join('\n');
}

/** The table's rows, cell by cell. */
function troubleshooting(page: string): readonly (readonly string[])[] {
  const text = read(page);
  const [section = ''] = text.slice(text.indexOf('## Troubleshooting') + 3).split('\n## ');
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.slice(2, -2).split(' | '));
}

const messagesIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text as string);

test('every message that the guide explains is one that trailx gives', () => {
  const source = ['src/sources/aws', 'src/sources/event-history', 'src/store/event-cache', 'src/cli']
    .map(sourceOf)
    .join('\n');
  const messages = troubleshooting('docs/event-history.md').flatMap(([cell = '']) => messagesIn(cell));
  const pieces = messages.flatMap((message) =>
    message.split(EXAMPLES).map((piece) => piece.replace(/[():]+$/, '').trim()),
  );
  const told = pieces.filter((piece) => piece.length >= 8);
  expect(told.length).toBeGreaterThan(20);
  expect(told.filter((piece) => !source.includes(piece))).toEqual([]);
});

/** Heading, as a link names it → the picture below it. */
function picturesByAnchor(page: string): ReadonlyMap<string, string> {
  const found = read(page).matchAll(/^## (.+)\n[^#]*?!\[.*\]\((.+\.svg)\)/gm);
  const anchor = (heading: string) => heading.toLowerCase().replaceAll(' ', '-');
  return new Map([...found].map(([, heading = '', picture = '']) => [anchor(heading), join('docs', picture)]));
}

/** What can be read in a picture, with one space between words: messages run over several lines. */
function textOf(picture: string): string {
  const texts = [...read(picture).matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text as string);
  return texts.join(' ').replaceAll('&quot;', '"').replaceAll('&amp;', '&').replace(/\s+/g, ' ');
}

const ROWS = troubleshooting('README.md').map(([message = '', , , link = '']) => ({ message, link }));

test.each(ROWS)('the screen of $message shows it', ({ message, link }) => {
  const anchor = /docs\/errors\.md#([\w-]+)/.exec(link)?.[1] ?? '';
  const picture = picturesByAnchor('docs/errors.md').get(anchor);
  expect(picture).toBeDefined();
  const shown = textOf(picture as string);
  const pieces = messagesIn(message).flatMap((text) => text.split('…'));
  for (const piece of pieces) expect(shown).toContain(piece.trim());
});

test('every screen of an error is reached from a row of the README', () => {
  const pictures = picturesByAnchor('docs/errors.md');
  const reached = ROWS.map(({ link }) => pictures.get(/#([\w-]+)/.exec(link)?.[1] ?? ''));
  expect(reached.toSorted()).toEqual(ERROR_SCENES.map(({ name }) => `docs/pictures/${name}.svg`).toSorted());
  expect(ERROR_SCENES.filter(({ columns, rows }) => columns !== 80 || rows !== 24)).toEqual([]);
});
