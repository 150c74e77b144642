import { SeenEvents } from '../seen-events.ts';
import { Slices } from '../slices.ts';
import type { BatchEntry, BatchParts } from './batch-entry.ts';
import { Gatherer } from './gatherer.ts';
import { BATCH_ROWS } from './segment.ts';

/** Bytes of texts of one batch. */
const BATCH_BYTES = 8 * 1024 * 1024;

export type Arranged = { readonly parts: BatchParts; readonly records: Uint8Array };

/** The events of many small entries as few large batches: newest first, each once. In slices: others get their turn. */
export async function* arrange(entries: readonly BatchEntry[]): AsyncGenerator<Arranged, undefined> {
  const slices = new Slices();
  const seen = new SeenEvents();
  const rows: { readonly entry: BatchEntry; readonly row: number; readonly time: number; readonly text: Uint8Array }[] =
    [];
  for (const entry of entries) {
    const { parts, records } = entry;
    if (records === null) continue;
    let start = 0;
    for (let row = 0; row < parts.count; row++) {
      const end = records.indexOf(0x0a, start) + 1;
      const text = records.subarray(start, end);
      start = end;
      const [high, low] = [parts.identity[row * 2] as number, parts.identity[row * 2 + 1] as number];
      if (seen.add(high, low, rows.length) >= 0) continue;
      const time = parts.time[row] as number;
      rows.push({ entry, row, time: Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time, text });
    }
    await slices.next();
  }
  rows.sort((a, b) => (a.time === b.time ? 0 : b.time - a.time));
  const gatherer = new Gatherer();
  let texts: Uint8Array[] = [];
  let bytes = 0;
  for (const { entry, row, text } of rows) {
    if (gatherer.count >= BATCH_ROWS || (bytes > 0 && bytes + text.length > BATCH_BYTES)) {
      yield { parts: gatherer.take(), records: Buffer.concat(texts) };
      await new Promise((resolve) => setImmediate(resolve));
      texts = [];
      bytes = 0;
    }
    gatherer.add(entry.parts, row);
    texts.push(text);
    bytes += text.length;
  }
  if (gatherer.count > 0) yield { parts: gatherer.take(), records: Buffer.concat(texts) };
  return undefined;
}
