// What the search line offers below itself: asked for once after each edit, and once more when the search has told what
// its words stood for; never at a frame.

import type { KnownValues } from '../query/completion.ts';
import type { Action } from '../state/actions.ts';
import type { AppState } from '../state/app-state.ts';
import { suggestionsFor } from '../state/completion-list.ts';
import type { ListMove } from '../state/list.ts';
import type { TextInput } from '../state/text-input.ts';
import type { Store } from '../store/store.ts';
import type { Explorer } from './explorer.ts';

/** Of one field: so many are looked at within a frame. */
const MAX_VALUES = 10_000;

type CompleterClient = { readonly state: AppState; dispatch(action: Action): void };

export class Completer {
  readonly #known: KnownValues;
  readonly #client: CompleterClient;
  /** What was asked last; null while the line is closed. */
  #asked: { readonly input: TextInput; readonly isAnswered: boolean } | null = null;

  constructor(store: Pick<Store, 'frequent' | 'callers'>, client: CompleterClient) {
    this.#known = {
      distinct: (field) => store.frequent(field, MAX_VALUES),
      people: () => store.callers.knownPeople(),
    };
    this.#client = client;
  }

  /** Called after every change of the state. */
  serve(): void {
    const { search, results } = this.#client.state;
    if (!search.isOpen) {
      this.#asked = null;
      return;
    }
    const isAnswered = search.stage !== 'columns';
    const isEdit = this.#asked?.input !== search.input;
    if (!isEdit && (this.#asked?.isAnswered || !isAnswered)) return;
    this.#asked = { input: search.input, isAnswered };
    const kept = { recent: search.history.texts, saved: search.saved };
    const items = suggestionsFor(search.input, this.#known, results.result?.understood ?? [], kept);
    const isWord = /\S$/.test(search.input.text.slice(Math.max(0, search.input.cursor - 1), search.input.cursor));
    const isFinal = isAnswered || !isWord;
    this.#client.dispatch({ kind: 'completionsStepped', step: { kind: 'fill', items, isEdit, isFinal } });
  }
}

/** Tab: takes what is under the highlight; where the list of completions made way, it comes back first. */
export function takeCompletion(explorer: Explorer): void {
  const { isHidden } = explorer.state.search.completions;
  if (isHidden) explorer.dispatch({ kind: 'completionsStepped', step: { kind: 'show' } });
  else {
    explorer.dispatch({ kind: 'completionTaken' });
    explorer.applyInput();
  }
}

/** Moves in the list while typing: what would hide its first rows makes way. */
export function moveUnderLine(explorer: Explorer, move: ListMove): void {
  explorer.dispatch({ kind: 'completionsStepped', step: { kind: 'hide' } });
  explorer.dispatch({ kind: 'listMoved', move });
}
