// Streams that Ink takes for a terminal, so that the whole app runs in the test's own process and what it draws can
// be looked at as on a screen:
//
//   const ink = createScreen(80, 24);
//   const app = render(<App />, ink.renderOptions);
//   ink.press('j'); await ink.until('2/12'); app.unmount(); ink.dispose();

import { PassThrough, Writable } from 'node:stream';
import { clickBytes, keyBytes, wheelBytes } from './key-bytes.ts';
import { type Expected, Screen } from './screen.ts';

export type InkScreen = {
  readonly screen: Screen;
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly stderr: NodeJS.WriteStream;
  /** For Ink's render(): the streams, the alternate screen, and no guessing about CI. */
  readonly renderOptions: {
    readonly stdout: NodeJS.WriteStream;
    readonly stdin: NodeJS.ReadStream;
    readonly stderr: NodeJS.WriteStream;
    readonly interactive: true;
    readonly alternateScreen: true;
    readonly incrementalRendering: true;
    readonly exitOnCtrlC: false;
    readonly patchConsole: false;
    readonly maxFps: number;
  };
  press(...keys: readonly string[]): void;
  type(text: string): void;
  click(column: number, row: number): void;
  wheel(direction: 'up' | 'down', column: number, row: number): void;
  until(expected: Expected, patienceMs?: number): Promise<string>;
  picture(): string;
  lines(): string[];
  resize(columns: number, rows: number): void;
  /** Everything written so far, escape sequences included. */
  rawOutput(): string;
  dispose(): void;
};

export function createScreen(columns = 80, rows = 24): InkScreen {
  const screen = new Screen(columns, rows);
  let raw = '';

  const stdout = terminalOutput(columns, rows, (text) => {
    raw += text;
    return screen.write(text);
  });
  const stderr = terminalOutput(columns, rows, async () => {});
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    isRaw: false,
    setRawMode(this: { isRaw: boolean }, isRaw: boolean) {
      this.isRaw = isRaw;
      return this;
    },
    ref: () => {},
    unref: () => {},
  }) as unknown as NodeJS.ReadStream & PassThrough;

  return {
    screen,
    stdout,
    stdin,
    stderr,
    renderOptions: {
      stdout,
      stdin,
      stderr,
      interactive: true,
      alternateScreen: true,
      incrementalRendering: true,
      exitOnCtrlC: false,
      patchConsole: false,
      maxFps: 60,
    },
    press(...keys) {
      for (const key of keys) stdin.write(keyBytes(key));
    },
    type: (text) => void stdin.write(text),
    click: (column, row) => void stdin.write(clickBytes(column, row)),
    wheel: (direction, column, row) => void stdin.write(wheelBytes(direction, column, row)),
    until: (expected, patienceMs) => screen.until(expected, patienceMs),
    picture: () => screen.picture(),
    lines: () => screen.lines(),
    resize(width, height) {
      screen.terminal.resize(width, height);
      Object.assign(stdout, { columns: width, rows: height });
      stdout.emit('resize');
    },
    rawOutput: () => raw,
    dispose() {
      stdin.destroy();
      screen.terminal.dispose();
    },
  };
}

function terminalOutput(columns: number, rows: number, write: (text: string) => Promise<void>): NodeJS.WriteStream {
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      // A terminal's driver does this between the program and the screen, in raw mode too (ONLCR).
      write(String(chunk).replace(/\r?\n/g, '\r\n')).then(() => done(), done);
    },
  });
  return Object.assign(stream, { isTTY: true, columns, rows }) as unknown as NodeJS.WriteStream;
}
