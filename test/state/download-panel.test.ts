import { describe, expect, test } from 'vitest';
import {
  type DownloadPanel,
  type DownloadStep,
  type FormatChoice,
  formatOf,
  openDownload,
  stepDownload,
} from '../../src/state/download-panel.ts';

const FORMATS: readonly FormatChoice[] = [
  { id: 'csv', extension: '.csv', extensions: ['.csv'], columns: 'sixteen', about: '' },
  { id: 'json', extension: '.json', extensions: ['.json'], columns: null, about: '' },
  { id: 'records', extension: '.records.json', extensions: ['.records.json', '.records'], columns: null, about: '' },
];

function open(changes: Partial<Parameters<typeof openDownload>[0]> = {}): DownloadPanel {
  return openDownload({
    row: 3,
    what: 'result',
    formats: FORMATS,
    format: 0,
    file: 'a.csv',
    isNamed: false,
    ...changes,
  });
}

function stepped(panel: DownloadPanel, ...steps: readonly DownloadStep[]): DownloadPanel {
  return steps.reduce(stepDownload, panel);
}

const down: DownloadStep = { kind: 'field', step: 1 };
const up: DownloadStep = { kind: 'field', step: -1 };
const next: DownloadStep = { kind: 'choose', step: 1, subjects: ['result', 'event'] };
const type = (text: string): DownloadStep => ({ kind: 'edit', edit: { kind: 'insert', text } });

describe('fields', () => {
  test('go around, and past the columns of a format that has none', () => {
    expect(
      [open(), stepped(open(), down), stepped(open(), down, down), stepped(open(), up)].map(({ field }) => field),
    ).toEqual(['what', 'format', 'columns', 'file']);
    const json = stepped(open(), { kind: 'toFormat', format: 1 });
    expect(stepped(json, down, down).field).toBe('file');
    expect(stepped(json, up, up).field).toBe('format');
    expect(stepped(json, { kind: 'toField', field: 'columns' }).field).toBe('what');
  });

  test('a choice goes around what there is to choose from', () => {
    expect(stepped(open(), next).what).toBe('event');
    expect(stepped(open(), next, next).what).toBe('result');
    expect(stepped(open(), { ...next, subjects: [] }).what).toBe('result');
    // Marks that were taken back meanwhile.
    expect(stepped(open({ what: 'marked' }), next).what).toBe('result');
    expect(formatOf(stepped(open(), down, next, next)).id).toBe('records');
    expect(formatOf(stepped(open(), down, { ...next, step: -1 })).id).toBe('records');
  });

  test('letters go into the line that has the cursor, and nowhere else', () => {
    expect(stepped(open(), type('x'))).toEqual(open());
    expect(stepped(open(), down, down, type('who')).columns.text).toBe('who');
    expect(stepped(open(), up, type('x')).file.text).toBe('a.csvx');
    expect(stepped(open(), up, { kind: 'empty' }).file.text).toBe('');
  });
});

describe('name', () => {
  test('its extension goes along with the format', () => {
    expect(stepped(open(), { kind: 'toFormat', format: 2 }).file.text).toBe('a.records.json');
    expect(stepped(open(), { kind: 'toFormat', format: 2 }, { kind: 'toFormat', format: 0 }).file.text).toBe('a.csv');
  });

  test('stays as it is once the person has written it', () => {
    expect(stepped(open({ isNamed: true }), { kind: 'toFormat', format: 1 }).file.text).toBe('a.csv');
    const written = stepped(open(), up, { kind: 'edit', edit: 'backspace' }, type('v'), {
      kind: 'toFormat',
      format: 1,
    });
    expect(written.file.text).toBe('a.csv');
    // The cursor alone writes nothing.
    const moved = stepped(open(), up, { kind: 'edit', edit: 'home' }, { kind: 'toFormat', format: 1 });
    expect(moved.file.text).toBe('a.json');
  });

  test('its extension chooses the format when it is written by hand, until the person chooses one', () => {
    const named = (...texts: readonly string[]) => stepped(open(), up, { kind: 'empty' }, ...texts.map(type));
    expect(formatOf(named('b.json')).id).toBe('json');
    expect(formatOf(named('b.records', '.json')).id).toBe('records');
    expect(formatOf(named('b.JSON.gz')).id).toBe('json');
    expect(formatOf(named('b', '.jso')).id).toBe('csv');
    const chosen = stepped(named('b.json'), { kind: 'toFormat', format: 0 });
    expect([formatOf(chosen).id, chosen.file.text]).toEqual(['csv', 'b.json']);
    // The stem is another, the extension is not.
    expect(formatOf(stepped(chosen, { kind: 'edit', edit: 'home' }, type('x'))).id).toBe('csv');
  });

  test('what the file system says of another name is dropped', () => {
    const taken: DownloadStep = { kind: 'looked', of: 'a.csv', target: { kind: 'taken' } };
    expect(stepped(open(), taken).target).toEqual({ kind: 'taken' });
    expect(stepped(open(), up, type('x'), taken).target).toEqual({ kind: 'unknown' });
    expect(stepped(open(), taken, { kind: 'toFormat', format: 1 }).target).toEqual({ kind: 'unknown' });
    expect(stepped(open(), taken, up, type('x')).target).toEqual({ kind: 'unknown' });
  });

  test('completes as far as the names agree, and lists them until something is typed', () => {
    const completed: DownloadStep = {
      kind: 'completed',
      of: 'a.csv',
      text: 'a.csv-',
      completions: ['a.csv-1', 'a.csv-2'],
    };
    const panel = stepped(open(), up, completed);
    expect(panel.file.text).toBe('a.csv-');
    expect(panel.completions).toEqual(['a.csv-1', 'a.csv-2']);
    expect(stepped(panel, type('1')).completions).toEqual([]);
    expect(stepped(open(), up, type('x'), completed).file.text).toBe('a.csvx');
  });
});

test('a completed path goes into the name, wherever the cursor is by now', () => {
  const completed: DownloadStep = {
    kind: 'completed',
    of: 'a.csv',
    text: 'a.csv-',
    completions: ['a.csv-1', 'a.csv-2'],
  };
  const panel = stepped(open(), { kind: 'toField', field: 'columns' }, type('who'), completed);
  expect([panel.columns.text, panel.file.text, panel.completions]).toEqual(['who', 'a.csv-', []]);
  expect(stepped(open(), completed).file.text).toBe('a.csv-');
});

test('a problem moves to its field and stands until something about it changes', () => {
  const refused = stepped(open(), { kind: 'refuse', field: 'columns', problem: 'there is no field "nam"' });
  expect(refused.field).toBe('columns');
  expect(refused.problem).toBe('there is no field "nam"');
  expect(stepped(refused, { kind: 'edit', edit: 'home' }).problem).not.toBe('');
  expect(stepped(refused, type('e')).problem).toBe('');
  expect(stepped(refused, { kind: 'toFormat', format: 1 }).problem).toBe('');
});
