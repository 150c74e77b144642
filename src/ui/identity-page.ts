// `i`: who is behind the selected event, whole: what the detail pane has no room for on a small screen.

import { hasCaller } from '../cloudtrail/event-summary.ts';
import { type IdentityAnswer, identityCard } from '../cloudtrail/identity-card.ts';
import { CHOSEN, chainText, personChain } from '../cloudtrail/identity-chain.ts';
import { summarize } from '../cloudtrail/summary.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { howPersonIsKnown } from '../state/detail-head.ts';
import { openText, type TextLine, type TextPanel, type TextTone } from '../state/text-panel.ts';
import type { Explorer } from './explorer.ts';
import { selectedRecord } from './selected-record.ts';

const TITLE = 'Who is behind it';
const BLANK: TextLine = { tone: 'plain', text: '' };
const NO_CALLER = 'An event of this kind is about many calls, or about none: nobody called it.';
/** A message of megabytes is not read; the tree has all of it. */
const MAX_VALUE = 2000;

/** Opens the page. */
export async function openIdentity(explorer: Explorer): Promise<void> {
  const selected = await selectedRecord(explorer);
  if (selected === null || explorer.isClosed) return;
  explorer.dispatch({ kind: 'panelOpened', panel: identityPage(selected.event, selected.record) });
}

/** The sentence, the chain, and the four questions with what each answer rests on. */
export function identityPage(event: TrailEvent, record: unknown): TextPanel {
  const person = event.person ?? '';
  const top: readonly TextLine[] = [
    { tone: 'strong', text: summarize(record, person) },
    ...(person === '' ? [] : [plain(`person: ${person}, ${howPersonIsKnown(record)}`)]),
    BLANK,
  ];
  const lines = hasCaller(record)
    ? [...top, ...chainLines(record, person), ...identityCard(record).flatMap(answerLines)]
    : [...top, plain(NO_CALLER)];
  const text = lines.map((line) => '  '.repeat(line.depth ?? 0) + line.text).join('\n');
  return openText(TITLE, lines, { what: 'who is behind it', text: `${text.trimEnd()}\n` });
}

function chainLines(record: unknown, person: string): readonly TextLine[] {
  const links = personChain(record, person);
  if (links.length === 0) return [];
  const hint: readonly TextLine[] = links.some(({ isHint }) => isHint) ? [{ tone: 'quiet', text: CHOSEN }] : [];
  return [{ tone: 'accent', text: chainText(links) }, ...hint, BLANK];
}

const TONES: Readonly<Record<IdentityAnswer['answer'], TextTone>> = {
  yes: 'strong',
  no: 'quiet',
  'not stated': 'quiet',
};

function answerLines({ question, answer, details, evidence }: IdentityAnswer): readonly TextLine[] {
  return [
    { tone: TONES[answer], text: `${question} ${answer}` },
    ...details.map((text): TextLine => ({ tone: 'plain', text, depth: 1 })),
    ...evidence.map(
      ({ field, value }): TextLine => ({
        tone: 'quiet',
        text: `${field} = ${value.slice(0, MAX_VALUE)}`,
        depth: 1,
      }),
    ),
    BLANK,
  ];
}

function plain(text: string): TextLine {
  return { tone: 'plain', text };
}
