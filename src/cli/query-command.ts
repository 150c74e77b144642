// `trailx query`: reads the source into the store, searches it, prints what matches. Everything that is printed is
// streamed, so memory does not grow with what matches; everything said about it goes to stderr.

import type { ReadStream, WriteStream } from 'node:tty';
import { gzipOutput } from '../export/gzip-output.ts';
import { BrokenPipe, type Output, OutputError, streamOutput } from '../export/output.ts';
import { checkWritable, openFileOutput } from '../export/write-file.ts';
import { SourceError, type SourceReport } from '../sources/source.ts';
import { openStore } from '../store/open-store.ts';
import type { Result } from '../store/result.ts';
import { type Store, StoreError } from '../store/store.ts';
import { sanitize } from '../text/sanitize.ts';
import { closingReport } from './closing-report.ts';
import type { DebugLog } from './debug-log.ts';
import { EXIT } from './exit-code.ts';
import type { Interrupt } from './interrupt.ts';
import { chooseSource, openSource, type SourceChoice } from './open-source.ts';
import { FORMATS, type Format } from './option-table.ts';
import type { Options } from './options.ts';
import { readOutputName } from './output-name.ts';
import { printedText } from './printed-text.ts';
import { createProgressLine, type ProgressLine } from './progress-line.ts';
import { type Request, readRequest } from './request.ts';

export type QueryIo = {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly stderr: WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly interrupt: Interrupt;
  readonly debug: DebugLog;
};

/** Runs to the end and gives the exit code. Says itself what went wrong; rejects only for a mistake of the program. */
export async function runQuery(options: Options, io: QueryIo): Promise<number> {
  const progress = createProgressLine(io.stderr, io.env.TERM === 'dumb');
  try {
    return await new Run(options, io, progress).run();
  } catch (error) {
    progress.clear();
    if (io.interrupt.signal.aborted) return io.interrupt.exitCode();
    if (
      error instanceof Refusal ||
      error instanceof SourceError ||
      error instanceof StoreError ||
      error instanceof OutputError
    ) {
      io.debug.log('failed', { error: error.name, message: error.message });
      for (const line of error.message.split('\n')) io.stderr.write(`trailx: ${sanitize(line)}\n`);
      return EXIT.unusable;
    }
    throw error;
  }
}

/** The request cannot be served; the message says why and what to do. */
class Refusal extends Error {
  override readonly name = 'Refusal';
}

class Run {
  readonly #options: Options;
  readonly #io: QueryIo;
  readonly #progress: ProgressLine;
  readonly #started = performance.now();

  constructor(options: Options, io: QueryIo, progress: ProgressLine) {
    this.#options = options;
    this.#io = io;
    this.#progress = progress;
  }

  async run(): Promise<number> {
    const { output, force } = this.#options;
    const request = readRequest(this.#options, { now: Date.now(), zone: this.#options.zone ?? 'utc' });
    if (request.kind === 'usage-error') throw new Refusal(request.message);
    const format = this.#format();
    const choice = chooseSource(this.#options);
    if (choice === null) {
      throw new Refusal('nothing to read: name a file, a folder or - (standard input), or look at --sample');
    }
    // A long read shall not end in "it exists already".
    if (output !== null) await checkWritable(output, { force });
    const store = await openStore();
    try {
      return await this.#readAndPrint(store, choice, request, format);
    } finally {
      this.#progress.clear();
      await store.close();
    }
  }

  async #readAndPrint(store: Store, choice: SourceChoice, request: Request, format: Format): Promise<number> {
    const { debug, interrupt } = this.#io;
    const { label, report } = await this.#read(store, choice, request);
    if (report.wasCancelled) return interrupt.exitCode();
    const isUnreadable =
      report.problems.length > 0 && report.events === 0 && report.filesDone <= report.problems.length;
    if (isUnreadable) {
      this.#report(label, report, 0, 0);
      return EXIT.unusable;
    }
    const result = await store.search(request.query, { signal: interrupt.signal });
    debug.log('search.done', { matched: result.total });
    const isWhole = await this.#print(store, result, format);
    this.#progress.clear();
    // After a broken pipe nobody wants to hear more, but problems are told.
    if (isWhole || report.problems.length > 0) this.#report(label, report, store.total, result.total);
    if (report.problems.length > 0) return EXIT.partial;
    return result.total > 0 ? EXIT.matched : EXIT.nothingMatched;
  }

  #report(source: string, report: SourceReport, distinct: number, matched: number): void {
    const { stderr } = this.#io;
    const elapsedMs = performance.now() - this.#started;
    const lines = closingReport({ source, report, distinct, matched, elapsedMs }, stderr.isTTY !== true);
    for (const line of lines) stderr.write(`${line}\n`);
  }

  async #read(
    store: Store,
    choice: SourceChoice,
    request: Request,
  ): Promise<{ readonly label: string; readonly report: SourceReport }> {
    const { interrupt, debug, stdin, stderr } = this.#io;
    if (choice.kind === 'files' && choice.paths.includes('-') && stdin.isTTY === true) {
      stderr.write('trailx: reading events from the terminal; end them with Ctrl-D\n');
    }
    const source = await openSource(choice, this.#options, request.limits);
    debug.log('read.start', { source: source.label });
    const report = await source.read(
      async (batch) => {
        await store.append(batch);
      },
      { signal: interrupt.signal, onProgress: (progress) => this.#progress.reading(progress) },
    );
    this.#progress.clear();
    const { problems, ...numbers } = report;
    debug.log('read.done', { ...numbers, distinct: store.total });
    for (const problem of problems) debug.log('problem', problem);
    return { label: source.label, report };
  }

  #format(): Format {
    const { format, output, count } = this.#options;
    if (count) return 'ndjson';
    const name = output === null ? null : readOutputName(output);
    const chosen = format ?? name?.format ?? (this.#isOnTerminal() ? 'table' : 'ndjson');
    if (chosen === 'unknown') {
      throw new Refusal(`-o ${output}: ${name?.extension} says no format; add --format: ${FORMATS.join(', ')}`);
    }
    if (chosen === 'parquet' && this.#isOnTerminal()) {
      throw new Refusal('parquet is not for reading: write it to a file with -o FILE');
    }
    if (chosen === 'parquet' && name?.isGzip) {
      throw new Refusal(`-o ${output}: parquet is compressed already; leave the .gz out`);
    }
    return chosen;
  }

  #isOnTerminal(): boolean {
    return this.#options.output === null && this.#io.stdout.isTTY === true;
  }

  /** False when the reader of the pipe left before the end. */
  async #print(store: Store, result: Result, format: Format): Promise<boolean> {
    const { output: path, force, limit, count } = this.#options;
    const total = Math.min(result.total, limit ?? result.total);
    const plain =
      path === null ? streamOutput(this.#io.stdout, 'standard output') : await openFileOutput(path, { force });
    const output = path !== null && readOutputName(path).isGzip ? gzipOutput(plain) : plain;
    try {
      if (count) await output.write(`${total}\n`);
      else await this.#printEvents(store, result, format, output, total);
      await output.commit();
      this.#io.debug.log('print.done', { format, events: total });
      return true;
    } catch (error) {
      await output.abandon();
      if (error instanceof BrokenPipe) return false;
      throw error;
    }
  }

  async #printEvents(store: Store, result: Result, format: Format, output: Output, total: number): Promise<void> {
    const { stdout, env, interrupt } = this.#io;
    const isOnTerminal = this.#isOnTerminal();
    let printed = 0;
    const chunks = printedText(store, result, {
      format,
      isForTerminal: isOnTerminal,
      width: isOnTerminal ? stdout.columns : tableWidth(env.COLUMNS),
      zone: this.#options.zone ?? 'utc',
      oldestFirst: this.#options.oldestFirst,
      limit: total,
      signal: interrupt.signal,
      onPrinted: (events) => {
        printed = events;
        if (!isOnTerminal) this.#progress.writing(events, total);
      },
    });
    for await (const chunk of chunks) {
      interrupt.signal.throwIfAborted();
      await output.write(chunk);
    }
    // Never a short file that looks whole.
    if (printed !== total) throw new Error(`${printed} of ${total} events were printed`);
  }
}

const TABLE_CELLS = 120;

/** Off a terminal a table is as wide as COLUMNS says, where it says something sensible. */
function tableWidth(columns: string | undefined): number {
  return columns !== undefined && /^[1-9]\d{0,3}$/.test(columns) ? Number(columns) : TABLE_CELLS;
}
