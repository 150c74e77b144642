// What the form of a download offers just now.

import { extensionOf, FILE_FORMATS, type FileFormat } from '../export/format.ts';
import { extensionsFor } from '../export/output-name.ts';
import type { AppState } from '../state/app-state.ts';
import {
  DOWNLOAD_SUBJECTS,
  type DownloadPanel,
  type DownloadSubject,
  type FormatChoice,
  formatOf,
} from '../state/download-panel.ts';
import { isLoading } from '../state/live.ts';
import { hiddenIn } from '../state/noise.ts';
import { formatCount, formatTime } from '../text/format.ts';

const ABOUT: Readonly<Record<FileFormat, Pick<FormatChoice, 'columns' | 'about'>>> = {
  csv: {
    columns: "the console's 16",
    about: 'for spreadsheets, which run no cell of it as a formula',
  },
  ndjson: { columns: null, about: 'a record a line, as it was read: for jq and the like' },
  json: { columns: null, about: 'one list of the records, as they were read' },
  records: { columns: null, about: '{"Records": […]}, as CloudTrail delivers log files; trailx reads it again' },
  markdown: {
    columns: 'time, name, who, ip, resource, result, region, account',
    about: 'a table for a ticket, with the command that prints it',
  },
  parquet: { columns: 'every field, and the record', about: 'for DuckDB, Athena, Spark, pandas' },
};

export const FORMAT_CHOICES: readonly FormatChoice[] = FILE_FORMATS.map((id) => ({
  id,
  extension: extensionOf(id),
  extensions: extensionsFor(id),
  ...ABOUT[id],
}));

export function fileFormatOf(panel: DownloadPanel): FileFormat {
  return FILE_FORMATS.find((id) => id === formatOf(panel).id) ?? 'csv';
}

/** Events that each subject stands for. */
export function downloadCounts(
  { results, marks }: Pick<AppState, 'results' | 'marks'>,
  row: number | null,
): Readonly<Record<DownloadSubject, number>> {
  const { result } = results;
  return {
    result: (result?.folded?.whole ?? result)?.total ?? 0,
    marked: marks.count,
    event: row === null ? 0 : 1,
  };
}

/** Those that stand for anything. */
export function downloadSubjects(state: AppState, row: number | null): readonly DownloadSubject[] {
  const counts = downloadCounts(state, row);
  return DOWNLOAD_SUBJECTS.filter((subject) => counts[subject] > 0);
}

/** What a file of the list is not: whole while more is being read, or with what noise hides. Empty where it is all. */
export function downloadLimits(
  { live, loading, noise, noiseCount, total }: AppState,
  what: DownloadSubject,
): readonly string[] {
  if (what !== 'result') return [];
  const count = formatCount(total);
  const isReading = loading.kind === 'reading' || loading.kind === 'opening';
  const soFar =
    live !== null
      ? `of the ${count} loaded${isLoading(live) ? ' so far' : ''}`
      : isReading
        ? `of the ${count} read so far`
        : '';
  const hidden = noiseCount === null ? null : hiddenIn(noiseCount);
  const isWithout = noise.isOn && hidden !== 0;
  const noiseText = isWithout ? `${hidden === null ? 'what noise hides is' : hiddenText(hidden)} not in it` : '';
  return [soFar, noiseText].filter((text) => text !== '');
}

function hiddenText(hidden: number): string {
  return `${formatCount(hidden)} hidden by noise ${hidden === 1 ? 'is' : 'are'}`;
}

/** `trailx-2026-05-20-1402.csv`, numbered where there is one already. */
export function downloadName(
  extension: string,
  { now, zone, isTaken }: { readonly now: number; readonly zone: 'utc' | 'local'; isTaken(name: string): boolean },
): string {
  const [date = '', clock = ''] = formatTime(now, { zone, style: 'date-time' }).split(' ');
  const stem = `trailx-${date}-${clock.replace(':', '').slice(0, 4)}`;
  for (let number = 1; number < MAX_NUMBER; number++) {
    const name = `${stem}${number === 1 ? '' : `-${number}`}`;
    // Another format is one key away.
    if (!FORMAT_CHOICES.some((choice) => isTaken(name + choice.extension))) return name + extension;
  }
  return stem + extension;
}

const MAX_NUMBER = 100;
