// Pages become batches as files do, through the same reader, so that an event has the same cells wherever it came from.
// What LookupEvents tells beside the record goes into the cells that the record leaves empty: a resource that the
// server finds by ResourceName is then found here by resource:… too.

import { createHash } from 'node:crypto';
import type { Batch } from '../../store/batch.ts';
import { BatchBuilder, type BuiltBatch } from '../log-files/batch-builder.ts';
import { RecordReader } from '../log-files/record-reader.ts';
import type { PageEvent } from './lookup-page.ts';

export type PageBatches = {
  /** The events as batches of this origin: one, or more where the records are giants. The newest gets the last
   *  sequence, `firstSequence + events.length - 1`, because the reading order of the store goes forward in time. */
  toBatches(events: readonly PageEvent[], origin: number, firstSequence: number): readonly Batch[];
};

/** To be kept: what repeats from page to page (callers, parameters) is worked out once. */
export function createPageBatches(): PageBatches {
  const builder = new BatchBuilder();
  const reader = new RecordReader(builder);
  return {
    toBatches(events, origin, firstSequence) {
      const batches: Batch[] = [];
      const take = (): void => {
        const batch = slim(builder.take());
        identifyByText(batch);
        batches.push({ ...batch, origin });
      };
      reader.onFull = take;
      for (let k = events.length - 1; k >= 0; k--) {
        reader.beginAt(firstSequence + (events.length - 1 - k));
        readEvent(reader, events[k] as PageEvent);
      }
      if (builder.count > 0) take();
      return batches;
    },
  };
}

function readEvent(reader: RecordReader, event: PageEvent): void {
  const extras = { user: event.username, resources: [...new Set(event.resources.map(({ name }) => name))] };
  const before = reader.events;
  if (event.record !== null) reader.text(event.record, extras);
  if (reader.events === before) reader.text(recordOf(event), extras);
}

/** A record of what LookupEvents tells beside it, where there is none that can be read. The text that should have been
 *  it stays in `CloudTrailEvent`. */
function recordOf(event: PageEvent): string {
  const { eventTime, eventName, eventSource, eventId, username, accessKeyId, readOnly, resources, record } = event;
  const note = record === null ? 'CloudTrailEvent was absent' : 'CloudTrailEvent was not a record in JSON';
  return JSON.stringify({
    eventTime: eventTime === null ? null : new Date(eventTime).toISOString().replace('.000Z', 'Z'),
    // "aws:…" is what a notification of S3 says, and those are no events.
    eventSource: eventSource.startsWith('aws:') ? null : eventSource || null,
    eventName: eventName || null,
    eventID: eventId || null,
    userIdentity: {
      ...(username !== '' && { userName: username }),
      ...(accessKeyId !== '' && { accessKeyId }),
    },
    ...(readOnly !== '' && { readOnly: readOnly === 'true' }),
    ...(resources.length > 0 && {
      resources: resources.map(({ type, name }) => ({ resourceName: name, ...(type !== '' && { type }) })),
    }),
    additionalEventData: { note: `made by trailx of what LookupEvents says beside: ${note}` },
    ...(record !== null && { CloudTrailEvent: record }),
  });
}

/** An event without an id is the same as no other, as files go. The newest pages come again and again, though: here the
 *  same text is the same event. */
function identifyByText({ identity, records, count }: BuiltBatch): void {
  for (let row = 0, from = 0; row < count; row++) {
    const to = records.indexOf(0x0a, from);
    if (identity[row * 2] === 0 && identity[row * 2 + 1] === 0) {
      const hash = createHash('sha1').update(records.subarray(from, to)).digest();
      identity[row * 2] = hash.readUInt32LE(0);
      identity[row * 2 + 1] = hash.readUInt32LE(4);
    }
    from = to + 1;
  }
}

/** The builder's buffer has room for megabytes; a page of usual records is some ten kilobytes. */
function slim(batch: BuiltBatch): BuiltBatch {
  const { records } = batch;
  return records.length * 2 > records.buffer.byteLength ? batch : { ...batch, records: new Uint8Array(records) };
}
