// Keys mean the same however fast they are typed: all in one chunk, or each after what the one before has brought.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Keypress } from '../../src/keys/keypress.ts';
import { markedRows } from '../../src/state/marks.ts';
import { NO_NOISE } from '../../src/state/noise.ts';
import { selectedEvent } from '../../src/state/results.ts';
import { openStore } from '../../src/store/open-store.ts';
import { Explorer } from '../../src/ui/explorer.ts';
import type { Host } from '../../src/ui/host.ts';
import { createKeyHandler } from '../../src/ui/input.ts';
import { TypedAhead } from '../../src/ui/typed-ahead.ts';
import { record, recordsSource } from './open-explorer.ts';

const NAMES = [
  'DescribeInstances',
  'RunInstances',
  'GetObject',
  'PutObject',
  'AssumeRole',
  'DeleteBucket',
  'ListUsers',
];
const PEOPLE = ['alice', 'bob', 'carol'];
const EVENTS = Array.from({ length: 120 }, (_, minute) => {
  const name = NAMES[(minute * 5) % NAMES.length] as string;
  const person = PEOPLE[(minute * minute) % PEOPLE.length] as string;
  const arn = `arn:aws:iam::111122223333:user/${person}`;
  return record(minute, {
    eventName: name,
    readOnly: /^(Describe|Get|List)/.test(name),
    userIdentity: { type: 'IAMUser', userName: person, arn, accessKeyId: `AKIA${person}`, accountId: '111122223333' },
    requestParameters: { name: `thing-${minute % 9}` },
    resources: [{ ARN: `arn:aws:s3:::thing-${minute % 9}` }],
    ...(minute % 11 === 3 ? { errorCode: 'AccessDenied' } : {}),
  });
});

const HOST: Host = {
  copy: () => null,
  quit: () => {},
  suspend: () => {},
  redraw: () => {},
  setMouse: () => {},
  run: async () => null,
};

type Opened = { readonly explorer: Explorer; readonly press: (...names: readonly string[]) => void };

async function open(): Promise<Opened> {
  const explorer = new Explorer(
    {
      columns: 120,
      rows: 24,
      theme: 'dark',
      zone: 'utc',
      isMouseOn: false,
      detailSize: 0.4,
      lastQuery: '',
      hiddenColumns: [],
      regionsOfProfile: {},
      noise: NO_NOISE,
      queryHistory: [],
      savedQueries: {},
      sourceLabel: 'fixture',
      hasSource: true,
    },
    {
      openStore: () => openStore(),
      openSource: async () => recordsSource(EVENTS),
      initialQuery: '',
      now: () => Date.UTC(2026, 4, 20),
      onChange: () => {},
      onFatal: (error) => {
        throw error;
      },
    },
  );
  const handle = createKeyHandler(explorer, HOST);
  void explorer.start();
  while (explorer.state.results.list.total < EVENTS.length) await pause();
  await settled(explorer);
  return { explorer, press: (...names) => handle(names.map(keyOf)) };
}

function keyOf(name: string): Keypress {
  return { name: name === ' ' ? 'space' : name, text: name.length === 1 ? name : '' };
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 2));

/** Nothing that a key may wait for is under way, twice in a row. */
async function settled(explorer: Explorer): Promise<void> {
  const isStill = () =>
    explorer.state.search.stage === 'settled' &&
    (['selection', 'event', 'record', 'rows', null] as const).every((awaited) => explorer.isThere(awaited));
  for (let still = 0; still < 2; ) {
    await pause();
    still = isStill() ? still + 1 : 0;
  }
}

/** What a person would see of it. */
function seen({ state }: Explorer): object {
  const { panel, detail, search, marks } = state;
  return {
    selected: selectedEvent(state.results)?.row,
    total: state.results.list.total,
    search: search.applied,
    isSearchOpen: search.isOpen,
    typed: search.input.text,
    panel: panel?.kind,
    marked: markedRows(marks).length,
    record: detail.isOpen ? detail.record?.event.row : null,
    row: detail.isOpen ? detail.tree?.focused : null,
    focus: state.focus,
  };
}

async function inOneChunk(keys: readonly string[]): Promise<object> {
  const { explorer, press } = await open();
  press(...keys);
  // Held keys are taken one after the other; each brings its own work.
  for (const _ of keys) await settled(explorer);
  const found = seen(explorer);
  await explorer.close();
  return found;
}

async function oneByOne(keys: readonly string[]): Promise<object> {
  const { explorer, press } = await open();
  for (const key of keys) {
    press(key);
    await settled(explorer);
  }
  const found = seen(explorer);
  await explorer.close();
  return found;
}

const typed = (text: string): readonly string[] => [...text];

describe('keys typed ahead', () => {
  test.each([
    ['the next write, then its resource', typed('wr')],
    ['the next write of the next write', typed('www')],
    ['down from the next failure', typed('ejj')],
    ['the next write, then away from it', typed('wG')],
    ['a mark on the next write', typed('w w ')],
    ['a search, then what its first event says', [...typed('/name:RunInstances'), 'enter', '=', 'w']],
    ['a search, then down in it', [...typed('/name:GetObject'), 'enter', 'j', 'j', 'r']],
    ['a search whose records add older events, then its oldest', [...typed('/thing-4'), 'enter', 'G', 'r']],
    ['a search by a word of the palette', [...typed(':tra'), 'enter', '=', 'K']],
    ['the oldest event, then its record', ['G', 'enter', 'j', 'j', 'j', '=']],
    ['a value of a page', ['F', 'enter', 'j', 'enter', 'w']],
    ['a row of the denied calls', ['X', 'j', 'enter', 'r']],
    ['comparing what was just marked', ['w', ' ', 'w', ' ', 'd', 'j', 'j', '=']],
    ['a note to the next write', ['w', 'm', ...typed('look'), 'enter', 'w']],
  ])('%s', async (_, keys) => {
    expect(await inOneChunk(keys)).toEqual(await oneByOne(keys));
  });

  test('any of them, in any order', async () => {
    const keys = fc.constantFrom(
      ...[['j'], ['k'], ['G'], ['g'], ['ctrl+d'], ['w'], ['W'], ['e'], ['E'], ['o'], ['O'], [' '], ['r'], ['s'], ['x']],
      ...[['-'], ['['], [']'], ['=', 'n'], ['=', 'w'], ['!', 'n'], ['=', 'K'], ['enter'], ['tab']],
      ['m', 'a', 'enter'],
      ['/', ...typed('who:bob'), 'enter'],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(keys, { minLength: 2, maxLength: 7 }), async (parts) => {
        const sequence = parts.flat();
        expect(await inOneChunk(sequence)).toEqual(await oneByOne(sequence));
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  test('Esc takes back what waits, and nothing else', async () => {
    const { explorer, press } = await open();
    press('j', 'w', ' ', 'm');
    press('escape');
    await settled(explorer);
    expect(explorer.state.marks.count).toBe(0);
    expect(explorer.state.panel).toBeNull();
    await explorer.close();
  });

  test('moving waits for nothing', async () => {
    const { explorer, press } = await open();
    const before = explorer.state.results.list.selected;
    press('w', 'j');
    expect(explorer.state.results.list.selected).toBe(before + 1);
    await settled(explorer);
    await explorer.close();
  });
});

describe('keys that are held', () => {
  test('are given up where what they are about does not come', async () => {
    const taken: string[] = [];
    const dropped = Promise.withResolvers<void>();
    const ahead = new TypedAhead({
      take: ({ name }) => {
        if (name === 'never') return false;
        taken.push(name);
        return true;
      },
      batch: (run) => run(),
      onDropped: () => dropped.resolve(),
    });
    for (const name of ['a', 'never', 'b']) ahead.take(keyOf(name));
    await dropped.promise;
    ahead.take(keyOf('c'));
    expect(taken).toEqual(['a', 'c']);
    expect(ahead.isHolding).toBe(false);
  });
});
