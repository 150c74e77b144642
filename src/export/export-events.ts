// Events into a file, for the command line and the explorer alike: streamed, so that any number of them fits into
// memory; whole or not at all, so that nobody takes half an export for a whole one.

import type { Result } from '../store/result.ts';
import type { Store } from '../store/store.ts';
import type { TimeZoneChoice } from '../text/format.ts';
import { ColumnError, readColumns } from './columns.ts';
import { type FileFormat, hasColumns } from './format.ts';
import { formatEvents } from './format-events.ts';
import { gzipOutput } from './gzip-output.ts';
import { OutputError } from './output.ts';
import { readOutputName } from './output-name.ts';
import { openFileOutput } from './write-file.ts';

export type ExportJob = {
  readonly store: Store;
  /** Of a folded result every event is written. Some rows: Analysis.pick. */
  readonly result: Result;
  readonly format: FileFormat;
  /** Names of fields (as the list shows them) or paths of the record; see columns.ts. By default CSV has the console's
   *  16, Markdown what a note asks for, Parquet every field and the record. The other formats have no columns. */
  readonly columns?: readonly string[];
  /** `.gz` at its end compresses, except Parquet. */
  readonly path: string;
  /** Replace a file that exists. */
  readonly force: boolean;
  readonly signal: AbortSignal;
  /** Events written so far, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Adds a column `note` where the format has columns. */
  readonly noteOf?: (row: number) => string | null;
  readonly limit?: number;
  readonly oldestFirst?: boolean;
  /** UTC by default. Of columns that are asked for as `time`; what the record states stays as it is. */
  readonly zone?: TimeZoneChoice;
  /** A line below a Markdown table: where the events are from. */
  readonly caption?: string;
};

/**
 * Writes the file and tells how many events it holds. On any failure, and when `signal` fires (AbortError), nothing is
 * left behind and what was there stays.
 * @throws OutputError where the file cannot be written (it exists, no such folder, a full disk …)
 * @throws ColumnError where a column is none
 * @throws StoreError where the records cannot be read back
 */
export async function exportEvents(job: ExportJob): Promise<{ readonly events: number }> {
  const { store, result, format, path, force, signal, onProgress } = job;
  if (job.columns !== undefined && !hasColumns(format)) {
    throw new ColumnError(`${format} holds whole records and has no columns; csv, markdown and parquet have`);
  }
  const columns = job.columns === undefined ? null : readColumns(job.columns);
  const { isGzip } = readOutputName(path);
  if (isGzip && format === 'parquet') {
    throw new OutputError(`cannot write ${path}: parquet is compressed already; leave the .gz out`);
  }
  const whole = result.folded?.whole ?? result;
  const total = Math.min(whole.total, job.limit ?? whole.total);
  signal.throwIfAborted();
  const plain = await openFileOutput(path, { force });
  const output = isGzip ? gzipOutput(plain) : plain;
  let events = 0;
  try {
    const chunks = formatEvents(store, [whole], {
      format,
      columns,
      signal,
      limit: total,
      oldestFirst: job.oldestFirst ?? false,
      noteOf: job.noteOf ?? null,
      caption: job.caption ?? null,
      zone: job.zone ?? 'utc',
      isForTerminal: false,
      width: 0,
      onWritten: (count) => {
        events = count;
        onProgress?.(count, total);
      },
    });
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      await output.write(chunk);
    }
    signal.throwIfAborted();
    if (events !== total) throw new Error(`${events} of ${total} events were written`);
    await output.commit();
    return { events };
  } catch (error) {
    await output.abandon();
    throw error;
  }
}
