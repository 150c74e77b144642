import { constants } from 'node:os';

export type Interrupt = {
  /** Fires at the first SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
  /** 128 + the number of the signal that came. */
  readonly exitCode: () => number;
};

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The first signal asks for an orderly end; a second one does not wait for it ('exit' listeners still clean up). */
export function catchInterrupts(): Interrupt {
  const controller = new AbortController();
  let code = 128 + constants.signals.SIGINT;
  const onSignal = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(code);
    code = 128 + constants.signals[name];
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return { signal: controller.signal, exitCode: () => code };
}
