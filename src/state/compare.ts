// Several records leaf by leaf: every path that leads to a plain value in one of them, in the order of the records,
// with what each record has there. Made from the spelling of the records, as the tree is (json-scan.ts), and without
// recursion: records are hostile.

import { type PathSegment, segmentsText } from './json-path.ts';
import { decodeString, scanJson } from './json-scan.ts';
import type { JsonKind } from './json-tree.ts';

export type Leaf = {
  readonly kind: JsonKind;
  /** Strings decoded; all else as the record spells it. */
  readonly value: string;
};

export type CompareRow = {
  /** From the record down, `requestParameters.items[0].name`: not sanitised. */
  readonly path: string;
  /** The same for the search (leaf-term.ts); null where it cannot be asked for. */
  readonly segments: readonly PathSegment[] | null;
  /** One of each record; null where it has nothing there. */
  readonly leaves: readonly (Leaf | null)[];
  readonly isDifferent: boolean;
};

/** What is below is one value: nobody compares so deep, and paths would take the square of the record's size. */
const MAX_DEPTH = 40;
const MAX_PATH = 1000;
/** Of one record; CloudTrail's largest has some thousands. */
export const MAX_LEAVES = 20_000;
/** Values looked at between two chances to do something else. */
const SLICE = 500;

export type Compared = {
  readonly rows: readonly CompareRow[];
  /** A record has more than `MAX_LEAVES`: the others of it were not looked at. */
  readonly isCut: boolean;
};

type Path = { readonly segments: readonly PathSegment[]; readonly text: string };
type Found = Leaf & { readonly path: Path; readonly isWhole: boolean };

/** The rows of 2 or more records. A text that is not JSON is one leaf without a name. */
export function compareRecords(texts: readonly string[]): Compared {
  const steps = comparing(texts);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in slices: large records take too long for one key press. */
export function* comparing(texts: readonly string[]): Generator<void, Compared, void> {
  let isCut = false;
  const order = new Order();
  const rows = new Map<string, { found: Found; leaves: (Leaf | null)[] }>();
  for (const [record, text] of texts.entries()) {
    order.restart();
    const leaves = leavesIn(text);
    yield;
    for (let count = 0; ; count++) {
      const { value: found, done } = leaves.next();
      if (done === true) break;
      if (count >= MAX_LEAVES) {
        isCut = true;
        break;
      }
      if (count % SLICE === SLICE - 1) yield;
      const { text: path } = found.path;
      order.visit(path);
      let row = rows.get(path);
      if (row === undefined) {
        row = { found, leaves: texts.map(() => null) };
        rows.set(path, row);
      }
      row.leaves[record] = { kind: found.kind, value: found.value };
    }
  }
  const all: CompareRow[] = [];
  for (const path of order.all()) {
    const row = rows.get(path);
    if (row === undefined) continue;
    const { found, leaves } = row;
    const segments = found.isWhole || path === '' ? null : found.path.segments;
    all.push({ path, segments, leaves, isDifferent: leaves.some((leaf) => !isSameLeaf(leaf, leaves[0] ?? null)) });
    if (all.length % SLICE === 0) yield;
  }
  return { rows: all, isCut };
}

/** Null and absent are the same, as in the search. */
export function isSameLeaf(a: Leaf | null, b: Leaf | null): boolean {
  if (isAbsent(a) || isAbsent(b)) return isAbsent(a) && isAbsent(b);
  return a?.kind === b?.kind && a?.value === b?.value;
}

function isAbsent(leaf: Leaf | null): boolean {
  return leaf === null || (leaf.kind === 'literal' && leaf.value === 'null');
}

/** What each record has there is counted: those that most have (the first of equals) are usual, the others stand out. */
export function unusualLeaves({ leaves, isDifferent }: CompareRow): readonly boolean[] {
  if (!isDifferent) return leaves.map(() => false);
  const counts = leaves.map((leaf) => leaves.filter((other) => isSameLeaf(leaf, other)).length);
  const usual = leaves[counts.indexOf(Math.max(...counts))] ?? null;
  return leaves.map((leaf) => !isSameLeaf(leaf, usual));
}

function* leavesIn(text: string): Generator<Found, void, void> {
  const { nodes } = scanJson(text);
  if (nodes === null) {
    yield { kind: 'string', value: text, path: NO_PATH, isWhole: true };
    return;
  }
  /** By node; null within what is shown as one value. */
  const paths: (Path | null)[] = [];
  for (const [index, { key, kind, parent, start, end, childCount }] of nodes.entries()) {
    const above = parent < 0 ? NO_PATH : (paths[parent] as Path | null);
    const isInside = above === null;
    const path = isInside || key === null ? above : pathTo(above, key);
    const isDeep = path !== null && (path.segments.length >= MAX_DEPTH || path.text.length > MAX_PATH);
    paths[index] = isDeep ? null : path;
    // The record itself is no value of it, even if it is empty.
    const isRecord = parent < 0 && kind === 'object';
    if (path === null || isRecord || (childCount > 0 && !isDeep)) continue;
    const spelling = text.slice(start, end);
    const value = kind === 'string' ? decodeString(spelling) : spelling;
    yield { kind, value, path, isWhole: isDeep };
  }
}

const NO_PATH: Path = { segments: [], text: '' };

function pathTo(above: Path, key: PathSegment): Path {
  const segments = [...above.segments, key];
  return { segments, text: segmentsText(segments) };
}

/** Paths in the order of the first record; what only a later one has follows what stands before it there. */
class Order {
  readonly #next = new Map<string, string | null>();
  #first: string | null = null;
  #at: string | null = null;

  restart(): void {
    this.#at = null;
  }

  visit(path: string): void {
    if (!this.#next.has(path)) {
      const following = this.#at === null ? this.#first : (this.#next.get(this.#at) ?? null);
      this.#next.set(path, following);
      if (this.#at === null) this.#first = path;
      else this.#next.set(this.#at, path);
    }
    this.#at = path;
  }

  all(): readonly string[] {
    const paths: string[] = [];
    for (let path = this.#first; path !== null; path = this.#next.get(path) ?? null) paths.push(path);
    return paths;
  }
}
