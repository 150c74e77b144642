// The explorer in this process, on a screen that can be looked at and on the real store.

import type { LiveSource } from '../../src/sources/live-source.ts';
import { BatchBuilder } from '../../src/sources/log-files/batch-builder.ts';
import { RecordReader } from '../../src/sources/log-files/record-reader.ts';
import type { Problem, Source } from '../../src/sources/source.ts';
import { NO_NOISE } from '../../src/state/noise.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type ExplorerOptions, type ExplorerSettings, runExplorer } from '../../src/ui/run-explorer.tsx';
import { createScreen, type InkScreen } from '../helpers/ink-screen.ts';

export type OpenExplorer = InkScreen & {
  /** Settles when the explorer has ended. */
  readonly ended: Promise<{ readonly exitCode: number }>;
  readonly saved: Partial<ExplorerSettings>[];
};

export const SETTINGS: ExplorerSettings = {
  theme: 'dark',
  hiddenColumns: [],
  zone: 'utc',
  lastQuery: '',
  detailSize: 0.4,
  mouse: true,
  profiles: [],
  regionsOfProfile: {},
  noise: NO_NOISE,
  queryHistory: [],
  savedQueries: {},
};

export function openExplorer(
  source: Source | LiveSource,
  options: Partial<ExplorerOptions> & {
    readonly columns?: number;
    readonly rows?: number;
    readonly remembered?: Partial<ExplorerSettings>;
  } = {},
): OpenExplorer {
  const screen = createScreen(options.columns ?? 120, options.rows ?? 30);
  const saved: Partial<ExplorerSettings>[] = [];
  let stored: ExplorerSettings = { ...SETTINGS, ...options.remembered };
  const ended = runExplorer({
    openStore: () => openStore(),
    openSource: async () => source,
    sourceLabel: 'fixture',
    initialQuery: '',
    zone: null,
    theme: null,
    useMouse: true,
    settings: {
      values: stored,
      notice: null,
      save: async (change) => {
        const changes = change(stored);
        stored = { ...stored, ...changes };
        saved.push(changes);
        return null;
      },
    },
    stdin: screen.stdin,
    stdout: screen.stdout,
    stderr: screen.stderr,
    env: {},
    now: () => Date.UTC(2026, 4, 20),
    ...options,
  });
  // A test that ends early closes it without looking at how it ended.
  ended.catch(() => {});
  return { ...screen, ended, saved };
}

/** A source of these records. `gate` is awaited before each batch; a batch holds `batchSize` records. */
export function recordsSource(
  records: readonly object[],
  options: {
    readonly batchSize?: number;
    readonly gate?: (batch: number) => Promise<void>;
    readonly problems?: readonly Problem[];
  } = {},
): Source {
  const { batchSize = 1000, gate, problems = [] } = options;
  return {
    label: 'fixture',
    async read(sink, { signal, onProgress } = {}) {
      let events = 0;
      const batches = Math.ceil(records.length / batchSize);
      const progress = () => ({
        filesDone: Math.ceil(events / batchSize),
        filesTotal: batches,
        bytesDone: events,
        bytesTotal: records.length,
        isListing: false,
        events,
      });
      for (let batch = 0; batch < batches; batch++) {
        await gate?.(batch);
        if (signal?.aborted) break;
        const builder = new BatchBuilder();
        const reader = new RecordReader(builder);
        reader.beginFile(batch);
        const part = records.slice(batch * batchSize, (batch + 1) * batchSize);
        for (const record of part) reader.text(JSON.stringify(record));
        await sink(builder.take());
        events += part.length;
        onProgress?.(progress());
      }
      return {
        ...progress(),
        problems,
        passedOver: { digests: 0, notifications: 0, otherValues: 0, otherFiles: 0 },
        daysOutside: 0,
        wasCancelled: signal?.aborted ?? false,
      };
    },
  };
}

/** A record like CloudTrail's; `minute` counts back from 2026-05-19T14:00Z, so the highest is the oldest. */
export function record(minute: number, changes: Readonly<Record<string, unknown>> = {}): object {
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLE:alice',
      arn: 'arn:aws:sts::111122223333:assumed-role/Admin/alice',
      accountId: '111122223333',
      accessKeyId: 'ASIAEXAMPLE',
      sessionContext: { sessionIssuer: { type: 'Role', userName: 'Admin' } },
    },
    eventTime: new Date(Date.UTC(2026, 4, 19, 14) - minute * 60_000).toISOString().replace('.000', ''),
    eventSource: 'ec2.amazonaws.com',
    eventName: 'DescribeInstances',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '203.0.113.9',
    userAgent: 'aws-cli/2',
    requestParameters: { instancesSet: { items: [{ instanceId: `i-${String(minute).padStart(17, '0')}` }] } },
    responseElements: null,
    requestID: `request-${minute}`,
    eventID: `event-${minute}`,
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '111122223333',
    eventCategory: 'Management',
    ...changes,
  };
}

export function records(count: number): readonly object[] {
  return Array.from({ length: count }, (_, minute) => record(minute));
}
