// What stands above the tree: the error, the sentence, and the identity card that answers the four questions. It gives
// way to the tree: of several versions the fullest that leaves the tree half of the pane, or all it needs, is taken.

import { isObject, textOf } from '../cloudtrail/json-value.ts';
import { noteOfOrigin, summarize } from '../cloudtrail/summary.ts';
import { type IdentityAnswer, identityCard } from '../cloudtrail/user-identity.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells } from '../text/width.ts';
import { wrapWords } from '../text/wrap.ts';

export type HeadLine = {
  readonly kind: 'note' | 'error' | 'sentence' | 'yes' | 'no' | 'not stated' | 'answer' | 'blank';
  /** Sanitised, and no wider than the pane. */
  readonly text: string;
};

/** Of an event with a note, here and in the list. */
export const NOTE_SIGN = '✎';

const BLANK: HeadLine = { kind: 'blank', text: '' };
const ANSWER_WIDTH = 12;
const ANSWER_INDENT = ' '.repeat(ANSWER_WIDTH);
/** More of a value is of no use in a pane; a message may be megabytes long. */
const MAX_UNITS = 4000;

/** `treeLines`: rows of the tree that can be seen; what they leave of the pane the head may have beyond its half. `news`:
 *  what is new about the event among those that are loaded. */
export function detailHead(
  record: unknown,
  width: number,
  paneHeight: number,
  treeLines: number = paneHeight,
  note: string = '',
  news: string = '',
): readonly HeadLine[] {
  if (width <= 0 || paneHeight <= 1) return [];
  const room = Math.max(1, Math.floor(paneHeight / 2), paneHeight - treeLines);
  const error = errorText(record);
  const sentence = clean(summarize(record));
  const card = identityCard(record);
  const certain = card.filter(({ answer }) => answer === 'yes');
  const origin = originLines(record, width);
  const top = (errorLines: number, sentenceRows: number) => [
    ...noteLines(note, width, Math.max(1, errorLines)),
    ...error.lines(width, errorLines),
    ...sentenceLines(sentence, width, sentenceRows),
    ...(sentenceRows > 1 ? newsLines(news, width) : []),
    ...origin,
  ];
  const versions = [
    () => [...top(4, 4), BLANK, ...fullCard(card, width), BLANK],
    () => [...top(2, 3), ...shortCard(card, width, 3), BLANK],
    () => [...top(2, 3), ...shortCard(card, width, 1), BLANK],
    () => [...top(2, 2), ...shortCard(certain, width, 3)],
    () => [...top(2, 2), ...shortCard(certain, width, 1)],
    () => [...top(1, 2), ...shortCard(certain, width, 1)],
    () => top(1, 2),
    () => top(0, 1),
  ];
  for (const version of versions) {
    const lines = version();
    if (lines.length <= room) return lines;
  }
  return sentenceLines(sentence, width, 1);
}

/** What the person wrote about the event themselves. */
function noteLines(note: string, width: number, maxLines: number): readonly HeadLine[] {
  if (note === '') return [];
  return wrapWords(clean(`${NOTE_SIGN} ${note}`), width, maxLines).map((text) => ({ kind: 'note', text }));
}

function newsLines(news: string, width: number): readonly HeadLine[] {
  return wrapWords(clean(news), width, 2).map((text) => ({ kind: 'answer', text }));
}

function originLines(record: unknown, width: number): readonly HeadLine[] {
  return wrapWords(noteOfOrigin(record), width, 2).map((text) => ({ kind: 'not stated', text }));
}

function errorText(record: unknown): { lines: (width: number, maxLines: number) => readonly HeadLine[] } {
  const { errorCode, errorMessage } = isObject(record) ? record : {};
  const text = [textOf(errorCode), textOf(errorMessage)].filter((part) => part !== '').join(': ');
  return {
    lines: (width, maxLines) => wrapWords(clean(text), width, maxLines).map((line) => ({ kind: 'error', text: line })),
  };
}

function sentenceLines(sentence: string, width: number, maxLines: number): readonly HeadLine[] {
  return wrapWords(sentence, width, maxLines).map((text) => ({ kind: 'sentence', text }));
}

function fullCard(card: readonly IdentityAnswer[], width: number): readonly HeadLine[] {
  return card.flatMap(({ question, answer, details }): readonly HeadLine[] => {
    const [first = '', ...rest] = wrapWords(question, width - ANSWER_WIDTH, 4);
    return [
      { kind: answer, text: cutCells(`${answer.padEnd(ANSWER_WIDTH)}${first}`, width) },
      ...rest.map((text): HeadLine => ({ kind: answer, text: ANSWER_INDENT + text })),
      ...wrapWords(clean(details.join(' · ')), width - ANSWER_WIDTH, 8).map(
        (text): HeadLine => ({ kind: 'answer', text: ANSWER_INDENT + text }),
      ),
    ];
  });
}

/** `Role session: yes · Admin/alice · without MFA · key ASIA…`, on one line each or wrapped. */
function shortCard(card: readonly IdentityAnswer[], width: number, maxLines: number): readonly HeadLine[] {
  return card.flatMap(({ short, answer, brief }) => {
    const text = `${short}: ${[answer, ...brief].join(' · ')}`;
    return wrapWords(clean(text), width, maxLines).map((line): HeadLine => ({ kind: answer, text: line }));
  });
}

function clean(text: string): string {
  return sanitize(text.slice(0, MAX_UNITS));
}
