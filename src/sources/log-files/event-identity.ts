import { KEY } from './record-keys.ts';
import type { RecordView } from './record-view.ts';

const PARTS = [KEY.eventID, KEY.recipientAccountId, KEY.eventTime, KEY.eventName];

/** Writes the two words of an event's identity (see Batch.identity) to `target`. */
export function writeIdentity(view: RecordView, target: Uint32Array): void {
  target.fill(0);
  // Absent, null or "": such an event is the same as no other.
  if (!view.isStated(KEY.eventID) || view.to(KEY.eventID) - view.from(KEY.eventID) <= 2) return;
  const { buffer } = view;
  let high = 0x811c9dc5 | 0;
  let low = 0x9e3779b9 | 0;
  for (const key of PARTS) {
    // A byte no JSON text holds keeps neighbours apart and marks the absent.
    high = Math.imul(high ^ 0xff, 0x01000193);
    low = Math.imul(low ^ 0xff, 0x85ebca6b);
    if (!view.has(key)) continue;
    const to = view.to(key);
    for (let k = view.from(key); k < to; k++) {
      const byte = buffer[k] as number;
      high = Math.imul(high ^ byte, 0x01000193);
      low = Math.imul(low ^ byte, 0x85ebca6b);
      low ^= low >>> 13;
    }
  }
  target[0] = high;
  target[1] = high === 0 && low === 0 ? 1 : low;
}
