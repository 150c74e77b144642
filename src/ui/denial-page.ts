// `b`: why the selected event was denied. Where EC2 has only an encoded message, STS is asked what it says, by a profile
// of the account that was denied; where nobody can be asked, the page has the command that asks.

import { decodedLines, prettyMessage } from '../cloudtrail/decoded-message.ts';
import { denialLines, encodedMessageOf, isEncodedMessageCut } from '../cloudtrail/denial-lines.ts';
import { firstText, objectOf, textOf } from '../cloudtrail/json-value.ts';
import type { LabelLine } from '../cloudtrail/label-line.ts';
import { shellQuote } from '../export/reproduce-command.ts';
import { FaultError } from '../sources/aws/fault.ts';
import type { EncodedMessage } from '../sources/live-source.ts';
import { openText, type TextLine, type TextPanel } from '../state/text-panel.ts';
import type { Explorer } from './explorer.ts';
import { messageOf } from './fetcher.ts';
import { selectedRecord } from './selected-record.ts';

const TITLE = 'Why it was denied';
const BLANK: TextLine = { tone: 'plain', text: '' };
const INDENT = 2;
/** How soon a page that was left is noticed. */
const WATCH_MS = 50;

/** Opens the page, or says why there is none. */
export async function openDenial(explorer: Explorer): Promise<void> {
  const selected = await selectedRecord(explorer);
  if (selected === null || explorer.isClosed) return;
  const { record } = selected;
  const lines = denialLines(record, '');
  if (lines.length === 0) {
    explorer.dispatch({ kind: 'said', text: 'this event was not denied' });
    return;
  }
  const message = textOf(objectOf(record).errorMessage);
  const top = [...labelled(lines), ...(message === '' ? [] : [BLANK, title('The message'), indented(message)])];
  const text = encodedMessageOf(record);
  if (text === null) {
    const note = isEncodedMessageCut(record) ? [BLANK, warning(CUT)] : [];
    show(explorer, openText(TITLE, [...top, ...note], message === '' ? null : { what: 'the message', text: message }));
    return;
  }
  // Keys do not wait for AWS.
  void showDecoded(explorer, labelled(lines), encodedOf(record, text));
}

const CUT =
  'The encoded message is cut off at the end: CloudTrail keeps the first 1 KB of a message. It cannot be decoded.';

async function showDecoded(explorer: Explorer, top: readonly TextLine[], message: EncodedMessage): Promise<void> {
  const { live } = explorer;
  if (live === null) {
    const why =
      'STS can decode the message. trailx asks it while it shows an account’s event history; of files, this command does:';
    show(explorer, commandPage(explorer, top, message, why));
    return;
  }
  const waiting = openText(TITLE, [...top, BLANK, { tone: 'quiet', text: 'asking STS what the message says…' }]);
  show(explorer, waiting);
  // Scrolling makes another panel of the same lines.
  const isOpen = () => explorer.state.panel?.kind === 'text' && explorer.state.panel.lines === waiting.lines;
  const abort = new AbortController();
  const watch = setInterval(() => {
    if (explorer.isClosed || !isOpen()) abort.abort();
  }, WATCH_MS);
  try {
    const json = await live.source.decodeMessage(message, abort.signal);
    if (!isOpen()) return;
    const accounts = message.accounts.join(' or ') || 'that is not stated';
    const why = `None of the chosen profiles is of account ${accounts}, and no other account can decode it. With a profile of it:`;
    show(explorer, json === null ? commandPage(explorer, top, message, why) : decodedPage(top, json));
  } catch (error) {
    if (explorer.isClosed || !isOpen()) return;
    if (error instanceof FaultError && error.fault.name === NOT_READABLE)
      show(explorer, unreadPage(explorer, top, message, error));
    else show(explorer, commandPage(explorer, top, message, `${faultText(error)}. The command that asks:`));
  } finally {
    clearInterval(watch);
  }
}

function decodedPage(top: readonly TextLine[], json: string): TextPanel {
  const pretty = prettyMessage(json);
  const read = decodedLines(json);
  const reading = read.length === 0 ? [] : [BLANK, title('What the message says'), ...labelled(read)];
  const body = pretty.split('\n').map((text): TextLine => {
    const start = text.trimStart();
    return { tone: 'strong', text: start, depth: (text.length - start.length) / INDENT + 1 };
  });
  return openText(TITLE, [...top, ...reading, BLANK, title('Decoded by STS'), ...body], {
    what: 'the decoded message',
    text: pretty,
  });
}

/** STS's name for a message that is cut, or of another account. */
const NOT_READABLE = 'InvalidAuthorizationMessageException';

/** STS has answered, so nothing is wanting but another account to ask in. */
function unreadPage(
  explorer: Explorer,
  top: readonly TextLine[],
  message: EncodedMessage,
  error: FaultError,
): TextPanel {
  const lanes = explorer.state.live?.lanes ?? [];
  const asked = message.accounts.find((id) => lanes.some(({ account }) => account === id));
  const accounts = message.accounts.filter((id) => id !== asked);
  const where =
    accounts.length === 0
      ? `It was asked in account ${asked ?? '(not stated)'}, the only one that the record names`
      : `Only the account of the call can decode it: ask in account ${accounts.join(' or ')}, with a profile of it`;
  const why = `${faultText(error)}. ${where}. The command that asks:`;
  return commandPage(explorer, top, { ...message, accounts }, why, false);
}

function commandPage(
  explorer: Explorer,
  top: readonly TextLine[],
  message: EncodedMessage,
  why: string,
  hasNeeds = true,
): TextPanel {
  const lane = explorer.state.live?.lanes.find(({ account }) => account !== null && message.accounts.includes(account));
  const command = decodeCommand(message, lane?.profile ?? null);
  const needs = `It needs the permission sts:DecodeAuthorizationMessage in account ${message.accounts.join(' or ') || '(not stated)'}.`;
  return openText(
    TITLE,
    [
      ...top,
      BLANK,
      warning(why),
      BLANK,
      { tone: 'strong', text: command, depth: 1 },
      ...(hasNeeds ? [BLANK, { tone: 'quiet', text: needs } as const] : []),
    ],
    { what: 'the command', text: command },
  );
}

/** `profile` null: the environment's, or not known. */
export function decodeCommand({ text, region }: EncodedMessage, profile: string | null): string {
  const words = ['aws', 'sts', 'decode-authorization-message'];
  if (profile !== null) words.push('--profile', shellQuote(profile));
  // A record can hold anything; a Region is this.
  if (/^[a-z0-9-]{1,32}$/.test(region)) words.push('--region', region);
  words.push('--query', 'DecodedMessage', '--output', 'text', '--encoded-message', shellQuote(text));
  return words.join(' ');
}

/** The caller's account first: it is the one whose policies were asked. */
function encodedOf(record: unknown, text: string): EncodedMessage {
  const { recipientAccountId, userIdentity, awsRegion } = objectOf(record);
  const accounts = [objectOf(userIdentity).accountId, recipientAccountId].map((account) => firstText(account));
  return { text, region: firstText(awsRegion), accounts: [...new Set(accounts)].filter((id) => /^\d{12}$/.test(id)) };
}

function show(explorer: Explorer, panel: TextPanel): void {
  if (!explorer.isClosed) explorer.dispatch({ kind: 'panelOpened', panel });
}

function faultText(error: unknown): string {
  if (!(error instanceof FaultError)) return messageOf(error);
  const { message, next } = error.fault;
  return next === null ? message : `${message} (${next})`;
}

function labelled(lines: readonly LabelLine[]): readonly TextLine[] {
  const width = Math.max(...lines.map(({ label }) => label.length));
  return lines.map(
    ({ label, text }, i): TextLine => ({ tone: i === 0 ? 'accent' : 'plain', text: `${label.padEnd(width)}  ${text}` }),
  );
}

function title(text: string): TextLine {
  return { tone: 'title', text };
}

function warning(text: string): TextLine {
  return { tone: 'warning', text };
}

function indented(text: string): TextLine {
  return { tone: 'plain', text, depth: 1 };
}
