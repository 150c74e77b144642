// What the help and the key page of the guide list, by heading.

import { type Binding, bind, type Place } from './binding.ts';
import { PLACES } from './bindings.ts';
import type { CommandId } from './commands.ts';
import { ALWAYS, EVERYWHERE, HISTOGRAM, LOGIN } from './list-bindings.ts';
import { PICKING, PICKS } from './page-bindings.ts';

export type HelpSection = {
  readonly title: string;
  readonly bindings: readonly Binding[];
  /** What has these keys; null: they work nearly everywhere. */
  readonly place: Place | null;
};

/** Of the list's keys, what they are for; a key that is not named here moves. */
const LIST_PURPOSES: readonly { readonly title: string; readonly commands: readonly CommandId[] }[] = [
  {
    title: 'List: open and go to',
    commands: [
      'list.open',
      'list.nextFailure',
      'list.previousFailure',
      'list.nextWrite',
      'list.previousWrite',
      'list.nextOfSession',
      'list.previousOfSession',
    ],
  },
  {
    title: 'List: fewer events',
    commands: [
      'list.search',
      'list.only',
      'list.not',
      'list.noise',
      'list.failures',
      'pivot.resource',
      'session.open',
      'related.open',
      'list.ssh',
      'list.lastQuery',
      'list.earlierQuery',
      'list.laterQuery',
    ],
  },
  {
    title: 'List: count, mark, compare, take away',
    commands: [
      'facets.open',
      'histogram.switch',
      'list.denied',
      'list.fold',
      'marks.toggle',
      'marks.note',
      'marks.compare',
      'yank.open',
      'download.open',
    ],
  },
  {
    title: 'List: what is read',
    commands: ['choose.profiles', 'choose.regions', 'choose.time', 'app.loaded', 'live.login'],
  },
];

function listSections(): readonly HelpSection[] {
  const all = [...PLACES.list, LOGIN];
  const named = new Set(LIST_PURPOSES.flatMap(({ commands }) => commands));
  return [
    ...LIST_PURPOSES.map(({ title, commands }) => ({
      title,
      bindings: all.filter(({ command }) => commands.includes(command)),
      place: 'list' as const,
    })),
    { title: 'List: move', bindings: all.filter(({ command }) => !named.has(command)), place: 'list' },
  ];
}

export const HELP_SECTIONS: readonly HelpSection[] = [
  ...listSections(),
  { title: 'Detail', bindings: PLACES.detail, place: 'detail' },
  { title: 'Facets', bindings: PLACES.facets, place: 'facets' },
  { title: 'Histogram', bindings: HISTOGRAM, place: 'histogram' },
  { title: 'Comparing', bindings: PLACES.compare, place: 'compare' },
  { title: 'Search line', bindings: PLACES.search, place: 'search' },
  {
    title: 'Profiles, Regions, time',
    bindings: [...PICKS, bind('picker.zone', 'ctrl+t'), ...PICKING],
    place: 'picker',
  },
  { title: 'Commands by name', bindings: PLACES.palette, place: 'palette' },
  { title: 'Menus', bindings: PLACES.menu, place: 'menu' },
  { title: 'Tables', bindings: PLACES.table, place: 'table' },
  { title: 'Pages of text', bindings: PLACES.text, place: 'text' },
  { title: 'Everywhere', bindings: [...EVERYWHERE, ...ALWAYS], place: null },
];
