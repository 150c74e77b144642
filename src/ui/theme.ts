// Colours by meaning. Components and row builders name a tone, never a colour; a theme says what the tone looks like.
//
// Rows are painted here into one string with SGR codes instead of nested <Text> elements: one node a row keeps the
// layout engine out of the way (a cursor move then costs two strings), and a string is what memo compares best.
// Only the sixteen colours of the terminal's own palette are used, so a user's palette is respected.

import type { ThemeName } from '../state/app-state.ts';

export type Tone =
  | 'plain'
  | 'quiet'
  | 'strong'
  | 'title'
  | 'accent'
  | 'failed'
  | 'destructive'
  | 'write'
  | 'privileged'
  | 'read'
  | 'key'
  | 'string'
  | 'number'
  | 'literal'
  | 'good'
  | 'warning'
  | 'mistake'
  | 'match'
  | 'selected'
  | 'cursor';

export const THEME_NAMES: readonly ThemeName[] = ['dark', 'light', 'mono'];

/** SGR parameters that switch a tone on; '' leaves the text as it is. */
type Palette = Readonly<Record<Tone, string>>;

const DARK: Palette = {
  plain: '',
  quiet: '2',
  strong: '1',
  title: '1;36',
  accent: '36',
  failed: '91',
  destructive: '95',
  write: '93',
  privileged: '1;96',
  read: '2',
  key: '94',
  string: '32',
  number: '33',
  literal: '35',
  good: '32',
  warning: '93',
  mistake: '4;91',
  match: '1;4',
  selected: '7',
  cursor: '7',
};

const LIGHT: Palette = {
  ...DARK,
  title: '1;34',
  accent: '34',
  failed: '31',
  destructive: '35',
  write: '34',
  privileged: '1;36',
  key: '34',
  number: '31',
  warning: '35',
  mistake: '4;31',
};

/** NO_COLOR forbids colour, not emphasis: bold, dim, underline and inverse stay. */
const MONO: Palette = {
  plain: '',
  quiet: '2',
  strong: '1',
  title: '1',
  accent: '1',
  failed: '1',
  destructive: '1',
  write: '',
  privileged: '1',
  read: '2',
  key: '1',
  string: '',
  number: '',
  literal: '',
  good: '',
  warning: '1',
  mistake: '4',
  match: '1;4',
  selected: '7',
  cursor: '7',
};

const PALETTES: Readonly<Record<ThemeName, Palette>> = { dark: DARK, light: LIGHT, mono: MONO };

export type Theme = {
  readonly name: ThemeName;
  /** The text in a tone. Every run is closed by a full reset, so runs never leak into each other. */
  readonly paint: (tone: Tone, text: string) => string;
  /** The same on a selected row: tone and inverse video together. */
  readonly paintSelected: (tone: Tone, text: string) => string;
};

function createTheme(name: ThemeName): Theme {
  const palette = PALETTES[name];
  const wrap = (codes: string, text: string): string =>
    codes === '' || text === '' ? text : `\u001b[${codes}m${text}\u001b[0m`;
  return {
    name,
    paint: (tone, text) => wrap(palette[tone], text),
    // Dim text under inverse video is hardly readable on many terminals, so a selected row drops the dimming.
    paintSelected: (tone, text) =>
      wrap(palette[tone] === '' || palette[tone] === '2' ? '7' : `${palette[tone]};7`, text),
  };
}

const THEMES: Readonly<Record<ThemeName, Theme>> = {
  dark: createTheme('dark'),
  light: createTheme('light'),
  mono: createTheme('mono'),
};

export function themeNamed(name: ThemeName): Theme {
  return THEMES[name];
}

/**
 * The theme to start with: NO_COLOR (set and not empty, https://no-color.org) and TERM=dumb win over everything,
 * then the saved choice, then the background colour where the terminal states it in COLORFGBG.
 */
export function initialTheme(env: NodeJS.ProcessEnv, saved: string | undefined): ThemeName {
  if ((env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb') return 'mono';
  const chosen = THEME_NAMES.find((name) => name === saved);
  if (chosen !== undefined) return chosen;
  const background = Number(env.COLORFGBG?.split(';').at(-1) || Number.NaN);
  return background === 7 || background === 15 ? 'light' : 'dark';
}
