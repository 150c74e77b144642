import type { Progress, SourceReport } from '../sources/source.ts';

/** Where the reading of the source stands. Times in ms of the clock that the actions carry. */
export type Loading =
  /** The store is being opened. */
  | { readonly kind: 'opening' }
  | {
      readonly kind: 'reading';
      readonly progress: Progress;
      readonly startedAt: number;
      readonly now: number;
      readonly isStopping: boolean;
    }
  | { readonly kind: 'done'; readonly report: SourceReport; readonly tookMs: number }
  /** Reading ended because the store could not go on; what was read before stays. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'nothing' }
  /** Event history, which has no end: AppState.live tells. */
  | { readonly kind: 'live' };

export const NO_PROGRESS: Progress = {
  filesDone: 0,
  filesTotal: 0,
  bytesDone: 0,
  bytesTotal: 0,
  isListing: true,
  events: 0,
};

/** Shortest time a rate is computed over; before it the numbers jump too much to be read. */
const RATE_AFTER_MS = 300;

export type Rate = {
  /** 0 to 1; null while nothing is known of the whole. */
  readonly fraction: number | null;
  readonly eventsPerSecond: number | null;
  readonly remainingMs: number | null;
};

/** What a progress line says beside the plain numbers. Bytes tell how far it is: files differ a thousandfold. */
export function rateOf(loading: Extract<Loading, { kind: 'reading' }>): Rate {
  const { progress, startedAt, now } = loading;
  const elapsedMs = now - startedAt;
  const fraction = progress.bytesTotal > 0 ? Math.min(1, progress.bytesDone / progress.bytesTotal) : null;
  if (elapsedMs < RATE_AFTER_MS) return { fraction, eventsPerSecond: null, remainingMs: null };
  const isEstimable = fraction !== null && fraction > 0 && !progress.isListing;
  return {
    fraction,
    eventsPerSecond: progress.events / (elapsedMs / 1000),
    remainingMs: isEstimable ? (elapsedMs / fraction) * (1 - fraction) : null,
  };
}
