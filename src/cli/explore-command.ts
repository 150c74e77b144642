import type { DebugLog } from './debug-log.ts';
import type { Options } from './options.ts';

export async function exploreCommand(
  _options: Options,
  _debug: DebugLog,
  refuse: (message: string) => number,
): Promise<number> {
  return refuse('the explorer is being built');
}
