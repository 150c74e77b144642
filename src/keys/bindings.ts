// Which key runs which command, as data: the tables are in list-bindings.ts and page-bindings.ts. The order inside a
// place is the order of the footer and of the help.

import type { Binding, Place } from './binding.ts';
import type { CommandId } from './commands.ts';
import { ALWAYS, EVERYWHERE, HISTOGRAM, LIST_BINDINGS, LOGIN } from './list-bindings.ts';
import { PAGE_BINDINGS } from './page-bindings.ts';

/** A login takes its key from whatever has it in the list. */
export const PLACES: Readonly<Record<Place, readonly Binding[]>> = {
  ...LIST_BINDINGS,
  ...PAGE_BINDINGS,
  login: [LOGIN, ...without(LIST_BINDINGS.list, [LOGIN])],
  histogram: [...HISTOGRAM, ...without(LIST_BINDINGS.list, HISTOGRAM)],
};

function without(bindings: readonly Binding[], taken: readonly Binding[]): readonly Binding[] {
  const keys = new Set(taken.flatMap((binding) => binding.keys));
  return bindings
    .map((binding) => ({ ...binding, keys: binding.keys.filter((key) => !keys.has(key)) }))
    .filter((binding) => binding.keys.length > 0);
}

const LINES: readonly Place[] = [
  'facetFilter',
  'search',
  'find',
  'picker',
  'times',
  'code',
  'path',
  'line',
  'palette',
  'downloadLine',
];

/** Places that show a page of their own or cover the list: only what is said there works, and what always works. */
const OVER_THE_LIST: readonly Place[] = [
  'compare',
  'download',
  'facets',
  'overlay',
  'columns',
  'menu',
  'table',
  'text',
];

/** Whether letters typed here are text. */
export function isLine(place: Place): boolean {
  return LINES.includes(place);
}

/** Every binding that works in a place, the most specific first. */
export function bindingsIn(place: Place): readonly Binding[] {
  if (isLine(place)) return [...PLACES[place], ...ALWAYS];
  return OVER_THE_LIST.includes(place) ? [...PLACES[place], ...ALWAYS] : [...PLACES[place], ...EVERYWHERE, ...ALWAYS];
}

const BY_KEY: ReadonlyMap<Place, ReadonlyMap<string, CommandId>> = new Map(
  (Object.keys(PLACES) as Place[]).map((place) => [place, keyMap(place)]),
);

/** The command that a key runs in a place; undefined where it has no meaning there. */
export function commandFor(place: Place, key: string): CommandId | undefined {
  return BY_KEY.get(place)?.get(key);
}

function keyMap(place: Place): ReadonlyMap<string, CommandId> {
  const map = new Map<string, CommandId>();
  for (const { keys, command } of bindingsIn(place)) {
    for (const key of keys) if (!map.has(key)) map.set(key, command);
  }
  return map;
}
