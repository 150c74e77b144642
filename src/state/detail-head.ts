// What stands above the tree: the error and why it was denied, the sentence, what this kind of event tells besides, who
// stands behind whom, and the identity card that answers the four questions. It gives way to the tree: of several
// versions the fullest that leaves the tree half of the pane, or all it needs, is taken.

import { denialLines, tellAll } from '../cloudtrail/denial-lines.ts';
import { hasCaller, kindLines } from '../cloudtrail/event-summary.ts';
import { identityCard } from '../cloudtrail/identity-card.ts';
import { isObject, objectOf, textOf } from '../cloudtrail/json-value.ts';
import type { LabelLine } from '../cloudtrail/label-line.ts';
import { noteOfOrigin, sentenceOf } from '../cloudtrail/summary.ts';
import { wrapWords } from '../text/wrap.ts';
import { chainLines, fullCard, shortCard } from './detail-card.ts';
import { fitSentence } from './fit-sentence.ts';
import { BLANK, clean, type HeadLine, NOTE_SIGN } from './head-line.ts';

/** What is known of an event beside its record. */
export type HeadNotes = {
  /** The person's own, to this event. */
  readonly note: string;
  /** What is new about the event among those that are loaded. */
  readonly news: string;
  /** TrailEvent.person; '' where nobody is known. */
  readonly person: string;
};

const NO_NOTES: HeadNotes = { note: '', news: '', person: '' };

/** How much of each part a version shows, in lines. */
type Parts = {
  readonly error: number;
  readonly denial: number;
  readonly sentence: number;
  readonly kind: number;
  readonly chain: number;
  /** `certain`: only the answers that are "yes". */
  readonly card: 'with evidence' | 'full' | 'short' | 'certain' | 'none';
  /** Lines of each answer of a short card. */
  readonly answer: number;
};

const FULL: Parts = { error: 4, denial: 8, sentence: 4, kind: 30, chain: 4, card: 'with evidence', answer: 8 };
const SHORT: Parts = { error: 2, denial: 5, sentence: 3, kind: 12, chain: 2, card: 'short', answer: 3 };
const CERTAIN: Parts = { error: 2, denial: 1, sentence: 3, kind: 3, chain: 1, card: 'certain', answer: 3 };
const VERSIONS: readonly Parts[] = [
  FULL,
  { ...FULL, card: 'full' },
  SHORT,
  { ...SHORT, kind: 4, chain: 1, answer: 1 },
  { ...CERTAIN, denial: 3, kind: 4 },
  CERTAIN,
  { ...CERTAIN, sentence: 2 },
  { ...CERTAIN, sentence: 2, kind: 2, answer: 1 },
  { ...CERTAIN, sentence: 2, kind: 1, answer: 1, error: 1 },
  { ...CERTAIN, sentence: 2, kind: 1, chain: 0, answer: 1, error: 1 },
  { ...CERTAIN, sentence: 2, kind: 0, chain: 0, card: 'none', error: 1, denial: 0 },
  { ...CERTAIN, kind: 0, chain: 0, card: 'none', error: 0, denial: 0, sentence: 1 },
];

/** `treeLines`: rows of the tree that can be seen; what they leave of the pane the head may have beyond its half. */
export function detailHead(
  record: unknown,
  width: number,
  paneHeight: number,
  treeLines: number = paneHeight,
  notes: Partial<HeadNotes> = NO_NOTES,
): readonly HeadLine[] {
  if (width <= 0 || paneHeight <= 1) return [];
  const room = Math.max(1, Math.floor(paneHeight / 2), paneHeight - treeLines);
  const all = { ...NO_NOTES, ...notes };
  const compose = composer(record, width, all);
  for (const version of VERSIONS) {
    const lines = compose(version);
    if (lines.length <= room) return lines;
  }
  return sentenceLines(fitSentence(sentenceOf(record, all.person), width, 1));
}

/** What does not change from version to version is worked out once. */
function composer(
  record: unknown,
  width: number,
  { note, news, person }: HeadNotes,
): (parts: Parts) => readonly HeadLine[] {
  const sentence = sentenceOf(record, person);
  const fitted = new Map<number, readonly string[]>();
  const sentenceIn = (maxLines: number): readonly string[] => {
    const lines = fitted.get(maxLines) ?? fitSentence(sentence, width, maxLines);
    fitted.set(maxLines, lines);
    return lines;
  };
  const denial = denialLines(record);
  // The message says no more than these lines, in many more words; the tree has it whole.
  const error = tellAll(denial) ? '' : errorText(record);
  const kind = kindLines(record);
  const isSomebodys = hasCaller(record);
  const card = isSomebodys ? identityCard(record) : [];
  const yes = card.filter(({ answer }) => answer === 'yes');
  // Of a sign-in that failed, whom it claims to be.
  const certain = yes.length > 0 ? yes : card.filter(({ answer, brief }) => answer !== 'no' && brief.length > 0);
  const origin = originLines(record, width);
  const caller = textOf(objectOf(objectOf(record).userIdentity).arn);
  // What is not told beside it; the sentence ends with the reason.
  const denialOf = (parts: Parts): readonly LabelLine[] => {
    if (parts.denial >= FULL.denial) return denial;
    const told = sentenceIn(parts.sentence).join(' ');
    return denial.filter(({ label, text }) => {
      if (label === 'principal' && text === caller) return false;
      return !told.includes(clean(text));
    });
  };
  const cardLines = (parts: Parts): readonly HeadLine[] => {
    switch (parts.card) {
      case 'with evidence':
      case 'full':
        return [...fullCard(card, width, parts.card === 'with evidence'), BLANK];
      case 'short':
        return [...shortCard(card, width, parts.answer), BLANK];
      case 'certain':
        return shortCard(certain, width, parts.answer);
      case 'none':
        return [];
    }
  };
  return (parts) => [
    ...noteLines(note, width, Math.max(1, parts.error)),
    ...wrapped('error', error, width, parts.error),
    ...labelLines('denial', denialOf(parts), width, parts.denial),
    ...sentenceLines(sentenceIn(parts.sentence)),
    ...(parts.sentence > 1
      ? [...newsLines(news, width, parts.sentence > 2 ? 2 : 1), ...personLines(record, person, width)]
      : []),
    ...origin,
    ...(parts.card === 'with evidence' || parts.card === 'full' ? [BLANK] : []),
    ...labelLines('answer', kind, width, parts.kind),
    ...(isSomebodys ? chainLines(record, person, width, parts.chain) : []),
    ...(isSomebodys ? cardLines(parts) : parts.chain > 1 ? [BLANK] : []),
  ];
}

/** What the person wrote about the event themselves. */
function noteLines(note: string, width: number, maxLines: number): readonly HeadLine[] {
  if (note === '') return [];
  return wrapWords(clean(`${NOTE_SIGN} ${note}`), width, maxLines).map((text) => ({ kind: 'note', text }));
}

function newsLines(news: string, width: number, maxLines: number): readonly HeadLine[] {
  return wrapWords(clean(news), width, maxLines).map((text) => ({ kind: 'answer', text }));
}

function originLines(record: unknown, width: number): readonly HeadLine[] {
  return wrapWords(noteOfOrigin(record), width, 2).map((text) => ({ kind: 'not stated', text }));
}

function errorText(record: unknown): string {
  const { errorCode, errorMessage } = isObject(record) ? record : {};
  return clean([textOf(errorCode), textOf(errorMessage)].filter((part) => part !== '').join(': '));
}

function sentenceLines(lines: readonly string[]): readonly HeadLine[] {
  return lines.filter((text) => text !== '').map((text) => ({ kind: 'sentence', text }));
}

/** `policy: arn:…`, one after the other until `maxLines` are full. */
function labelLines(
  kind: HeadLine['kind'],
  lines: readonly LabelLine[],
  width: number,
  maxLines: number,
): readonly HeadLine[] {
  const most = maxLines > lines.length ? 2 : 1;
  return lines.flatMap(({ label, text }) => wrapped(kind, clean(`${label}: ${text}`), width, most)).slice(0, maxLines);
}

/** The person that the record's own names do not tell. */
function personLines(record: unknown, person: string, width: number): readonly HeadLine[] {
  if (person === '') return [];
  return wrapped('answer', clean(`person: ${person}, ${howPersonIsKnown(record)}`), width, 2);
}

export function howPersonIsKnown(record: unknown): string {
  const { userId } = objectOf(objectOf(objectOf(record).userIdentity).onBehalfOf);
  return textOf(userId) === ''
    ? 'by the calls that began this session (s shows them)'
    : `as the Identity Center user ${textOf(userId)} is called`;
}

function wrapped(kind: HeadLine['kind'], text: string, width: number, maxLines: number): readonly HeadLine[] {
  return text === '' || maxLines <= 0 ? [] : wrapWords(text, width, maxLines).map((line) => ({ kind, text: line }));
}
