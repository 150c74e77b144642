// What a command works on, and what must therefore be there before it runs: a key that is typed ahead of it waits
// (ui/typed-ahead.ts). Moving, and typing into lines, waits for nothing.

import type { CommandId } from './commands.ts';

export type Awaited =
  /** Where the selection comes to stand: what moves it is under way, or a search has no answer at all. */
  | 'selection'
  /** The selected event: besides, the records have answered too, and the event is on the screen. */
  | 'event'
  /** Its record, in the detail. */
  | 'record'
  /** The rows of the page over the list. */
  | 'rows';

const AWAITED: Readonly<Record<Awaited, readonly CommandId[]>> = {
  selection: [
    'list.lastQuery',
    'list.earlierQuery',
    'list.laterQuery',
    'list.failures',
    'list.ssh',
    'list.noise',
    'list.fold',
    'marks.only',
    'choose.time',
  ],
  event: [
    'list.open',
    'list.columnsLeft',
    'list.only',
    'list.not',
    'session.open',
    'related.open',
    'pivot.around',
    'pivot.session',
    'pivot.who',
    'pivot.key',
    'pivot.address',
    'pivot.resource',
    'pivot.agent',
    'pivot.name',
    'list.nextFailure',
    'list.previousFailure',
    'list.nextWrite',
    'list.previousWrite',
    'list.nextOfSession',
    'list.previousOfSession',
    'marks.toggle',
    'marks.note',
    'marks.all',
    'marks.next',
    'marks.previous',
    'yank.open',
    'event.denial',
    'event.identity',
    'download.open',
    'histogram.switch',
    'histogram.zoomIn',
    // What it runs may be any of these.
    'palette.take',
  ],
  record: [
    'detail.up',
    'detail.down',
    'detail.pageUp',
    'detail.pageDown',
    'detail.halfUp',
    'detail.halfDown',
    'detail.top',
    'detail.bottom',
    'detail.close',
    'detail.open',
    'detail.toggle',
    'detail.closeSiblings',
    'detail.closeSiblingsDeep',
    'detail.openSiblings',
    'detail.openSiblingsDeep',
    'detail.nextSibling',
    'detail.previousSibling',
    'detail.nextSameKey',
    'detail.previousSameKey',
    'detail.find',
    'detail.findNext',
    'detail.findPrevious',
    'detail.only',
    'detail.not',
    'detail.countBy',
    'detail.resource',
  ],
  rows: [
    'facets.take',
    'facets.only',
    'facets.not',
    'facets.up',
    'facets.down',
    'facets.pageUp',
    'facets.pageDown',
    'facets.top',
    'facets.bottom',
    'table.take',
    'table.after',
    'table.up',
    'table.down',
    'table.pageUp',
    'table.pageDown',
    'table.top',
    'table.bottom',
  ],
};

const BY_COMMAND: ReadonlyMap<CommandId, Awaited> = new Map(
  (Object.keys(AWAITED) as Awaited[]).flatMap((awaited) => AWAITED[awaited].map((id) => [id, awaited] as const)),
);

/** Null: it runs at once. */
export function awaitedBy(id: CommandId): Awaited | null {
  return BY_COMMAND.get(id) ?? null;
}
