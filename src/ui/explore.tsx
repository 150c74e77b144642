// The explorer from its first frame on: keys, store, source. All of it is read at once, in one piece, when that frame is
// on the screen.

import { useApp } from 'ink';
import { type ReactNode, useEffect } from 'react';
import { osc52 } from '../export/clipboard.ts';
import type { AppOptions, AppState } from '../state/app-state.ts';
import { Body } from './Body.tsx';
import { Explorer } from './explorer.ts';
import type { Host } from './host.ts';
import { listenToKeys } from './input.ts';
import { runCommand } from './run-command.ts';
import type { ExplorerOptions, TakenTerminal } from './run-explorer.tsx';
import { Screen } from './Screen.tsx';
import { SettingsKeeper } from './settings-keeper.ts';
import { BEGIN_FRAME, ERASE_SCREEN } from './terminal-session.ts';

/** Longest time to wait for being stopped: a process group without a shell above it is never stopped. */
const STOP_PATIENCE_MS = 100;

/** Runs until the person leaves, gives the terminal back and tells the exit code. `app`: what the frame that is on the
 *  screen was drawn with. Rejects as runExplorer does. */
export async function explore(terminal: TakenTerminal, app: AppOptions, options: ExplorerOptions): Promise<number> {
  const { stdin, session, ink, ended, listen } = terminal;
  const { stdout, settings, env, now } = options;
  let suspendInk: SuspendInk | null = null;

  const onReady = (suspend: SuspendInk): void => {
    suspendInk = suspend;
  };
  const draw = (state: AppState): void =>
    ink.rerender(
      <>
        <Screen state={state} Body={Body} />
        <SuspendHandle onReady={onReady} />
      </>,
    );
  const explorer = new Explorer(app, {
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
      draw(state);
    },
    onFatal: ended.reject,
  });
  const keeper = new SettingsKeeper(options, (problem) =>
    explorer.dispatch({ kind: 'said', text: problem, isWarning: true }),
  );
  const host: Host = {
    quit: ended.resolve,
    redraw: () => {
      forgetScreen();
      draw(explorer.state);
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
    if (suspendInk === null || terminal.isLent) return;
    terminal.isLent = true;
    process.off('SIGTSTP', host.suspend);
    session.release();
    const suspended = await suspendInk();
    await work();
    process.on('SIGTSTP', host.suspend);
    // The window may have been sized while its signals went to the shell. Node looks again when one comes, and it must
    // before the first frame.
    process.emit('SIGWINCH', 'SIGWINCH');
    session.take(explorer.state.isMouseOn);
    terminal.isLent = false;
    await suspended.resume();
  }

  /** The next frame is written whole, onto an empty screen; the terminal shows nothing of it before it is complete. */
  function forgetScreen(): void {
    stdout.write(BEGIN_FRAME);
    ink.clear();
    stdout.write(ERASE_SCREEN);
  }

  function onResize(): void {
    const { columns = 80, rows = 24 } = stdout;
    const { state } = explorer;
    if (columns === state.columns && rows === state.rows) return;
    if (!terminal.isLent) forgetScreen();
    explorer.dispatch({ kind: 'resized', columns, rows });
  }

  listen(stdout, 'resize', onResize);
  listen(process, 'SIGTSTP', host.suspend);

  try {
    draw(explorer.state);
    // The window may have been sized since the first frame.
    onResize();
    stopKeys = listenToKeys(stdin, explorer, host);
    terminal.onLeave(() => stopKeys());
    if (settings.notice !== null) explorer.dispatch({ kind: 'said', text: settings.notice, isWarning: true });
    void explorer.start();
    return await ended.promise;
  } finally {
    terminal.leave();
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
