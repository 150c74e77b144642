// docs/keys.md is made from the bindings: `npm run test:only -- test/keys -u` writes it anew.

import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/keys/commands.ts';
import { HELP_SECTIONS } from '../../src/keys/help-sections.ts';
import { keyLabel } from '../../src/keys/key-labels.ts';

const INTRODUCTION = `# Keys

The foot of the screen shows the keys that do something now, \`?\` shows all of them, with the reason where one cannot be
used. \`Esc\` steps back one level and never quits; \`q\` does the same and quits at the list.
`;

const MOUSE = `## Mouse

A click selects, a click on the selected row (or a double click) opens it, the wheel scrolls what is under it. A click on a column
title counts the values of that column, on TIME it opens the histogram, where dragging chooses a range. \`M\` switches the mouse
off, so that the terminal selects text; most terminals also do that while Shift is held.
`;

test('the page of keys says what the program does', async () => {
  const sections = HELP_SECTIONS.map(({ title, bindings }) => {
    const rows = bindings.map(
      ({ keys, command }) => `| ${keys.map((key) => `\`${keyLabel(key)}\``).join(' ')} | ${COMMANDS[command].title} |`,
    );
    return [`## ${title}`, '', '| keys | |', '|---|---|', ...rows, ''].join('\n');
  });
  await expect([INTRODUCTION, ...sections, MOUSE].join('\n')).toMatchFileSnapshot('../../docs/keys.md');
});
