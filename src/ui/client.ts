import type { Action } from '../state/actions.ts';
import type { AppState } from '../state/app-state.ts';

/** Whose state a part of the explorer serves. Dispatching leads back to the part, by its serve(). */
export type Client = {
  readonly state: AppState;
  readonly isClosed: boolean;
  dispatch(action: Action): void;
};
