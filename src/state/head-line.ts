// Lines of the detail pane's head, of several kinds that the theme tells apart.

import { sanitize } from '../text/sanitize.ts';

export type HeadLine = {
  readonly kind:
    | 'note'
    | 'error'
    /** Why it was denied. */
    | 'denial'
    | 'sentence'
    | 'yes'
    | 'no'
    | 'not stated'
    | 'answer'
    /** The members of the record that an answer rests on. */
    | 'evidence'
    | 'blank';
  /** Sanitised, and no wider than the pane. */
  readonly text: string;
};

/** Of an event with a note, in the head and in the list. */
export const NOTE_SIGN = '✎';

export const BLANK: HeadLine = { kind: 'blank', text: '' };

/** More of a value is of no use in a pane; a message may be megabytes long. */
const MAX_UNITS = 4000;

export function clean(text: string): string {
  return sanitize(text.slice(0, MAX_UNITS));
}
