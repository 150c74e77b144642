// The explorer's part in choosing: what pickers ask of the source, and what becomes of an answer. Lists come late and
// may not come at all; one that nobody waits for any more changes nothing.

import { homedir } from 'node:os';
import { globalRegionOf, partitionOf } from '../cloudtrail/regions.ts';
import type { LiveSource, Scope } from '../sources/live-source.ts';
import type { Action } from '../state/actions.ts';
import type { AppState } from '../state/app-state.ts';
import type { ListMove } from '../state/list.ts';
import { offersOf } from '../state/offers.ts';
import { chosenIds, type PickerRow, type PickerSubject } from '../state/picker.ts';
import { isWholeCode } from '../state/prompt.ts';
import { selectedEvent } from '../state/results.ts';
import {
  pickedProfiles,
  pickedRegions,
  profileRows,
  regionRows,
  withProfiles,
  withRegions,
} from '../state/scope-choice.ts';
import { isTooOld, timeChoices } from '../state/time-menu.ts';
import { completePath, expandHome } from './complete-path.ts';
import type { OpenOther } from './explorer.ts';
import { messageOf } from './fetcher.ts';

/** What can be looked at in place of an account. */
export type OtherChoice = Parameters<OpenOther>[0];

export type ChooserOptions = {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Keys, web identity or a container's role stand in the environment. */
  readonly hasEnvironment: boolean;
};

/** Whose state is served. */
export type ChooserClient = {
  readonly state: AppState;
  readonly live: { readonly source: LiveSource } | null;
  dispatch(action: Action): void;
  /** Reads another source in place of the account's. */
  readOther(choice: OtherChoice): Promise<void>;
};

export class Chooser {
  readonly #client: ChooserClient;
  readonly #options: ChooserOptions;
  #codes = 0;
  readonly #answers = new Map<number, (code: string | null) => void>();

  constructor(client: ChooserClient, options: ChooserOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** The profiles of the shared files, and the environment where it gives credentials. */
  async openProfiles(): Promise<void> {
    const source = this.#client.live?.source;
    if (source === undefined) return;
    const { hasEnvironment } = this.#options;
    await this.#open('profiles', pickedProfiles(source.status()), async () =>
      profileRows({ profiles: await source.profiles(), status: source.status(), hasEnvironment }),
    );
  }

  /** The Regions of the accounts in scope. */
  async openRegions(): Promise<void> {
    const source = this.#client.live?.source;
    if (source === undefined) return;
    await this.#open('regions', pickedRegions(source.status()), async () => {
      const regions = await source.regions();
      return regionRows(regions, new Set(regions.map(({ name }) => globalRegionOf(partitionOf(name)))));
    });
  }

  openTimes(): void {
    const event = selectedEvent(this.#client.state.results);
    this.#client.dispatch({ kind: 'timeMenuOpened', now: this.#options.now(), event: event?.time ?? null });
  }

  move(move: ListMove): void {
    const { picker } = this.#client.state;
    const step = { kind: 'move', move } as const;
    this.#client.dispatch(picker === null ? { kind: 'timeMenuStepped', step } : { kind: 'pickerStepped', step });
  }

  empty(): void {
    const { picker } = this.#client.state;
    const step = { kind: 'empty' } as const;
    this.#client.dispatch(picker === null ? { kind: 'timeMenuStepped', step } : { kind: 'pickerStepped', step });
  }

  cancel(): void {
    this.#client.dispatch({ kind: this.#client.state.picker === null ? 'timeMenuClosed' : 'pickerClosed' });
  }

  apply(): void {
    if (this.#client.state.picker === null) this.#applyTime();
    else this.#applyPicks();
  }

  /** For LiveListener: puts the question on the screen; several wait for each other. */
  askMfaCode(serial: string, profile: string): Promise<string | null> {
    const id = ++this.#codes;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#client.dispatch({ kind: 'codeAsked', id, serial, profile });
    });
  }

  answerCode(): void {
    const [prompt] = this.#client.state.prompts;
    if (prompt !== undefined && isWholeCode(prompt)) this.#answer(prompt.id, prompt.input.text);
  }

  refuseCode(): void {
    const [prompt] = this.#client.state.prompts;
    if (prompt !== undefined) this.#answer(prompt.id, null);
  }

  takeOffer(): void {
    const { offers, live } = this.#client.state;
    switch (offersOf(live)[offers.at]) {
      case 'again':
        this.#client.live?.source.refresh();
        return;
      case 'sample':
        void this.#client.readOther({ kind: 'sample' });
        return;
      case 'files':
        this.#client.dispatch({ kind: 'offersStepped', step: { kind: 'openPath' } });
        return;
      case 'profile':
        void this.openProfiles();
    }
  }

  openPath(): void {
    const path = this.#client.state.offers.path?.text.trim() ?? '';
    if (path === '') return;
    void this.#client.readOther({ kind: 'files', paths: [expandHome(path, homedir())] });
  }

  async completePath(): Promise<void> {
    const of = this.#client.state.offers.path?.text;
    if (of === undefined) return;
    const { text, completions } = await completePath(of, homedir());
    this.#client.dispatch({ kind: 'offersStepped', step: { kind: 'completed', of, text, completions } });
  }

  /** Whoever still waits for a code gets none. */
  close(): void {
    for (const id of [...this.#answers.keys()]) this.#answer(id, null);
  }

  async #open(
    subject: PickerSubject,
    picked: readonly string[],
    readRows: () => Promise<readonly PickerRow[]>,
  ): Promise<void> {
    this.#client.dispatch({ kind: 'pickerOpened', subject, picked });
    try {
      this.#client.dispatch({ kind: 'pickerFilled', subject, rows: await readRows() });
    } catch (error) {
      this.#client.dispatch({ kind: 'pickerFailed', subject, reason: messageOf(error) });
    }
  }

  #applyPicks(): void {
    const { picker, regionsOfProfile } = this.#client.state;
    const source = this.#client.live?.source;
    this.#client.dispatch({ kind: 'pickerClosed' });
    if (picker === null || source === undefined) return;
    // What is in use stays as it was put, "all" or what each profile says.
    if (picker.picked.size > 0 && !picker.isTouched && !picker.isMoved) return;
    const before = source.status().scope;
    const ids = chosenIds(picker);
    const scope =
      picker.subject === 'profiles' ? withProfiles(before, ids, regionsOfProfile) : withRegions(before, ids);
    if (ids.length === 0 || isSameScope(before, scope)) return;
    this.#client.dispatch({ kind: 'scopeChosen', scope });
    source.choose(scope);
  }

  #applyTime(): void {
    const { timeMenu, zone, range } = this.#client.state;
    if (timeMenu === null) return;
    const choice = timeChoices(timeMenu, zone)[timeMenu.list.selected];
    if (choice !== undefined && this.#client.live !== null && isTooOld(choice.range, timeMenu.now)) {
      const text = 'AWS keeps 90 days of event history: what is older is in log files only';
      this.#client.dispatch({ kind: 'said', text, isWarning: true });
      return;
    }
    this.#client.dispatch({ kind: 'timeMenuClosed' });
    if (choice === undefined || (choice.range.kind === 'recent' && range.kind === 'recent')) return;
    this.#client.dispatch({ kind: 'rangeChosen', range: choice.range });
  }

  #answer(id: number, code: string | null): void {
    this.#answers.get(id)?.(code);
    this.#answers.delete(id);
    this.#client.dispatch({ kind: 'codeAnswered', id });
  }
}

function isSameScope(a: Scope, b: Scope): boolean {
  return JSON.stringify([a.profiles, a.regions]) === JSON.stringify([b.profiles, b.regions]);
}
