import { expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { Explorer } from '../../src/ui/explorer.ts';

async function open(): Promise<Explorer> {
  const explorer = new Explorer(
    {
      columns: 80,
      rows: 24,
      theme: 'dark',
      zone: 'utc',
      isMouseOn: false,
      detailSize: 0.4,
      lastQuery: '',
      hiddenColumns: [],
      hasSource: false,
      sourceLabel: '',
    },
    {
      openStore: () => openStore(),
      openSource: null,
      initialQuery: '',
      now: () => 0,
      onChange: () => {},
      onFatal: (error) => {
        throw error;
      },
    },
  );
  await explorer.start();
  return explorer;
}

test('a search is saved by a name, replaced, and deleted', async () => {
  const explorer = await open();
  const { queries } = explorer;
  const said = () => explorer.state.message?.text;
  expect(queries.save('x')).toBe('there is no search to save: / searches');
  explorer.replaceSearch('error:denied');
  expect(queries.save('   ')).toBe('type a name to save the search by');
  expect(queries.save(' denials ')).toBeNull();
  expect(said()).toBe('saved as denials');
  explorer.replaceSearch('error:*');
  expect(queries.save('denials')).toBeNull();
  expect(said()).toBe('saved as denials, in place of error:denied');
  expect(queries.save('__proto__')).toBeNull();
  expect(Object.entries(explorer.state.search.saved)).toEqual([
    ['denials', 'error:*'],
    ['__proto__', 'error:*'],
  ]);
  expect(queries.delete('denial')).toBe('no search is saved as denial');
  expect(queries.delete('toString')).toBe('no search is saved as toString');
  expect(queries.delete('__proto__')).toBeNull();
  expect(queries.delete('denials')).toBeNull();
  expect(said()).toBe('denials is no saved search any more: it was error:*');
  expect(explorer.state.search.saved).toEqual({});
  await explorer.close();
});

test('a search that cannot be read takes no place in the history', async () => {
  const explorer = await open();
  explorer.replaceSearch('error:*');
  explorer.replaceSearch('(');
  expect(explorer.state.search).toMatchObject({ applied: 'error:*', history: { texts: ['error:*'], at: 0 } });
  await explorer.close();
});
