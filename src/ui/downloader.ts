// From the form of a download to the file. The events are written behind the list, piece by piece, so that keys get
// through; one file at a time, whole or not at all.

import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, resolve } from 'node:path';
import { ColumnError, readColumns, splitColumns } from '../export/columns.ts';
import { exportEvents } from '../export/export-events.ts';
import { readOutputName } from '../export/output-name.ts';
import type { Action } from '../state/actions.ts';
import type { AppState } from '../state/app-state.ts';
import { type DownloadField, type DownloadPanel, formatOf, openDownload } from '../state/download-panel.ts';
import type { Result } from '../store/result.ts';
import type { Store } from '../store/store.ts';
import { countOf, formatBytes } from '../text/format.ts';
import { completePath, expandHome } from './complete-path.ts';
import { downloadLimits, downloadName, downloadSubjects, FORMAT_CHOICES, fileFormatOf } from './download-choices.ts';
import { lookAtTarget } from './download-target.ts';
import { messageOf } from './fetcher.ts';
import { StopQuestion } from './stop-question.ts';

/** Least time between two counts in the status line. */
const PROGRESS_MS = 100;
/** How long an ending is said, whatever is pressed: it comes when somebody does something else. */
const SEEN_MS = 3000;

type Client = {
  readonly state: AppState;
  readonly store: Store | null;
  readonly isClosed: boolean;
  readonly marks: { noteOf(row: number): string | null; marked(): Result | null };
  dispatch(action: Action): void;
};

export type DownloaderOptions = {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The command that prints what is on the screen, for the foot of a Markdown table; null where none does. */
  readonly command: () => string | null;
};

/** What was asked for, as the form had it when the key was pressed: whatever it says later was not agreed to. */
type Order = {
  /** Which of the forms that were opened. */
  readonly form: number;
  readonly panel: DownloadPanel;
  /** The search that the list is to answer. */
  readonly search: string;
  readonly path: string;
  readonly columns: readonly string[] | undefined;
  readonly format: ReturnType<typeof fileFormatOf>;
  readonly force: boolean;
};

export class Downloader {
  readonly #client: Client;
  readonly #options: DownloaderOptions;
  readonly #question: StopQuestion;
  #running: { readonly name: string; readonly abort: AbortController; readonly ended: Promise<void> } | null = null;
  /** Enter has been pressed, and the list or the file system has not answered yet. */
  #order: Order | null = null;
  /** Has the order look again at what it waits for. */
  #wake: (() => void) | null = null;
  #forms = 0;
  #looked: string | null = null;
  #seenTimer: NodeJS.Timeout | null = null;

  constructor(client: Client, options: DownloaderOptions) {
    this.#client = client;
    this.#options = options;
    this.#question = new StopQuestion(client);
  }

  /** Opens the form, for the list or for the event that is read. Another name than trailx's own where one is given. */
  open(row: number | null, name: string = ''): void {
    const { state } = this.#client;
    const subjects = downloadSubjects(state, row);
    const named = name === '' ? 'unknown' : readOutputName(name).format;
    const format = Math.max(
      0,
      FORMAT_CHOICES.findIndex(({ id }) => id === named),
    );
    const extension = FORMAT_CHOICES[format]?.extension ?? '';
    const isTaken = (path: string) => existsSync(path);
    const file = name === '' ? downloadName(extension, { now: this.#options.now(), zone: state.zone, isTaken }) : name;
    const isAtEvent = state.detail.isOpen && state.focus === 'detail' && subjects.includes('event');
    const what = isAtEvent ? 'event' : (subjects[0] ?? 'result');
    this.#looked = null;
    this.#forms++;
    const options = { row, what, formats: FORMAT_CHOICES, format, file, isNamed: name !== '' };
    this.#client.dispatch({ kind: 'panelOpened', panel: openDownload(options) });
  }

  /** Asks the file system about a name that has changed: the form says what it answers. */
  serve(): void {
    const { panel } = this.#client.state;
    this.#wake?.();
    if (panel?.kind !== 'download' || panel.target.kind !== 'unknown') return;
    const of = panel.file.text;
    if (of === this.#looked || of.trim() === '') return;
    this.#looked = of;
    void this.#look(of);
  }

  async completePath(): Promise<void> {
    const { panel } = this.#client.state;
    if (panel?.kind !== 'download' || panel.field !== 'file') return;
    const of = panel.file.text;
    const step = { kind: 'completed', of, ...(await completePath(of, homedir())) } as const;
    this.#client.dispatch({ kind: 'panelStepped', step: { panel: 'download', ...step } });
  }

  /** Enter: writes what the form says now, or says in it why not. `force`: a file of this name is replaced. */
  async take(force: boolean): Promise<void> {
    const { panel } = this.#client.state;
    if (panel?.kind !== 'download') return;
    const { field } = panel;
    if (this.#running !== null) {
      this.#refuse(field, `${this.#running.name} is being written: Enter again when that is done`);
      return;
    }
    const order = this.#orderOf(panel, force);
    // The last key holds: of an earlier one nothing more is to come.
    this.#order = order;
    this.#wake?.();
    if (order === null) return;
    await this.#searched(order);
    if (!this.#isStanding(order)) return;
    const result = this.#resultOf(panel);
    const target = await lookAtTarget(order.path);
    if (!this.#isStanding(order)) return;
    this.#order = null;
    const of = panel.file.text;
    this.#client.dispatch({ kind: 'panelStepped', step: { panel: 'download', kind: 'looked', of, target } });
    if (result === null || result.total === 0) this.#refuse('what', 'there is no such event any more');
    else if (target.kind === 'unwritable') this.#refuse('file', target.reason);
    else if (target.kind === 'taken' && !force)
      this.#refuse('file', 'it exists already: another name, or Ctrl-R replaces it');
    else this.#start(order, result);
  }

  /** Esc: asks, and stops when asked again. */
  stop(): void {
    if (this.#running !== null && this.#question.isAnswered('Esc again stops writing the file')) {
      this.#running.abort.abort();
    }
  }

  /** Whether to quit: while a file is written only when asked again. */
  mayQuit(): boolean {
    return this.#running === null || this.#question.isAnswered('a file is being written: q again quits without it');
  }

  /** Stops what is under way; settles when nothing of it is left. */
  async close(): Promise<void> {
    this.#question.close();
    if (this.#seenTimer !== null) clearTimeout(this.#seenTimer);
    this.#running?.abort.abort();
    await this.#running?.ended;
  }

  /** Settles when the list has its answer, or the order does not stand any more: half a list is never written. */
  async #searched(order: Order): Promise<void> {
    const isSearching = () => order.panel.what === 'result' && this.#client.state.search.stage !== 'settled';
    if (!isSearching()) return;
    this.#refuse(order.panel.field, 'still searching: it is written then');
    await new Promise<void>((resolve) => {
      this.#wake = () => {
        if (!isSearching() || this.#client.isClosed || this.#order !== order || !this.#isOf(order)) resolve();
      };
    });
  }

  /** Whether what was asked for is still asked for. Where the form says something else by now, it says that, too. */
  #isStanding(order: Order): boolean {
    if (this.#client.isClosed || this.#order !== order) return false;
    if (this.#isOf(order)) return true;
    this.#order = null;
    const { panel } = this.#client.state;
    if (panel?.kind === 'download' && order.form === this.#forms)
      this.#refuse(panel.field, 'changed since: not written yet, Enter writes it as it is now');
    else {
      const text = `${basename(order.path)} was not written: the form was closed before the events were there`;
      this.#client.dispatch({ kind: 'said', text, isWarning: true });
    }
    return false;
  }

  /** Whether the form is the same one, and says the same. */
  #isOf({ form, panel, search }: Order): boolean {
    const { panel: now, search: asked } = this.#client.state;
    if (now?.kind !== 'download' || form !== this.#forms || asked.applied !== search) return false;
    const isSameText = now.file.text === panel.file.text && now.columns.text === panel.columns.text;
    return isSameText && now.format === panel.format && now.what === panel.what;
  }

  /** What the form asks for; null where it says why that cannot be. */
  #orderOf(panel: DownloadPanel, force: boolean): Order | null {
    const format = fileFormatOf(panel);
    const file = panel.file.text;
    if (file.trim() === '') return this.#refuse('file', 'name a file');
    if (format === 'parquet' && readOutputName(file).isGzip)
      return this.#refuse('file', 'parquet is compressed already: leave the .gz out');
    let columns: readonly string[] | undefined;
    if (formatOf(panel).columns !== null && panel.columns.text.trim() !== '') {
      try {
        columns = splitColumns(panel.columns.text);
        readColumns(columns);
      } catch (error) {
        if (error instanceof ColumnError) return this.#refuse('columns', error.message);
        throw error;
      }
    }
    const path = resolve(expandHome(file, homedir()));
    return { form: this.#forms, panel, search: this.#client.state.search.applied, path, columns, format, force };
  }

  #resultOf({ what, row }: DownloadPanel): Result | null {
    const { state, store, marks } = this.#client;
    switch (what) {
      case 'result': {
        const { result } = state.results;
        return result?.folded?.whole ?? result;
      }
      case 'marked':
        return marks.marked();
      case 'event':
        return row === null ? null : (store?.pick([row]) ?? null);
    }
  }

  #start(order: Order, result: Result): void {
    const abort = new AbortController();
    this.#client.dispatch({ kind: 'panelClosed' });
    this.#running = { name: basename(order.path), abort, ended: this.#write(order, result, abort.signal) };
  }

  async #write({ panel, path, columns, format, force }: Order, result: Result, signal: AbortSignal): Promise<void> {
    const { store, state } = this.#client;
    if (store === null) return;
    const name = basename(path);
    const limits = downloadLimits(state, panel.what);
    const about = limits.length === 0 ? '' : ` (${limits.join('; ')})`;
    const caption = panel.what === 'result' ? (this.#options.command() ?? undefined) : undefined;
    const say = (done: number) =>
      this.#client.dispatch({ kind: 'writingChanged', writing: { kind: 'running', name, done, total: result.total } });
    say(0);
    let saidAt = performance.now();
    const onProgress = (done: number) => {
      if (performance.now() - saidAt < PROGRESS_MS) return;
      saidAt = performance.now();
      say(done);
    };
    try {
      const noteOf = this.#hasNoteIn(result, store) ? (row: number) => this.#client.marks.noteOf(row) : undefined;
      const { zone } = state;
      const job = { store, result, path, columns, format, force, caption, zone, noteOf };
      const { events } = await exportEvents({ ...job, signal, onProgress });
      const size = await stat(path).then(
        ({ size: bytes }) => ` (${formatBytes(bytes)})`,
        () => '',
      );
      this.#end(`wrote ${countOf(events, 'event')}${about} to ${path}${size}`, false);
    } catch (error) {
      if (signal.aborted) this.#end(`stopped: ${name} was not written`, false);
      else this.#end(messageOf(error), true);
    }
  }

  /** A column of notes only where there is one: the console's file has none. */
  #hasNoteIn(result: Result, store: Store): boolean {
    for (const [row, { note }] of this.#client.state.marks.byRow) {
      if (note !== '' && result.rows[store.positionOf(result, row)] === row) return true;
    }
    return false;
  }

  #end(text: string, isWarning: boolean): void {
    this.#running = null;
    this.#question.close();
    if (this.#client.isClosed) return;
    const ended = { kind: 'ended', text, isWarning } as const;
    this.#client.dispatch({ kind: 'writingChanged', writing: { ...ended, isSeen: false } });
    if (this.#seenTimer !== null) clearTimeout(this.#seenTimer);
    this.#seenTimer = setTimeout(() => {
      const { writing } = this.#client.state;
      if (writing?.kind === 'ended')
        this.#client.dispatch({ kind: 'writingChanged', writing: { ...writing, isSeen: true } });
    }, SEEN_MS);
  }

  #refuse(field: DownloadField, problem: string): null {
    this.#client.dispatch({ kind: 'panelStepped', step: { panel: 'download', kind: 'refuse', field, problem } });
    return null;
  }

  async #look(of: string): Promise<void> {
    const target = await lookAtTarget(resolve(expandHome(of, homedir())));
    if (this.#client.isClosed) return;
    this.#client.dispatch({ kind: 'panelStepped', step: { panel: 'download', kind: 'looked', of, target } });
  }
}
