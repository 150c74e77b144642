// `trailx`: everything is decided here before the screen is taken, so that a mistake on the command line is told on
// the terminal as it was; what only the events need is loaded after the first frame.

import { basename } from 'node:path';
import { openMarks } from '../marks-file.ts';
import { printQuery } from '../query/print.ts';
import { openSettings } from '../settings.ts';
import type { HistoryRange } from '../sources/live-source.ts';
import { SourceError } from '../sources/source.ts';
import { StoreError } from '../store/store.ts';
import { sanitize } from '../text/sanitize.ts';
import { NoTerminalError, runExplorer } from '../ui/run-explorer.tsx';
import type { Started } from '../ui/view-command.ts';
import type { DebugLog } from './debug-log.ts';
import { EXIT } from './exit-code.ts';
import { historyRange } from './history-range.ts';
import { chooseSource, openAnySource, openSource, type SourceChoice } from './open-source.ts';
import type { Options } from './options.ts';
import { regionNotice } from './region-notice.ts';
import { filteredRegions, readRequest, type TimeLimits } from './request.ts';
import { tooOldMistake } from './too-old.ts';

/** Runs the explorer to its end and gives the exit code. Says itself what went wrong; rejects only for a mistake of
 *  the program. */
export async function exploreCommand(options: Options, debug: DebugLog): Promise<number> {
  const settings = openSettings();
  const { profiles, regionsOfProfile } = settings.values;
  const choice = chooseSource(options, process.env, {
    profiles,
    regionsOf: (profile) => regionsOfProfile[profile ?? ''] ?? null,
  });
  if (choice.kind === 'files' && choice.paths.includes('-') && process.stdin.isTTY) {
    return refuse('- is standard input, and nothing is piped into it: … | trailx -');
  }
  const zone = options.zone ?? settings.values.zone;
  const isHistory = choice.kind === 'history';
  const now = Date.now();
  const request = readRequest(
    options,
    { now, zone },
    { isOfRegions: isHistory, savedQueries: settings.values.savedQueries },
  );
  if (request.kind === 'usage-error') return refuse(request.message);
  const { optionLimits } = request;
  const mistake = isHistory ? await tooOldMistake(optionLimits, now, options) : null;
  if (mistake !== null) return refuse(mistake);
  // Of event history, times and Regions say what is fetched; of files, they are part of the search.
  const isQueryAlone =
    isHistory || (options.since === null && options.until === null && filteredRegions(options).length === 0);
  const notice = settings.notice ?? (isHistory ? regionNotice(filteredRegions(options)) : null);
  const { stdin, stdout, stderr, env } = process;
  debug.log('screen.start');
  try {
    const { exitCode } = await runExplorer({
      openStore: async () => {
        const { openStore } = await import('../store/open-store.ts');
        debug.log('store.open');
        return await openStore();
      },
      openSource: () =>
        openAnySource(choice, options, optionLimits, {
          range: rangeOf(optionLimits),
          attribute: null,
          useCache: options.useCache,
          env,
          debug,
        }),
      openOther: (other) => openSource(other, options, optionLimits),
      sourceLabel: labelOf(choice, env),
      started: startedOn(choice, optionLimits),
      initialQuery: isQueryAlone ? request.text : printQuery(request.query),
      initialPage: options.preset === null ? undefined : request.page,
      // The sample's events are others at each start.
      marks: choice.kind === 'sample' ? undefined : openMarks(),
      zone: options.zone,
      theme: options.theme,
      useMouse: options.useMouse,
      settings: { ...settings, notice },
      identityCenterUsers: settings.values.identityCenterUsers,
      stdin,
      stdout,
      stderr,
      env: options.useColor ? env : { ...env, NO_COLOR: '1' },
      now: Date.now,
      onFrame: options.debugFile === null ? undefined : (renderMs) => debug.log('frame', { renderMs }),
    });
    return exitCode;
  } catch (error) {
    const isExpected = error instanceof SourceError || error instanceof StoreError || error instanceof NoTerminalError;
    if (!isExpected) throw error;
    debug.log('failed', { error: error.name, message: error.message });
    return refuse(error.message);
  }
}

function startedOn(choice: SourceChoice, { since, until }: TimeLimits): Started {
  return choice.kind === 'files' ? { kind: 'files', paths: choice.paths, since, until } : { kind: choice.kind };
}

/** What the header says before anything is known. */
function labelOf(choice: SourceChoice, env: NodeJS.ProcessEnv): string {
  if (choice.kind === 'sample') return 'sample';
  if (choice.kind === 'history') {
    const [profile = null, ...others] = choice.scope.profiles;
    return others.length > 0 ? `${others.length + 1} profiles` : (profile ?? (env.AWS_PROFILE || 'event history'));
  }
  const [first = '', ...rest] = choice.paths;
  if (rest.length > 0) return `${choice.paths.length} paths`;
  return first === '-' ? 'standard input' : basename(first) || first;
}

/** The newest events and, as the person goes on, older ones; or the time that the command line names. */
function rangeOf(limits: TimeLimits): HistoryRange {
  const { since, until } = limits;
  return since === null && until === null ? { kind: 'recent' } : historyRange(limits, false, Date.now());
}

function refuse(message: string): number {
  process.stderr.write(`trailx: ${message.split('\n').map(sanitize).join('\n')}\n`);
  return EXIT.unusable;
}
