// What a person opened and closed by hand, by path: it holds for the records that come after as well.

import type { PathSegment } from './json-path.ts';
import type { JsonRow, JsonTree } from './json-tree.ts';

/** The newest last. */
export type Choices = ReadonlyMap<string, { readonly path: readonly PathSegment[]; readonly isOpen: boolean }>;

/** Enough for a day's work; the oldest are forgotten. */
const MAX_CHOICES = 2000;
/** Nothing that a person reads lies deeper; the paths of a record nested for the sake of it would take the square of
 *  its size. */
const MAX_DEPTH = 64;

/** The choices with these rows, containers or opened texts, as open or as closed. Of more than are kept the first ones. */
export function withChoices(choices: Choices, rows: readonly JsonRow[], isOpen: boolean): Choices {
  const next = new Map(choices);
  for (const row of rows.filter(({ depth }) => depth <= MAX_DEPTH).slice(0, MAX_CHOICES)) {
    const { path } = row;
    const key = JSON.stringify(path);
    next.delete(key);
    next.set(key, { path, isOpen });
  }
  const forgotten = next.size - MAX_CHOICES;
  return forgotten <= 0 ? next : new Map([...next].slice(forgotten));
}

/** The rows of a tree that lie at chosen paths. One walk over those containers that a choice leads into, however many
 *  choices there are. */
export function chosenRows(
  tree: JsonTree,
  choices: Choices,
): readonly { readonly row: JsonRow; readonly isOpen: boolean }[] {
  const found: { row: JsonRow; isOpen: boolean }[] = [];
  const seen = new Set<Step>();
  const left: [Step, number][] = [[stepsOf(choices), tree.rows.length > 0 ? 0 : -1]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [from, first] = next;
    for (let index = from.next.size === 0 ? -1 : first; index >= 0; ) {
      const row = tree.rows[index] as JsonRow;
      index = row.nextSibling;
      const step = follow(from, row.ownSegments);
      // Of members with the same name the first.
      if (step === undefined || seen.has(step)) continue;
      seen.add(step);
      if (step.isOpen !== undefined) found.push({ row, isOpen: step.isOpen });
      if (row.firstChild >= 0) left.push([step, row.firstChild]);
    }
  }
  return found;
}

/** The choices as a tree of path segments. */
type Step = { readonly next: Map<PathSegment, Step>; isOpen: boolean | undefined };

const STEPS = new WeakMap<Choices, Step>();

function stepsOf(choices: Choices): Step {
  let root = STEPS.get(choices);
  if (root === undefined) {
    root = newStep();
    for (const { path, isOpen } of choices.values()) {
      let step = root;
      for (const segment of path) {
        const next: Step = step.next.get(segment) ?? newStep();
        step.next.set(segment, next);
        step = next;
      }
      step.isOpen = isOpen;
    }
    STEPS.set(choices, root);
  }
  return root;
}

function newStep(): Step {
  return { next: new Map(), isOpen: undefined };
}

function follow(from: Step, segments: readonly PathSegment[]): Step | undefined {
  let step: Step | undefined = from;
  for (const segment of segments) step = step?.next.get(segment);
  return segments.length === 0 ? undefined : step;
}
