// The form of a download: which events, in which format, with which columns, into which file. Two of its fields are
// choices, two are lines to type into. What the file system says of the name comes later, as a step.

import { editText, inputOf, type TextCommand, type TextInput } from './text-input.ts';

export type DownloadSubject = 'result' | 'marked' | 'event';

export const DOWNLOAD_SUBJECTS: readonly DownloadSubject[] = ['result', 'marked', 'event'];

export type FormatChoice = {
  readonly id: string;
  /** With its dot. */
  readonly extension: string;
  /** All that mean it in a name. */
  readonly extensions: readonly string[];
  /** What stands in its columns when none are named; null: it holds records whole and has no columns. */
  readonly columns: string | null;
  readonly about: string;
};

export type DownloadField = 'what' | 'format' | 'columns' | 'file';

/** From the top. */
export const DOWNLOAD_FIELDS: readonly DownloadField[] = ['what', 'format', 'columns', 'file'];

/** What the name is to the file system; `unknown`: not asked yet. */
export type DownloadTarget =
  | { readonly kind: 'unknown' | 'free' | 'taken' }
  | { readonly kind: 'unwritable'; readonly reason: string };

export type DownloadPanel = {
  readonly kind: 'download';
  /** The event that was under the cursor when the form was opened, whatever comes above it; null: none. */
  readonly row: number | null;
  readonly what: DownloadSubject;
  /** Never empty. */
  readonly formats: readonly FormatChoice[];
  /** Index of the chosen one. */
  readonly format: number;
  readonly columns: TextInput;
  readonly file: TextInput;
  /** The person has written the name, so it stays as it is when the format changes. */
  readonly isNamed: boolean;
  readonly field: DownloadField;
  readonly target: DownloadTarget;
  /** Why it could not be written as it stands; '' until somebody tried. */
  readonly problem: string;
  /** Names that the path could go on with, where several are possible. */
  readonly completions: readonly string[];
};

export type DownloadStep =
  | { readonly kind: 'field'; readonly step: 1 | -1 }
  | { readonly kind: 'toField'; readonly field: DownloadField }
  /** To the next choice of the field; of the events only to those that there are. */
  | { readonly kind: 'choose'; readonly step: 1 | -1; readonly subjects: readonly DownloadSubject[] }
  | { readonly kind: 'toSubject'; readonly what: DownloadSubject }
  | { readonly kind: 'toFormat'; readonly format: number }
  | { readonly kind: 'edit'; readonly edit: TextCommand }
  | { readonly kind: 'empty' }
  /** `of`: the name that was looked at, or completed. */
  | { readonly kind: 'looked'; readonly of: string; readonly target: DownloadTarget }
  | { readonly kind: 'completed'; readonly of: string; readonly text: string; readonly completions: readonly string[] }
  | { readonly kind: 'refuse'; readonly field: DownloadField; readonly problem: string };

export type DownloadOptions = {
  readonly row: number | null;
  readonly what: DownloadSubject;
  readonly formats: readonly FormatChoice[];
  readonly format: number;
  readonly file: string;
  /** The name comes from the person. */
  readonly isNamed: boolean;
};

export function openDownload({ row, what, formats, format, file, isNamed }: DownloadOptions): DownloadPanel {
  return {
    kind: 'download',
    row,
    what,
    formats,
    format,
    columns: inputOf(''),
    file: inputOf(file),
    isNamed,
    field: 'what',
    target: { kind: 'unknown' },
    problem: '',
    completions: [],
  };
}

export function formatOf({ formats, format }: DownloadPanel): FormatChoice {
  return formats[format] as FormatChoice;
}

/** Whether letters are typed into the field that has the keys. */
export function isTyping({ field }: DownloadPanel): boolean {
  return field === 'columns' || field === 'file';
}

export function stepDownload(panel: DownloadPanel, step: DownloadStep): DownloadPanel {
  switch (step.kind) {
    case 'field':
      return { ...panel, field: nextField(panel, step.step), completions: [] };
    case 'toField':
      return step.field === 'columns' && formatOf(panel).columns === null ? panel : { ...panel, field: step.field };
    case 'choose':
      return choose(panel, step.step, step.subjects);
    case 'toSubject':
      return { ...panel, what: step.what, problem: '' };
    case 'toFormat':
      return withFormat(panel, step.format);
    case 'edit':
      return edit(panel, step.edit);
    case 'empty':
      return withText(panel, inputOf(''));
    case 'looked':
      return step.of === panel.file.text ? { ...panel, target: step.target } : panel;
    case 'completed': {
      // The names in the folder may come when the cursor is in another line by now.
      if (step.of !== panel.file.text) return panel;
      const completed = step.text === step.of ? panel : withFile(panel, inputOf(step.text));
      return panel.field === 'file' ? { ...completed, completions: step.completions } : completed;
    }
    case 'refuse':
      return { ...panel, field: step.field, problem: step.problem, completions: [] };
  }
}

/** Around, past columns that the format does not have. */
function nextField(panel: DownloadPanel, step: 1 | -1): DownloadField {
  const fields = DOWNLOAD_FIELDS.filter((field) => field !== 'columns' || formatOf(panel).columns !== null);
  return fields[(fields.indexOf(panel.field) + step + fields.length) % fields.length] ?? 'what';
}

function choose(panel: DownloadPanel, step: 1 | -1, subjects: readonly DownloadSubject[]): DownloadPanel {
  if (panel.field === 'format') {
    return withFormat(panel, (panel.format + step + panel.formats.length) % panel.formats.length);
  }
  if (panel.field !== 'what' || subjects.length === 0) return panel;
  const at = subjects.indexOf(panel.what);
  const next = at < 0 ? 0 : (at + step + subjects.length) % subjects.length;
  return { ...panel, what: subjects[next] ?? panel.what, problem: '' };
}

/** The name's extension goes along, unless the person has written the name. */
function withFormat(panel: DownloadPanel, format: number): DownloadPanel {
  const before = formatOf(panel).extension;
  const next = { ...panel, format, problem: '' };
  const { text } = panel.file;
  if (panel.isNamed || !text.endsWith(before) || formatOf(next).extension === before) return next;
  const file = inputOf(text.slice(0, text.length - before.length) + formatOf(next).extension);
  return { ...next, file, target: { kind: 'unknown' } };
}

function edit(panel: DownloadPanel, command: TextCommand): DownloadPanel {
  return isTyping(panel) ? withText(panel, editText(panel[panel.field as 'columns' | 'file'], command)) : panel;
}

/** Into the line that has the keys. A cursor that moved has changed nothing about what is there. */
function withText(panel: DownloadPanel, input: TextInput): DownloadPanel {
  if (panel.field === 'columns') {
    return { ...panel, columns: input, problem: input.text === panel.columns.text ? panel.problem : '' };
  }
  return panel.field === 'file' ? withFile(panel, input) : panel;
}

function withFile(panel: DownloadPanel, input: TextInput): DownloadPanel {
  if (input.text === panel.file.text) return { ...panel, file: input };
  // Another extension chooses its format; a format that is chosen after that stays, whatever the rest of the name.
  const named = formatNamed(panel, input.text);
  const format = named === null || named === formatNamed(panel, panel.file.text) ? panel.format : named;
  return { ...panel, format, file: input, isNamed: true, target: { kind: 'unknown' }, problem: '', completions: [] };
}

/** Index of the format that the name's extension means; null where that is none. */
function formatNamed({ formats }: DownloadPanel, name: string): number | null {
  const plain = name.toLowerCase().replace(/\.gz$/, '');
  let [found, length]: [number | null, number] = [null, 0];
  for (const [index, { extensions }] of formats.entries()) {
    for (const extension of extensions) {
      if (extension.length > length && plain.endsWith(extension)) [found, length] = [index, extension.length];
    }
  }
  return found;
}
