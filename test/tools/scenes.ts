// The pictures of the README and the guide: what is typed, and what must be on the screen before the picture is taken.

import type { TestTerminal } from '../helpers/terminal.ts';

export type Scene = {
  /** Its file in docs/pictures/, without the ending. */
  readonly name: string;
  /** What stands in the window's title bar. */
  readonly title: string;
  readonly columns: number;
  readonly rows: number;
  /** Types its way to the picture; ends when the screen shows what the picture is about. */
  readonly play: (terminal: TestTerminal) => Promise<unknown>;
  readonly env?: Readonly<Record<string, string>>;
};

const WIDE = { columns: 120, rows: 30 };

/** The whole sample is loaded and its first event selected. */
const isLoaded = /UTC · 1\/3,000/;

async function search(terminal: TestTerminal, text: string, shows: string | RegExp): Promise<void> {
  await terminal.until(isLoaded);
  terminal.press('/');
  terminal.type(text);
  await terminal.until(shows);
}

export const SCENES: readonly Scene[] = [
  {
    name: 'list',
    title: 'trailx --sample',
    ...WIDE,
    play: (terminal) => terminal.until(isLoaded),
  },
  {
    name: 'search',
    title: 'trailx --sample: a typing mistake is understood',
    ...WIDE,
    play: (terminal) => search(terminal, 'termnate', 'TerminateInstances'),
  },
  {
    name: 'detail',
    title: 'trailx --sample: who did it, and to what',
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
