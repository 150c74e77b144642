// What events come from: files or the sample, read once from end to end, or an account's event history, which goes on.
// Another source can take the place of an event history that cannot be read.

import type { LiveSource } from '../sources/live-source.ts';
import type { Source } from '../sources/source.ts';
import { isLoading, wholeFrom } from '../state/live.ts';
import type { Store } from '../store/store.ts';
import { attributeIn } from './attribute-in.ts';
import type { OtherChoice } from './chooser.ts';
import type { Client } from './client.ts';
import type { OpenOther } from './explorer.ts';
import { messageOf } from './fetcher.ts';
import { LiveSession } from './live.ts';
import { readSource } from './read-source.ts';
import { StopQuestion } from './stop-question.ts';
import type { Started } from './view-command.ts';

const STOP_QUESTIONS = { reading: 'Esc again stops reading', live: 'Esc again stops loading' } as const;

/** What comes from no account has the origin 0. */
const OTHER_ORIGINS: ReadonlySet<number> = new Set([0]);

type ReaderClient = Client & {
  readonly store: Store | null;
  readonly chooser: { askMfaCode(serial: string, profile: string): Promise<string | null> };
  /** There are more events than before. */
  onAppended(): void;
  /** The list holds other events than before: of other accounts, or further back. */
  onScopeChanged(): void;
};

export type SourceReaderOptions = {
  readonly openOther: OpenOther | undefined;
  /** How the program was started; null: not known. */
  readonly started: Started | null;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

export class SourceReader {
  readonly #client: ReaderClient;
  readonly #options: SourceReaderOptions;
  #started: Started | null;
  #live: LiveSession | null = null;
  /** Ends with an event history that another source has taken the place of. */
  #left: Promise<void> = Promise.resolve();
  /** Of that source; null: all of them. */
  #otherOrigins: ReadonlySet<number> | null = null;
  /** What the list was last cut to. */
  #notBefore: number | null = null;
  readonly #reading = new AbortController();
  readonly #stopQuestion: StopQuestion;

  constructor(client: ReaderClient, options: SourceReaderOptions) {
    this.#client = client;
    this.#options = options;
    this.#started = options.started;
    this.#stopQuestion = new StopQuestion(client);
  }

  /** Null while the source is another one, or not open yet. */
  get live(): LiveSession | null {
    return this.#live;
  }

  /** What the program would be started with to look at the same source; null: not known. */
  get started(): Started | null {
    return this.#started;
  }

  /** What the list is confined to; undefined: nothing. */
  get origins(): ReadonlySet<number> | undefined {
    return this.#live?.origins ?? this.#otherOrigins ?? undefined;
  }

  /** Older events (ms) are left out; null: none. What the server was asked for is shown as far back as it looked. */
  get notBefore(): number | null {
    const { live, attribute } = this.#client.state;
    return live === null || attribute !== null ? null : wholeFrom(live);
  }

  /** Reads to the end; an event history goes on by itself. */
  async read(source: Source | LiveSource, store: Store): Promise<void> {
    const client = this.#client;
    if (isLive(source)) return this.#startLive(source, store);
    if (!client.isClosed)
      await readSource(source, store, {
        signal: this.#reading.signal,
        now: this.#options.now,
        dispatch: (action) => client.dispatch(action),
        onAppended: () => client.onAppended(),
      });
    client.onAppended();
  }

  /** Looks again where the list has to go further back than before, or less far. */
  showWhole(): void {
    const from = this.notBefore;
    if (from === this.#notBefore) return;
    this.#notBefore = from;
    this.#client.onScopeChanged();
  }

  /** Stops the reading when asked again while the question stands: that of files cannot be taken up again. */
  stop(): void {
    const { loading, live } = this.#client.state;
    const isUnderWay = live === null ? loading.kind === 'reading' : isLoading(live);
    if (!isUnderWay || !this.#stopQuestion.isAnswered(live === null ? STOP_QUESTIONS.reading : STOP_QUESTIONS.live))
      return;
    if (this.#live !== null) {
      this.#live.source.setPaused(true);
      return;
    }
    this.#reading.abort();
    this.#client.dispatch({ kind: 'readingStopped' });
  }

  /** Reads another source in place of an event history that cannot be read. Where it cannot be read either, that is
   *  said, and what was on the screen stays. */
  async readOther(choice: OtherChoice): Promise<void> {
    const [client, live] = [this.#client, this.#live];
    const { openOther, now } = this.#options;
    const { store, state } = client;
    if (openOther === undefined || store === null || live === null || state.loading.kind === 'reading') return;
    try {
      await readSource(await openOther(choice), store, {
        signal: this.#reading.signal,
        now,
        dispatch: (action) => client.dispatch(action),
        onAppended: () => {
          this.#leaveLive(choice);
          client.onAppended();
        },
      });
      this.#leaveLive(choice);
      client.onAppended();
    } catch (error) {
      if (client.isClosed) return;
      if (this.#live === null) client.dispatch({ kind: 'readingFailed', reason: messageOf(error) });
      else client.dispatch({ kind: 'liveChanged', status: live.source.status(), now: now() });
      client.dispatch({ kind: 'said', text: messageOf(error), isWarning: true });
    }
  }

  /** Ends the reading; settles when nothing is under way. */
  async close(): Promise<void> {
    this.#stopQuestion.close();
    this.#reading.abort();
    await Promise.all([this.#live?.close(), this.#left]);
  }

  #leaveLive(choice: OtherChoice): void {
    if (this.#live === null) return;
    this.#left = this.#live.close();
    this.#live = null;
    this.#otherOrigins = OTHER_ORIGINS;
    this.#started = choice.kind === 'sample' ? choice : { ...choice, since: null, until: null };
    this.#client.dispatch({ kind: 'liveClosed' });
  }

  #startLive(source: LiveSource, store: Store): void {
    const client = this.#client;
    if (client.isClosed) return void source.close();
    const live = new LiveSession(
      source,
      store,
      {
        stateOf: () => client.state,
        now: this.#options.now,
        dispatch: (action) => client.dispatch(action),
        onAppended: () => client.onAppended(),
        onScopeChanged: () => {
          client.dispatch({ kind: 'totalChanged', total: live.total });
          client.onScopeChanged();
        },
        askMfaCode: (serial, profile) => client.chooser.askMfaCode(serial, profile),
      },
      attributeIn,
    );
    this.#live = live;
    live.start();
  }
}

function isLive(source: Source | LiveSource): source is LiveSource {
  return 'kind' in source && source.kind === 'live';
}
