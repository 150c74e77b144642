// What the explorer can do, on the built-in sample.

import type { TestTerminal } from '../../helpers/terminal.ts';
import type { Scene } from './scene.ts';

const SAMPLE = ['--sample'];
const WIDE = { columns: 120, rows: 30 };

/** The whole sample is loaded and its first event selected. */
const isLoaded = /UTC · 1\/3,000/;

async function search(terminal: TestTerminal, text: string, shows: string | RegExp): Promise<void> {
  await terminal.until(isLoaded);
  terminal.press('/');
  terminal.type(text);
  await terminal.until(shows);
}

export const SAMPLE_SCENES: readonly Scene[] = [
  {
    name: 'search',
    title: 'trailx --sample: a typing mistake is understood',
    args: SAMPLE,
    ...WIDE,
    play: (terminal) => search(terminal, 'termnate', 'TerminateInstances'),
  },
  {
    name: 'detail',
    title: 'trailx --sample: who did it, and to what',
    args: SAMPLE,
    columns: 140,
    rows: 44,
    async play(terminal) {
      await search(terminal, 'termnate', 'TerminateInstances');
      terminal.press('enter');
      terminal.press('enter');
      await terminal.until(/instanceId +/);
    },
  },
  {
    name: 'help',
    title: 'trailx --sample: ?',
    args: SAMPLE,
    columns: 120,
    rows: 40,
    async play(terminal) {
      await terminal.until(isLoaded);
      terminal.press('?');
      await terminal.until('next event of the same session');
    },
  },
  {
    name: 'narrow',
    title: 'trailx --sample, 80 × 24',
    args: SAMPLE,
    columns: 80,
    rows: 24,
    async play(terminal) {
      await search(terminal, 'termnate', 'TerminateInstances');
      terminal.press('enter');
      terminal.press('enter');
      await terminal.until('requestParameters');
    },
  },
];
