// docs/keys.md, made from the table of keys that the program itself works by.

import { HELP_SECTIONS, keyLabel } from '../../src/keys/bindings.ts';
import { COMMANDS } from '../../src/keys/commands.ts';

export function keyPage(): string {
  const sections = HELP_SECTIONS.map(({ title, bindings }) => {
    const rows = bindings.map(({ keys, command }) => `| ${keys.map(codeOf).join(' ')} | ${COMMANDS[command].title} |`);
    return [`## ${title}`, '', '| key | |', '|---|---|', ...rows, ''].join('\n');
  });
  return `# Keys

\`?\` shows these in the explorer, with the reason where one does nothing just now; the foot of the screen shows the
most useful of the moment. This page is made from the same table (\`npm run pictures\`).

${sections.join('\n')}`;
}

function codeOf(key: string): string {
  const label = keyLabel(key).replaceAll('|', '\\|');
  return `\`${label}\``;
}
