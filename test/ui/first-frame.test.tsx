// The first frame is drawn by less than the later ones, and must be the same.

import { render } from 'ink-testing-library';
import { describe, expect, test } from 'vitest';
import { openApp } from '../../src/state/app-state.ts';
import { layOut } from '../../src/state/lay-out.ts';
import { NO_NOISE } from '../../src/state/noise.ts';
import { Body } from '../../src/ui/Body.tsx';
import { FirstBody } from '../../src/ui/FirstBody.tsx';
import { Screen } from '../../src/ui/Screen.tsx';

const SIZES = [
  { columns: 59, rows: 30 },
  { columns: 60, rows: 15 },
  { columns: 80, rows: 24 },
  { columns: 200, rows: 50 },
];

describe.each(SIZES)('on $columns × $rows', (size) => {
  test.each([false, true])('with a source: %s', (hasSource) => {
    for (const isNoiseHidden of [false, true]) {
      const state = openApp({
        ...size,
        theme: 'dark',
        zone: 'utc',
        isMouseOn: true,
        detailSize: 0.4,
        lastQuery: 'error',
        hiddenColumns: ['ip'],
        noise: { ...NO_NOISE, reads: true, isOn: isNoiseHidden },
        hasSource,
        sourceLabel: 'AWSLogs',
      });
      expect(layOut(state)).toEqual(state);
      const first = render(<Screen state={state} Body={FirstBody} />).lastFrame();
      expect(first).toContain(size.columns < 60 ? 'too small' : 'AWSLogs');
      expect(first).toBe(render(<Screen state={state} Body={Body} />).lastFrame());
    }
  });
});
