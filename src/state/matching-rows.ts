// Rows that a text leaves, as one types it: profiles, Regions, commands.

import { partStarts, resemblance } from '../query/fuzzy-rank.ts';

export type NamedRow = { readonly name: string; readonly notes: readonly string[] };

/** Texts compared for resemblance with one that no row holds: more would be felt at a key press. */
const MAX_COMPARED = 500;

/** Indexes of the rows that a text leaves, best first. Every word has to be in the row, its name before its notes; where
 *  no row holds them all, those that resemble. */
export function matchingRows(rows: readonly NamedRow[], text: string): readonly number[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows.map((_, index) => index);
  const holding = ranked(rows, words, placeCost);
  if (holding.length > 0) return holding;
  return ranked(rows, words, createResembling());
}

type CostOf = (word: string, value: string) => number | null;

/** What stands in the notes comes after what stands in the name, however well it fits. */
const NOTE_COST = 100;

function ranked(rows: readonly NamedRow[], words: readonly string[], costOf: CostOf): readonly number[] {
  const found: { readonly index: number; readonly cost: number }[] = [];
  rows.forEach((row, index) => {
    let cost = 0;
    for (const word of words) {
      const own = costOf(word, row.name) ?? noteCost(row, word, costOf);
      if (own === null) return;
      cost += own;
    }
    found.push({ index, cost });
  });
  return found.sort((a, b) => a.cost - b.cost || a.index - b.index).map(({ index }) => index);
}

function noteCost(row: NamedRow, word: string, costOf: CostOf): number | null {
  for (const note of row.notes) {
    const cost = costOf(word, note);
    if (cost !== null) return cost + NOTE_COST;
  }
  return null;
}

/** Resemblance, of values that have the letters for it, each compared once: thousands of profiles share a role. */
function createResembling(): CostOf {
  const known = new Map<string, number | null>();
  let compared = 0;
  return (word, value) => {
    const place = placeCost(word, value);
    if (place !== null) return place;
    if (!hasLetters(word, value)) return null;
    const key = `${word} ${value}`;
    const cost = known.get(key);
    if (cost !== undefined) return cost;
    const found = compared++ < MAX_COMPARED ? resemblance(word, value) : null;
    known.set(key, found);
    return found;
  };
}

/** A slip of the hand brings in a letter or two that the text does not have; more, and it is another word. */
const MAX_FOREIGN = 2;

function hasLetters(word: string, value: string): boolean {
  // Account numbers are looked up, not guessed.
  if (/^\d*$/.test(value)) return false;
  const found = value.toLowerCase();
  let foreign = 0;
  for (const letter of new Set(word)) if (!found.includes(letter) && ++foreign > MAX_FOREIGN) return false;
  return true;
}

/** At the start is best, then at the start of a part, then anywhere; null where it does not hold the word. */
function placeCost(word: string, value: string): number | null {
  const found = value.toLowerCase();
  const at = found.indexOf(word);
  if (at <= 0) return at < 0 ? null : 0;
  return partStarts(value).some((start) => found.startsWith(word, start)) ? 1 : 2;
}
