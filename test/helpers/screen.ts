// A terminal without a window: what a program writes goes in, what a person would see comes out.
// Both ways of running the program (a real one in a PTY, Ink in this process) write into one of these.

import xterm, { type Terminal } from '@xterm/headless';
import stringWidth from 'string-width';

/** What to wait for: a piece of text, a pattern, or any condition on the visible screen. */
export type Expected = string | RegExp | ((picture: string) => boolean);

/** A screen position, from 0. */
export type Position = { readonly column: number; readonly row: number };

/** A minute's worth of patience would hide a hang; a busy machine with two cores needs more than a second. */
const PATIENCE_MS = 15_000;

/** Private modes that a terminal has on before anybody asks: autowrap and the cursor. */
const MODES_AT_START = [7, 25];

/** The private mode in which a terminal holds its picture until the program has drawn the whole frame. */
const SYNCHRONIZED_UPDATE = 2026;

export class Screen {
  readonly terminal: Terminal;
  readonly #modes = new Set(MODES_AT_START);
  readonly #watchers = new Set<() => void>();

  constructor(columns: number, rows: number) {
    this.terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 });
    this.#widenCharacters();
    this.#followModes();
  }

  /** Resolves when the bytes have been drawn. Half a synchronized update is nothing that a person would see yet. */
  write(data: string | Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.terminal.write(data, () => {
        if (!this.#modes.has(SYNCHRONIZED_UPDATE)) for (const watcher of this.#watchers) watcher();
        resolve();
      });
    });
  }

  /** The visible rows, without the blanks at their ends. */
  lines(): string[] {
    const { active } = this.terminal.buffer;
    return Array.from({ length: this.terminal.rows }, (_, row) => {
      return active.getLine(active.viewportY + row)?.translateToString(true) ?? '';
    });
  }

  /** The visible screen as one text. */
  picture(): string {
    return this.lines().join('\n');
  }

  cursor(): Position {
    const { active } = this.terminal.buffer;
    return { column: active.cursorX, row: active.cursorY };
  }

  /** The private modes that are on: 25 cursor shown, 7 autowrap, 1000 and 1006 mouse, 1049 alternate screen, 2004 paste. */
  modes(): ReadonlySet<number> {
    return this.#modes;
  }

  isAlternate(): boolean {
    return this.terminal.buffer.active.type === 'alternate';
  }

  /**
   * Resolves with the picture as soon as the screen shows what is expected; looks after every write, never sleeps.
   * Rejects with a picture of the screen when patience ends, or when `aborted` says that nothing will change any more.
   */
  until(expected: Expected, patienceMs = PATIENCE_MS, aborted?: Promise<string>): Promise<string> {
    return new Promise((resolve, reject) => {
      const finish = () => {
        clearTimeout(timer);
        this.#watchers.delete(look);
      };
      const fail = (reason: string) => {
        finish();
        reject(new Error(`waited for ${describe(expected)}: ${reason}. The screen:\n${this.framed()}`));
      };
      const look = () => {
        const picture = this.picture();
        if (!isSeen(expected, picture)) return;
        finish();
        resolve(picture);
      };
      const timer = setTimeout(() => fail(`not seen within ${patienceMs} ms`), patienceMs);
      this.#watchers.add(look);
      look();
      aborted?.then((reason) => this.#watchers.has(look) && fail(reason));
    });
  }

  /** The picture with a frame, for messages. */
  framed(): string {
    const edge = '─'.repeat(this.terminal.cols);
    const rows = this.lines().map(
      (line) => `│${line}${' '.repeat(Math.max(0, this.terminal.cols - stringWidth(line)))}│`,
    );
    return [`┌${edge}┐`, ...rows, `└${edge}┘`].join('\n');
  }

  /** xterm.js knows the widths of Unicode 6; today's terminals agree with string-width on emoji. */
  #widenCharacters(): void {
    const wcwidth = (codepoint: number) => Math.min(2, stringWidth(String.fromCodePoint(codepoint))) as 0 | 1 | 2;
    this.terminal.unicode.register({
      version: 'string-width',
      wcwidth,
      // The packed form of xterm.js: bit 0 joins the character to the one before, bits 1 and 2 hold the width.
      charProperties(codepoint: number, preceding: number) {
        const own = wcwidth(codepoint);
        const before = (preceding >> 1) & 3;
        const joins = own === 0 && preceding !== 0 && before !== 0;
        return ((joins ? Math.max(own, before) : own) << 1) | Number(joins);
      },
    } as Parameters<Terminal['unicode']['register']>[0]);
    this.terminal.unicode.activeVersion = 'string-width';
  }

  #followModes(): void {
    const { parser } = this.terminal;
    parser.registerCsiHandler({ prefix: '?', final: 'h' }, (modes) => {
      for (const mode of modes.flat()) this.#modes.add(mode);
      return false;
    });
    parser.registerCsiHandler({ prefix: '?', final: 'l' }, (modes) => {
      for (const mode of modes.flat()) this.#modes.delete(mode);
      return false;
    });
  }
}

function isSeen(expected: Expected, picture: string): boolean {
  if (typeof expected === 'string') return picture.includes(expected);
  return expected instanceof RegExp ? expected.test(picture) : expected(picture);
}

function describe(expected: Expected): string {
  return typeof expected === 'string' ? JSON.stringify(expected) : String(expected);
}
