// One row, one meaning: what an event did and how it ended, for the row's colour, letter and RESULT column.

import { DENIED_CODE_PATTERNS } from './denied.ts';
import { isDestructiveName, isReadName } from './event-verbs.ts';
import type { Cells } from './fields.ts';

export type OutcomeKind = 'failed' | 'destructive' | 'write' | 'privileged' | 'read';

export type Outcome = {
  readonly kind: OutcomeKind;
  /** One letter that says what the colour says: ! failed, D destructive, W write, * root or another account, R read,
   *  – none (an Insights event). */
  readonly letter: string;
  readonly isDenied: boolean;
  /** 'ok', 'denied', or the error code without EC2's Client. and Server. */
  readonly text: string;
};

const LETTERS: Readonly<Record<OutcomeKind, string>> = {
  failed: '!',
  destructive: 'D',
  write: 'W',
  privileged: '*',
  read: 'R',
};

const DENIED = new RegExp(`^(?:${DENIED_CODE_PATTERNS.join('|').replaceAll('*', '.*')})$`, 'is');

/** Whether an error code (or the message of an event without a code) says that permission was missing: the same
 *  answer as `error:denied` in the search language. */
export function isDeniedCode(code: string): boolean {
  return DENIED.test(code);
}

/** Failed comes before destructive, destructive before root or another account, that before a plain write or read:
 *  what a reader has to see first. */
export function outcomeOf(cells: Cells): Outcome {
  const isDenied = cells.error !== '' && isDeniedCode(cells.error);
  const kind = kindOf(cells);
  // Nobody's call, so that there is nothing that could have gone well.
  if (cells.category === 'Insight' && cells.error === '') return { kind, letter: '–', isDenied, text: '–' };
  return { kind, letter: LETTERS[kind], isDenied, text: resultText(cells.error, isDenied) };
}

function kindOf(cells: Cells): OutcomeKind {
  if (cells.error !== '') return 'failed';
  const isRead = isReadOnly(cells);
  if (!isRead && isDestructiveName(cells.name)) return 'destructive';
  if (isRoot(cells) || isCrossAccount(cells)) return 'privileged';
  return isRead ? 'read' : 'write';
}

/** readOnly where the record states it (true, or "true" as LookupEvents spells it), else what the name says. */
export function isReadOnly(cells: Pick<Cells, 'readOnly' | 'name'>): boolean {
  const stated = cells.readOnly.toLowerCase();
  if (stated === 'true') return true;
  return stated === 'false' ? false : isReadName(cells.name);
}

function isRoot(cells: Cells): boolean {
  return cells.type === 'Root' || cells.who === 'root';
}

/** The caller belongs to another account than the one that received the event. */
function isCrossAccount(cells: Cells): boolean {
  return cells.caller !== '' && cells.account !== '' && cells.caller !== cells.account && cells.type !== 'AWSService';
}

/** An errorCode is one word; a message standing in for one is not, and would not fit the column. */
export function resultText(error: string, isDenied: boolean): string {
  if (error === '') return 'ok';
  if (isDenied) return 'denied';
  return /\s/.test(error) ? 'failed' : error.replace(/^(?:Client|Server)\./, '');
}
