import { CODE_DIGITS, type CodePrompts } from '../state/prompt.ts';
import { cutValue } from '../text/cell.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells } from '../text/width.ts';
import { paintInput } from './search-line.ts';
import type { Theme } from './theme.ts';

const PROMPT = ' code: ';

/** Lines that a question for an MFA code takes above the list. */
export const PROMPT_HEIGHT = 4;

/** Which device is asked for, for which profile, and the line for its code. */
export function promptLines(prompts: CodePrompts, columns: number, theme: Theme): readonly string[] {
  const [prompt, ...others] = prompts;
  if (prompt === undefined) return [];
  const more = others.length === 0 ? '' : `  (${others.length} more to come)`;
  const title = cutCells(` Profile ${sanitize(prompt.profile)} asks for the code of an MFA device${more}`, columns);
  return [
    theme.paint('title', title),
    theme.paint('quiet', ` ${cutValue(prompt.serial, columns - 2)}`),
    theme.paint('accent', PROMPT) + paintInput(prompt.input, null, CODE_DIGITS, theme),
    theme.paint('accent', '─'.repeat(columns)),
  ];
}
