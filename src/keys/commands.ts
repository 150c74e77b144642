// Every command of the explorer: one id, one title, when it can run. The help overlay, the footer and the key page of
// the guide are made from this table and from bindings.ts, so a command that is not here does not exist.

import { compareBlocked } from '../state/marks.ts';

/** What the screen is doing, as far as commands care. */
export type Facts = {
  readonly hasEvents: boolean;
  /** Events that are marked, and whether the list holds only those. */
  readonly marked: number;
  readonly isOnlyMarked: boolean;
  readonly isFolded: boolean;
  /** The cursor is on a folded run, or on an event of an opened one; null: on neither. */
  readonly run: 'folded' | 'opened' | null;
  /** Why the cell under the cursor of a comparison cannot be searched for; null when it can. */
  readonly cellBlocked: string | null;
  readonly hasSearched: boolean;
  /** There is a search other than the one that is on. */
  readonly hasLastQuery: boolean;
  readonly hasEarlierQuery: boolean;
  readonly hasLaterQuery: boolean;
  /** What the search line offers under its highlight; `match`: something that a word stood for. */
  readonly completion: 'match' | 'other' | 'hidden' | 'pending' | 'none';
  readonly isDetailOpen: boolean;
  readonly isRaw: boolean;
  readonly hasFindText: boolean;
  /** The row under the tree's cursor holds a plain value. */
  readonly isOnValue: boolean;
  /** The overlay of columns is on one that cannot be hidden. */
  readonly isColumnFixed: boolean;
  /** The source is an account's event history. */
  readonly isLive: boolean;
  /** At least one account of it could be opened. */
  readonly hasLanes: boolean;
  readonly isFollowing: boolean;
  readonly isPaused: boolean;
  /** A span of time was chosen, so there is nothing older to load. */
  readonly hasSpan: boolean;
  /** Something cannot be read before somebody logs in, and a command is known that does it. */
  readonly canLogIn: boolean;
  /** Enter has something to apply in the picker or the time menu. */
  readonly hasChoice: boolean;
  /** All digits of the MFA code are typed. */
  readonly isCodeWhole: boolean;
  /** The menu's item under the cursor can be taken; what blocks it, else. */
  readonly menuBlocked: string | null;
  readonly isHistogramOpen: boolean;
  /** The histogram's cursor stands on a bar. */
  readonly hasBar: boolean;
  /** `=` has something to narrow by in the facets. */
  readonly hasFacetTerm: boolean;
  /** The facets' cursor is among the fields, not among the values. */
  readonly isOnFacetField: boolean;
  /** A file is on its way. */
  readonly isWriting: boolean;
  /** The name in the form of a download is that of a file. */
  readonly isTaken: boolean;
  /** The table has a row under the cursor. */
  readonly hasTableRow: boolean;
  /** What `y` takes from the page of text; null: nothing. */
  readonly copyable: string | null;
  /** What Esc does now, in a word or two; null where there is nothing to go back from. */
  readonly back: string | null;
};

export type Group = 'everywhere' | 'list' | 'detail' | 'search line' | 'choice';

export type Command = {
  readonly title: string;
  readonly group: Group;
  /** Word for the footer; a command without one is only in the help. */
  readonly hint?: string | ((facts: Facts) => string);
  /** Why it cannot run now, for the reader; null when it can. */
  readonly blocked?: (facts: Facts) => string | null;
};

const needsEvents = (facts: Facts) => (facts.hasEvents ? null : 'no events in the list');
const needsMarked = (facts: Facts) => (facts.marked > 0 ? null : 'nothing is marked: Space marks an event');
const needsCell = (facts: Facts) => facts.cellBlocked;
const needsDetail = (facts: Facts) => (facts.isDetailOpen ? null : 'the detail is closed');
const needsTree = (facts: Facts) => (facts.isRaw ? 'only in the tree (v leaves the raw JSON)' : null);
const needsFind = (facts: Facts) =>
  needsTree(facts) ?? (facts.hasFindText ? null : 'nothing to find yet: / asks for a text');
const needsValue = (facts: Facts) => needsTree(facts) ?? (facts.isOnValue ? null : 'the cursor is not on a value');

const needsCompletion = ({ completion }: Facts) =>
  completion === 'none' ? 'nothing to complete here' : completion === 'pending' ? 'still searching: once more' : null;

const needsLanes = (facts: Facts) =>
  needsLive(facts) ?? (facts.hasLanes ? null : 'no account has been opened: P chooses profiles');
const needsLive = (facts: Facts) => (facts.isLive ? null : 'only for the event history of an account');

const needsBar = (facts: Facts) => (facts.hasBar ? null : 'there are no bars');
const needsFacet = (facts: Facts) => (facts.hasFacetTerm ? null : 'there is no value under the cursor');

export const COMMANDS = {
  'app.help': { title: 'help: every key', group: 'everywhere', hint: 'help' },
  'app.palette': {
    title: 'every command, preset and saved search by name',
    group: 'everywhere',
    hint: 'commands',
  },
  'app.back': {
    title: 'one level back: detail, search, reading; never quits',
    group: 'everywhere',
    hint: (facts) => facts.back ?? '',
    blocked: (facts) => (facts.back === null ? 'there is nothing to go back from' : null),
  },
  'app.quit': { title: 'back; quit at the list', group: 'everywhere', hint: 'quit' },
  'app.interrupt': { title: 'quit at once', group: 'everywhere' },
  'app.suspend': { title: 'suspend; fg comes back', group: 'everywhere' },
  'app.redraw': { title: 'redraw the screen', group: 'everywhere' },
  'app.theme': { title: 'next theme: dark, light, mono', group: 'everywhere' },
  'app.zone': { title: 'times in UTC or local', group: 'everywhere' },
  'app.mouse': { title: 'mouse on or off (off: the terminal selects text)', group: 'everywhere' },
  'app.loaded': { title: 'what is loaded, and what could not be', group: 'list' },
  'live.loadAll': {
    title: 'load all 90 days of the event history (of files: what was read)',
    group: 'everywhere',
    hint: (facts) => (facts.isLive ? '90 days' : ''),
    blocked: (facts) =>
      !facts.isLive
        ? null
        : (needsLanes(facts) ??
          (facts.hasSpan ? 'a span of time is chosen: t chooses another, or the newest again' : null)),
  },
  'live.follow': {
    title: 'follow: newer events come by themselves',
    group: 'everywhere',
    hint: (facts) => (facts.isFollowing ? 'stop following' : 'follow'),
    blocked: needsLanes,
  },
  'live.refresh': {
    title: 'what is new, and what has failed once more',
    group: 'everywhere',
    blocked: needsLive,
  },
  'live.pause': {
    title: 'stop loading, or go on',
    group: 'everywhere',
    hint: (facts) => (facts.isPaused ? 'go on' : ''),
    blocked: needsLanes,
  },
  'pane.next': {
    title: 'next pane',
    group: 'everywhere',
    hint: 'pane',
    blocked: (facts) => (facts.isHistogramOpen ? null : needsDetail(facts)),
  },
  'pane.grow': { title: 'larger detail', group: 'everywhere', blocked: needsDetail },
  'pane.shrink': { title: 'smaller detail', group: 'everywhere', blocked: needsDetail },

  'list.up': { title: 'up', group: 'list', blocked: needsEvents },
  'list.down': { title: 'down', group: 'list', blocked: needsEvents },
  'list.pageUp': { title: 'page up', group: 'list', blocked: needsEvents },
  'list.pageDown': { title: 'page down', group: 'list', blocked: needsEvents },
  'list.halfUp': { title: 'half a page up', group: 'list', blocked: needsEvents },
  'list.halfDown': { title: 'half a page down', group: 'list', blocked: needsEvents },
  'list.top': { title: 'newest event', group: 'list', blocked: needsEvents },
  'list.bottom': { title: 'oldest event', group: 'list', blocked: needsEvents },
  'list.open': {
    title: 'open the event, or the run that is folded',
    group: 'list',
    hint: (facts) => (facts.run === 'folded' ? 'open the run' : 'open'),
    blocked: needsEvents,
  },
  'list.search': { title: 'search', group: 'list', hint: 'search' },
  'list.lastQuery': {
    title: 'to and fro between the last two searches',
    group: 'list',
    hint: 'last search',
    blocked: (facts) => {
      if (facts.hasLastQuery) return null;
      return facts.hasSearched ? 'there was no search before this one' : 'there was no search yet';
    },
  },
  'list.earlierQuery': {
    title: 'the search before',
    group: 'list',
    hint: 'earlier search',
    blocked: (facts) => (facts.hasEarlierQuery ? null : 'there is no earlier search'),
  },
  'list.laterQuery': {
    title: 'the search after',
    group: 'list',
    hint: 'later search',
    blocked: (facts) => (facts.hasLaterQuery ? null : 'there is no later search'),
  },
  'choose.profiles': { title: 'choose profiles', group: 'everywhere', hint: 'profiles', blocked: needsLive },
  'choose.regions': { title: 'choose Regions', group: 'everywhere', hint: 'Regions', blocked: needsLive },
  'choose.time': { title: 'choose the time', group: 'everywhere', hint: 'time' },
  'live.login': {
    title: 'log in: runs what the message names, and comes back',
    group: 'list',
    hint: 'log in',
    blocked: (facts) => (facts.canLogIn ? null : 'nothing waits for a login'),
  },
  'list.noise': {
    title: 'noise on or off: reads, calls of services, loud names (failures and deletions stay)',
    group: 'list',
    hint: 'noise',
  },
  'list.only': {
    title: 'only events with the same name, person, resource and so on; or all around this one',
    group: 'list',
    hint: 'this value',
    blocked: needsEvents,
  },
  'list.not': {
    title: 'only events without this name, person, resource and so on',
    group: 'list',
    blocked: needsEvents,
  },
  'list.failures': { title: 'failures only, or not', group: 'list' },
  'list.denied': { title: 'denied calls of the list, by who, action, reason and resource', group: 'list' },
  'list.ssh': { title: 'SSH access: EC2 Instance Connect, serial console, Session Manager', group: 'list' },
  'pivot.around': { title: 'everything within 5 minutes of this event', group: 'list', blocked: needsEvents },
  'pivot.session': { title: 'everything of this session (or person)', group: 'list', blocked: needsEvents },
  'pivot.who': { title: 'everything of this person', group: 'list', blocked: needsEvents },
  'pivot.key': { title: 'everything with this access key', group: 'list', blocked: needsEvents },
  'pivot.address': { title: 'everything from this address', group: 'list', blocked: needsEvents },
  'pivot.resource': { title: 'everything that names this resource', group: 'list', blocked: needsEvents },
  'pivot.agent': { title: 'everything with this user agent', group: 'list', blocked: needsEvents },
  'pivot.name': { title: 'every call of this name', group: 'list', blocked: needsEvents },
  'facets.open': {
    title: 'facets: how often each name, person, error, address and so on occurs',
    group: 'list',
    hint: 'facets',
  },
  'histogram.switch': {
    title: 'histogram: events by time, over the list; closes it again',
    group: 'list',
    hint: (facts) => (facts.isHistogramOpen ? 'close' : 'histogram'),
    blocked: (facts) => (facts.isHistogramOpen ? null : needsEvents(facts)),
  },
  'histogram.left': { title: 'earlier bar; the list goes along', group: 'list', hint: 'earlier', blocked: needsBar },
  'histogram.right': { title: 'later bar; the list goes along', group: 'list', blocked: needsBar },
  'histogram.anchor': {
    title: 'begin a range here, or leave it',
    group: 'list',
    hint: 'range',
    blocked: needsBar,
  },
  'histogram.brushLeft': { title: 'range to the left', group: 'list', blocked: needsBar },
  'histogram.brushRight': { title: 'range to the right', group: 'list', blocked: needsBar },
  'histogram.zoomIn': {
    title: 'into the bar or the range: the search says from when until when',
    group: 'list',
    hint: 'into it',
    blocked: needsBar,
  },
  'histogram.zoomOut': { title: 'one step out again', group: 'list', hint: 'out' },
  'histogram.whole': { title: 'the whole range: any time', group: 'list' },
  'list.nextFailure': { title: 'next failure', group: 'list', hint: 'failure', blocked: needsEvents },
  'list.previousFailure': { title: 'previous failure', group: 'list', blocked: needsEvents },
  'list.nextWrite': { title: 'next write', group: 'list', hint: 'write', blocked: needsEvents },
  'list.previousWrite': { title: 'previous write', group: 'list', blocked: needsEvents },
  'list.nextOfSession': {
    title: 'next event of the same session',
    group: 'list',
    hint: 'session',
    blocked: needsEvents,
  },
  'list.previousOfSession': { title: 'previous event of the same session', group: 'list', blocked: needsEvents },
  'list.columnsLeft': {
    title: 'columns to the left; at the first one, fold the opened run',
    group: 'list',
    hint: (facts) => (facts.run === 'opened' ? 'fold the run' : ''),
  },
  'list.fold': {
    title: 'fold runs of the same call by the same person into one row, or all unfolded',
    group: 'list',
    hint: (facts) => (facts.isFolded ? 'unfold' : 'fold'),
    blocked: (facts) => (facts.isFolded ? null : needsEvents(facts)),
  },
  'marks.toggle': { title: 'mark the event, or take its mark back', group: 'list', hint: 'mark', blocked: needsEvents },
  'marks.note': { title: 'note to the event, kept with it', group: 'list', hint: 'note', blocked: needsEvents },
  'marks.compare': {
    title: 'compare the marked events, value by value',
    group: 'list',
    hint: 'compare',
    blocked: (facts) => compareBlocked(facts.marked),
  },
  'marks.only': {
    title: 'only marked events, or all again',
    group: 'list',
    blocked: needsMarked,
  },
  'marks.all': {
    title: 'mark all events of the list',
    group: 'list',
    blocked: needsEvents,
  },
  'marks.clear': {
    title: 'take all marks back (notes stay)',
    group: 'list',
    blocked: needsMarked,
  },
  'marks.next': { title: 'next marked event', group: 'list', blocked: needsEvents },
  'marks.previous': { title: 'previous marked event', group: 'list', blocked: needsEvents },
  'download.open': {
    title: 'download: write the list, what is marked or this event into a file',
    group: 'list',
    hint: 'download',
    blocked: (facts) => {
      if (facts.isWriting) return 'a file is being written: Esc stops it';
      return facts.marked > 0 ? null : needsEvents(facts);
    },
  },
  'yank.open': {
    title: 'copy: the event, its eventID, its URL, the command for this list and so on',
    group: 'list',
    hint: 'copy',
    blocked: needsEvents,
  },
  'list.columnsRight': { title: 'columns to the right', group: 'list', hint: 'columns' },
  'list.columns': { title: 'choose the columns', group: 'list', hint: 'choose columns' },

  'detail.up': { title: 'up', group: 'detail' },
  'detail.down': { title: 'down', group: 'detail' },
  'detail.pageUp': { title: 'page up', group: 'detail' },
  'detail.pageDown': { title: 'page down', group: 'detail' },
  'detail.halfUp': { title: 'half a page up', group: 'detail' },
  'detail.halfDown': { title: 'half a page down', group: 'detail' },
  'detail.top': { title: 'first row', group: 'detail' },
  'detail.bottom': { title: 'last row', group: 'detail' },
  'detail.close': { title: 'close, or go to the parent', group: 'detail', hint: 'close', blocked: needsTree },
  'detail.open': { title: 'open, or go to the first child', group: 'detail', hint: 'open', blocked: needsTree },
  'detail.toggle': { title: 'open or close', group: 'detail', blocked: needsTree },
  'detail.closeSiblings': { title: 'close this row and its siblings', group: 'detail', blocked: needsTree },
  'detail.closeSiblingsDeep': { title: 'the same, with everything in them', group: 'detail', blocked: needsTree },
  'detail.openSiblings': { title: 'open this row and its siblings', group: 'detail', blocked: needsTree },
  'detail.openSiblingsDeep': { title: 'the same, with everything in them', group: 'detail', blocked: needsTree },
  'detail.nextSibling': { title: 'next sibling', group: 'detail', blocked: needsTree },
  'detail.previousSibling': { title: 'previous sibling', group: 'detail', blocked: needsTree },
  'detail.nextSameKey': { title: 'next row of the same key', group: 'detail', blocked: needsTree },
  'detail.previousSameKey': { title: 'previous row of the same key', group: 'detail', blocked: needsTree },
  'detail.find': { title: 'find in the record', group: 'detail', hint: 'find', blocked: needsTree },
  'detail.findNext': { title: 'find the next', group: 'detail', blocked: needsFind },
  'detail.findPrevious': { title: 'find the previous', group: 'detail', blocked: needsFind },
  'detail.raw': { title: 'raw JSON and back', group: 'detail', hint: 'raw' },
  'detail.only': { title: 'only events with this value', group: 'detail', hint: 'this value', blocked: needsValue },
  'detail.not': { title: 'only events without this value', group: 'detail', hint: 'not this', blocked: needsValue },
  'detail.countBy': {
    title: 'count the list by what stands here: each value, how often, how often it failed',
    group: 'detail',
    hint: 'count',
    blocked: needsValue,
  },

  'search.keep': { title: 'keep the search, back to the list', group: 'search line', hint: 'keep' },
  'search.cancel': { title: 'back to the search before', group: 'search line', hint: 'cancel' },
  'search.complete': { title: 'complete', group: 'search line', hint: 'complete', blocked: needsCompletion },
  'search.dropMatch': {
    title: 'not this one of what the word stood for',
    group: 'search line',
    hint: 'not this',
    blocked: (facts) => (facts.completion === 'match' ? null : 'only for what a word stood for (≈)'),
  },
  'search.nextCompletion': {
    title: 'next completion',
    group: 'search line',
    hint: 'next',
    blocked: needsCompletion,
  },
  'search.previousCompletion': { title: 'previous completion', group: 'search line', blocked: needsCompletion },
  'search.empty': { title: 'empty the line', group: 'search line', hint: 'empty' },
  'search.up': { title: 'up in the list', group: 'search line' },
  'search.down': { title: 'down in the list', group: 'search line', hint: 'move' },
  'search.pageUp': { title: 'page up in the list', group: 'search line' },
  'search.pageDown': { title: 'page down in the list', group: 'search line' },

  'find.keep': { title: 'find it', group: 'search line', hint: 'find' },
  'find.cancel': { title: 'leave', group: 'search line', hint: 'leave' },
  'find.empty': { title: 'empty the line', group: 'search line' },

  'overlay.up': { title: 'up', group: 'everywhere' },
  'overlay.down': { title: 'down', group: 'everywhere', hint: 'down' },
  'overlay.pageUp': { title: 'page up', group: 'everywhere' },
  'overlay.pageDown': { title: 'page down', group: 'everywhere' },
  'overlay.top': { title: 'first line', group: 'everywhere' },
  'overlay.bottom': { title: 'last line', group: 'everywhere' },
  'columns.toggle': {
    title: 'show or hide the column',
    group: 'everywhere',
    hint: 'show or hide',
    blocked: (facts) => (facts.isColumnFixed ? 'this column is always shown' : null),
  },

  'picker.apply': {
    title: 'apply what is picked, or the row under the cursor',
    group: 'choice',
    hint: 'apply',
    blocked: (facts) => (facts.hasChoice ? null : 'there is nothing to apply'),
  },
  'picker.toggle': { title: 'pick, or take back', group: 'choice', hint: 'pick' },
  'picker.all': { title: 'pick all that is shown', group: 'choice', hint: 'all' },
  'picker.none': { title: 'pick none', group: 'choice', hint: 'none' },
  'picker.down': { title: 'down', group: 'choice' },
  'picker.up': { title: 'up', group: 'choice' },
  'picker.pageDown': { title: 'page down', group: 'choice' },
  'picker.pageUp': { title: 'page up', group: 'choice' },
  'picker.empty': { title: 'empty the line', group: 'choice', hint: 'empty' },
  'picker.zone': { title: 'UTC or local time (in the time menu)', group: 'choice', hint: 'UTC or local' },
  'picker.cancel': { title: 'leave everything as it is', group: 'choice', hint: 'cancel' },

  'code.answer': {
    title: 'go on with the code',
    group: 'choice',
    hint: 'go on',
    blocked: (facts) => (facts.isCodeWhole ? null : 'the code has six digits'),
  },
  'code.cancel': { title: 'go on without this profile', group: 'choice', hint: 'refuse' },
  'code.empty': { title: 'empty the line', group: 'choice', hint: 'empty' },

  'offers.take': { title: 'open it', group: 'choice', hint: 'open' },
  'offers.down': { title: 'down', group: 'choice' },
  'offers.up': { title: 'up', group: 'choice' },
  'path.open': { title: 'open the file or folder', group: 'choice', hint: 'open' },
  'path.complete': { title: 'complete the path', group: 'choice', hint: 'complete' },
  'path.empty': { title: 'empty the line', group: 'choice', hint: 'empty' },
  'path.cancel': { title: 'leave the line', group: 'choice', hint: 'leave' },

  'panel.close': { title: 'close', group: 'everywhere', hint: 'close' },
  'line.take': { title: 'take what is typed', group: 'choice', hint: 'take' },
  'line.empty': { title: 'empty the line', group: 'choice', hint: 'empty' },
  'menu.take': {
    title: 'take the choice under the cursor (or press its letter)',
    group: 'choice',
    hint: 'take',
    blocked: (facts) => facts.menuBlocked,
  },
  'menu.down': { title: 'down', group: 'choice' },
  'menu.up': { title: 'up', group: 'choice' },
  'facets.take': {
    title: 'only this value, back to the list; of a field, to its values',
    group: 'choice',
    hint: (facts) => (facts.isOnFacetField ? 'values' : 'its events'),
    blocked: needsFacet,
  },
  'facets.only': {
    title: 'only events with this value; of a field, those that state it',
    group: 'choice',
    hint: 'only',
    blocked: needsFacet,
  },
  'facets.not': {
    title: 'only events without this value; of a field, those that do not state it',
    group: 'choice',
    hint: 'not',
    blocked: needsFacet,
  },
  'facets.other': { title: 'to and fro between fields and values', group: 'choice', hint: 'fields/values' },
  'facets.values': { title: 'to the values', group: 'choice' },
  'facets.fields': { title: 'to the fields', group: 'choice' },
  'facets.filter': { title: 'only values that hold a text', group: 'choice', hint: 'find a value' },
  'facets.down': { title: 'down', group: 'choice' },
  'facets.up': { title: 'up', group: 'choice' },
  'facets.pageDown': { title: 'page down', group: 'choice' },
  'facets.pageUp': { title: 'page up', group: 'choice' },
  'facets.top': { title: 'first line', group: 'choice' },
  'facets.bottom': { title: 'last line', group: 'choice' },
  'facets.close': { title: 'all values again; back to the list', group: 'choice', hint: 'list' },
  'facetFilter.keep': { title: 'keep it', group: 'choice', hint: 'keep' },
  'facetFilter.cancel': { title: 'all values again', group: 'choice', hint: 'all values' },
  'facetFilter.empty': { title: 'empty the line', group: 'choice', hint: 'empty' },
  'download.take': { title: 'write the file', group: 'choice', hint: 'write' },
  'download.replace': {
    title: 'write the file in place of the one that is there',
    group: 'choice',
    hint: 'replace the file',
    blocked: (facts) => (facts.isTaken ? null : 'there is no file of this name'),
  },
  'download.nextField': { title: 'next field', group: 'choice', hint: 'field' },
  'download.previousField': { title: 'previous field', group: 'choice' },
  'download.nextChoice': { title: 'next choice', group: 'choice', hint: 'choose' },
  'download.previousChoice': { title: 'previous choice', group: 'choice' },
  'download.complete': { title: 'complete the path', group: 'choice', hint: 'complete' },
  'download.empty': { title: 'empty the line', group: 'choice', hint: 'empty' },
  'palette.take': { title: 'run it', group: 'choice', hint: 'run' },
  'palette.complete': { title: 'complete the name', group: 'choice', hint: 'complete' },
  'palette.down': { title: 'down', group: 'choice' },
  'palette.up': { title: 'up', group: 'choice' },
  'palette.pageDown': { title: 'page down', group: 'choice' },
  'palette.pageUp': { title: 'page up', group: 'choice' },
  'palette.empty': { title: 'empty the line', group: 'choice', hint: 'all' },
  'compare.open': { title: 'the chosen event in the list', group: 'choice', hint: 'open this event' },
  'compare.switch': { title: 'only what differs, or all', group: 'choice', hint: 'differences' },
  'compare.only': { title: 'only events with this value', group: 'choice', hint: 'this value', blocked: needsCell },
  'compare.not': { title: 'only events without this value', group: 'choice', hint: 'not this', blocked: needsCell },
  'compare.copy': { title: 'copy the value', group: 'choice', hint: 'copy' },
  'compare.right': { title: 'next event', group: 'choice', hint: 'next event' },
  'compare.left': { title: 'previous event', group: 'choice' },
  'compare.down': { title: 'down', group: 'choice' },
  'compare.up': { title: 'up', group: 'choice' },
  'compare.pageDown': { title: 'page down', group: 'choice' },
  'compare.pageUp': { title: 'page up', group: 'choice' },
  'compare.top': { title: 'first value', group: 'choice' },
  'compare.bottom': { title: 'last value', group: 'choice' },
  'table.take': {
    title: 'the events of this row',
    group: 'choice',
    hint: 'its events',
    blocked: (facts) => (facts.hasTableRow ? null : 'there is no row'),
  },
  'table.down': { title: 'down', group: 'choice' },
  'table.up': { title: 'up', group: 'choice' },
  'table.pageDown': { title: 'page down', group: 'choice' },
  'table.pageUp': { title: 'page up', group: 'choice' },
  'table.top': { title: 'first row', group: 'choice' },
  'table.bottom': { title: 'last row', group: 'choice' },
  'text.copy': {
    title: 'copy',
    group: 'choice',
    hint: (facts) => (facts.copyable === null ? '' : `copy ${facts.copyable}`),
    blocked: (facts) => (facts.copyable === null ? 'there is nothing to copy here' : null),
  },
  'text.down': { title: 'down', group: 'choice', hint: 'down' },
  'text.up': { title: 'up', group: 'choice' },
  'text.pageDown': { title: 'page down', group: 'choice' },
  'text.pageUp': { title: 'page up', group: 'choice' },
  'text.top': { title: 'first line', group: 'choice' },
  'text.bottom': { title: 'last line', group: 'choice' },

  'overlay.close': { title: 'close', group: 'everywhere', hint: 'close' },
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof COMMANDS;

/** Why a command cannot run now; null when it can. */
export function blockedReason(id: CommandId, facts: Facts): string | null {
  const command: Command = COMMANDS[id];
  return command.blocked?.(facts) ?? null;
}

/** The command's word in the footer; '' where it has none. */
export function hintOf(id: CommandId, facts: Facts): string {
  const { hint }: Command = COMMANDS[id];
  return typeof hint === 'function' ? hint(facts) : (hint ?? '');
}
