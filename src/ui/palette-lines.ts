import type { PaletteItem, PalettePanel } from '../state/palette-panel.ts';
import { cutValue, padValue } from '../text/cell.ts';
import { formatCount } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells, widthCells } from '../text/width.ts';
import { paintInput } from './search-line.ts';
import type { Theme } from './theme.ts';

/** A line of ─ and the line one types into. */
export const PALETTE_TOP = 2;

const PROMPT = ' :';
const MIN_INPUT = 20;
/** What one types or presses stands before what it does; long names of saved searches do not push that away. */
const MAX_HOW = 32;
const GAP = 2;

export function paletteLines(panel: PalettePanel, columns: number, theme: Theme): readonly string[] {
  const { items, shown, list, input, problem } = panel;
  const count = shown.length === items.length ? '' : `${formatCount(shown.length)} of ${formatCount(items.length)} `;
  const said = cutCells(problem === '' ? count : `${sanitize(problem)} `, columns - PROMPT.length - MIN_INPUT);
  const width = Math.max(1, columns - PROMPT.length - widthCells(said) - 2);
  const head = [
    theme.paint('accent', '─'.repeat(columns)),
    theme.paint('accent', PROMPT) +
      paintInput(input, null, width, theme) +
      theme.paint(problem === '' ? 'quiet' : 'warning', ` ${said}`),
  ];
  if (shown.length === 0) {
    return [...head, theme.paint('quiet', cutCells('   Nothing is called so. Ctrl-U empties the line.', columns))];
  }
  const inSight = shown.slice(list.top, list.top + list.height).map((index) => items[index] as PaletteItem);
  const how = Math.min(MAX_HOW, Math.max(...inSight.map((item) => widthCells(sanitize(howText(item))))));
  const rows = inSight.map((item, line) => {
    const isSelected = list.top + line === list.selected;
    const { title, blocked } = item;
    const text = blocked === null ? title : `${title} – not now: ${blocked}`;
    const rest = cutValue(text, Math.max(0, columns - how - GAP - 3));
    return [
      theme.paint('accent', isSelected ? '▌ ' : '  '),
      theme.paint(blocked === null ? 'accent' : 'quiet', padValue(howText(item), how)),
      ' '.repeat(GAP),
      theme.paint(isSelected ? 'selected' : blocked === null ? 'plain' : 'quiet', rest),
    ].join('');
  });
  return [...head, ...rows];
}

/** `:noise  n`, `:save NAME`, `Ctrl-D` */
function howText({ words, argument, key }: PaletteItem): string {
  const [word] = words;
  if (word === undefined) return key;
  return [`:${word}${argument === '' ? '' : ` ${argument}`}`, key].filter((part) => part !== '').join('  ');
}
