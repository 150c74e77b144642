import { STORED_FIELDS, type StoredFieldId } from '../../../src/cloudtrail/fields.ts';
import { BatchBuilder } from '../../../src/sources/log-files/batch-builder.ts';
import { type FileReport, readLogFile } from '../../../src/sources/log-files/file-reader.ts';
import { logFilesSource } from '../../../src/sources/log-files/log-files-source.ts';
import { DEFAULT_MAX_FILE_SIZE, type LogFilesOptions } from '../../../src/sources/log-files/reading.ts';
import { RecordReader } from '../../../src/sources/log-files/record-reader.ts';
import type { SourceReport } from '../../../src/sources/source.ts';
import type { Batch } from '../../../src/store/batch.ts';

export type ReadEvents = {
  readonly records: readonly string[];
  readonly rows: readonly Readonly<Record<StoredFieldId, string>>[];
  readonly times: readonly number[];
  readonly identities: readonly string[];
  readonly report: SourceReport;
};

/** Reads through the real source and its threads; events in the order of their place in the source. */
export async function readAll(
  options: LogFilesOptions,
  signal?: AbortSignal,
  onBatch: (batch: Batch) => void = () => {},
): Promise<ReadEvents> {
  const batches: Batch[] = [];
  const sink = async (batch: Batch): Promise<void> => {
    batches.push(batch);
    onBatch(batch);
  };
  const report = await logFilesSource(options).read(sink, { signal });
  return { ...unpack(batches), report };
}

export type ReadHere = Omit<ReadEvents, 'report'> & {
  readonly reports: readonly FileReport[];
  readonly problems: readonly string[];
  readonly reader: RecordReader;
  readonly batches: readonly Batch[];
};

/** Reads files in this thread, one after the other, as a reader thread does (starting one costs more than most files). */
export async function readHere(
  paths: readonly string[],
  { maxFileSize = DEFAULT_MAX_FILE_SIZE, isNamed = true, isCancelled = () => false } = {},
): Promise<ReadHere> {
  const builder = new BatchBuilder();
  const reader = new RecordReader(builder);
  const batches: Batch[] = [];
  reader.onFull = () => void batches.push(builder.take());
  const reports: FileReport[] = [];
  for (const [ordinal, path] of paths.entries()) {
    reports.push(
      await readLogFile({ path, ordinal, isNamed }, reader, maxFileSize, { isCancelled, onPiece: () => {} }),
    );
  }
  if (builder.count > 0) batches.push(builder.take());
  const problems = reports.flatMap(({ problem }) => (problem === null ? [] : [problem]));
  return { ...unpack(batches), reports, problems, reader, batches };
}

export function unpack(batches: readonly Batch[]): Omit<ReadEvents, 'report'> {
  const all = batches.flatMap((batch) => {
    const lines = recordsOf(batch).split('\n');
    return Array.from({ length: batch.count }, (_, k) => ({
      sequence: batch.sequence[k] as number,
      record: lines[k] as string,
      time: batch.time[k] as number,
      identity: `${batch.identity[2 * k]},${batch.identity[2 * k + 1]}`,
      cells: Object.fromEntries(
        STORED_FIELDS.map((field) => {
          const { values, indexes } = batch.columns[field];
          return [field, values[indexes[k] as number]];
        }),
      ) as Record<StoredFieldId, string>,
    }));
  });
  all.sort((a, b) => a.sequence - b.sequence);
  return {
    records: all.map(({ record }) => record),
    rows: all.map(({ cells }) => cells),
    times: all.map(({ time }) => time),
    identities: all.map(({ identity }) => identity),
  };
}

/** The text of a batch whose records are in memory, as those of every reader are. */
export function recordsOf({ records }: Batch): string {
  if (!(records instanceof Uint8Array)) throw new Error(`the records are in ${records.file}`);
  return Buffer.from(records).toString('utf8');
}

let made = 0;

/** A record of our own, with whatever differs. */
export function recordWith(parts: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  made++;
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::111122223333:assumed-role/Admin/alice',
      accountId: '111122223333',
      accessKeyId: 'ASIAEXAMPLE000000001',
      sessionContext: { sessionIssuer: { type: 'Role', userName: 'Admin' } },
    },
    eventTime: '2026-05-19T14:02:11Z',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'TerminateInstances',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '203.0.113.9',
    userAgent: 'aws-cli/2.31.0',
    requestParameters: { instancesSet: { items: [{ instanceId: 'i-0ab12cd34ef567890' }] } },
    responseElements: null,
    requestID: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
    eventID: `11111111-0000-4000-8000-${String(made).padStart(12, '0')}`,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '111122223333',
    eventCategory: 'Management',
    ...parts,
  };
}
