// Where `query` prints to, and in which format: the same for every source.

import type { ReadStream, WriteStream } from 'node:tty';
import { ColumnError, type ExportColumn, readColumns, splitColumns } from '../export/columns.ts';
import type { Results } from '../export/export-rows.ts';
import { FORMATS, type Format, hasColumns } from '../export/format.ts';
import { formatEvents } from '../export/format-events.ts';
import { gzipOutput } from '../export/gzip-output.ts';
import { BrokenPipe, streamOutput } from '../export/output.ts';
import { readOutputName } from '../export/output-name.ts';
import { reproduceCommand, type View } from '../export/reproduce-command.ts';
import { openFileOutput } from '../export/write-file.ts';
import type { Store } from '../store/store.ts';
import type { DebugLog } from './debug-log.ts';
import type { Interrupt } from './interrupt.ts';
import type { Options } from './options.ts';
import type { ProgressLine } from './progress-line.ts';

export type QueryIo = {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly stderr: WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly interrupt: Interrupt;
  readonly debug: DebugLog;
};

/** The request cannot be served; the message says why and what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Whether a person reads what is printed. */
export function isForTerminal({ output }: Options, { stdout }: QueryIo): boolean {
  return output === null && stdout.isTTY === true;
}

/** What every event is printed as. */
export type Shape = {
  readonly format: Format;
  /** Null: those of the format. */
  readonly columns: readonly ExportColumn[] | null;
};

/** @throws Refusal where the output cannot hold the format, its name says none, or a column is none. */
export function chooseShape(options: Options, io: QueryIo): Shape {
  const format = chooseFormat(options, io);
  if (options.columns === null) return { format, columns: null };
  if (!hasColumns(format)) {
    throw new Refusal(`--columns is for csv, markdown, table and parquet: ${format} prints whole records`);
  }
  try {
    return { format, columns: readColumns(splitColumns(options.columns)) };
  } catch (error) {
    if (error instanceof ColumnError) throw new Refusal(`--columns: ${error.message}`);
    throw error;
  }
}

function chooseFormat(options: Options, io: QueryIo): Format {
  const { format, output, count, columns } = options;
  if (count) return 'ndjson';
  const isOnTerminal = isForTerminal(options, io);
  const name = output === null ? null : readOutputName(output);
  const named = columns !== null && name?.extension === '' ? null : name?.format;
  const chosen = format ?? named ?? (isOnTerminal ? 'table' : columns === null ? 'ndjson' : 'csv');
  if (chosen === 'unknown') {
    throw new Refusal(`-o ${output}: ${name?.extension} says no format; add --format: ${FORMATS.join(', ')}`);
  }
  if (chosen === 'parquet' && isOnTerminal) {
    throw new Refusal('parquet is not for reading: write it to a file with -o FILE');
  }
  if (chosen === 'parquet' && name?.isGzip) {
    throw new Refusal(`-o ${output}: parquet is compressed already; leave the .gz out`);
  }
  return chosen;
}

export type Printed = {
  readonly events: number;
  /** False when the reader of the pipe left before the end. */
  readonly isWhole: boolean;
};

export type PrintJob = {
  readonly options: Options;
  readonly io: QueryIo;
  readonly store: Store;
  readonly shape: Shape;
  readonly progress: ProgressLine;
  /** How many events there are to print; null: that turns out. */
  readonly total: number | null;
  /** Asked when the results have ended: a count of what could not be read would be a lie. */
  readonly isNothingRead?: () => boolean;
};

/** Prints the results, or with --count how many events they hold. @throws OutputError */
export async function printResults(results: Results, job: PrintJob): Promise<Printed> {
  const { options, io } = job;
  const { output: path, force } = options;
  const plain = path === null ? streamOutput(io.stdout, 'standard output') : await openFileOutput(path, { force });
  const output = path !== null && readOutputName(path).isGzip ? gzipOutput(plain) : plain;
  let events = 0;
  try {
    for await (const chunk of options.count ? countText(results, job) : eventsText(results, job, (n) => (events = n))) {
      io.interrupt.signal.throwIfAborted();
      // A line that is drawn on the same terminal must not stand among the events.
      if (isForTerminal(options, io)) job.progress.clear();
      await output.write(chunk);
    }
    if (options.count && job.isNothingRead?.()) {
      await output.abandon();
      return { events: 0, isWhole: true };
    }
    // Never a short file that looks whole.
    if (job.total !== null && !options.count && events !== job.total) {
      throw new Error(`${events} of ${job.total} events were printed`);
    }
    await output.commit();
    io.debug.log('print.done', { format: job.shape.format, events });
    return { events, isWhole: true };
  } catch (error) {
    await output.abandon();
    if (error instanceof BrokenPipe) return { events, isWhole: false };
    throw error;
  }
}

async function* countText(results: Results, { isNothingRead }: PrintJob): AsyncGenerator<string> {
  let total = 0;
  for await (const result of results) total += result.total;
  if (!isNothingRead?.()) yield `${total}\n`;
}

function eventsText(
  results: Results,
  { options, io, store, shape, progress, total }: PrintJob,
  onPrinted: (events: number) => void,
): AsyncIterable<string | Uint8Array> {
  const isOnTerminal = isForTerminal(options, io);
  return formatEvents(store, results, {
    ...shape,
    noteOf: null,
    caption: reproduceCommand(viewOf(options)),
    isForTerminal: isOnTerminal,
    width: isOnTerminal ? io.stdout.columns : tableWidth(io.env.COLUMNS),
    zone: options.zone ?? 'utc',
    oldestFirst: options.oldestFirst,
    limit: total ?? options.limit ?? Number.POSITIVE_INFINITY,
    signal: io.interrupt.signal,
    onWritten: (events) => {
      onPrinted(events);
      if (!isOnTerminal && total !== null) progress.writing(events, total);
    },
  });
}

function viewOf(options: Options): View {
  const { sources, sample, insights, profiles, regions, since, until, preset, query, zone } = options;
  return {
    sources,
    profiles,
    regions,
    since,
    until,
    preset,
    query,
    isSample: sample,
    isInsights: insights,
    zone: zone ?? 'utc',
  };
}

const TABLE_CELLS = 120;

/** Off a terminal a table is as wide as COLUMNS says, where it says something sensible. */
function tableWidth(columns: string | undefined): number {
  return columns !== undefined && /^[1-9]\d{0,3}$/.test(columns) ? Number(columns) : TABLE_CELLS;
}
