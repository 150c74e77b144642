// `trailx`: the explorer on what the command line names. Only what the first frame needs is imported here; the readers
// and the store come when it is on the screen.

import { basename } from 'node:path';
import { printQuery } from '../query/print.ts';
import { openSettings } from '../settings.ts';
import { runExplorer } from '../ui/run-explorer.tsx';
import type { DebugLog } from './debug-log.ts';
import { chooseSource, openSource, type SourceChoice } from './open-source.ts';
import type { Options } from './options.ts';
import { readRequest } from './request.ts';

/** Runs until the person leaves and gives the exit code. `refuse` says why it cannot start, or had to end. */
export async function exploreCommand(
  options: Options,
  debug: DebugLog,
  refuse: (message: string, next?: string) => number,
): Promise<number> {
  const { stdin, stdout, stderr, env } = process;
  const settings = openSettings();
  const clock = { now: Date.now(), zone: options.zone ?? settings.values.zone };
  const request = readRequest(options, clock);
  // Only --since and --until keep files from being read: a search can be cleared again.
  const limits = readRequest({ ...options, query: '' }, clock);
  if (request.kind === 'usage-error') return refuse(request.message);
  if (limits.kind === 'usage-error') return refuse(limits.message);
  const choice = chooseSource(options);
  if (choice === null) {
    return refuse('nothing to read: name a file, a folder or - (standard input), or look at --sample');
  }
  try {
    const { exitCode } = await runExplorer({
      openStore: async () => (await import('../store/open-store.ts')).openStore(),
      openSource: () => openSource(choice, options, limits),
      sourceLabel: labelOf(choice),
      initialQuery: printQuery(request.query),
      zone: options.zone,
      theme: options.useColor ? options.theme : 'mono',
      useMouse: options.useMouse,
      settings,
      stdin,
      stdout,
      stderr,
      env,
      now: Date.now,
      onFrame: (renderMs) => debug.log('frame', { renderMs: Math.round(renderMs * 100) / 100 }),
    });
    return exitCode;
  } catch (error) {
    if (!(error instanceof Error) || !REFUSALS.has(error.name)) throw error;
    debug.log('failed', { error: error.name, message: error.message });
    return refuse(error.message);
  }
}

/** Errors that tell the person what to do; by name, for their modules are not loaded before the first frame. */
const REFUSALS: ReadonlySet<string> = new Set(['SourceError', 'StoreError', 'NoTerminalError']);

function labelOf(choice: SourceChoice): string {
  if (choice.kind === 'sample') return 'sample';
  const [first = ''] = choice.paths;
  if (choice.paths.length > 1) return `${choice.paths.length} sources`;
  return first === '-' ? 'standard input' : basename(first) || first;
}
