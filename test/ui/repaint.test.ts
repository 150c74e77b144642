// Frames are written as differences. Whatever was pressed and however the window was sized, what stands on the screen
// in the end must be what a full repaint (Ctrl-L) puts there.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type OpenExplorer, openExplorer, record, records, recordsSource } from './open-explorer.ts';

const KEYS = [
  ...[
    'j',
    'k',
    'g',
    'G',
    'e',
    'w',
    'o',
    'h',
    'l',
    'v',
    'c',
    'E',
    'J',
    '*',
    'n',
    '-',
    '+',
    '_',
    'T',
    'Z',
    'L',
    '?',
    '/',
  ],
  ...['enter', 'tab', 'pagedown', 'pageup', 'ctrl+d', 'ctrl+u', 'down', 'backspace', 'escape', 'space'],
];

type Step =
  | { readonly kind: 'keys'; readonly keys: readonly string[] }
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'resize'; readonly columns: number; readonly rows: number }
  | { readonly kind: 'click'; readonly column: number; readonly row: number };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('keys' as const),
        keys: fc.array(fc.constantFrom(...KEYS), { maxLength: 6 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('type' as const),
        text: fc.constantFrom('/term', '/(', '/日本', '/🙂e', '\u001b[200~a b\u001b[201~'),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('resize' as const),
        columns: fc.integer({ min: 1, max: 180 }),
        rows: fc.integer({ min: 1, max: 50 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('click' as const), column: fc.nat(100), row: fc.nat(40) }) },
  ),
  { minLength: 1, maxLength: 12 },
);

/** Widths that terminals and tables disagree about, and texts of every length. */
const EVENTS = [
  ...records(60),
  record(3, { eventID: 'wide', eventName: '日本語のイベント', userAgent: '🙂👩‍👩‍👧‍👦' }),
  record(4, { eventID: 'long', errorCode: 'AccessDenied', errorMessage: `no ${'very '.repeat(60)}long` }),
  record(5, { eventID: 'deep', requestParameters: { क्षि: 'é'.repeat(100), empty: '', list: [] } }),
];

test('differences leave the same screen as a full repaint', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (path) => {
      const app = openExplorer(recordsSource(EVENTS), { columns: 100, rows: 24 });
      try {
        // What is new about events is told a moment after they are read.
        await app.until('R+');
        for (const step of path) {
          play(app, step);
          await rest(app);
        }
        if (!app.screen.isAlternate()) return;
        app.resize(100, 24);
        await rest(app);
        const before = cells(app);
        app.press('ctrl+l');
        await rest(app);
        expect(cells(app)).toEqual(before);
        expect(before).toHaveLength(24);
      } finally {
        app.press('ctrl+c');
        await app.ended;
        app.dispose();
      }
    }),
    { numRuns: Number(process.env.REPAINT_RUNS ?? 8) },
  );
});

function play(app: OpenExplorer, step: Step): void {
  switch (step.kind) {
    case 'keys':
      app.press(...step.keys);
      return;
    case 'type':
      app.type(step.text);
      return;
    case 'resize':
      app.resize(step.columns, step.rows);
      return;
    case 'click':
      app.click(step.column, step.row);
  }
}

/** Until nothing is under way, and nothing has been written for longer than a frame and a lone Esc take. */
async function rest(app: OpenExplorer): Promise<void> {
  let written = -1;
  while (written !== app.rawOutput().length || /⟳|searching…|reading the record/.test(app.picture())) {
    written = app.rawOutput().length;
    await new Promise((resolve) => setTimeout(resolve, 80));
  }
}

/** Every row as text and as styles, as far as they can be seen. */
function cells({ screen }: OpenExplorer): readonly string[] {
  const { terminal } = screen;
  const { active } = terminal.buffer;
  return Array.from({ length: terminal.rows }, (_, row) => {
    const line = active.getLine(active.viewportY + row);
    let text = '';
    let styles = '';
    for (let column = 0; column < terminal.cols; column++) {
      const cell = line?.getCell(column);
      if (cell === undefined || cell.getWidth() === 0) continue;
      const isBlank = cell.getChars().trim() === '' && !cell.isInverse();
      text += cell.getChars() || ' ';
      styles += isBlank ? '.' : `${cell.getFgColor()}${cell.isInverse() ? 'i' : ''}${cell.isBold() ? 'b' : ''} `;
    }
    return `${text.trimEnd()}\n${styles.replace(/\.+$/, '')}`;
  });
}
