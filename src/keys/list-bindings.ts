// The keys of the list, of the detail beside it, and of what stands in its place or over it; and those of everywhere.

import { type Binding, bind, type Place } from './binding.ts';

/** Keys that work wherever one is, lines included. */
export const ALWAYS: readonly Binding[] = [
  bind('app.interrupt', 'ctrl+c'),
  bind('app.suspend', 'ctrl+z'),
  bind('app.redraw', 'ctrl+l'),
];

/** Keys of every place that is not a line. */
export const EVERYWHERE: readonly Binding[] = [
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
export const CHOOSING: readonly Binding[] = [
  bind('choose.profiles', 'P'),
  bind('choose.regions', 'R'),
  bind('choose.time', 't'),
];

export const LOGIN = bind('live.login', 'l');

export const LIST_BINDINGS = {
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
    bind('session.open', 's'),
    bind('related.open', 'a'),
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
    bind('detail.resource', 'r'),
    bind('list.lastQuery', '-'),
    bind('list.earlierQuery', '['),
    bind('list.laterQuery', ']'),
    bind('detail.raw', 'v'),
    bind('marks.note', 'm'),
    bind('yank.open', 'y'),
    bind('session.open', 's'),
    bind('related.open', 'a'),
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
} satisfies Partial<Record<Place, readonly Binding[]>>;

/** Of the histogram; everything else is the list's. */
export const HISTOGRAM: readonly Binding[] = [
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
