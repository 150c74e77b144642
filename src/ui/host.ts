// What a command is given: the explorer, and the terminal around it.

import type { Action } from '../state/actions.ts';
import type { Explorer } from './explorer.ts';

/** What only the terminal's side can do. */
export type Host = {
  /** Puts text on the terminal's clipboard; what went wrong, or null. */
  readonly copy: (text: string) => string | null;
  readonly quit: (exitCode: number) => void;
  readonly suspend: () => void;
  readonly redraw: () => void;
  readonly setMouse: (isOn: boolean) => void;
  /** Steps aside, runs the command in the terminal, comes back; settles with what went wrong, or null. */
  readonly run: (command: readonly string[]) => Promise<string | null>;
};

export const EXIT_INTERRUPTED = 130;

export type Handler = (explorer: Explorer, host: Host) => void;

/** A command that is one action. */
export const does =
  (action: Action): Handler =>
  (explorer) =>
    explorer.dispatch(action);
