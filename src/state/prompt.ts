// Codes of MFA devices that credentials wait for, asked one after the other.

import { EMPTY_INPUT, editText, type TextCommand, type TextInput } from './text-input.ts';

export type CodePrompt = {
  readonly id: number;
  /** Serial number or ARN of the device. */
  readonly serial: string;
  readonly profile: string;
  readonly input: TextInput;
};

/** The first is the one on the screen. */
export type CodePrompts = readonly CodePrompt[];

export const CODE_DIGITS = 6;

export function askCode(prompts: CodePrompts, id: number, serial: string, profile: string): CodePrompts {
  return [...prompts, { id, serial, profile, input: EMPTY_INPUT }];
}

/** Only digits are taken, and no more than a code has: apps show it in groups, and a paste brings the space along. */
export function editCode(prompts: CodePrompts, edit: TextCommand): CodePrompts {
  const [prompt, ...others] = prompts;
  if (prompt === undefined) return prompts;
  const input = editText(prompt.input, typeof edit === 'object' ? digitsOf(edit, prompt.input) : edit);
  return [{ ...prompt, input }, ...others];
}

export function isWholeCode({ input }: CodePrompt): boolean {
  return input.text.length === CODE_DIGITS;
}

function digitsOf(edit: Extract<TextCommand, object>, { text }: TextInput): TextCommand {
  return { kind: 'insert', text: edit.text.replace(/\D/g, '').slice(0, CODE_DIGITS - text.length) };
}
