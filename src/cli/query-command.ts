// `trailx query`: reads the source into the store, searches it, prints what matches. Everything that is printed is
// streamed, so memory does not grow with what matches; everything said about it goes to stderr.

import { splitColumns } from '../export/columns.ts';
import { BrokenPipe, OutputError, streamOutput } from '../export/output.ts';
import { checkWritable } from '../export/write-file.ts';
import { asks } from '../query/compile-derived.ts';
import { openSettings } from '../settings.ts';
import { SourceError, type SourceReport } from '../sources/source.ts';
import { openStore } from '../store/open-store.ts';
import type { Result } from '../store/result.ts';
import { type Store, StoreError } from '../store/store.ts';
import { countOf } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import { closingReport } from './closing-report.ts';
import { EXIT } from './exit-code.ts';
import { chooseSource, type EndingChoice, openSource } from './open-source.ts';
import type { Options } from './options.ts';
import { createProgressLine, type ProgressLine } from './progress-line.ts';
import { chooseShape, printResults, type QueryIo, Refusal, type Shape } from './query-output.ts';
import { type Request, readRequest } from './request.ts';
import { tooOldMistake } from './too-old.ts';

/** Runs to the end and gives the exit code. Says itself what went wrong; rejects only for a mistake of the program. */
export async function runQuery(options: Options, io: QueryIo): Promise<number> {
  const progress = createProgressLine(io.stderr, io.env.TERM === 'dumb');
  try {
    return await new Run(options, io, progress).run();
  } catch (error) {
    progress.clear();
    if (io.interrupt.signal.aborted) return io.interrupt.exitCode();
    if (error instanceof BrokenPipe) return EXIT.matched;
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

/** What users of Identity Center are called stands in the settings: read only where somebody wants to know. */
function asksPerson({ query }: Request, columns: string | null): boolean {
  return asks(query, 'person') || splitColumns(columns ?? '').some((name) => name.toLowerCase() === 'person');
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
    const choice = chooseSource(this.#options, this.#io.env);
    const clock = { now: Date.now(), zone: this.#options.zone ?? 'utc' };
    const { preset } = this.#options;
    const request = readRequest(this.#options, clock, {
      isOfRegions: choice.kind === 'history',
      // Reading the settings takes time: only for what may be in them.
      savedQueries: preset === null ? {} : openSettings().values.savedQueries,
    });
    if (request.kind === 'usage-error') throw new Refusal(request.message);
    const mistake = choice.kind === 'history' ? await tooOldMistake(request.limits, clock.now, this.#options) : null;
    if (mistake !== null) throw new Refusal(mistake);
    const shape = chooseShape(this.#options, this.#io);
    // A long read shall not end in "it exists already".
    if (output !== null) await checkWritable(output, { force });
    if (this.#options.explain && choice.kind === 'history') return await this.#explain(request, null, null);
    const store = await openStore();
    try {
      if (asksPerson(request, this.#options.columns)) {
        await store.callers.findPeople(new Map(Object.entries(openSettings().values.identityCenterUsers)));
      }
      if (choice.kind !== 'history') return await this.#readAndPrint(store, choice, request, shape);
      const [options, io, progress, { scope }] = [this.#options, this.#io, this.#progress, choice];
      const { queryHistory } = await import('./history-query.ts');
      return await queryHistory({ options, io, progress, store, scope, request, shape });
    } finally {
      this.#progress.clear();
      await store.close();
    }
  }

  async #readAndPrint(store: Store, choice: EndingChoice, request: Request, shape: Shape): Promise<number> {
    const { debug, interrupt } = this.#io;
    const { label, report } = await this.#read(store, choice, request);
    if (report.wasCancelled) {
      const { stderr } = this.#io;
      if (stderr.isTTY === true) stderr.write(`stopped; ${countOf(store.total, 'event')} had been read\n`);
      return interrupt.exitCode();
    }
    const isUnreadable =
      report.problems.length > 0 && report.events === 0 && report.filesDone <= report.problems.length;
    if (isUnreadable) {
      this.#report(label, report, 0, 0);
      return EXIT.unusable;
    }
    const result = await store.search(request.query, { signal: interrupt.signal });
    if (this.#options.explain) return await this.#explain(request, store, result);
    debug.log('search.done', { matched: result.total });
    const total = Math.min(result.total, this.#options.limit ?? result.total);
    const [options, io, progress] = [this.#options, this.#io, this.#progress];
    const { isWhole } = await printResults([result], { options, io, store, shape, progress, total });
    progress.clear();
    // After a broken pipe nobody wants to hear more, but problems are told.
    if (isWhole || report.problems.length > 0) this.#report(label, report, store.total, result.total);
    if (report.problems.length > 0) return EXIT.partial;
    return result.total > 0 ? EXIT.matched : EXIT.nothingMatched;
  }

  /** Of event history nothing is fetched for it. */
  async #explain({ query }: Request, store: Store | null, result: Result | null): Promise<number> {
    const { explainText } = await import('./explain-output.ts');
    const spelling = store === null ? (await import('../cloudtrail/event-names.ts')).knownSpelling : null;
    const zone = this.#options.zone ?? 'utc';
    const text = explainText({ query, store, understood: result?.understood ?? [], spelling, zone });
    this.#progress.clear();
    await streamOutput(this.#io.stdout, 'standard output').write(text);
    return EXIT.matched;
  }

  #report(source: string, report: SourceReport, distinct: number, matched: number): void {
    const { stderr } = this.#io;
    const elapsedMs = performance.now() - this.#started;
    const lines = closingReport({ source, report, distinct, matched, elapsedMs }, stderr.isTTY !== true);
    for (const line of lines) stderr.write(`${line}\n`);
  }

  async #read(
    store: Store,
    choice: EndingChoice,
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
}
