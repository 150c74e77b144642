// Where the parts meet: command line → source → store → screen or print, and the exit code. What a run does not need
// is not loaded: `query` never sees Ink, and the explorer draws its first frame before the store is there.

import { readFileSync, writeSync } from 'node:fs';
import { captureWarnings, type DebugLog, NO_DEBUG_LOG, openDebugLog } from './cli/debug-log.ts';
import { EXIT } from './cli/exit-code.ts';
import { type Options, parseOptions } from './cli/options.ts';
import { sanitize } from './text/sanitize.ts';

process.exitCode = await main();

async function main(): Promise<number> {
  // Nobody is left to be told when stderr is gone.
  process.stderr.on('error', () => {});
  const options = parseOptions(process.argv.slice(2), process.env);
  if (options.kind === 'usage-error') return refuse(options.message, 'trailx --help lists the options');
  let debug = NO_DEBUG_LOG;
  try {
    if (options.debugFile !== null) debug = openDebugLog(options.debugFile);
  } catch (error) {
    return refuse((error as Error).message);
  }
  captureWarnings(debug);
  const onUncaught = (error: unknown) => dieOf(error, debug);
  process.on('uncaughtException', onUncaught);
  process.on('unhandledRejection', onUncaught);
  try {
    const code = await run(options, debug);
    debug.log('end', { code, rss: process.memoryUsage.rss() });
    return code;
  } catch (error) {
    return dieOf(error, debug);
  } finally {
    debug.close();
  }
}

async function run(options: Options, debug: DebugLog): Promise<number> {
  switch (options.command) {
    case 'version':
      return await print(`${version()}\n`);
    case 'help': {
      const { helpText } = await import('./cli/help.ts');
      return await print(helpText());
    }
    case 'cache': {
      const { runCache } = await import('./cli/cache-command.ts');
      return await runCache(options, process);
    }
    case 'query':
      return await query(options, debug);
    case 'explore':
      return process.stdout.isTTY ? await explore(options, debug) : await query(options, debug);
  }
}

async function query(options: Options, debug: DebugLog): Promise<number> {
  const [{ runQuery }, { catchInterrupts }] = await Promise.all([
    import('./cli/query-command.ts'),
    import('./cli/interrupt.ts'),
  ]);
  const { stdin, stdout, stderr, env } = process;
  return await runQuery(options, { stdin, stdout, stderr, env, interrupt: catchInterrupts(), debug });
}

async function explore(options: Options, debug: DebugLog): Promise<number> {
  if (options.printOption !== null) {
    return refuse(`--${options.printOption} is for printing: write trailx query …`, 'trailx --help lists the options');
  }
  const { exploreCommand } = await import('./cli/explore-command.ts');
  return await exploreCommand(options, debug);
}

/** Prints to standard output; a reader that left early (`| head`) is no failure. */
async function print(text: string): Promise<number> {
  process.stdout.on('error', () => {});
  await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
  return EXIT.matched;
}

function refuse(message: string, next?: string): number {
  process.stderr.write(`trailx: ${sanitize(message)}\n${next === undefined ? '' : `${next}\n`}`);
  return EXIT.unusable;
}

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/** A mistake of ours: one line, after everybody who restores the terminal at 'exit' has done so. */
function dieOf(error: unknown, debug: DebugLog): never {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  debug.log('crash', { message, stack });
  const hint = debug === NO_DEBUG_LOG ? '; --debug FILE records where' : '';
  process.once('exit', () => {
    try {
      writeSync(2, `trailx: this is a mistake in trailx: ${sanitize(message)}${hint}\n`);
    } catch {
      // No stderr either.
    }
  });
  process.exit(EXIT.unusable);
}
