// From what the terminal sends to named keys. A chunk of input is not a key: three quick j's arrive as one
// chunk, a paste as many, an arrow key as an escape sequence that may be torn in two, and a lone Esc looks
// like the beginning of one. All of that is settled here, before any key has a meaning.
//
// Sequences: CSI and SS3 as xterm, VTE, rxvt, the Linux console and PuTTY send them, kitty's CSI u, SGR
// mouse reports, bracketed paste, and the terminal's answers to questions (OSC, DCS), which must never be
// taken for typing. A sequence that is not known is dropped whole, for its letters would be commands.
//
// https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
// https://sw.kovidgoyal.net/kitty/keyboard-protocol/

import { namedKey, unnamedKey } from './key-names.ts';
import { type MouseInput, parseMouse } from './mouse.ts';

export type Keypress = {
  /** `j` `J` `/` `ctrl+d` `alt+x` `shift+tab` `up` `pageDown` `enter` `escape` `backspace` `space` `f1`;
   *  `paste`, `mouse`, `focusIn`, `focusOut`, `reply`. Modifiers in the order ctrl, alt, shift. */
  readonly name: string;
  /** What it would type: one grapheme, a paste's content (line ends as \n), a reply's sequence, else ''. */
  readonly text: string;
  readonly mouse?: MouseInput;
};

export type KeypressParser = {
  /** The keys that are complete with this chunk; the beginning of a sequence is kept for the next one. */
  push(data: string): readonly Keypress[];
  /** Takes what is kept for what it is if nothing follows: a lone Esc, Alt-[ or Alt-O. Call it when nothing
   *  has come for ESCAPE_DELAY_MS after a push that left something waiting. */
  flush(): readonly Keypress[];
  /** True while a lone Esc may be waiting: the time to set the timer for `flush`. */
  isWaiting(): boolean;
};

/** The bytes of one key arrive together, except over very bad lines. */
export const ESCAPE_DELAY_MS = 25;

const ESC = '\u001b';
const PASTE_START = `${ESC}[200~`;
const PASTE_END = `${ESC}[201~`;
/** A paste longer than this comes in parts, and an answer longer than this is none. */
const MAX_PASTE_UNITS = 1 << 20;
const MAX_REPLY_UNITS = 4096;
const SEGMENTER = new Intl.Segmenter();

/** All keys of a whole input, taking its end as final. */
export function splitInput(data: string): readonly Keypress[] {
  const parser = createKeypressParser();
  return [...parser.push(data), ...parser.flush()];
}

export function createKeypressParser(): KeypressParser {
  let pending = '';
  /** The content so far of a paste that has not ended; null outside. */
  let paste: string | null = null;

  function push(data: string): readonly Keypress[] {
    const keys: Keypress[] = [];
    let input = pending + data;
    pending = '';
    // Should a terminal never end a paste, Ctrl-C must still work.
    if (paste !== null && data === '\u0003') {
      endPaste(keys, paste + input.slice(0, -1));
      input = data;
    }
    let at = 0;
    while (at < input.length) {
      if (paste !== null) {
        at = continuePaste(keys, input, at);
        continue;
      }
      const escapeAt = input.indexOf(ESC, at);
      const textEnd = escapeAt < 0 ? input.length : escapeAt;
      if (textEnd > at) {
        const end = escapeAt < 0 ? withoutTornPair(input, textEnd) : textEnd;
        pushText(keys, input.slice(at, end));
        if (end < textEnd) pending = input.slice(end);
        at = textEnd;
        continue;
      }
      const end = sequenceEnd(input, at);
      if (end < 0) {
        pending = input.slice(at);
        break;
      }
      const sequence = input.slice(at, end);
      if (sequence === PASTE_START) paste = '';
      else pushSequence(keys, sequence);
      at = end;
    }
    return keys;
  }

  function continuePaste(keys: Keypress[], input: string, at: number): number {
    const end = input.indexOf(PASTE_END, at);
    if (end >= 0) {
      endPaste(keys, (paste ?? '') + input.slice(at, end));
      return end + PASTE_END.length;
    }
    // The end mark itself may be torn between two chunks.
    const kept = tornEnd(input, PASTE_END);
    paste = (paste ?? '') + input.slice(at, input.length - kept);
    pending = input.slice(input.length - kept);
    if (paste.length > MAX_PASTE_UNITS) {
      endPaste(keys, paste);
      paste = '';
    }
    return input.length;
  }

  function endPaste(keys: Keypress[], content: string): void {
    paste = null;
    if (content !== '') keys.push({ name: 'paste', text: content.replace(/\r\n?/g, '\n') });
  }

  function isWaiting(): boolean {
    return paste === null && (pending === ESC || pending === `${ESC}${ESC}` || /^.[[\]OPX^_]$/s.test(pending));
  }

  function flush(): readonly Keypress[] {
    // The rest of a longer sequence will still come, and must not be read as typing.
    if (!isWaiting()) return [];
    const keys: Keypress[] = [];
    if (pending.length === 2) pushSequence(keys, pending);
    else keys.push({ name: 'escape', text: '' });
    pending = '';
    return keys;
  }

  return { push, flush, isWaiting };
}

/** Where the sequence that begins at `at` ends; -1 if its end has not come yet. */
function sequenceEnd(input: string, at: number): number {
  const second = input[at + 1];
  if (second === undefined) return -1;
  switch (second) {
    case '[':
      return csiEnd(input, at + 2);
    case 'O':
      return ss3End(input, at + 2);
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_':
      return stringEnd(input, at + 2, second === ']');
    case ESC:
      return doubleEscapeEnd(input, at);
  }
  return at + 1 + firstGrapheme(input, at + 1).length;
}

/** Alt with an arrow key is ESC before the arrow's sequence (rxvt); otherwise two Esc are two Esc. */
function doubleEscapeEnd(input: string, at: number): number {
  const third = input[at + 2];
  if (third === undefined) return -1;
  if (third === 'O') return ss3End(input, at + 3);
  // ESC before a paste, a mouse report or an answer is a lone Esc before it.
  const isKey = third === '[' && !/^(?:[<?M]|20[01]~)/.test(input.slice(at + 3, at + 7));
  return isKey ? csiEnd(input, at + 3) : at + 1;
}

/** CSI: parameters, intermediates, one final. What cannot belong to it ends it. */
function csiEnd(input: string, from: number): number {
  // The Linux console's F1 to F5: CSI [ A; the old mouse report: CSI M and three characters.
  if (input[from] === '[') return input.length > from + 1 ? from + 2 : -1;
  if (input[from] === 'M') return oldMouseEnd(input, from + 1);
  for (let at = from; at < input.length; at++) {
    const code = input.charCodeAt(at);
    // rxvt ends keys with Shift in $, which elsewhere comes before a final.
    if (code === 0x24 && at === from + 1 && /[2-8]/.test(input.charAt(from))) return at + 1;
    if (code >= 0x40 && code <= 0x7e) return at + 1;
    if (code < 0x20 || code > 0x3f || at - from > MAX_REPLY_UNITS) return at;
  }
  return -1;
}

/** Three characters from space on; a control character (Ctrl-C, say) is not among them. */
function oldMouseEnd(input: string, from: number): number {
  for (let at = from; at < from + 3; at++) {
    if (at >= input.length) return -1;
    if (input.charCodeAt(at) < 0x20) return at;
  }
  return from + 3;
}

function ss3End(input: string, from: number): number {
  for (let at = from; at < input.length; at++) {
    const character = input.charAt(at);
    if (/[0-9;]/.test(character)) continue;
    return /[\x40-\x7e]/.test(character) ? at + 1 : at;
  }
  return -1;
}

/** OSC, DCS, APC …: up to ST (ESC \), or BEL for OSC. Another ESC, Ctrl-C or too great a length breaks it
 *  off, so that no lost end can swallow what is typed. */
function stringEnd(input: string, from: number, isOsc: boolean): number {
  for (let at = from; at < input.length; at++) {
    const character = input[at];
    if (character === '\u0007' && isOsc) return at + 1;
    if (character === '\u0003' || character === '\u0018' || character === '\u001a') return at;
    if (character === ESC) {
      if (at + 1 === input.length) return -1;
      return input[at + 1] === '\\' ? at + 2 : at;
    }
    if (at - from > MAX_REPLY_UNITS) return at;
  }
  return -1;
}

function pushSequence(keys: Keypress[], sequence: string): void {
  if (sequence === ESC) {
    keys.push({ name: 'escape', text: '' });
    return;
  }
  if (sequence === `${ESC}${ESC}`) {
    keys.push({ name: 'escape', text: '' }, { name: 'escape', text: '' });
    return;
  }
  const second = sequence.charAt(1);
  if (sequence.length > 2 && ']PX^_'.includes(second)) {
    keys.push({ name: 'reply', text: sequence });
    return;
  }
  const mouse = parseMouse(sequence);
  if (mouse !== undefined) {
    keys.push({ name: 'mouse', text: '', mouse });
    return;
  }
  const isControlSequence = sequence.length > 2 && (second === '[' || second === 'O' || second === ESC);
  const key = isControlSequence ? namedKey(sequence) : altKey(sequence.slice(1));
  if (key !== undefined) keys.push(key);
}

function altKey(text: string): Keypress | undefined {
  const key = unnamedKey(text);
  if (key === undefined) return undefined;
  return { name: key.name.startsWith('ctrl+') ? `ctrl+alt+${key.name.slice(5)}` : `alt+${key.name}`, text: '' };
}

function pushText(keys: Keypress[], text: string): void {
  for (const { segment } of SEGMENTER.segment(text)) {
    const key = unnamedKey(segment);
    if (key !== undefined) keys.push(key);
  }
}

function firstGrapheme(input: string, at: number): string {
  const code = input.charCodeAt(at);
  if (code < 0x80) return input.charAt(at);
  // Bounded: what follows may be a whole paste.
  for (const { segment } of SEGMENTER.segment(input.slice(at, at + 64))) return segment;
  return '';
}

/** Half a surrogate pair at the very end waits for its other half. */
function withoutTornPair(input: string, end: number): number {
  return (input.charCodeAt(end - 1) & 0xfc00) === 0xd800 ? end - 1 : end;
}

/** How many units at the end of `input` may be the beginning of `mark`. */
function tornEnd(input: string, mark: string): number {
  for (let length = Math.min(mark.length - 1, input.length); length > 0; length--) {
    if (input.endsWith(mark.slice(0, length))) return length;
  }
  return 0;
}
