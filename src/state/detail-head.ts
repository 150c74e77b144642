// What stands above the tree: the error, the sentence, and the identity card that answers the four questions. It gives
// way to the tree: of three versions the fullest that leaves the tree its half of the pane is taken.

import { isObject, textOf } from '../cloudtrail/json-value.ts';
import { summarize } from '../cloudtrail/summary.ts';
import { type IdentityAnswer, identityCard } from '../cloudtrail/user-identity.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells } from '../text/width.ts';
import { wrapWords } from '../text/wrap.ts';

export type HeadLine = {
  readonly kind: 'error' | 'sentence' | 'yes' | 'no' | 'not stated' | 'answer' | 'blank';
  /** Sanitised, and no wider than the pane. */
  readonly text: string;
};

const BLANK: HeadLine = { kind: 'blank', text: '' };
const ANSWER_WIDTH = 12;
/** More of a value is of no use in a pane; a message may be megabytes long. */
const MAX_UNITS = 4000;

export function detailHead(record: unknown, width: number, paneHeight: number): readonly HeadLine[] {
  if (width <= 0 || paneHeight <= 1) return [];
  const room = Math.max(1, Math.floor(paneHeight / 2));
  const error = errorText(record);
  const sentence = clean(summarize(record));
  const card = identityCard(record);
  const versions = [
    () => [...error.lines(width, 4), ...sentenceLines(sentence, width, 4), BLANK, ...fullCard(card, width), BLANK],
    () => [...error.lines(width, 2), ...sentenceLines(sentence, width, 3), ...shortCard(card, width), BLANK],
    () => [...error.lines(width, 2), ...sentenceLines(sentence, width, 2), ...shortCard(card.filter(isYes), width)],
    () => [...error.lines(width, 1), ...sentenceLines(sentence, width, 2)],
  ];
  for (const version of versions) {
    const lines = version();
    if (lines.length <= room) return lines;
  }
  return sentenceLines(sentence, width, 1);
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
  return card.flatMap(({ question, answer, details }): readonly HeadLine[] => [
    { kind: answer, text: cutCells(`${answer.padEnd(ANSWER_WIDTH)}${question}`, width) },
    ...wrapWords(clean(details.join(' · ')), width - ANSWER_WIDTH, 4).map(
      (text): HeadLine => ({ kind: 'answer', text: `${' '.repeat(ANSWER_WIDTH)}${text}` }),
    ),
  ]);
}

function shortCard(card: readonly IdentityAnswer[], width: number): readonly HeadLine[] {
  return card.map(({ question, answer, details }) => ({
    kind: answer,
    text: cutCells(
      `${answer.padEnd(ANSWER_WIDTH)}${details.length === 0 ? question : clean(details.join(' · '))}`,
      width,
    ),
  }));
}

function isYes({ answer }: IdentityAnswer): boolean {
  return answer === 'yes';
}

function clean(text: string): string {
  return sanitize(text.slice(0, MAX_UNITS));
}
