// Commands of the detail: its tree, and finding in it.

import type { Command, Facts } from './command.ts';

const needsTree = (facts: Facts) => (facts.isRaw ? 'only in the tree (v leaves the raw JSON)' : null);
const needsFind = (facts: Facts) =>
  needsTree(facts) ?? (facts.hasFindText ? null : 'nothing to find yet: / asks for a text');
const needsValue = (facts: Facts) => needsTree(facts) ?? (facts.isOnValue ? null : 'the cursor is not on a value');

export const DETAIL_COMMANDS = {
  'detail.up': { title: 'up' },
  'detail.down': { title: 'down' },
  'detail.pageUp': { title: 'page up' },
  'detail.pageDown': { title: 'page down' },
  'detail.halfUp': { title: 'half a page up' },
  'detail.halfDown': { title: 'half a page down' },
  'detail.top': { title: 'first row' },
  'detail.bottom': { title: 'last row' },
  'detail.close': { title: 'close, or go to the parent', hint: 'close', blocked: needsTree },
  'detail.open': {
    title: 'open, a long text or base64 too, or go to the first child',
    hint: 'open',
    blocked: needsTree,
  },
  'detail.toggle': { title: 'open or close', blocked: needsTree },
  'detail.closeSiblings': { title: 'close this row and its siblings', blocked: needsTree },
  'detail.closeSiblingsDeep': { title: 'the same, with everything in them', blocked: needsTree },
  'detail.openSiblings': { title: 'open this row and its siblings', blocked: needsTree },
  'detail.openSiblingsDeep': { title: 'the same, with everything in them', blocked: needsTree },
  'detail.nextSibling': { title: 'next sibling', blocked: needsTree },
  'detail.previousSibling': { title: 'previous sibling', blocked: needsTree },
  'detail.nextSameKey': { title: 'next row of the same key', blocked: needsTree },
  'detail.previousSameKey': { title: 'previous row of the same key', blocked: needsTree },
  'detail.find': { title: 'find in the record', hint: 'find', blocked: needsTree },
  'detail.findNext': { title: 'find the next', blocked: needsFind },
  'detail.findPrevious': { title: 'find the previous', blocked: needsFind },
  'detail.raw': { title: 'raw JSON and back', hint: 'raw' },
  'detail.only': { title: 'only events with this value', hint: 'this value', blocked: needsValue },
  'detail.not': { title: 'only events without this value', hint: 'not this', blocked: needsValue },
  'detail.resource': {
    title: 'history of the resource under the cursor, or of one of the event',
    hint: 'resource',
    blocked: needsTree,
  },
  'detail.countBy': {
    title: 'count the list by what stands here: each value, how often, how often it failed',
    hint: 'count',
    blocked: needsValue,
  },
  'event.denial': {
    title: 'why the event was denied; STS is asked what an encoded message says',
    blocked: (facts) => (facts.hasEvents ? null : 'there are no events'),
  },
  'event.identity': {
    title: 'who is behind the event: the four questions about it, with what each answer rests on',
    hint: 'identity',
    blocked: (facts) => (facts.hasEvents ? null : 'there are no events'),
  },
  'find.keep': { title: 'find it', hint: 'find' },
  'find.cancel': { title: 'leave', hint: 'leave' },
  'find.empty': { title: 'empty the line' },
} as const satisfies Record<string, Command>;
