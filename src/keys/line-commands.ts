// Commands of the lines one types into, and of the lists that are narrowed by typing.

import type { Command, Facts } from './command.ts';

const needsCompletion = ({ completion }: Facts) =>
  completion === 'none' ? 'nothing to complete here' : completion === 'pending' ? 'still searching: once more' : null;

export const LINE_COMMANDS = {
  'search.keep': { title: 'keep the search, back to the list', hint: 'keep' },
  'search.cancel': { title: 'back to the search before', hint: 'cancel' },
  'search.complete': { title: 'complete', hint: 'complete', blocked: needsCompletion },
  'search.dropMatch': {
    title: 'not this one of what the word stood for',
    hint: 'not this',
    blocked: (facts) => (facts.completion === 'match' ? null : 'only for what a word stood for (≈)'),
  },
  'search.nextCompletion': {
    title: 'next completion',
    hint: 'next',
    blocked: needsCompletion,
  },
  'search.previousCompletion': { title: 'previous completion', blocked: needsCompletion },
  'search.empty': { title: 'empty the line', hint: 'empty' },
  'search.up': { title: 'up in the list' },
  'search.down': { title: 'down in the list', hint: 'move' },
  'search.pageUp': { title: 'page up in the list' },
  'search.pageDown': { title: 'page down in the list' },
  'picker.apply': {
    title: 'apply what is picked, or the row under the cursor',
    hint: 'apply',
    blocked: (facts) => (facts.hasChoice ? null : 'there is nothing to apply'),
  },
  'picker.toggle': { title: 'pick, or take back', hint: 'pick' },
  'picker.all': { title: 'pick all that is shown', hint: 'all' },
  'picker.none': { title: 'pick none', hint: 'none' },
  'picker.down': { title: 'down' },
  'picker.up': { title: 'up' },
  'picker.pageDown': { title: 'page down' },
  'picker.pageUp': { title: 'page up' },
  'picker.empty': { title: 'empty the line', hint: 'empty' },
  'picker.zone': { title: 'UTC or local time (in the time menu)', hint: 'UTC or local' },
  'picker.cancel': { title: 'leave everything as it is', hint: 'cancel' },
  'code.answer': {
    title: 'go on with the code',
    hint: 'go on',
    blocked: (facts) => (facts.isCodeWhole ? null : 'the code has six digits'),
  },
  'code.cancel': { title: 'go on without this profile', hint: 'refuse' },
  'code.empty': { title: 'empty the line', hint: 'empty' },
  'offers.take': { title: 'open it', hint: 'open' },
  'offers.down': { title: 'down' },
  'offers.up': { title: 'up' },
  'path.open': { title: 'open the file or folder', hint: 'open' },
  'path.complete': { title: 'complete the path', hint: 'complete' },
  'path.empty': { title: 'empty the line', hint: 'empty' },
  'path.cancel': { title: 'leave the line', hint: 'leave' },
  'line.take': { title: 'take what is typed', hint: 'take' },
  'line.empty': { title: 'empty the line', hint: 'empty' },
} as const satisfies Record<string, Command>;
