import type { SourceReport } from '../sources/source.ts';
import { countOf, formatCount, formatDuration } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';

/** What one run of `query` did. */
export type Outcome = {
  /** As the header names the source. */
  readonly source: string;
  readonly report: SourceReport;
  /** Events in the store: those read, each once. */
  readonly distinct: number;
  readonly matched: number;
  readonly elapsedMs: number;
};

/** What stderr says at the end, line by line. `isBrief`: nobody is watching (a script), so nothing where all that was
 *  there was read and something matched. */
export function closingReport(outcome: Outcome, isBrief: boolean): readonly string[] {
  const { report, distinct, matched } = outcome;
  const leftOut = [passedOverLine(report), daysOutsideLine(report)].filter((line) => line !== null);
  const isWhole = leftOut.length === 0 && report.problems.length === 0 && report.events === distinct;
  if (isBrief && isWhole && matched > 0) return [];
  return [summaryLine(outcome), ...leftOut, ...report.problems.map(problemLine)];
}

function problemLine({ path, reason, kept }: SourceReport['problems'][number]): string {
  return `${sanitize(path)}: ${sanitize(reason)}${kept > 0 ? ` (${countOf(kept, 'event')} kept)` : ''}`;
}

/** A "no match" always says over what. */
function summaryLine({ source, report, distinct, matched, elapsedMs }: Outcome): string {
  const copies = report.events - distinct;
  // The sample comes from no file.
  const isMade = report.filesTotal === 0 && report.events > 0;
  const place = isMade ? sanitize(source) : `${countOf(report.filesDone, 'file')} of ${sanitize(source)}`;
  const details = [
    ...(copies > 0 ? [`${countOf(copies, 'copy', 'copies')} left out`] : []),
    ...(report.problems.length > 0 ? [`${countOf(report.problems.length, 'problem')}`] : []),
    formatDuration(elapsedMs),
  ];
  const time = ` (${details.join(', ')})`;
  if (distinct === 0) return `no events in ${place}${time}`;
  const events = countOf(distinct, 'event');
  return `${matched === 0 ? 'no match among' : `${formatCount(matched)} of`} ${events} in ${place}${time}`;
}

function passedOverLine({ passedOver }: SourceReport): string | null {
  const { digests, notifications, otherValues, otherFiles } = passedOver;
  const parts = [
    ...(digests > 0 ? [countOf(digests, 'digest')] : []),
    ...(notifications > 0 ? [countOf(notifications, 'notification')] : []),
    ...(otherValues > 0 ? [countOf(otherValues, 'JSON value that is no event', 'JSON values that are no events')] : []),
    ...(otherFiles > 0 ? [countOf(otherFiles, 'other file')] : []),
  ];
  return parts.length === 0 ? null : `passed over: ${parts.join(', ')}`;
}

function daysOutsideLine({ daysOutside }: SourceReport): string | null {
  return daysOutside > 0 ? `${countOf(daysOutside, 'day folder')} outside --since/--until not opened` : null;
}
