// The explorer's first frame: takes the screen and draws it with what that needs, and no more. What comes after it, from
// the first key on, is most of the program and is read while the person already looks at the screen (explore.tsx).
// Keys wait in the terminal meanwhile: nobody reads them before they can be taken in their order.

import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { type Instance, render } from 'ink';
import type { NoiseRules } from '../query/noise.ts';
import type { PresetPage } from '../query/presets.ts';
import type { LiveSource } from '../sources/live-source.ts';
import type { Source } from '../sources/source.ts';
import { type AppOptions, openApp, type ThemeName } from '../state/app-state.ts';
import type { Noise } from '../state/noise.ts';
import type { SavedQueries } from '../state/saved-queries.ts';
import type { RegionsOfProfile } from '../state/scope-choice.ts';
import type { Store } from '../store/store.ts';
import type { TimeZoneChoice } from '../text/format.ts';
import type { OpenOther } from './explorer.ts';
import { FirstBody } from './FirstBody.tsx';
import type { KeptMarks } from './marks-keeper.ts';
import { Screen } from './Screen.tsx';
import {
  createTerminalSession,
  type TerminalInput,
  type TerminalOutput,
  type TerminalSession,
} from './terminal-session.ts';
import { initialTheme } from './theme.ts';
import type { Started } from './view-command.ts';

/** What is remembered between runs. */
export type ExplorerSettings = {
  readonly theme: string;
  readonly hiddenColumns: readonly string[];
  readonly zone: TimeZoneChoice;
  readonly lastQuery: string;
  readonly detailSize: number;
  readonly mouse: boolean;
  readonly profiles: readonly (string | null)[];
  readonly regionsOfProfile: RegionsOfProfile;
  /** `isOn`: a run begins with it. */
  readonly noise: NoiseRules & Pick<Noise, 'isOn'>;
  /** Newest first. */
  readonly queryHistory: readonly string[];
  readonly savedQueries: SavedQueries;
};

export type ExplorerOptions = {
  /** Called after the first frame has been drawn. */
  readonly openStore: () => Promise<Store>;
  /** Called after openStore; null when nothing was named to read. */
  readonly openSource: (() => Promise<Source | LiveSource>) | null;
  readonly openOther?: OpenOther;
  /** What the source is called until it says so itself. */
  readonly sourceLabel: string;
  /** In the search language; '' for everything. */
  readonly initialQuery: string;
  /** Of the preset that the query is from: what is opened over the list; no preset by default. */
  readonly initialPage?: PresetPage;
  /** For the command that prints the list; not known by default. */
  readonly started?: Started;
  /** Where marks and notes outlive the run; nowhere by default. */
  readonly marks?: KeptMarks;
  /** Identity Center userId → name, as the settings have them; none by default. */
  readonly identityCenterUsers?: Readonly<Record<string, string>>;
  /** Of the command line; null takes the remembered one. */
  readonly zone: TimeZoneChoice | null;
  readonly theme: ThemeName | null;
  /** False: off for this run, whatever is remembered. */
  readonly useMouse: boolean;
  readonly settings: {
    readonly values: ExplorerSettings;
    /** Said once in the status line. */
    readonly notice: string | null;
    /** Stores what the function makes of that which is stored now: another trailx may have written since. */
    readonly save: (change: (stored: ExplorerSettings) => Partial<ExplorerSettings>) => Promise<string | null>;
  };
  readonly stdin: TerminalInput;
  readonly stdout: TerminalOutput;
  readonly stderr: NodeJS.WritableStream;
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** For measuring: called after each frame with what React and Ink took, in ms. */
  readonly onFrame?: (renderMs: number) => void;
};

/** The terminal with the first frame on it, for `explore`. */
export type TakenTerminal = {
  readonly stdin: TerminalInput;
  readonly session: TerminalSession;
  readonly ink: Instance;
  /** With the exit code; rejects where nothing can be explored. */
  readonly ended: PromiseWithResolvers<number>;
  /** Until the terminal is given back. */
  readonly listen: (target: NodeJS.EventEmitter, event: string, listener: () => void) => void;
  /** Called when the terminal is given back. */
  readonly onLeave: (stop: () => void) => void;
  /** Gives back all that was taken; the second time does nothing. */
  readonly leave: () => void;
  /** Another program has the terminal: a Ctrl-C is meant for that one. */
  isLent: boolean;
};

/** Ink holds a frame back until so long after the one before it: at 60 a second, a key waited up to 16 ms to be seen. */
const MAX_FPS = 250;
/** What the shell reports for a program ended by a signal. */
const SIGNAL_EXITS = { SIGTERM: 143, SIGHUP: 129, SIGINT: 130 } as const;

/** Runs until the person leaves, and tells the exit code. Rejects when the source cannot be read at all, the store
 *  cannot be opened, or the program is at fault; the terminal is then already as it was found. */
export async function runExplorer(options: ExplorerOptions): Promise<{ readonly exitCode: number }> {
  const { stdout } = options;
  const app = appOptions(options);
  const state = openApp(app);
  const stdin = keyboard(options.stdin);
  const session = createTerminalSession(stdin, stdout);
  const ended = Promise.withResolvers<number>();
  let ink: Instance | null = null;
  let terminal: TakenTerminal | null = null;

  const stopListening: (() => void)[] = [];
  const listen: TakenTerminal['listen'] = (target, event, listener) => {
    target.on(event, listener);
    stopListening.push(() => target.off(event, listener));
  };
  // For good: what is still on its way to a terminal that is gone fails after we have left.
  for (const stream of [stdin, stdout]) stream.on('error', () => ended.resolve(SIGNAL_EXITS.SIGHUP));
  listen(stdin, 'end', () => ended.resolve(SIGNAL_EXITS.SIGHUP));
  for (const [signal, exitCode] of Object.entries(SIGNAL_EXITS)) {
    listen(process, signal, () => {
      if (signal !== 'SIGINT' || terminal?.isLent !== true) ended.resolve(exitCode);
    });
  }
  // Not before there is somebody who gives the terminal back and takes it again.
  process.on('SIGTSTP', stopLater);
  // An exit that nobody announced, after an uncaught error: whoever has something to say at 'exit' says it on the
  // terminal's own screen. Ink would leave the alternate one only after all of them.
  listen(process, 'exit', giveBack);

  function giveBack(): void {
    session.release();
    ink?.unmount();
  }

  function leave(): void {
    giveBack();
    for (const stop of stopListening.splice(0)) stop();
    if (stdin !== options.stdin) (stdin as ReadStream).destroy();
  }

  try {
    session.hush();
    const listeners = stdout.listeners('resize');
    ink = render(<Screen state={state} Body={FirstBody} />, {
      stdout,
      stdin,
      stderr: options.stderr,
      interactive: true,
      alternateScreen: true,
      incrementalRendering: true,
      maxFps: MAX_FPS,
      exitOnCtrlC: false,
      patchConsole: false,
      onRender: ({ renderTime }) => options.onFrame?.(renderTime),
    });
    // Ink would draw a frame of the old size, then blank the screen line by line, then draw again.
    for (const listener of stdout.listeners('resize')) {
      if (!listeners.includes(listener)) stdout.off('resize', listener as () => void);
    }
    // A component that throws ends Ink.
    ink.waitUntilExit().then(() => ended.resolve(0), ended.reject);
    session.take(state.isMouseOn);
    await ink.waitUntilRenderFlush();
    const rest = await Promise.race([import('./explore.tsx'), ended.promise]);
    if (typeof rest === 'number') return { exitCode: rest };
    const onLeave = (stop: () => void) => void stopListening.push(stop);
    terminal = { stdin, session, ink, ended, listen, onLeave, leave, isLent: false };
    process.off('SIGTSTP', stopLater);
    return { exitCode: await rest.explore(terminal, app, options) };
  } finally {
    process.off('SIGTSTP', stopLater);
    leave();
  }
}

function stopLater(): void {}

function appOptions({ stdout, env, settings: { values }, ...options }: ExplorerOptions): AppOptions {
  return {
    columns: stdout.columns ?? 80,
    rows: stdout.rows ?? 24,
    theme: options.theme ?? initialTheme(env, values.theme),
    zone: options.zone ?? values.zone,
    isMouseOn: options.useMouse && values.mouse,
    detailSize: values.detailSize,
    lastQuery: values.lastQuery,
    hiddenColumns: values.hiddenColumns,
    regionsOfProfile: values.regionsOfProfile,
    noise: values.noise,
    queryHistory: values.queryHistory,
    savedQueries: values.savedQueries,
    hasSource: options.openSource !== null,
    sourceLabel: options.sourceLabel,
  };
}

/** Keys cannot be read from anywhere. */
export class NoTerminalError extends Error {
  override readonly name = 'NoTerminalError';
}

/** Keys come from the terminal even where standard input is a file or a pipe. */
function keyboard(stdin: TerminalInput): TerminalInput {
  if (stdin.isTTY === true) return stdin;
  try {
    return new ReadStream(openSync('/dev/tty', 'r'));
  } catch {
    throw new NoTerminalError('there is no terminal to read keys from: write trailx query …');
  }
}
