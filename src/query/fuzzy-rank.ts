// How much a word resembles a name, strictly enough that people trust what they did not type. Names are read in
// parts: RunInstances is Run·Instances, Admin/alice is Admin·alice. A word starts where a part starts, and either
// holds one slip of the hand (termnate, alcie; two in a long word), or is an abbreviation: letters in order, close
// together within a part or jumping to the start of the next (rnin, desinst).

/** Shorter words resemble too much. */
const SHORTEST_WITH_SLIP = 5;
const SHORTEST_ABBREVIATION = 3;
const LONG_WORD = 12;
/** A word with so many digits is an id or a number: another one is not meant, however much it resembles it. */
const DIGITS_OF_ID = 4;
/** Letters an abbreviation may leave out in a row within a part. */
const WIDEST_GAP = 2;
/** A slip in a whole part (decript, of Decrypt) is likelier than one in the beginning of a longer one (Description). */
const BROKEN_PART = 0.6;
/** dscrbinst is DescribeInstances before it is DescribeContainerInstances … */
const SKIPPED_PART = 0.5;
/** … or DescribeInstanceStatus. */
const UNTOUCHED_PART = 0.05;

/** Lower is better; null when the word does not resemble the name. */
export function resemblance(word: string, name: string): number | null {
  const starts = partStarts(name);
  const sought = word.toLowerCase();
  const found = name.toLowerCase();
  // Lower case changes the length of a few letters; for those names there are no parts but the whole.
  const places = found.length === name.length ? starts : [0];
  const slips = slipCost(sought, found, places);
  const abbreviation = abbreviationCost(sought, found, places);
  if (slips === null || abbreviation === null) return slips ?? abbreviation;
  return Math.min(slips, abbreviation);
}

/** Where the parts of a name start. */
export function partStarts(name: string): readonly number[] {
  const starts: number[] = [];
  let before: Kind = 'other';
  for (let at = 0; at < name.length; at++) {
    const kind = kindOf(name, at);
    const isStart =
      kind === 'upper'
        ? before !== 'upper' || (at + 1 < name.length && kindOf(name, at + 1) === 'lower')
        : kind !== 'other' && (before === 'other' || (kind === 'digit' && before !== 'digit'));
    if (isStart) starts.push(at);
    before = kind;
  }
  return starts;
}

type Kind = 'upper' | 'lower' | 'digit' | 'other';

/** By arithmetic for ASCII: this runs for every character of thousands of names at a key press. */
function kindOf(name: string, at: number): Kind {
  const code = name.charCodeAt(at);
  if (code >= 97 && code <= 122) return 'lower';
  if (code >= 65 && code <= 90) return 'upper';
  if (code >= 48 && code <= 57) return 'digit';
  if (code < 128) return 'other';
  const char = name.charAt(at);
  if (!/[\p{L}\p{N}]/u.test(char)) return 'other';
  return char === char.toLowerCase() ? 'lower' : 'upper';
}

/** Insertions, deletions, substitutions and swapped neighbours, from the start of a part to anywhere. */
function slipCost(word: string, name: string, starts: readonly number[]): number | null {
  if (word.length < SHORTEST_WITH_SLIP || (word.match(/\d/g)?.length ?? 0) >= DIGITS_OF_ID) return null;
  const limit = word.length >= LONG_WORD ? 2 : 1;
  let best = Number.POSITIVE_INFINITY;
  for (const start of starts) {
    // People get the first letter right; a swap with the second they make.
    const isLikely = name[start] === word[0] || (name[start] === word[1] && name[start + 1] === word[0]);
    if (!isLikely) continue;
    const slips = slipsByLength(word, name.slice(start, start + word.length + limit));
    for (const [length, count] of slips.entries()) {
      if (count > limit) continue;
      const isWhole = isPartEnd(name, start + length, starts);
      best = Math.min(best, count + (start === 0 ? 0 : 0.5) + (isWhole ? 0 : BROKEN_PART));
    }
  }
  return Number.isFinite(best) ? best : null;
}

function isPartEnd(name: string, at: number, starts: readonly number[]): boolean {
  return at >= name.length || starts.includes(at) || kindOf(name, at) === 'other';
}

/** How many slips there are between the word and each beginning of the text, by the length of that. */
function slipsByLength(word: string, text: string): Uint8Array {
  const width = text.length + 1;
  const costs = new Uint8Array((word.length + 1) * width);
  for (let j = 0; j < width; j++) costs[j] = j;
  for (let i = 1; i <= word.length; i++) {
    const row = i * width;
    costs[row] = i;
    for (let j = 1; j < width; j++) {
      const isSame = word.charCodeAt(i - 1) === text.charCodeAt(j - 1);
      const replaced = (costs[row - width + j - 1] as number) + (isSame ? 0 : 1);
      let cost = Math.min((costs[row + j - 1] as number) + 1, (costs[row - width + j] as number) + 1, replaced);
      if (i > 1 && j > 1 && word[i - 1] === text[j - 2] && word[i - 2] === text[j - 1]) {
        cost = Math.min(cost, (costs[row - 2 * width + j - 2] as number) + 1);
      }
      costs[row + j] = cost;
    }
  }
  return costs.subarray(word.length * width);
}

/** What is left out between the letters of an abbreviation; null when it is none, or leaves out more than it has. */
function abbreviationCost(word: string, name: string, starts: readonly number[]): number | null {
  if (word.length < SHORTEST_ABBREVIATION || word.length > name.length) return null;
  const isStart = new Uint8Array(name.length);
  for (const start of starts) isStart[start] = 1;
  /** How many parts start up to there. */
  const parts = new Uint16Array(name.length);
  for (let at = 0; at < name.length; at++)
    parts[at] = (at === 0 ? 0 : (parts[at - 1] as number)) + (isStart[at] as number);
  // costs[at]: the least cost of the letters so far, the last of them at `at`.
  let costs = new Float64Array(name.length).fill(Number.POSITIVE_INFINITY);
  for (const start of starts) if (name[start] === word[0]) costs[start] = start === 0 ? 0 : 0.5;
  for (let letter = 1; letter < word.length; letter++) {
    const next = new Float64Array(name.length).fill(Number.POSITIVE_INFINITY);
    let bestBefore = Number.POSITIVE_INFINITY;
    for (let at = 1; at < name.length; at++) {
      if (at >= 2)
        bestBefore = Math.min(bestBefore, (costs[at - 2] as number) - SKIPPED_PART * (parts[at - 2] as number));
      if (name[at] !== word[letter]) continue;
      let cost = costs[at - 1] as number;
      if (isStart[at] === 1) cost = Math.min(cost, bestBefore + 1 + SKIPPED_PART * ((parts[at] as number) - 1));
      else {
        for (let gap = 1; gap <= WIDEST_GAP && at - gap - 1 >= 0 && isStart[at - gap] !== 1; gap++) {
          cost = Math.min(cost, (costs[at - gap - 1] as number) + gap);
        }
      }
      next[at] = cost;
    }
    costs = next;
  }
  let best = Number.POSITIVE_INFINITY;
  for (let at = 0; at < name.length; at++) {
    const untouched = starts.length - (parts[at] as number);
    if ((costs[at] as number) <= word.length) best = Math.min(best, (costs[at] as number) + UNTOUCHED_PART * untouched);
  }
  return Number.isFinite(best) ? best : null;
}
