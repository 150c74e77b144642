import type { Action } from '../state/actions.ts';
import type { AppState } from '../state/app-state.ts';

/** How long a second Esc counts, in ms. */
const PATIENCE_MS = 3000;

type Client = { readonly state: AppState; dispatch(action: Action): void };

/** A question in the status line that asking again answers. */
export class StopQuestion {
  readonly #client: Client;
  #timer: NodeJS.Timeout | null = null;

  constructor(client: Client) {
    this.#client = client;
  }

  /** True where the question stood already; else it stands from now on, for a while. */
  isAnswered(question: string): boolean {
    this.close();
    if (this.#stands(question)) {
      this.#client.dispatch({ kind: 'hushed' });
      return true;
    }
    this.#client.dispatch({ kind: 'said', text: question });
    this.#timer = setTimeout(() => {
      if (this.#stands(question)) this.#client.dispatch({ kind: 'hushed' });
    }, PATIENCE_MS);
    return false;
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #stands(question: string): boolean {
    return this.#client.state.message?.text === question;
  }
}
