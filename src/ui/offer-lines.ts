// In place of the list where no account can be read: what was looked for, what to do about it, and what else there is.

import type { AppState } from '../state/app-state.ts';
import { loginIn } from '../state/live.ts';
import { type Offer, offersOf } from '../state/offers.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells, widthCells } from '../text/width.ts';
import { wrapWords } from '../text/wrap.ts';
import { paintInput } from './search-line.ts';
import type { Theme, Tone } from './theme.ts';

const INDENT = '  ';
const PATH_PROMPT = '  path: ';
/** Lines of one fault's message: the rest of the screen is for what can be done. */
const MAX_MESSAGE_LINES = 4;
const MAX_FAULTS = 3;

const TEXTS: Readonly<Record<Offer, readonly [string, string]>> = {
  again: ['try again', 'as Ctrl-R does'],
  sample: ['the built-in sample', 'a small company, made up'],
  files: ['a file or folder', 'CloudTrail log files: .json, .json.gz, the console’s CSV'],
  profile: ['a profile', 'of the config and credentials files'],
};

const NAME_WIDTH = Math.max(...Object.values(TEXTS).map(([name]) => name.length)) + 2;

export function offerLines(state: AppState, theme: Theme): readonly string[] {
  const { columns, offers } = state;
  const rows = offersOf(state.live).map((offer, index) => {
    const [name, note] = TEXTS[offer];
    const isSelected = index === offers.at;
    const text = theme.paint(isSelected ? 'selected' : 'plain', name);
    const gap = ' '.repeat(NAME_WIDTH - widthCells(name));
    const rest = cutCells(gap + note, Math.max(0, columns - widthCells(name) - 4));
    return `${theme.paint('accent', isSelected ? '▌ ' : '  ')}${text}${theme.paint('quiet', rest)}`;
  });
  return [...reasonLines(state, theme), ...rows, ...pathLines(state, theme)];
}

/** The line of the first offer. */
export function offersTop(state: AppState, theme: Theme): number {
  return reasonLines(state, theme).length;
}

function reasonLines({ live, columns }: AppState, theme: Theme): readonly string[] {
  const faults = live?.faults ?? [];
  const say = (tone: Tone, text: string) =>
    wrapWords(sanitize(text), Math.max(1, columns - 2 * INDENT.length), MAX_MESSAGE_LINES).map(
      (line) => INDENT + theme.paint(tone, line),
    );
  const login = loginIn(live);
  return [
    '',
    ...faults
      .slice(0, MAX_FAULTS)
      .flatMap(({ message, next }) => [...say('warning', message), ...(next === null ? [] : say('plain', next))]),
    ...(faults.length > MAX_FAULTS ? say('quiet', `${faults.length - MAX_FAULTS} more like that: L lists them`) : []),
    ...(login === null ? [] : say('accent', `l runs ${login.join(' ')} here`)),
    '',
    ...say('title', offersOf(live)[0] === 'again' ? 'What can be done' : 'What can be looked at instead'),
  ];
}

function pathLines({ offers, columns }: AppState, theme: Theme): readonly string[] {
  if (offers.path === null) return [];
  const width = Math.max(1, columns - PATH_PROMPT.length - 1);
  const names = sanitize(offers.completions.join('  '));
  return [
    '',
    theme.paint('accent', PATH_PROMPT) + paintInput(offers.path, null, width, theme),
    ...wrapWords(names, Math.max(1, columns - 2 * INDENT.length), MAX_MESSAGE_LINES).map(
      (line) => INDENT + theme.paint('quiet', line),
    ),
  ];
}
