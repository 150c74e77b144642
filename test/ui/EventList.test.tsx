import { Box } from 'ink';
import { render } from 'ink-testing-library';
import { expect, test } from 'vitest';
import { STORED_FIELDS } from '../../src/cloudtrail/fields.ts';
import type { TrailEvent } from '../../src/cloudtrail/trail-event.ts';
import { listColumns } from '../../src/state/columns.ts';
import { addEvents, moveResults, NO_RESULTS, replaceResult, resizeResults } from '../../src/state/results.ts';
import { EventList } from '../../src/ui/EventList.tsx';
import { themeNamed } from '../../src/ui/theme.ts';

const EMPTY = Object.fromEntries(STORED_FIELDS.map((field) => [field, ''])) as TrailEvent['cells'];
const CELLS = {
  ...EMPTY,
  name: 'RunInstances',
  source: 'ec2.amazonaws.com',
  who: 'Admin/alice',
  ip: '203.0.113.9',
  readOnly: 'false',
};
const COLUMNS = listColumns({ hasRegions: false, hasAccounts: false });

function list(height: number) {
  const rows = Int32Array.from({ length: 100 }, (_, row) => row);
  const result = {
    id: 1,
    revision: 1,
    query: { kind: 'all' as const },
    total: 100,
    stage: 'complete' as const,
    understood: [],
    rows,
  };
  const events = Array.from(rows, (row): TrailEvent => ({ row, time: row * 1000, cells: CELLS }));
  return addEvents(replaceResult(resizeResults(NO_RESULTS, height), result, null), events);
}

function draw(results: ReturnType<typeof list>, height: number, emptyLines: readonly string[] = []) {
  return (
    <Box width={90} flexDirection="column">
      <EventList
        results={results}
        columns={COLUMNS}
        columnScroll={0}
        width={90}
        height={height}
        isActive={true}
        theme={themeNamed('mono')}
        zone="utc"
        emptyLines={emptyLines}
      />
    </Box>
  );
}

test('shows titles and exactly the visible rows, the selected one marked', () => {
  const { lastFrame, rerender, unmount } = render(draw(list(5), 5));
  const lines = () => (lastFrame() ?? '').split('\n');
  expect(lines()).toHaveLength(6);
  expect(lines()[0]).toMatch(/TIME .*NAME .*WHO .*FROM .*RESOURCE .*RESULT/);
  expect(lines()[1]).toMatch(/▌.*W {2}00:00:00 {2}RunInstances +Admin\/alice +203\.0\.113\.9 .*ok/);
  expect(lines()[2]).toMatch(/^ .*00:00:01/);
  rerender(draw(moveResults(list(5), 'down'), 5));
  expect(lines()[1]).not.toContain('▌');
  expect(lines()[2]).toContain('▌');
  unmount();
});

test('says why there is nothing, on as many lines as there are', () => {
  const { lastFrame, unmount } = render(draw(NO_RESULTS, 4, ['', '  No match']));
  expect((lastFrame() ?? '').split('\n')).toHaveLength(5);
  expect(lastFrame()).toContain('No match');
  unmount();
});
