import { expect, test } from 'vitest';
import { initialTheme, THEME_NAMES, themeNamed } from '../../src/ui/theme.ts';

test.each([
  [{}, undefined, 'dark'],
  [{}, 'light', 'light'],
  [{}, 'pink', 'dark'],
  [{ NO_COLOR: '1' }, 'light', 'mono'],
  [{ NO_COLOR: '' }, 'light', 'light'],
  [{ TERM: 'dumb' }, undefined, 'mono'],
  [{ COLORFGBG: '0;15' }, undefined, 'light'],
  [{ COLORFGBG: '15;0' }, undefined, 'dark'],
  [{ COLORFGBG: '0;15' }, 'dark', 'dark'],
])('in %j, remembered %j: %s', (env, saved, expected) => {
  expect(initialTheme(env, saved)).toBe(expected);
});

test('mono emphasises but sends no colour', () => {
  const { paint, paintSelected } = themeNamed('mono');
  for (const tone of ['failed', 'destructive', 'write', 'privileged', 'read', 'string', 'mistake', 'title'] as const) {
    for (const text of [paint(tone, 'x'), paintSelected(tone, 'x')]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences are what is tested
      for (const [, codes = ''] of text.matchAll(/\u001b\[([\d;]*)m/g)) expect(codes).toMatch(/^(?:[0-9](?:;[0-9])*)$/);
    }
  }
});

test('a run of text is closed where it ends, and nothing is painted where there is nothing', () => {
  for (const name of THEME_NAMES) {
    expect(themeNamed(name).paint('failed', '')).toBe('');
    expect(themeNamed(name).paint('plain', 'x')).toBe('x');
    expect(themeNamed(name).paint('title', 'x').endsWith('x\u001b[0m')).toBe(true);
  }
});
