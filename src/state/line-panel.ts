// One line to type into, over the list: a note, a name to save a search by.

import { editText, inputOf, type TextCommand, type TextInput } from './text-input.ts';

export type LinePurpose = 'saveQuery' | 'note';

export type LinePanel = {
  readonly kind: 'line';
  readonly purpose: LinePurpose;
  /** What is asked for, in a few words. */
  readonly title: string;
  readonly input: TextInput;
  /** Why what is typed cannot be taken; '' when it can. */
  readonly problem: string;
  /** The event that a note is to. */
  readonly row?: number;
};

export type LineStep =
  | { readonly kind: 'edit'; readonly edit: TextCommand }
  | { readonly kind: 'empty' }
  | { readonly kind: 'refuse'; readonly problem: string };

export function openLine(purpose: LinePurpose, title: string, text: string = ''): LinePanel {
  return { kind: 'line', purpose, title, input: inputOf(text), problem: '' };
}

export function stepLine(panel: LinePanel, step: LineStep): LinePanel {
  switch (step.kind) {
    case 'edit':
      return { ...panel, input: editText(panel.input, step.edit), problem: '' };
    case 'empty':
      return { ...panel, input: inputOf(''), problem: '' };
    case 'refuse':
      return { ...panel, problem: step.problem };
  }
}
