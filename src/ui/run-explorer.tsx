// The explorer in a terminal: takes the screen, runs until somebody leaves, gives everything back.

import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { type Instance, render, useApp } from 'ink';
import { type ReactNode, useEffect } from 'react';
import { osc52 } from '../export/clipboard.ts';
import type { NoiseRules } from '../query/noise.ts';
import type { PresetPage } from '../query/presets.ts';
import type { LiveSource } from '../sources/live-source.ts';
import type { Source } from '../sources/source.ts';
import type { AppState, ThemeName } from '../state/app-state.ts';
import type { Noise } from '../state/noise.ts';
import type { SavedQueries } from '../state/saved-queries.ts';
import type { RegionsOfProfile } from '../state/scope-choice.ts';
import type { Store } from '../store/store.ts';
import type { TimeZoneChoice } from '../text/format.ts';
import { App } from './App.tsx';
import { Explorer, type OpenOther } from './explorer.ts';
import type { Host } from './host.ts';
import { listenToKeys } from './input.ts';
import type { KeptMarks } from './marks-keeper.ts';
import { runCommand } from './run-command.ts';
import { SettingsKeeper } from './settings-keeper.ts';
import {
  BEGIN_FRAME,
  createTerminalSession,
  ERASE_SCREEN,
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

/** Ink holds a frame back until so long after the one before it: at 60 a second, a key waited up to 16 ms to be seen. */
const MAX_FPS = 250;
/** Longest time to wait for being stopped: a process group without a shell above it is never stopped. */
const STOP_PATIENCE_MS = 100;
/** What the shell reports for a program ended by a signal. */
const SIGNAL_EXITS = { SIGTERM: 143, SIGHUP: 129, SIGINT: 130 } as const;

/** Runs until the person leaves, and tells the exit code. Rejects when the source cannot be read at all, the store
 *  cannot be opened, or the program is at fault; the terminal is then already as it was found. */
export async function runExplorer(options: ExplorerOptions): Promise<{ readonly exitCode: number }> {
  const { stdout, settings, env, now } = options;
  const stdin = keyboard(options.stdin);
  const session = createTerminalSession(stdin, stdout);
  const ended = Promise.withResolvers<number>();
  let ink: Instance | null = null;
  let suspendInk: SuspendInk | null = null;
  let isSuspended = false;

  const onReady = (suspend: SuspendInk): void => {
    suspendInk = suspend;
  };
  const element = (state: AppState): ReactNode => (
    <>
      <App state={state} />
      <SuspendHandle onReady={onReady} />
    </>
  );
  const explorer = new Explorer(
    {
      columns: stdout.columns ?? 80,
      rows: stdout.rows ?? 24,
      theme: options.theme ?? initialTheme(env, settings.values.theme),
      zone: options.zone ?? settings.values.zone,
      isMouseOn: options.useMouse && settings.values.mouse,
      detailSize: settings.values.detailSize,
      lastQuery: settings.values.lastQuery,
      hiddenColumns: settings.values.hiddenColumns,
      regionsOfProfile: settings.values.regionsOfProfile,
      noise: settings.values.noise,
      queryHistory: settings.values.queryHistory,
      savedQueries: settings.values.savedQueries,
      hasSource: options.openSource !== null,
      sourceLabel: options.sourceLabel,
    },
    {
      openStore: options.openStore,
      openSource: options.openSource,
      openOther: options.openOther,
      hasEnvironment: hasEnvironmentCredentials(env),
      initialQuery: options.initialQuery,
      initialPage: options.initialPage,
      started: options.started ?? null,
      marks: options.marks ?? null,
      identityCenterUsers: options.identityCenterUsers,
      now,
      onChange: (state) => {
        keeper.note(state);
        ink?.rerender(element(state));
      },
      onFatal: ended.reject,
    },
  );
  const keeper = new SettingsKeeper(options, (problem) =>
    explorer.dispatch({ kind: 'said', text: problem, isWarning: true }),
  );
  const host: Host = {
    quit: ended.resolve,
    redraw: () => {
      forgetScreen();
      ink?.rerender(element(explorer.state));
    },
    setMouse: (isOn) => session.setMouse(isOn),
    copy: (text) => {
      const sequence = osc52(text);
      if (sequence === null) return 'too long for the clipboard';
      stdout.write(sequence);
      return null;
    },
    suspend: () => void stepAside(stopProcess),
    run: async (command) => {
      let problem: string | null = null;
      await stepAside(async () => {
        // The command reads from the same terminal.
        stopKeys();
        problem = await runCommand(command, { stdin, stdout, env });
        stopKeys = listenToKeys(stdin, explorer, host);
      });
      return problem;
    },
  };
  let stopKeys = (): void => {};

  /** Gives the terminal back, and takes it again when `work` has ended. */
  async function stepAside(work: () => Promise<void>): Promise<void> {
    if (suspendInk === null || isSuspended) return;
    isSuspended = true;
    process.off('SIGTSTP', host.suspend);
    session.release();
    const suspended = await suspendInk();
    await work();
    process.on('SIGTSTP', host.suspend);
    // The window may have been sized while its signals went to the shell. Node looks again when one comes, and it must
    // before the first frame.
    process.emit('SIGWINCH', 'SIGWINCH');
    session.take(explorer.state.isMouseOn);
    isSuspended = false;
    await suspended.resume();
  }

  /** The next frame is written whole, onto an empty screen; the terminal shows nothing of it before it is complete. */
  function forgetScreen(): void {
    stdout.write(BEGIN_FRAME);
    ink?.clear();
    stdout.write(ERASE_SCREEN);
  }

  function onResize(): void {
    const { columns = 80, rows = 24 } = stdout;
    const { state } = explorer;
    if (columns === state.columns && rows === state.rows) return;
    if (!isSuspended) forgetScreen();
    explorer.dispatch({ kind: 'resized', columns, rows });
  }

  const stopListening: (() => void)[] = [];
  listen(stdout, 'resize', onResize);
  // For good: what is still on its way to a terminal that is gone fails after we have left.
  for (const stream of [stdin, stdout]) stream.on('error', () => ended.resolve(SIGNAL_EXITS.SIGHUP));
  listen(stdin, 'end', () => ended.resolve(SIGNAL_EXITS.SIGHUP));
  for (const [signal, exitCode] of Object.entries(SIGNAL_EXITS))
    listen(process, signal, () => onSignal(signal, exitCode));
  listen(process, 'SIGTSTP', host.suspend);
  // An exit that nobody announced, after an uncaught error: whoever has something to say at 'exit' says it on the
  // terminal's own screen. Ink would leave the alternate one only after all of them.
  listen(process, 'exit', () => leave(session, ink, []));

  /** Ctrl-C while another program has the terminal is meant for that program. */
  function onSignal(signal: string, exitCode: number): void {
    if (signal !== 'SIGINT' || !isSuspended) ended.resolve(exitCode);
  }

  function listen(target: NodeJS.EventEmitter, event: string, listener: () => void): void {
    target.on(event, listener);
    stopListening.push(() => target.off(event, listener));
  }

  try {
    session.hush();
    const listeners = stdout.listeners('resize');
    ink = render(element(explorer.state), {
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
    session.take(explorer.state.isMouseOn);
    stopKeys = listenToKeys(stdin, explorer, host);
    stopListening.push(() => stopKeys());
    if (settings.notice !== null) explorer.dispatch({ kind: 'said', text: settings.notice, isWarning: true });
    await ink.waitUntilRenderFlush();
    void explorer.start();
    const exitCode = await ended.promise;
    return { exitCode };
  } finally {
    leave(session, ink, stopListening);
    if (stdin !== options.stdin) (stdin as ReadStream).destroy();
    keeper.note(explorer.state);
    await Promise.all([explorer.close(), keeper.flush()]);
    for (const problem of [explorer.marks.problem, keeper.problem]) {
      if (problem !== null) options.stderr.write(`trailx: ${problem}\n`);
    }
  }
}

/** What the SDK would take credentials from before it asks the machine it runs on. */
function hasEnvironmentCredentials(env: NodeJS.ProcessEnv): boolean {
  return CREDENTIAL_VARIABLES.some((name) => (env[name] ?? '') !== '');
}

const CREDENTIAL_VARIABLES = [
  'AWS_ACCESS_KEY_ID',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/** Keys cannot be read from anywhere. */
export class NoTerminalError extends Error {
  override readonly name = 'NoTerminalError';
}

function leave(session: TerminalSession, ink: Instance | null, stopListening: readonly (() => void)[]): void {
  session.release();
  ink?.unmount();
  for (const stop of stopListening) stop();
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

/** Stops this process and whoever stands in its group (npm, a pipe's other end), and settles when it goes on. */
async function stopProcess(): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(goOn, STOP_PATIENCE_MS);
    function goOn(): void {
      clearTimeout(timer);
      process.off('SIGCONT', goOn);
      resolve();
    }
    process.on('SIGCONT', goOn);
    process.kill(0, 'SIGTSTP');
  });
}

type SuspendInk = () => Promise<{ readonly resume: () => Promise<void> }>;

/** Ink hands out the way to suspend it only to components. */
function SuspendHandle({ onReady }: { readonly onReady: (suspend: SuspendInk) => void }): ReactNode {
  const { suspendTerminal } = useApp();
  useEffect(() => {
    onReady(() => suspendTerminal());
  }, [onReady, suspendTerminal]);
  return null;
}
