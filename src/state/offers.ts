// What stands in the place of the list where there are no credentials at all: what else could be looked at.

import type { LiveStatus } from '../sources/live-source.ts';
import { EMPTY_INPUT, editText, inputOf, type TextCommand, type TextInput } from './text-input.ts';

export type Offer = 'again' | 'sample' | 'files' | 'profile';

/** Where something was tried, trying again comes first: whoever types the next MFA code and Enter means that. */
export function offersOf(live: LiveStatus | null): readonly Offer[] {
  const isNothingThere = live?.faults.every(({ name }) => name === 'NoCredentials') ?? true;
  return isNothingThere ? ['sample', 'files', 'profile'] : ['again', 'sample', 'files', 'profile'];
}

export type Offers = {
  readonly at: number;
  /** The line that a path is typed into; null while it is closed. */
  readonly path: TextInput | null;
  /** What Tab found for it where there are several. */
  readonly completions: readonly string[];
};

export const NO_OFFERS: Offers = { at: 0, path: null, completions: [] };

export type OffersStep =
  | { readonly kind: 'move'; readonly rows: number }
  | { readonly kind: 'to'; readonly offer: number }
  | { readonly kind: 'openPath' }
  | { readonly kind: 'closePath' }
  | { readonly kind: 'edit'; readonly edit: TextCommand }
  | { readonly kind: 'empty' }
  /** `of`: the text that was completed; the answer to another is too late. */
  | { readonly kind: 'completed'; readonly of: string; readonly text: string; readonly completions: readonly string[] };

/** Nothing can be read: no account could be opened, and the list is empty. */
export function isOffering({ live, total }: { readonly live: LiveStatus | null; readonly total: number }): boolean {
  return live !== null && live.lanes.length === 0 && live.faults.length > 0 && total === 0;
}

/** `count`: of offersOf. */
export function stepOffers(offers: Offers, step: OffersStep, count: number): Offers {
  const { at, path } = offers;
  const clamped = (to: number): number => Math.max(0, Math.min(count - 1, to));
  switch (step.kind) {
    case 'move':
      return { ...offers, at: clamped(at + step.rows) };
    case 'to':
      return { ...offers, at: clamped(step.offer) };
    case 'openPath':
      return path === null ? { ...offers, path: EMPTY_INPUT } : offers;
    case 'closePath':
      return { ...offers, path: null, completions: [] };
    case 'edit':
      return path === null ? offers : { ...offers, path: editText(path, step.edit), completions: [] };
    case 'empty':
      return path === null ? offers : { ...offers, path: EMPTY_INPUT, completions: [] };
    case 'completed':
      if (path === null || path.text !== step.of) return offers;
      return { ...offers, path: inputOf(step.text), completions: step.completions };
  }
}
