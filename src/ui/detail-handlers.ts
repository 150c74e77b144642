// What the commands of the detail do.

import type { DETAIL_COMMANDS } from '../keys/detail-commands.ts';
import { countByPath } from './counts.ts';
import { does, type Handler } from './host.ts';
import { narrowByValue } from './pivots.ts';
import { openResourceUnderCursor } from './resource-keys.ts';

export const DETAIL_HANDLERS: Readonly<Record<keyof typeof DETAIL_COMMANDS, Handler>> = {
  'detail.up': does({ kind: 'detailMoved', move: 'up' }),
  'detail.down': does({ kind: 'detailMoved', move: 'down' }),
  'detail.pageUp': does({ kind: 'detailMoved', move: 'pageUp' }),
  'detail.pageDown': does({ kind: 'detailMoved', move: 'pageDown' }),
  'detail.halfUp': does({ kind: 'detailMoved', move: 'halfUp' }),
  'detail.halfDown': does({ kind: 'detailMoved', move: 'halfDown' }),
  'detail.top': does({ kind: 'detailMoved', move: 'first' }),
  'detail.bottom': does({ kind: 'detailMoved', move: 'last' }),
  'detail.close': does({ kind: 'treeMoved', command: 'close' }),
  'detail.open': does({ kind: 'treeMoved', command: 'open' }),
  'detail.toggle': does({ kind: 'treeMoved', command: 'toggle' }),
  'detail.closeSiblings': does({ kind: 'treeMoved', command: 'closeSiblings' }),
  'detail.closeSiblingsDeep': does({ kind: 'treeMoved', command: 'closeSiblingsDeep' }),
  'detail.openSiblings': does({ kind: 'treeMoved', command: 'openSiblings' }),
  'detail.openSiblingsDeep': does({ kind: 'treeMoved', command: 'openSiblingsDeep' }),
  'detail.nextSibling': does({ kind: 'treeMoved', command: 'nextSibling' }),
  'detail.previousSibling': does({ kind: 'treeMoved', command: 'previousSibling' }),
  'detail.nextSameKey': does({ kind: 'treeMoved', command: 'nextSameKey' }),
  'detail.previousSameKey': does({ kind: 'treeMoved', command: 'previousSameKey' }),
  'detail.find': does({ kind: 'findOpened' }),
  'detail.findNext': does({ kind: 'foundAgain', step: 1 }),
  'detail.findPrevious': does({ kind: 'foundAgain', step: -1 }),
  'detail.raw': does({ kind: 'rawToggled' }),
  'detail.only': (explorer) => narrowByValue(explorer, false),
  'detail.not': (explorer) => narrowByValue(explorer, true),
  'detail.countBy': countByPath,
  'detail.resource': openResourceUnderCursor,
  'event.denial': (explorer) =>
    void explorer.opening(import('./denial-page.ts').then(({ openDenial }) => openDenial(explorer))),
  'event.identity': (explorer) =>
    void explorer.opening(import('./identity-page.ts').then(({ openIdentity }) => openIdentity(explorer))),
  'find.keep': does({ kind: 'findKept' }),
  'find.cancel': does({ kind: 'findClosed' }),
  'find.empty': (explorer) => {
    explorer.dispatch({ kind: 'findEdited', edit: 'end' });
    explorer.dispatch({ kind: 'findEdited', edit: 'clearToStart' });
  },
};
