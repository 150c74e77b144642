import { BatchBuilder } from '../log-files/batch-builder.ts';
import { RecordReader } from '../log-files/record-reader.ts';
import type { Progress, Source } from '../source.ts';
import { generateSample } from './generate-sample.ts';

/** The built-in sample as a source: about 3,000 events, the newest some minutes before `end` (now). */
export function sampleSource(end: number = Date.now()): Source {
  return {
    label: 'sample',
    async read(sink, options = {}) {
      const builder = new BatchBuilder();
      const reader = new RecordReader(builder);
      reader.beginFile(0);
      const full: ReturnType<BatchBuilder['take']>[] = [];
      reader.onFull = () => full.push(builder.take());
      for (const text of generateSample({ end })) {
        if (options.signal?.aborted) break;
        reader.text(text);
      }
      if (builder.count > 0) full.push(builder.take());
      for (const batch of full) await sink(batch);
      const progress: Progress = {
        filesDone: 0,
        filesTotal: 0,
        bytesDone: 0,
        bytesTotal: 0,
        isListing: false,
        events: reader.events,
      };
      options.onProgress?.(progress);
      return {
        ...progress,
        problems: [],
        passedOver: { digests: 0, notifications: 0, otherValues: 0, otherFiles: 0 },
        daysOutside: 0,
        wasCancelled: options.signal?.aborted ?? false,
      };
    },
  };
}
