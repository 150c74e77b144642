// Components alone, without the app around them: what they draw for given props, in rows of exact number and width.

import { stripVTControlCharacters } from 'node:util';
import { Box } from 'ink';
import { cleanup, render } from 'ink-testing-library';
import { afterEach, expect, test } from 'vitest';
import { type Cells, STORED_FIELDS } from '../../src/cloudtrail/fields.ts';
import type { TrailEvent } from '../../src/cloudtrail/trail-event.ts';
import { listColumns } from '../../src/state/columns.ts';
import type { Results } from '../../src/state/results.ts';
import { EventList, Lines } from '../../src/ui/EventList.tsx';
import { Line } from '../../src/ui/Line.tsx';
import { themeNamed } from '../../src/ui/theme.ts';

afterEach(cleanup);

const WIDTH = 80;
const HEIGHT = 5;
const NOTHING = Object.fromEntries(STORED_FIELDS.map((field) => [field, ''])) as Cells;

function event(row: number, cells: Partial<Cells>): TrailEvent {
  return { row, time: Date.UTC(2026, 4, 20, 14, row), cells: { ...NOTHING, ...cells } };
}

/** The list on a screen of its own, line by line, without the blanks at their ends. */
function drawList(events: readonly TrailEvent[], selected: number): readonly string[] {
  const list = { total: events.length, selected, top: 0, height: HEIGHT };
  const result = {
    id: 1,
    revision: 1,
    query: { kind: 'all' },
    total: events.length,
    stage: 'complete',
    understood: [],
    rows: Int32Array.from(events, ({ row }) => row),
  } as const;
  const results: Pick<Results, 'shown' | 'events'> = {
    shown: { result, list },
    events: new Map(events.map((one) => [one.row, one])),
  };
  const { lastFrame } = render(
    <Box width={WIDTH} flexDirection="column">
      <EventList
        results={results}
        columns={listColumns({ hasRegions: false, hasAccounts: false })}
        columnScroll={0}
        width={WIDTH}
        height={HEIGHT}
        isActive
        theme={themeNamed('mono')}
        zone="utc"
        emptyLines={['nothing here']}
      />
    </Box>,
  );
  return rowsOf(lastFrame());
}

function rowsOf(frame: string | undefined): readonly string[] {
  return stripVTControlCharacters(frame ?? '')
    .split('\n')
    .map((line) => line.trimEnd());
}

test('the list draws titles and its events, one row each, the selected one marked', () => {
  const [titles, first, second, ...rest] = drawList(
    [
      event(2, { name: 'TerminateInstances', who: 'Admin/alice', readOnly: 'false' }),
      event(1, { name: 'DescribeInstances', who: 'Ops/bob', readOnly: 'true', error: 'AccessDenied' }),
    ],
    1,
  );
  expect(titles).toMatch(/TIME +NAME +.*WHO/);
  expect(first).toMatch(/^ +D +14:02:00 +TerminateInstances .*Admin\/alice/);
  expect(second).toMatch(/^▌! +14:01:00 +DescribeInstances .*Ops\/bob/);
  expect(rest.join('')).toBe('');
});

test('an empty list says why', () => {
  expect(drawList([], 0)[1]).toBe('nothing here');
});

test('lines are exactly as many as asked for', () => {
  const { lastFrame } = render(
    <Box flexDirection="column">
      <Lines lines={['one', 'two', 'three']} height={2} />
      <Line text="last" />
    </Box>,
  );
  expect(rowsOf(lastFrame())).toEqual(['one', 'two', 'last']);
});
