// Commands of the list, and of the histogram over it.

import { compareBlocked } from '../state/marks.ts';
import type { Command, Facts } from './command.ts';

const needsEvents = (facts: Facts) => (facts.hasEvents ? null : 'no events in the list');
const needsMarked = (facts: Facts) => (facts.marked > 0 ? null : 'nothing is marked: Space marks an event');
const needsBar = (facts: Facts) => (facts.hasBar ? null : 'there are no bars');

export const LIST_COMMANDS = {
  'list.up': { title: 'up', blocked: needsEvents },
  'list.down': { title: 'down', blocked: needsEvents },
  'list.pageUp': { title: 'page up', blocked: needsEvents },
  'list.pageDown': { title: 'page down', blocked: needsEvents },
  'list.halfUp': { title: 'half a page up', blocked: needsEvents },
  'list.halfDown': { title: 'half a page down', blocked: needsEvents },
  'list.top': { title: 'newest event', blocked: needsEvents },
  'list.bottom': { title: 'oldest event', blocked: needsEvents },
  'list.open': {
    title: 'open the event, or the run that is folded',
    hint: (facts) => (facts.run === 'folded' ? 'open the run' : 'open'),
    blocked: needsEvents,
  },
  'list.search': { title: 'search', hint: 'search' },
  'list.lastQuery': {
    title: 'to and fro between the last two searches',
    hint: 'last search',
    blocked: (facts) => {
      if (facts.hasLastQuery) return null;
      return facts.hasSearched ? 'there was no search before this one' : 'there was no search yet';
    },
  },
  'list.earlierQuery': {
    title: 'the search before',
    hint: 'earlier search',
    blocked: (facts) => (facts.hasEarlierQuery ? null : 'there is no earlier search'),
  },
  'list.laterQuery': {
    title: 'the search after',
    hint: 'later search',
    blocked: (facts) => (facts.hasLaterQuery ? null : 'there is no later search'),
  },
  'list.noise': {
    title: 'noise on or off: reads, calls of services, loud names (failures and deletions stay)',
    hint: 'noise',
  },
  'list.only': {
    title: 'only events with the same name, person, resource and so on; or all around this one',
    hint: 'this value',
    blocked: needsEvents,
  },
  'list.not': {
    title: 'only events without this name, person, resource and so on',
    blocked: needsEvents,
  },
  'list.failures': { title: 'failures only, or not' },
  'list.denied': { title: 'denied calls of the list, by who, action, reason and resource' },
  'list.ssh': { title: 'SSH access: EC2 Instance Connect, serial console, Session Manager' },
  'session.open': {
    title: 'the session behind this event: the calls that began it, up to a person, and what it began',
    hint: 'who',
    blocked: needsEvents,
  },
  'related.open': {
    title: 'what belongs to this event: same request, other accounts, one click in the console',
    blocked: needsEvents,
  },
  'pivot.around': { title: 'everything within 5 minutes of this event', blocked: needsEvents },
  'pivot.session': { title: 'everything of this session (or person)', blocked: needsEvents },
  'pivot.who': { title: 'everything of this person', blocked: needsEvents },
  'pivot.key': { title: 'everything with this access key', blocked: needsEvents },
  'pivot.address': { title: 'everything from this address', blocked: needsEvents },
  'pivot.resource': {
    title: 'history of a resource of this event: what was done to it and to what belongs to it, and who made it',
    hint: 'resource',
    blocked: needsEvents,
  },
  'pivot.agent': { title: 'everything with this user agent', blocked: needsEvents },
  'pivot.name': { title: 'every call of this name', blocked: needsEvents },
  'facets.open': {
    title: 'facets: how often each name, person, error, address and so on occurs',
    hint: 'facets',
  },
  'histogram.switch': {
    title: 'histogram: events by time, over the list; closes it again',
    hint: (facts) => (facts.isHistogramOpen ? 'close' : 'histogram'),
    blocked: (facts) => (facts.isHistogramOpen ? null : needsEvents(facts)),
  },
  'histogram.left': { title: 'earlier bar; the list goes along', hint: 'earlier', blocked: needsBar },
  'histogram.right': { title: 'later bar; the list goes along', blocked: needsBar },
  'histogram.anchor': {
    title: 'begin a range here, or leave it',
    hint: 'range',
    blocked: needsBar,
  },
  'histogram.brushLeft': { title: 'range to the left', blocked: needsBar },
  'histogram.brushRight': { title: 'range to the right', blocked: needsBar },
  'histogram.zoomIn': {
    title: 'into the bar or the range: the search says from when until when',
    hint: 'into it',
    blocked: needsBar,
  },
  'histogram.zoomOut': { title: 'one step out again', hint: 'out' },
  'histogram.whole': { title: 'the whole range: any time' },
  'list.nextFailure': { title: 'next failure', hint: 'failure', blocked: needsEvents },
  'list.previousFailure': { title: 'previous failure', blocked: needsEvents },
  'list.nextWrite': { title: 'next write', hint: 'write', blocked: needsEvents },
  'list.previousWrite': { title: 'previous write', blocked: needsEvents },
  'list.nextOfSession': {
    title: 'next event of the same session',
    hint: 'session',
    blocked: needsEvents,
  },
  'list.previousOfSession': { title: 'previous event of the same session', blocked: needsEvents },
  'list.columnsLeft': {
    title: 'columns to the left; at the first one, fold the opened run',
    hint: (facts) => (facts.run === 'opened' ? 'fold the run' : ''),
  },
  'list.fold': {
    title: 'fold runs of the same call by the same person into one row, or all unfolded',
    hint: (facts) => (facts.isFolded ? 'unfold' : 'fold'),
    blocked: (facts) => (facts.isFolded ? null : needsEvents(facts)),
  },
  'marks.toggle': {
    title: 'mark the event (of a folded run all), or take its mark back',
    hint: 'mark',
    blocked: needsEvents,
  },
  'marks.note': { title: 'note to the event, which marks it', hint: 'note', blocked: needsEvents },
  'marks.compare': {
    title: 'compare the marked events, value by value',
    hint: 'compare',
    blocked: (facts) => compareBlocked(facts.marked),
  },
  'marks.only': {
    title: 'only marked events, or all again',
    blocked: needsMarked,
  },
  'marks.all': {
    title: 'mark all events of the list',
    blocked: needsEvents,
  },
  'marks.clear': {
    title: 'take all marks back (notes stay)',
    blocked: needsMarked,
  },
  'marks.next': { title: 'next marked event', blocked: needsEvents },
  'marks.previous': { title: 'previous marked event', blocked: needsEvents },
  'download.open': {
    title: 'download: write the list, what is marked or this event into a file',
    hint: 'download',
    blocked: (facts) => {
      if (facts.isWriting) return 'a file is being written: Esc stops it';
      return facts.marked > 0 ? null : needsEvents(facts);
    },
  },
  'yank.open': {
    title: 'copy: the event, its eventID, its URL, the command for this list and so on',
    hint: 'copy',
    blocked: needsEvents,
  },
  'list.columnsRight': { title: 'columns to the right', hint: 'columns' },
  'list.columns': { title: 'choose the columns', hint: 'choose columns' },
} as const satisfies Record<string, Command>;
