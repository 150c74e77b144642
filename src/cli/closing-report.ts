import type { SourceReport } from '../sources/source.ts';
import { formatCount, formatDuration } from '../text/format.ts';
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

/** What stderr says at the end, line by line. `isBrief`: nobody is watching (a script), so only what is not as it should be. */
export function closingReport(outcome: Outcome, isBrief: boolean): readonly string[] {
  const { report, matched } = outcome;
  const problems = report.problems.map(problemLine);
  const passedOver = passedOverLine(report);
  const isRight = problems.length === 0 && matched > 0;
  if (isBrief && isRight) return [];
  return [summaryLine(outcome), ...(passedOver === null ? [] : [passedOver]), ...problems];
}

function problemLine({ path, reason, kept }: SourceReport['problems'][number]): string {
  return `${sanitize(path)}: ${sanitize(reason)}${kept > 0 ? ` (${plural(kept, 'event')} kept)` : ''}`;
}

/** A "no match" always says over what. */
function summaryLine({ source, report, distinct, matched, elapsedMs }: Outcome): string {
  const copies = report.events - distinct;
  // The sample comes from no file.
  const isMade = report.filesTotal === 0 && report.events > 0;
  const place = isMade ? sanitize(source) : `${plural(report.filesDone, 'file')} of ${sanitize(source)}`;
  const details = [
    ...(copies > 0 ? [`${plural(copies, 'copy', 'copies')} left out`] : []),
    ...(report.problems.length > 0 ? [`${plural(report.problems.length, 'problem')}`] : []),
    formatDuration(elapsedMs),
  ];
  const time = ` (${details.join(', ')})`;
  if (distinct === 0) return `no events in ${place}${time}`;
  const events = plural(distinct, 'event');
  return `${matched === 0 ? 'no match among' : `${formatCount(matched)} of`} ${events} in ${place}${time}`;
}

function passedOverLine({ passedOver }: SourceReport): string | null {
  const { digests, notifications, otherValues, otherFiles } = passedOver;
  const parts = [
    ...(digests > 0 ? [plural(digests, 'digest')] : []),
    ...(notifications > 0 ? [plural(notifications, 'notification')] : []),
    ...(otherValues > 0
      ? [`${plural(otherValues, 'JSON value')} that ${otherValues === 1 ? 'is no event' : 'are no events'}`]
      : []),
    ...(otherFiles > 0 ? [plural(otherFiles, 'other file')] : []),
  ];
  return parts.length === 0 ? null : `passed over: ${parts.join(', ')}`;
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
