// What has a word in the palette: commands that people type by name (vim's :q), and what needs an argument, which no
// key can give.

import { knownSpelling } from '../cloudtrail/event-names.ts';
import { isDestructiveName } from '../cloudtrail/event-verbs.ts';
import { resourcesIn } from '../cloudtrail/resource-cell.ts';
import { blockedReason, type CommandId } from '../keys/commands.ts';
import { COUNT_NAMES } from '../query/count-names.ts';
import { withSpan } from '../query/edit.ts';
import { LOUD_NAMES } from '../query/noise.ts';
import { printQuery } from '../query/print.ts';
import { parseDuration } from '../query/time-range.ts';
import { selectedEvent } from '../state/results.ts';
import { openCounts } from './counts.ts';
import { openDownloadHere } from './download-keys.ts';
import type { Explorer } from './explorer.ts';
import { factsOf } from './facts.ts';
import type { Host } from './host.ts';
import { setNoise, showNoise } from './noise.ts';
import { openPage } from './open-page.ts';
import { openPalettePresets } from './palette-presets.ts';
import { openTypedResource } from './resource-keys.ts';
import { openExplain, openPolicy } from './text-pages.ts';

/** Commands that have a word besides their key; it works wherever the palette does. */
export const COMMAND_WORDS: Readonly<Partial<Record<CommandId, readonly string[]>>> = {
  'app.help': ['help', 'h'],
  'app.loaded': ['loaded'],
  'app.theme': ['theme'],
  'app.zone': ['zone'],
  'app.mouse': ['mouse'],
  'choose.profiles': ['profiles'],
  'choose.regions': ['regions'],
  'choose.time': ['time'],
  'facets.open': ['facets'],
  'histogram.switch': ['histogram'],
  'list.columns': ['columns'],
  'list.fold': ['fold'],
  'list.noise': ['noise'],
  'live.follow': ['follow'],
  'live.loadAll': ['all'],
  'live.refresh': ['refresh'],
  'yank.open': ['copy', 'yank'],
  'event.denial': ['why', 'decode'],
  'event.identity': ['identity', 'card'],
  'marks.only': ['marked'],
  'marks.all': ['mark all'],
  'marks.clear': ['unmark all'],
  'marks.next': ['next marked'],
  'marks.previous': ['previous marked'],
  'marks.compare': ['compare', 'diff'],
  'marks.note': ['note'],
};

export type Word = {
  /** The first is shown. */
  readonly words: readonly string[];
  /** What has to follow, e.g. NAME; in brackets: may; '': nothing does. */
  readonly argument: string;
  readonly title: string;
  /** What Tab completes each word of the argument to. */
  readonly names?: readonly string[];
  /** Why it cannot be taken, and the palette stays, or null. */
  readonly run: (argument: string, explorer: Explorer, host: Host) => string | null;
  /** What is put into the line where the argument is lacking. */
  readonly suggest?: (explorer: Explorer) => string;
};

const DEFAULT_AROUND = '5m';
const NOISE_KINDS_BY_WORD = ['reads', 'services'] as const;

export const WORDS: readonly Word[] = [
  {
    words: ['presets'],
    argument: '',
    title: 'questions that people bring to CloudTrail, as searches',
    run: done((explorer) => openPalettePresets(explorer)),
  },
  {
    words: ['denied'],
    argument: '',
    title: 'denied calls, by who, action, reason and resource',
    run: done((explorer) => openPage(explorer, 'denied')),
  },
  {
    words: ['rare', 'new'],
    argument: '',
    title: 'what is new: people, addresses, Regions, user agents, calls made for the first time',
    run: done((explorer) => openPage(explorer, 'rare')),
  },
  {
    words: ['sessions'],
    argument: '',
    title: 'sessions of the list: whose, from where, how long, how many calls',
    run: done((explorer) => openPage(explorer, 'sessions')),
  },
  {
    words: ['resource', 'history'],
    argument: 'NAME',
    title: 'history of a resource by its id, ARN or name: changes, who made it, what belongs to it',
    suggest: (explorer) => resourcesIn(selectedEvent(explorer.state.results)?.cells.resource ?? '')[0] ?? '',
    run: (argument, explorer) => openTypedResource(argument, explorer),
  },
  {
    words: ['people', 'persons'],
    argument: '',
    title: 'persons behind the events, with all that they did under whatever role',
    run: done((explorer) => openPage(explorer, 'people')),
  },
  {
    words: ['by', 'count'],
    argument: 'FIELD…',
    title: 'count the list by fields or record paths: by who ip, by requestParameters.instanceType',
    names: COUNT_NAMES,
    suggest: () => 'who',
    run: (argument, explorer) => openCounts(argument, explorer),
  },
  {
    words: ['policy'],
    argument: '',
    title: 'an IAM policy of the calls in the marked events, or in the list',
    run: done((explorer) => void openPolicy(explorer)),
  },
  {
    words: ['explain'],
    argument: '',
    title: 'what the search means, term by term, and what it costs',
    run: done(openExplain),
  },
  {
    words: ['save'],
    argument: 'NAME',
    title: 'keep this search under a name',
    run: (argument, explorer) => explorer.queries.save(argument),
  },
  {
    words: ['forget'],
    argument: 'NAME',
    title: 'delete a saved search',
    run: (argument, explorer) => explorer.queries.delete(argument),
  },
  {
    words: ['around'],
    argument: '[10m]',
    title: 'everything around this event, reads included',
    run: (argument, explorer) => around(argument === '' ? DEFAULT_AROUND : argument, explorer),
  },
  {
    words: ['noise add'],
    argument: 'NAME',
    title: 'hide these events with the noise',
    suggest: (explorer) => selectedEvent(explorer.state.results)?.cells.name ?? '',
    run: (argument, explorer) => {
      const name = spelled(argument, explorer);
      const problem = nameProblem(name);
      if (problem !== null) return problem;
      setNoise(explorer, { kind: 'add', name, isKnown: isKnown(name, explorer) });
      return null;
    },
  },
  {
    words: ['noise remove'],
    argument: 'NAME',
    title: 'these events are no noise',
    run: (argument, explorer) => {
      const { names } = explorer.state.noise;
      if (!names.some((name) => name.toLowerCase() === argument.toLowerCase()))
        return `${argument} is not among the loud names: ${names.join(' ')}`;
      setNoise(explorer, { kind: 'remove', name: argument });
      return null;
    },
  },
  ...(['hide', 'show'] as const).map(
    (word): Word => ({
      words: [`noise ${word}`],
      argument: NOISE_KINDS_BY_WORD.join('|'),
      title: `calls that only read, or that AWS services made, ${word === 'hide' ? 'are noise' : 'are no noise'}`,
      names: NOISE_KINDS_BY_WORD,
      run: (argument, explorer) => {
        const kind = NOISE_KINDS_BY_WORD.find((name) => name === argument.trim().toLowerCase());
        if (kind === undefined)
          return `noise ${word} what? reads or services; a name of an event: noise ${word === 'hide' ? 'add' : 'remove'} NAME`;
        setNoise(explorer, { kind, isHidden: word === 'hide' });
        return null;
      },
    }),
  ),
  {
    words: ['noise always'],
    argument: 'on|off',
    title: 'hide noise from the start of every run, or no more (n: in this run)',
    names: ['on', 'off'],
    run: (argument, explorer) => {
      const isOn = /^on\s*$/i.test(argument);
      if (!isOn && !/^off\s*$/i.test(argument)) return 'noise always is on or off';
      setNoise(explorer, { kind: 'always', isOn });
      return null;
    },
  },
  {
    words: ['noise reset'],
    argument: '',
    title: 'noise as it was at first',
    run: done((explorer) => setNoise(explorer, { kind: 'reset' })),
  },
  {
    words: ['download', 'export'],
    argument: '[FILE]',
    title: 'write the list, what is marked or this event into a file',
    run: (argument, explorer) => {
      const blocked = blockedReason('download.open', factsOf(explorer.state));
      if (blocked === null) openDownloadHere(explorer, argument);
      return blocked;
    },
  },
  {
    words: ['quit', 'q', 'qa', 'q!', 'wq', 'exit'],
    argument: '',
    title: 'quit',
    run: done((explorer, host) => {
      if (explorer.downloads.mayQuit()) host.quit(0);
    }),
  },
];

function done(run: (explorer: Explorer, host: Host) => void): Word['run'] {
  return (_, explorer, host) => {
    run(explorer, host);
    return null;
  };
}

function around(text: string, explorer: Explorer): string | null {
  const ms = parseDuration(text.replace(/\s+/g, ''));
  if (ms === null) return `${text} is no length of time: 10m, 2h, 1d`;
  const time = selectedEvent(explorer.state.results)?.time ?? null;
  if (time === null) return 'there is no event with a time under the cursor';
  showNoise(explorer);
  explorer.replaceSearch(printQuery(withSpan({ kind: 'all' }, time - ms, time + ms)));
  return null;
}

/** As the events spell it, whatever the case it was typed in. */
function spelled(name: string, explorer: Explorer): string {
  const lower = name.toLowerCase();
  const known = explorer.store?.distinct('name').find(({ value }) => value.toLowerCase() === lower);
  return known?.value ?? knownSpelling('EventName', name) ?? name;
}

/** An event of this name is loaded, or CloudTrail is known to write such ones. */
function isKnown(name: string, explorer: Explorer): boolean {
  const isLoaded = explorer.store?.distinct('name').some(({ value }) => value === name) ?? false;
  return isLoaded || LOUD_NAMES.includes(name) || knownSpelling('EventName', name) !== null;
}

function nameProblem(name: string): string | null {
  if (!/^[\w .-]{1,128}$/.test(name)) return `${name} is no event name, such as AssumeRole`;
  return isDestructiveName(name) ? `${name} destroys something: noise never hides that, !name:${name} does` : null;
}
