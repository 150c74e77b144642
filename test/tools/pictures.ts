// `npm run pictures`: draws docs/pictures/ anew from the real program, or only those named:
// on the sample, and on event history as the simulator has it. The sample ends at a fixed moment, the clock stands still
// then and the sizes are fixed, so only a change of the program changes a picture.

import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bundleIfStale } from '../../src/build/bundle.ts';
import { screenToSvg } from '../helpers/svg.ts';
import { startTerminal, type TestTerminal } from '../helpers/terminal.ts';
import { startPictureAccount } from './pictures/account.ts';
import type { Scene } from './pictures/scene.ts';
import { SCENES } from './pictures/scenes.ts';

const FOLDER = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
/** When it is in every picture. */
const TIME = '2026-05-20T15:00:00Z';
const FIXED_WORLD = new URL('pictures/fixed-world.ts', import.meta.url).href;

/** Only what the profiles say. */
const NOTHING_SET: Readonly<Record<string, undefined>> = {
  AWS_REGION: undefined,
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_CONFIG_FILE: undefined,
  AWS_SHARED_CREDENTIALS_FILE: undefined,
  AWS_ENDPOINT_URL: undefined,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SCENES.some((scene) => scene.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `no such picture: ${unknown.join(', ')}; there are ${SCENES.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(2);
}

await bundleIfStale();
for (const scene of SCENES) {
  if (wanted.length > 0 && !wanted.includes(scene.name)) continue;
  const path = join(FOLDER, `${scene.name}.svg`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, await draw(scene));
  process.stdout.write(`docs/pictures/${scene.name}.svg\n`);
}

async function draw(scene: Scene): Promise<string> {
  const { title, columns, rows, args, play, env = {}, live } = scene;
  const home = mkdtempSync(join(tmpdir(), 'trailx-picture-'));
  // Whoever runs as somebody else reads it too.
  chmodSync(home, 0o755);
  const server = live === undefined ? null : await startPictureAccount(home, Date.parse(TIME), live);
  let terminal: TestTerminal | undefined;
  try {
    if (server !== null) live?.prepare?.(server, home);
    terminal = startTerminal({
      columns,
      rows,
      home,
      args,
      nodeArgs: [`--import=${FIXED_WORLD}`],
      env: { TRAILX_SAMPLE_END: TIME, TRAILX_PICTURE_TIME: TIME, ...(live === undefined ? {} : NOTHING_SET), ...env },
    });
    await play(terminal);
    await rest(terminal);
    return screenToSvg(terminal.screen.terminal, { title });
  } finally {
    await terminal?.dispose();
    await server?.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** A picture is taken when nothing has moved for a while: searches, for one, go on behind the first answer. */
async function rest(terminal: TestTerminal): Promise<void> {
  for (let before = ''; before !== terminal.picture(); await setTimeout(500)) before = terminal.picture();
}
