// Event history as it is when all goes well.

import type { Scene } from './scene.ts';

const TWO_REGIONS = ['-p', 'prod', '-r', 'eu-west-1,us-east-1'];
const isLoaded = /eu-west-1 ✓ 24 h +us-east-1 ✓ 24 h/;

export const LIVE_SCENES: readonly Scene[] = [
  {
    name: 'live',
    title: 'trailx -p prod -r eu-west-1,us-east-1',
    args: TWO_REGIONS,
    columns: 120,
    rows: 30,
    live: {},
    play: (terminal) => terminal.until(isLoaded),
  },
  {
    name: 'live-regions',
    title: 'R: Regions',
    args: TWO_REGIONS,
    columns: 100,
    rows: 24,
    live: {},
    async play(terminal) {
      await terminal.until(isLoaded);
      terminal.press('R');
      await terminal.until('US West (Oregon)');
      terminal.type('us');
      await terminal.until(/4 of 36/);
      terminal.press('down', 'down', 'down', 'space');
      await terminal.until(/3 picked/);
    },
  },
  {
    name: 'live-time',
    title: 't: time',
    args: TWO_REGIONS,
    columns: 100,
    rows: 24,
    live: {},
    async play(terminal) {
      await terminal.until(isLoaded);
      terminal.press('t');
      await terminal.until(/7 d/);
    },
  },
  {
    name: 'live-coverage',
    title: 'c: what is loaded',
    args: TWO_REGIONS,
    columns: 100,
    rows: 24,
    live: {},
    async play(terminal) {
      await terminal.until(isLoaded);
      terminal.press('c');
      await terminal.until('Event history');
    },
  },
];
