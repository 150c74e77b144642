// `trailx`: everything is decided here before the screen is taken, so that a mistake on the command line is told on
// the terminal as it was; what only the events need is loaded after the first frame.

import { basename } from 'node:path';
import { printQuery } from '../query/print.ts';
import { openSettings } from '../settings.ts';
import { SourceError } from '../sources/source.ts';
import { StoreError } from '../store/store.ts';
import { sanitize } from '../text/sanitize.ts';
import { NoTerminalError, runExplorer } from '../ui/run-explorer.tsx';
import { type DebugLog, NO_DEBUG_LOG } from './debug-log.ts';
import { EXIT } from './exit-code.ts';
import { chooseSource, openSource, type SourceChoice } from './open-source.ts';
import type { Options } from './options.ts';
import { readRequest } from './request.ts';

const NOTHING_NAMED = `nothing to open: name CloudTrail log files or a folder of them
  trailx AWSLogs      everything below a folder
  trailx --sample     the built-in sample
  trailx --help       everything else`;

/** Runs the explorer to its end and gives the exit code. Says itself what went wrong; rejects only for a mistake of
 *  the program. */
export async function exploreCommand(options: Options, debug: DebugLog): Promise<number> {
  const choice = chooseSource(options);
  if (choice === null) return refuse(NOTHING_NAMED);
  if (choice.kind === 'files' && choice.paths.includes('-') && process.stdin.isTTY) {
    return refuse('- is standard input, and nothing is piped into it: … | trailx -');
  }
  const settings = openSettings();
  const zone = options.zone ?? settings.values.zone;
  const request = readRequest(options, { now: Date.now(), zone });
  if (request.kind === 'usage-error') return refuse(request.message);
  const isQueryAlone = options.since === null && options.until === null && options.regions.length === 0;
  const { stdin, stdout, stderr, env } = process;
  debug.log('screen.start');
  try {
    const { exitCode } = await runExplorer({
      openStore: async () => {
        const { openStore } = await import('../store/open-store.ts');
        debug.log('store.open');
        return await openStore();
      },
      openSource: () => openSource(choice, options, request.optionLimits),
      sourceLabel: labelOf(choice),
      // As typed where it can be, so that nobody wonders about their own words.
      initialQuery: isQueryAlone ? options.query : printQuery(request.query),
      zone: options.zone,
      theme: options.theme,
      useMouse: options.useMouse,
      settings,
      stdin,
      stdout,
      stderr,
      env: options.useColor ? env : { ...env, NO_COLOR: '1' },
      now: Date.now,
      onFrame: debug === NO_DEBUG_LOG ? undefined : (renderMs) => debug.log('frame', { renderMs }),
    });
    return exitCode;
  } catch (error) {
    const isExpected = error instanceof SourceError || error instanceof StoreError || error instanceof NoTerminalError;
    if (!isExpected) throw error;
    debug.log('failed', { error: error.name, message: error.message });
    return refuse(error.message);
  }
}

function labelOf(choice: SourceChoice): string {
  if (choice.kind === 'sample') return 'sample';
  const [first = '', ...rest] = choice.paths;
  if (rest.length > 0) return `${choice.paths.length} paths`;
  return first === '-' ? 'standard input' : basename(first) || first;
}

function refuse(message: string): number {
  process.stderr.write(`trailx: ${message.split('\n').map(sanitize).join('\n')}\n`);
  return EXIT.unusable;
}
