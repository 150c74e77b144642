// Commands that are about the whole screen or the source.

import type { Command, Facts } from './command.ts';

const needsDetail = (facts: Facts) => (facts.isDetailOpen ? null : 'the detail is closed');
const needsLive = (facts: Facts) => (facts.isLive ? null : 'only for the event history of an account');
const needsLanes = (facts: Facts) =>
  needsLive(facts) ?? (facts.hasLanes ? null : 'no account has been opened: P chooses profiles');

export const EVERYWHERE_COMMANDS = {
  'app.help': { title: 'help: every key', hint: 'help' },
  'app.palette': {
    title: 'every command, preset and saved search by name',
    hint: 'commands',
  },
  'app.back': {
    title: 'one level back: detail, search, reading; never quits',
    hint: (facts) => facts.back ?? '',
    blocked: (facts) => (facts.back === null ? 'there is nothing to go back from' : null),
  },
  'app.quit': { title: 'back; quit at the list', hint: 'quit' },
  'app.interrupt': { title: 'quit at once' },
  'app.suspend': { title: 'suspend; fg comes back' },
  'app.redraw': { title: 'redraw the screen' },
  'app.theme': { title: 'next theme: dark, light, mono' },
  'app.zone': { title: 'times in UTC or local' },
  'app.mouse': { title: 'mouse on or off (off: the terminal selects text)' },
  'live.loadAll': {
    title: 'load all 90 days of the event history (of files: what was read)',
    hint: (facts) => (facts.isLive ? '90 days' : ''),
    blocked: (facts) =>
      !facts.isLive
        ? null
        : (needsLanes(facts) ??
          (facts.hasSpan ? 'a span of time is chosen: t chooses another, or the newest again' : null)),
  },
  'live.follow': {
    title: 'follow: newer events come by themselves',
    hint: (facts) => (facts.isFollowing ? 'stop following' : 'follow'),
    blocked: needsLanes,
  },
  'live.refresh': {
    title: 'what is new, and what has failed once more',
    blocked: needsLive,
  },
  'live.pause': {
    title: 'stop loading, or go on',
    hint: (facts) => (facts.isPaused ? 'go on' : ''),
    blocked: needsLanes,
  },
  'pane.next': {
    title: 'next pane',
    hint: 'pane',
    blocked: (facts) => (facts.isHistogramOpen ? null : needsDetail(facts)),
  },
  'pane.grow': { title: 'larger detail', blocked: needsDetail },
  'pane.shrink': { title: 'smaller detail', blocked: needsDetail },
  'choose.profiles': { title: 'choose profiles', hint: 'profiles', blocked: needsLive },
  'choose.regions': { title: 'choose Regions', hint: 'Regions', blocked: needsLive },
  'choose.time': { title: 'choose the time', hint: 'time' },
  'live.login': {
    title: 'log in: runs what the message names, and comes back',
    hint: 'log in',
    blocked: (facts) => (facts.canLogIn ? null : 'nothing waits for a login'),
  },
  'app.loaded': { title: 'what is loaded, and what could not be' },
} as const satisfies Record<string, Command>;
