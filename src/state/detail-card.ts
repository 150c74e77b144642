// The identity card above the tree, and the line of who stands behind whom, as lines of the pane's width.

import type { IdentityAnswer } from '../cloudtrail/identity-card.ts';
import { CHOSEN, chainText, personChain } from '../cloudtrail/identity-chain.ts';
import type { Evidence } from '../cloudtrail/identity-facts.ts';
import { cutCells, widthCells } from '../text/width.ts';
import { wrapWords } from '../text/wrap.ts';
import { clean, type HeadLine } from './head-line.ts';

const ANSWER_WIDTH = 12;
const ANSWER_INDENT = ' '.repeat(ANSWER_WIDTH);
/** Between a question and what its answer rests on, where both have room on one line. */
const GAP = '   ';
/** A value is shown to be recognised; the tree has all of it. */
const MAX_EVIDENCE = 120;

/** `source identity ops-7731 (set when the session began) → alice? → role Admin`; nothing where one link is all there is, which the sentence has told
 *  already. With more than one line to it, a `?` is explained; with one, nothing is repeated that the sentence says. */
export function chainLines(record: unknown, person: string, width: number, maxLines: number): readonly HeadLine[] {
  const links = personChain(record, person);
  if (links.length < 2 || maxLines <= 0) return [];
  const whole = clean(chainText(links));
  const text = maxLines === 1 && widthCells(whole) > width ? clean(chainText(links, true)) : whole;
  const isHint = links.some((link) => link.isHint);
  if (maxLines === 1 && !isHint && links.every(({ kind }) => kind === 'person' || kind === 'role')) return [];
  const explained = isHint && maxLines > 1 ? `${text}   (${CHOSEN})` : text;
  return wrapWords(explained, width, maxLines).map((line) => ({ kind: 'answer', text: line }));
}

/** Each question with its answer, what it rests on beside it or (`withEvidence`) below, and what else is known. */
export function fullCard(card: readonly IdentityAnswer[], width: number, withEvidence: boolean): readonly HeadLine[] {
  return card.flatMap(({ question, answer, details, evidence }): readonly HeadLine[] => {
    const basis = evidenceText(evidence);
    const room = width - ANSWER_WIDTH;
    const isBeside = widthCells(question) + GAP.length + widthCells(basis) <= room;
    const [first = '', ...rest] = wrapWords(isBeside ? `${question}${GAP}${basis}`.trimEnd() : question, room, 4);
    const below = withEvidence && !isBeside ? wrapWords(basis, room, 2) : [];
    return [
      { kind: answer, text: cutCells(`${answer.padEnd(ANSWER_WIDTH)}${first}`, width) },
      ...rest.map((text): HeadLine => ({ kind: answer, text: ANSWER_INDENT + text })),
      ...below.map((text): HeadLine => ({ kind: 'evidence', text: ANSWER_INDENT + text })),
      ...wrapWords(clean(details.join(' · ')), room, 8).map(
        (text): HeadLine => ({ kind: 'answer', text: ANSWER_INDENT + text }),
      ),
    ];
  });
}

/** 'userIdentity.type = AssumedRole · userIdentity.onBehalfOf.userId = …'. */
function evidenceText(evidence: readonly Evidence[]): string {
  const parts = evidence.map(({ field, value }) => `${field} = ${cutCells(clean(value), MAX_EVIDENCE)}`);
  return parts.join(' · ');
}

/** `Role session: yes · Admin/alice · without MFA · key ASIA…`, on one line each or wrapped. */
export function shortCard(card: readonly IdentityAnswer[], width: number, maxLines: number): readonly HeadLine[] {
  return card.flatMap(({ short, answer, brief }) => {
    const text = `${short}: ${[answer, ...brief].join(' · ')}`;
    return wrapWords(clean(text), width, maxLines).map((line): HeadLine => ({ kind: answer, text: line }));
  });
}
