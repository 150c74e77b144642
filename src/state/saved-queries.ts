// Searches that a person has given a name.

import { sanitize } from '../text/sanitize.ts';

/** Texts in the search language, by their names. */
export type SavedQueries = Readonly<Record<string, string>>;

export const MAX_NAME = 40;
/** They are read before the first frame of every run. */
const MAX_SAVED_UNITS = 100_000;

/** In the order of their names. */
export function listSaved(saved: SavedQueries): readonly { readonly name: string; readonly text: string }[] {
  return Object.keys(saved)
    .sort((a, b) => a.localeCompare(b))
    .map((name) => ({ name, text: saved[name] ?? '' }));
}

/** Why there cannot be a saved search of this name; null where there can. */
export function nameProblem(name: string): string | null {
  if (name === '') return 'type a name to save the search by';
  if ([...name].length > MAX_NAME) return `a name has at most ${MAX_NAME} characters`;
  return sanitize(name) === name ? null : 'a name has no characters that cannot be seen';
}

/** Why `text` cannot be saved as `name` as well; null where it can. */
export function savingProblem(saved: SavedQueries, name: string, text: string): string | null {
  if (text === '') return 'there is no search to save: / searches';
  const problem = nameProblem(name);
  if (problem !== null) return problem;
  const units = Object.entries({ ...saved, [name]: text }).reduce(
    (sum, [key, value]) => sum + key.length + value.length,
    0,
  );
  return units > MAX_SAVED_UNITS ? 'too much to save: shorten the search, or delete saved ones' : null;
}
