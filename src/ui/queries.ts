// The searches that are kept: going through those of before, and giving them names.

import type { Action } from '../state/actions.ts';
import type { AppState } from '../state/app-state.ts';
import { neighbourQuery } from '../state/query-history.ts';
import { nameProblem, savingProblem } from '../state/saved-queries.ts';
import { formatCount } from '../text/format.ts';

type QueriesClient = {
  readonly state: AppState;
  dispatch(action: Action): void;
  replaceSearch(text: string): void;
};

export class Queries {
  readonly #client: QueriesClient;

  constructor(client: QueriesClient) {
    this.#client = client;
  }

  /** To the search before (1) or after (-1) the one that is on; nothing where there is none. */
  step(step: 1 | -1): void {
    const client = this.#client;
    const before = client.state.search.history;
    const found = neighbourQuery(before, step);
    if (found === null) return;
    client.dispatch({ kind: 'historyMoved', at: found.at });
    client.replaceSearch(found.text);
    const { applied, error, history } = client.state.search;
    if (applied === found.text) {
      const place = `search ${formatCount(found.at + 1)} of ${formatCount(history.texts.length)}, newest first`;
      client.dispatch({ kind: 'said', text: place });
      return;
    }
    // Kept by another trailx, whose language was another.
    client.dispatch({ kind: 'historyMoved', at: before.at });
    client.dispatch({ kind: 'queryForgotten', text: found.text });
    const reason = error?.reason ?? 'a mistake';
    client.dispatch({ kind: 'said', text: `cannot be read: ${found.text} (${reason})`, isWarning: true });
  }

  /** Keeps the search that is on under `name`, in place of what it stood for; a problem for the reader, or null. */
  save(name: string): string | null {
    const { applied, saved } = this.#client.state.search;
    const trimmed = name.trim();
    const problem = savingProblem(saved, trimmed, applied);
    if (problem !== null) return problem;
    const before = Object.hasOwn(saved, trimmed) ? saved[trimmed] : undefined;
    this.#client.dispatch({ kind: 'savedChanged', saved: { ...saved, [trimmed]: applied } });
    const instead = before === undefined || before === applied ? '' : `, in place of ${before}`;
    this.#client.dispatch({ kind: 'said', text: `saved as ${trimmed}${instead}` });
    return null;
  }

  /** Forgets a saved search; a problem for the reader, or null. */
  delete(name: string): string | null {
    const { saved } = this.#client.state.search;
    const trimmed = name.trim();
    if (!Object.hasOwn(saved, trimmed)) return nameProblem(trimmed) ?? `no search is saved as ${trimmed}`;
    const rest = Object.fromEntries(Object.entries(saved).filter(([other]) => other !== trimmed));
    this.#client.dispatch({ kind: 'savedChanged', saved: rest });
    this.#client.dispatch({ kind: 'said', text: `${trimmed} is no saved search any more: it was ${saved[trimmed]}` });
    return null;
  }
}
