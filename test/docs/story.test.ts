// The story that the guide tells is the one that a test takes in a terminal and that is drawn.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { STORY } from '../helpers/story.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** `Esc kkkk ↵` */
function keysOf(keys: readonly string[]): string {
  const names: Readonly<Record<string, string>> = { enter: '↵', escape: 'Esc', 'ctrl+u': 'Ctrl-U' };
  return keys.reduce((text, key, index) => {
    const name = names[key] ?? key;
    const isAfterLetter = index > 0 && keys[index - 1]?.length === 1 && key.length === 1;
    const isAfterEnter = index > 0 && keys[index - 1] === 'enter';
    return index === 0 || isAfterLetter || isAfterEnter ? `${text}${name}` : `${text} ${name}`;
  }, '');
}

test.each(STORY)('the page of the story tells: $asks', ({ id, asks, keys }) => {
  const [, told = ''] = read('docs/story.md').split(`### ${asks}\n`);
  const [own = ''] = told.split('\n### ');
  expect(own).toContain(`\`${keysOf(keys)}\``);
  expect(own).toContain(`(pictures/story/${id}.svg)`);
});

test('the page tells the steps in their order, and the README the first ones', () => {
  const headings = [...read('docs/story.md').matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(STORY.map(({ asks }) => asks));
  const [, section = ''] = read('README.md').split('## Follow an attack to a person\n');
  const steps = [...(section.split('\n## ')[0] ?? '').matchAll(/^\d\. `(.+?)`/gm)].map(([, keys]) => keys);
  expect(steps).toEqual(STORY.slice(0, steps.length).map(({ keys }) => keysOf(keys)));
  expect(steps.length).toBeGreaterThan(2);
});
