// Which key runs which command, as data. The order inside a place is the order of the footer and of the help.

import type { CommandId } from './commands.ts';

/** What has the keys. In lines one types into (see isLine) a letter is a letter. */
export type Place =
  | 'list'
  /** The list while something waits for a login. */
  | 'login'
  /** In place of the list where there are no credentials. */
  | 'offers'
  /** The list with the histogram over it, which has the arrows. */
  | 'histogram'
  | 'detail'
  | 'overlay'
  | 'columns'
  | 'search'
  | 'find'
  | 'picker'
  | 'times'
  | 'code'
  | 'path'
  /** Panels over the list (state/panel.ts), by their kinds. */
  | 'line'
  | 'menu'
  | 'compare'
  | 'palette'
  /** The form of a download: on one of its choices, or in one of its lines. */
  | 'download'
  | 'downloadLine'
  | 'facets'
  /** The line that narrows the values of the facets. */
  | 'facetFilter'
  | 'table'
  | 'text';

export type Binding = {
  /** Names as keypress.ts gives them; the first is the one that the footer shows. */
  readonly keys: readonly string[];
  readonly command: CommandId;
};

const bind = (command: CommandId, ...keys: readonly string[]): Binding => ({ keys, command });

/** Keys that work wherever one is, lines included. */
const ALWAYS: readonly Binding[] = [
  bind('app.interrupt', 'ctrl+c'),
  bind('app.suspend', 'ctrl+z'),
  bind('app.redraw', 'ctrl+l'),
];

/** Keys of every place that is not a line. */
const EVERYWHERE: readonly Binding[] = [
  bind('app.back', 'escape'),
  bind('pane.next', 'tab', 'shift+tab'),
  bind('pane.grow', '+'),
  bind('pane.shrink', '_'),
  bind('live.pause', 'p'),
  bind('live.loadAll', 'L'),
  bind('live.follow', 'f'),
  bind('live.refresh', 'ctrl+r'),
  bind('app.theme', 'T'),
  bind('app.zone', 'Z'),
  bind('app.mouse', 'M'),
  bind('app.quit', 'q'),
  bind('app.help', '?', 'f1'),
  bind('app.palette', ':'),
];

/** From wherever events are read. */
const CHOOSING: readonly Binding[] = [
  bind('choose.profiles', 'P'),
  bind('choose.regions', 'R'),
  bind('choose.time', 't'),
];

const LOGIN = bind('live.login', 'l');

/** Of a list that one narrows by typing. */
const PICKING: readonly Binding[] = [
  bind('picker.down', 'down', 'ctrl+n'),
  bind('picker.up', 'up', 'ctrl+p'),
  bind('picker.pageDown', 'pageDown'),
  bind('picker.pageUp', 'pageUp'),
  bind('picker.empty', 'ctrl+u'),
  bind('picker.cancel', 'escape'),
];

const PICKS: readonly Binding[] = [
  bind('picker.apply', 'enter'),
  bind('picker.toggle', 'space', 'tab'),
  bind('picker.all', 'ctrl+a'),
  bind('picker.none', 'ctrl+x'),
];

const OWN: Readonly<Record<Exclude<Place, 'login' | 'histogram'>, readonly Binding[]>> = {
  list: [
    bind('list.open', 'enter'),
    bind('list.search', '/'),
    // Only while events are marked: then it is the next thing one wants.
    bind('marks.compare', 'd'),
    ...CHOOSING,
    bind('list.only', '='),
    bind('facets.open', 'F'),
    bind('list.noise', 'n'),
    bind('histogram.switch', 'i'),
    bind('list.not', '!'),
    bind('list.failures', 'x'),
    bind('list.denied', 'X'),
    bind('pivot.resource', 'r'),
    bind('pivot.session', 's'),
    bind('list.ssh', 'S'),
    bind('list.nextFailure', 'e'),
    bind('list.previousFailure', 'E'),
    bind('list.nextWrite', 'w'),
    bind('list.previousWrite', 'W'),
    bind('list.nextOfSession', 'o'),
    bind('list.previousOfSession', 'O'),
    bind('list.lastQuery', '-'),
    bind('list.earlierQuery', '['),
    bind('list.laterQuery', ']'),
    bind('marks.toggle', 'space'),
    bind('marks.note', 'm'),
    bind('yank.open', 'y'),
    bind('download.open', 'D'),
    bind('list.fold', 'z'),
    bind('list.columnsRight', 'l', 'right'),
    bind('list.columnsLeft', 'h', 'left'),
    bind('list.down', 'j', 'down'),
    bind('list.up', 'k', 'up'),
    bind('list.pageDown', 'pageDown', 'ctrl+f'),
    bind('list.pageUp', 'pageUp', 'ctrl+b'),
    bind('list.halfDown', 'ctrl+d'),
    bind('list.halfUp', 'ctrl+u'),
    bind('list.top', 'g', 'home'),
    bind('list.bottom', 'G', 'end'),
    bind('list.columns', 'C'),
    bind('app.loaded', 'c'),
  ],
  offers: [
    bind('offers.take', 'enter'),
    LOGIN,
    ...CHOOSING,
    bind('offers.down', 'j', 'down'),
    bind('offers.up', 'k', 'up'),
    bind('app.loaded', 'c'),
  ],
  detail: [
    bind('detail.open', 'l', 'right', 'enter'),
    bind('detail.close', 'h', 'left'),
    bind('detail.find', '/'),
    bind('detail.only', '='),
    bind('detail.not', '!'),
    bind('detail.countBy', 'F'),
    bind('list.lastQuery', '-'),
    bind('list.earlierQuery', '['),
    bind('list.laterQuery', ']'),
    bind('detail.raw', 'v'),
    bind('marks.note', 'm'),
    bind('yank.open', 'y'),
    bind('download.open', 'D'),
    bind('detail.findNext', 'n'),
    bind('detail.findPrevious', 'N'),
    bind('detail.toggle', 'space'),
    bind('detail.closeSiblings', 'c'),
    bind('detail.closeSiblingsDeep', 'C'),
    bind('detail.openSiblings', 'e'),
    bind('detail.openSiblingsDeep', 'E'),
    bind('detail.nextSibling', 'J'),
    bind('detail.previousSibling', 'K'),
    bind('detail.nextSameKey', '*'),
    bind('detail.previousSameKey', '#'),
    bind('detail.down', 'j', 'down'),
    bind('detail.up', 'k', 'up'),
    bind('detail.pageDown', 'pageDown', 'ctrl+f'),
    bind('detail.pageUp', 'pageUp', 'ctrl+b'),
    bind('detail.halfDown', 'ctrl+d'),
    bind('detail.halfUp', 'ctrl+u'),
    bind('detail.top', 'g', 'home'),
    bind('detail.bottom', 'G', 'end'),
    ...CHOOSING,
  ],
  overlay: [
    bind('overlay.close', 'escape', 'q', '?', 'enter', 'L', 'c'),
    bind('overlay.down', 'j', 'down'),
    bind('overlay.up', 'k', 'up'),
    bind('overlay.pageDown', 'pageDown', 'space', 'ctrl+d', 'ctrl+f'),
    bind('overlay.pageUp', 'pageUp', 'ctrl+u', 'ctrl+b'),
    bind('overlay.top', 'g', 'home'),
    bind('overlay.bottom', 'G', 'end'),
  ],
  columns: [
    bind('columns.toggle', 'space'),
    bind('overlay.down', 'j', 'down'),
    bind('overlay.up', 'k', 'up'),
    bind('overlay.top', 'g', 'home'),
    bind('overlay.bottom', 'G', 'end'),
    bind('overlay.close', 'escape', 'q', 'enter', 'C'),
    bind('app.help', '?', 'f1'),
  ],
  search: [
    bind('search.keep', 'enter'),
    bind('search.cancel', 'escape'),
    bind('search.complete', 'tab'),
    bind('search.dropMatch', 'ctrl+x'),
    bind('search.nextCompletion', 'ctrl+n'),
    bind('search.previousCompletion', 'ctrl+p', 'shift+tab'),
    bind('search.down', 'down'),
    bind('search.up', 'up'),
    bind('search.empty', 'ctrl+u'),
    bind('search.pageDown', 'pageDown'),
    bind('search.pageUp', 'pageUp'),
  ],
  find: [bind('find.keep', 'enter'), bind('find.cancel', 'escape'), bind('find.empty', 'ctrl+u')],
  picker: [...PICKS, ...PICKING],
  times: [bind('picker.apply', 'enter'), bind('picker.zone', 'ctrl+t'), ...PICKING],
  code: [bind('code.answer', 'enter'), bind('code.cancel', 'escape'), bind('code.empty', 'ctrl+u')],
  line: [bind('line.take', 'enter'), bind('panel.close', 'escape'), bind('line.empty', 'ctrl+u')],
  palette: [
    bind('palette.take', 'enter'),
    bind('palette.complete', 'tab'),
    bind('palette.down', 'down', 'ctrl+n'),
    bind('palette.up', 'up', 'ctrl+p'),
    bind('palette.pageDown', 'pageDown'),
    bind('palette.pageUp', 'pageUp'),
    bind('palette.empty', 'ctrl+u'),
    bind('panel.close', 'escape'),
  ],
  download: [
    bind('download.take', 'enter'),
    bind('download.replace', 'ctrl+r'),
    bind('download.nextChoice', 'right', 'l', 'space'),
    bind('download.previousChoice', 'left', 'h'),
    bind('download.nextField', 'tab', 'down', 'j'),
    bind('download.previousField', 'shift+tab', 'up', 'k'),
    bind('panel.close', 'escape', 'q'),
  ],
  downloadLine: [
    bind('download.take', 'enter'),
    bind('download.replace', 'ctrl+r'),
    bind('download.complete', 'tab'),
    bind('download.nextField', 'down', 'ctrl+n'),
    bind('download.previousField', 'up', 'shift+tab', 'ctrl+p'),
    bind('download.empty', 'ctrl+u'),
    bind('panel.close', 'escape'),
  ],
  // The letters of its items come before these: see ui/input.ts.
  menu: [
    bind('menu.take', 'enter'),
    bind('menu.down', 'down', 'j', 'ctrl+n'),
    bind('menu.up', 'up', 'k', 'ctrl+p'),
    bind('panel.close', 'escape', 'q'),
  ],
  facets: [
    bind('facets.take', 'enter'),
    bind('facets.only', '='),
    bind('facets.not', '!'),
    bind('facets.other', 'tab', 'shift+tab'),
    bind('facets.filter', '/'),
    bind('facets.values', 'l', 'right'),
    bind('facets.fields', 'h', 'left'),
    bind('list.failures', 'x'),
    bind('list.lastQuery', '-'),
    bind('facets.down', 'j', 'down'),
    bind('facets.up', 'k', 'up'),
    bind('facets.pageDown', 'pageDown', 'space', 'ctrl+d', 'ctrl+f'),
    bind('facets.pageUp', 'pageUp', 'ctrl+u', 'ctrl+b'),
    bind('facets.top', 'g', 'home'),
    bind('facets.bottom', 'G', 'end'),
    bind('facets.close', 'escape', 'q', 'F'),
  ],
  facetFilter: [
    bind('facetFilter.keep', 'enter'),
    bind('facetFilter.cancel', 'escape'),
    bind('facetFilter.empty', 'ctrl+u'),
    bind('facets.down', 'down', 'ctrl+n'),
    bind('facets.up', 'up', 'ctrl+p'),
    bind('facets.pageDown', 'pageDown'),
    bind('facets.pageUp', 'pageUp'),
  ],
  compare: [
    bind('compare.open', 'enter'),
    bind('compare.switch', 'd', 'space'),
    bind('compare.only', '='),
    bind('compare.not', '!'),
    bind('compare.copy', 'y'),
    bind('compare.right', 'l', 'right'),
    bind('compare.left', 'h', 'left'),
    bind('compare.down', 'j', 'down'),
    bind('compare.up', 'k', 'up'),
    bind('compare.pageDown', 'pageDown', 'ctrl+d', 'ctrl+f'),
    bind('compare.pageUp', 'pageUp', 'ctrl+u', 'ctrl+b'),
    bind('compare.top', 'g', 'home'),
    bind('compare.bottom', 'G', 'end'),
    bind('panel.close', 'escape', 'q'),
  ],
  table: [
    bind('table.take', 'enter'),
    bind('table.down', 'j', 'down'),
    bind('table.up', 'k', 'up'),
    bind('table.pageDown', 'pageDown', 'space', 'ctrl+d', 'ctrl+f'),
    bind('table.pageUp', 'pageUp', 'ctrl+u', 'ctrl+b'),
    bind('table.top', 'g', 'home'),
    bind('table.bottom', 'G', 'end'),
    bind('panel.close', 'escape', 'q'),
  ],
  text: [
    bind('text.copy', 'y'),
    bind('text.down', 'j', 'down'),
    bind('text.up', 'k', 'up'),
    bind('text.pageDown', 'pageDown', 'space', 'ctrl+d', 'ctrl+f'),
    bind('text.pageUp', 'pageUp', 'ctrl+u', 'ctrl+b'),
    bind('text.top', 'g', 'home'),
    bind('text.bottom', 'G', 'end'),
    bind('panel.close', 'escape', 'q', 'enter'),
  ],
  path: [
    bind('path.open', 'enter'),
    bind('path.complete', 'tab'),
    bind('path.cancel', 'escape'),
    bind('path.empty', 'ctrl+u'),
  ],
};

/** Of the histogram; everything else is the list's. */
const HISTOGRAM: readonly Binding[] = [
  bind('histogram.left', 'left', 'h'),
  bind('histogram.right', 'right', 'l'),
  bind('histogram.zoomIn', 'enter'),
  bind('histogram.anchor', 'space'),
  bind('histogram.brushLeft', 'shift+left'),
  bind('histogram.brushRight', 'shift+right'),
  bind('histogram.zoomOut', 'backspace'),
  bind('histogram.whole', '0'),
  bind('histogram.switch', 'i'),
];

/** A login takes its key from whatever has it in the list. */
const PLACES: Readonly<Record<Place, readonly Binding[]>> = {
  ...OWN,
  login: [LOGIN, ...without(OWN.list, [LOGIN])],
  histogram: [...HISTOGRAM, ...without(OWN.list, HISTOGRAM)],
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

const BY_KEY: Readonly<Record<Place, ReadonlyMap<string, CommandId>>> = {
  list: keyMap('list'),
  login: keyMap('login'),
  histogram: keyMap('histogram'),
  offers: keyMap('offers'),
  detail: keyMap('detail'),
  overlay: keyMap('overlay'),
  columns: keyMap('columns'),
  search: keyMap('search'),
  find: keyMap('find'),
  picker: keyMap('picker'),
  times: keyMap('times'),
  code: keyMap('code'),
  path: keyMap('path'),
  line: keyMap('line'),
  menu: keyMap('menu'),
  compare: keyMap('compare'),
  palette: keyMap('palette'),
  download: keyMap('download'),
  downloadLine: keyMap('downloadLine'),
  facets: keyMap('facets'),
  facetFilter: keyMap('facetFilter'),
  table: keyMap('table'),
  text: keyMap('text'),
};

/** The command that a key runs in a place; undefined where it has no meaning there. */
export function commandFor(place: Place, key: string): CommandId | undefined {
  return BY_KEY[place].get(key);
}

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
      'pivot.session',
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

/** What the help lists, by heading. */
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

/** A key's name as people write it: `Ctrl-D`, `PgDn`, `↵`. */
export function keyLabel(key: string): string {
  const named = LABELS[key];
  if (named !== undefined) return named;
  const control = /^ctrl\+(.)$/.exec(key)?.[1];
  return control === undefined ? key : `Ctrl-${control.toUpperCase()}`;
}

const LABELS: Readonly<Record<string, string>> = {
  enter: '↵',
  escape: 'Esc',
  tab: 'Tab',
  'shift+tab': 'Shift-Tab',
  space: 'Space',
  up: '↑',
  down: '↓',
  left: '←',
  'shift+left': 'Shift-←',
  'shift+right': 'Shift-→',
  backspace: 'Backspace',
  right: '→',
  pageUp: 'PgUp',
  pageDown: 'PgDn',
  home: 'Home',
  end: 'End',
  f1: 'F1',
};

function keyMap(place: Place): ReadonlyMap<string, CommandId> {
  const map = new Map<string, CommandId>();
  for (const { keys, command } of bindingsIn(place)) {
    for (const key of keys) if (!map.has(key)) map.set(key, command);
  }
  return map;
}
