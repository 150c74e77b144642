// `npm run pictures`: draws docs/pictures/ anew from the real program on the sample, or only those named.
// The sample ends at a fixed moment and the sizes are fixed, so only a change of the program changes a picture.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bundleIfStale } from '../../src/build/bundle.ts';
import { screenToSvg } from '../helpers/svg.ts';
import { startTerminal, type TestTerminal } from '../helpers/terminal.ts';
import { SCENES, type Scene } from './scenes.ts';

const FOLDER = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const SAMPLE_END = '2026-05-20T15:00:00Z';

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SCENES.some((scene) => scene.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `no such picture: ${unknown.join(', ')}; there are ${SCENES.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(2);
}

await bundleIfStale();
mkdirSync(FOLDER, { recursive: true });
for (const scene of SCENES) {
  if (wanted.length > 0 && !wanted.includes(scene.name)) continue;
  const path = join(FOLDER, `${scene.name}.svg`);
  writeFileSync(path, await draw(scene));
  process.stdout.write(`docs/pictures/${scene.name}.svg\n`);
}

async function draw({ title, columns, rows, play, env = {} }: Scene): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'trailx-picture-'));
  let terminal: TestTerminal | undefined;
  try {
    terminal = startTerminal({
      args: ['--sample'],
      columns,
      rows,
      home,
      env: { TRAILX_SAMPLE_END: SAMPLE_END, ...env },
    });
    await play(terminal);
    await rest(terminal);
    return screenToSvg(terminal.screen.terminal, { title });
  } finally {
    await terminal?.dispose();
    rmSync(home, { recursive: true, force: true });
  }
}

/** A picture is taken when nothing has moved for a while: searches, for one, go on behind the first answer. */
async function rest(terminal: TestTerminal): Promise<void> {
  for (let before = ''; before !== terminal.picture(); await setTimeout(500)) before = terminal.picture();
}
