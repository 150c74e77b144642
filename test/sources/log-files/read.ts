import { STORED_FIELDS, type StoredFieldId } from '../../../src/cloudtrail/fields.ts';
import { type LogFilesOptions, logFilesSource } from '../../../src/sources/log-files/log-files-source.ts';
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
export async function readAll(options: LogFilesOptions, signal?: AbortSignal): Promise<ReadEvents> {
  const batches: Batch[] = [];
  const report = await logFilesSource(options).read(async (batch) => void batches.push(batch), { signal });
  return { ...unpack(batches), report };
}

export function unpack(batches: readonly Batch[]): Omit<ReadEvents, 'report'> {
  const all = batches.flatMap((batch) => {
    const lines = Buffer.from(batch.records).toString('utf8').split('\n');
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
