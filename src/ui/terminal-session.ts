// Borrowing the terminal and giving it back.
//
// Ink owns the alternate screen and the cursor; this owns everything else that must be undone: raw mode, autowrap
// (off, because width tables disagree on some emoji and an overlong line would push the rest of the screen down),
// mouse reports and bracketed paste. Whatever way the program ends, `release` runs; it is idempotent, and what it does
// is done when it returns, for writes to a terminal are synchronous: it may be called while the process exits.

import type { ReadStream, WriteStream } from 'node:tty';

const ESC = '\u001b';
const WRAP_OFF = `${ESC}[?7l`;
const WRAP_ON = `${ESC}[?7h`;
// Also while a button is held down: dragging over the histogram chooses a range.
const MOUSE_ON = `${ESC}[?1000h${ESC}[?1002h${ESC}[?1006h`;
const MOUSE_OFF = `${ESC}[?1006l${ESC}[?1002l${ESC}[?1000l`;
const PASTE_ON = `${ESC}[?2004h`;
const PASTE_OFF = `${ESC}[?2004l`;

/** Home and erase all: before a frame that must not trust what is on the screen. */
export const ERASE_SCREEN = `${ESC}[H${ESC}[2J`;

/** Synchronized output: what follows is shown at once, when Ink ends its frame. */
export const BEGIN_FRAME = `${ESC}[?2026h`;

/** What is needed of a terminal; tests pass streams of their own. */
export type TerminalInput = NodeJS.ReadableStream & Partial<Pick<ReadStream, 'setRawMode' | 'isTTY' | 'ref' | 'unref'>>;
export type TerminalOutput = NodeJS.WritableStream & Partial<Pick<WriteStream, 'columns' | 'rows' | 'isTTY'>>;

export type TerminalSession = {
  /** Ends the echo of keys; call it before the first frame, which would begin behind what they wrote. */
  hush(): void;
  /** Takes the modes; call it after Ink has entered the alternate screen. */
  take(isMouseOn: boolean): void;
  /** Gives every mode back. Safe to call at any time and more than once. */
  release(): void;
  setMouse(isOn: boolean): void;
};

export function createTerminalSession(stdin: TerminalInput, stdout: TerminalOutput): TerminalSession {
  let isHushed = false;
  let isTaken = false;

  function write(text: string): void {
    try {
      stdout.write(text);
    } catch {
      // The terminal is gone: there is nothing left to restore.
    }
  }

  function setRawMode(isRaw: boolean): void {
    try {
      stdin.setRawMode?.(isRaw);
    } catch {
      // EIO after a hang-up.
    }
  }

  return {
    hush() {
      isHushed = true;
      setRawMode(true);
      write('\r');
    },
    take(isMouseOn) {
      if (isTaken) return;
      isTaken = true;
      setRawMode(true);
      write(WRAP_OFF + PASTE_ON + (isMouseOn ? MOUSE_ON : ''));
    },
    release() {
      if (!isTaken && !isHushed) return;
      if (isTaken) write(MOUSE_OFF + PASTE_OFF + WRAP_ON);
      isTaken = false;
      isHushed = false;
      setRawMode(false);
    },
    setMouse(isOn) {
      if (isTaken) write(isOn ? MOUSE_ON : MOUSE_OFF);
    },
  };
}
