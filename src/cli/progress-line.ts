import type { LiveStatus } from '../sources/live-source.ts';
import type { Progress } from '../sources/source.ts';
import { countOf, formatBytes, formatCount, formatDuration } from '../text/format.ts';
import { cutCells } from '../text/width.ts';
import { bar } from './bar.ts';
import { liveProgressText } from './live-report.ts';

/** A line on a terminal that is drawn over itself; draws nothing anywhere else. */
export type ProgressLine = {
  reading(progress: Progress): void;
  loading(status: LiveStatus): void;
  writing(done: number, total: number): void;
  /** Erases the line, so that what is printed next starts on a clean one. */
  clear(): void;
};

type Terminal = {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
};

const REDRAW_MS = 100;
/** Work that is done sooner than this shows no bar: a flash would only distract. */
const QUIET_MS = 250;

export function createProgressLine(terminal: Terminal, isDumb: boolean, now = () => performance.now()): ProgressLine {
  if (terminal.isTTY !== true || isDumb)
    return { reading: () => {}, loading: () => {}, writing: () => {}, clear: () => {} };
  const started = now();
  let drawn = started + QUIET_MS - REDRAW_MS;
  let isShown = false;
  const draw = (text: () => string) => {
    if (now() - drawn < REDRAW_MS) return;
    drawn = now();
    isShown = true;
    // The last column stays free: a full line makes some terminals wrap. Some have no size at all (0).
    terminal.write(`\r${cutCells(text(), Math.max(1, (terminal.columns || 80) - 1))}\u001b[K`);
  };
  return {
    reading: (progress) => draw(() => readingText(progress, now() - started)),
    loading: (status) => draw(() => liveProgressText(status)),
    writing: (done, total) =>
      draw(() => `writing  ${bar(done / total)}  ${formatCount(done)} of ${countOf(total, 'event')}`),
    clear: () => {
      if (isShown) terminal.write('\r\u001b[K');
      isShown = false;
    },
  };
}

/** E.g. `reading  ███░░  31%  152/500 files  47 MB of 153 MB  312,400 events  118,000/s  3.1 s left`. */
export function readingText(progress: Progress, elapsedMs: number): string {
  const { filesDone, filesTotal, bytesDone, bytesTotal, isListing, events } = progress;
  const rate = events / Math.max(elapsedMs / 1000, 0.001);
  const speed = `${countOf(events, 'event')}  ${formatCount(Number(rate.toPrecision(3)))}/s`;
  if (isListing || bytesTotal <= 0) {
    return `reading  ${formatCount(filesDone)} of ${formatCount(filesTotal)}${isListing ? '+' : ''} files  ${speed}`;
  }
  const share = Math.min(1, bytesDone / bytesTotal);
  const leftMs = share > 0 ? (elapsedMs * (1 - share)) / share : 0;
  const left = share > 0 && share < 1 ? `  ${formatDuration(leftMs)} left` : '';
  const files = `${formatCount(filesDone)}/${countOf(filesTotal, 'file')}`;
  return `reading  ${bar(share)}  ${files}  ${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}  ${speed}${left}`;
}
