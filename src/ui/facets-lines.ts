// The facets as lines: fields at the left, values with their counts at the right. Failures are told by a number with a
// word and by another shade of the bar, and only then by colour.

import {
  FACET_FIELDS,
  FACETS_TOP,
  type FacetRow,
  type FacetsPanel,
  facetField,
  facetRows,
} from '../state/facets-panel.ts';
import { fieldTitle } from '../state/field-titles.ts';
import type { Facet } from '../store/analysis.ts';
import { cutValue, padValue } from '../text/cell.ts';
import { countOf, formatCount } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells, padCells, widthCells } from '../text/width.ts';
import { paintInput } from './search-line.ts';
import type { Theme } from './theme.ts';

const GAP = 2;
const MAX_BAR = 30;
const MIN_BAR = 6;
const MIN_VALUE = 16;
const OK_BAR = '█';
const FAILED_BAR = '▒';
/** From here on the fields tell their most frequent value as well. */
const TOP_VALUE_COLUMNS = 150;
const TOP_VALUE_WIDTH = 28;
const NOT_STATED = 'not stated';

/** Cells of the fields' column, the separator included: where the values begin. */
export function facetFieldsWidth(columns: number): number {
  const titles = Math.max(...FACET_FIELDS.map((field) => fieldTitle(field).length));
  return 1 + titles + 1 + COUNT_WIDTH + (columns >= TOP_VALUE_COLUMNS ? GAP + TOP_VALUE_WIDTH : 0) + 3;
}

/** `41,208`; in an event history of millions the last digits are cut. */
const COUNT_WIDTH = 6;

/** The page: a line on what is counted, titles, and both lists. */
export function facetsLines(panel: FacetsPanel, columns: number, theme: Theme): readonly string[] {
  const left = facetFieldsWidth(columns);
  const right = columns - left;
  const fields = fieldLines(panel, left - 3, theme);
  const values = valueLines(panel, right, theme);
  const titles =
    theme.paint(panel.focus === 'fields' ? 'strong' : 'quiet', padCells(' FIELD', left - 3)) +
    theme.paint('quiet', ' │ ') +
    theme.paint(panel.focus === 'values' ? 'strong' : 'quiet', valuesTitle(panel, right));
  const height = panel.fields.height;
  const rows = Array.from({ length: height }, (_, line) => {
    const field = fields[line] ?? ' '.repeat(left - 3);
    return field + theme.paint('quiet', ' │ ') + (values[line] ?? '');
  });
  return [headLine(panel, columns, theme), titles, ...rows];
}

function headLine(panel: FacetsPanel, columns: number, theme: Theme): string {
  const title = ' counts';
  const rest = columns - widthCells(title);
  if (panel.isFiltering) {
    const prompt = ` find in ${fieldTitle(facetField(panel)).toUpperCase()}: `;
    return theme.paint('title', prompt) + paintInput(panel.filter, null, columns - widthCells(prompt) - 1, theme);
  }
  if (panel.problem !== '')
    return theme.paint('title', title) + theme.paint('warning', cutCells(`  ${sanitize(panel.problem)}`, rest));
  const over = panel.total === null ? 'counting…' : `of ${countOf(panel.total, 'event')}`;
  const narrowed =
    panel.filter.text === ''
      ? ''
      : ` · ${fieldTitle(facetField(panel)).toUpperCase()} with "${sanitize(panel.filter.text)}" (/ changes it)`;
  return theme.paint('title', title) + theme.paint('quiet', cutCells(` ${over}${narrowed}`, rest));
}

function valuesTitle(panel: FacetsPanel, width: number): string {
  const facet = panel.facets.get(facetField(panel));
  const title = fieldTitle(facetField(panel)).toUpperCase();
  if (facet === undefined) return cutCells(title, width);
  const shown = facet.values.length;
  const more = facet.distinct > shown ? `the first ${formatCount(shown)} of ` : '';
  return cutCells(`${title} · ${more}${countOf(facet.distinct, 'value')}`, width);
}

function fieldLines(panel: FacetsPanel, width: number, theme: Theme): readonly string[] {
  const { fields, facets, focus } = panel;
  return FACET_FIELDS.slice(fields.top, fields.top + fields.height).map((field, line) => {
    const isSelected = fields.top + line === fields.selected;
    const facet = facets.get(field);
    const count = facet === undefined ? '' : formatCount(facet.distinct);
    const topWidth = width - 1 - NAME_WIDTH - 1 - COUNT_WIDTH - GAP;
    const top = topWidth > 0 ? ' '.repeat(GAP) + padValue(topOf(facet), topWidth) : '';
    const text = `${padCells(fieldTitle(field), NAME_WIDTH)} ${padCells(count, COUNT_WIDTH, 'right')}${top}`;
    const tone = facet !== undefined && facet.distinct === 0 ? 'quiet' : 'plain';
    const painted =
      isSelected && focus === 'fields'
        ? theme.paintSelected(tone, text)
        : theme.paint(isSelected ? 'strong' : tone, text);
    return theme.paint('accent', isSelected ? '▌' : ' ') + painted;
  });
}

const NAME_WIDTH = Math.max(...FACET_FIELDS.map((field) => fieldTitle(field).length));

function topOf(facet: Facet | undefined): string {
  return facet?.values[0]?.value ?? '';
}

function valueLines(panel: FacetsPanel, width: number, theme: Theme): readonly string[] {
  const { values, focus, facets } = panel;
  const rows = facetRows(panel);
  const facet = facets.get(facetField(panel));
  if (rows.length === 0) {
    const said = facet === undefined ? 'counting…' : panel.filter.text === '' ? 'no events' : 'no value holds this';
    return [theme.paint('quiet', cutCells(` ${said}`, width))];
  }
  const shown = rows.slice(values.top, values.top + values.height);
  // What is not stated is most of some fields: beside it no bar would be seen.
  const most = Math.max(1, facet?.values[0]?.count ?? 0);
  const total = Math.max(1, panel.total ?? 1);
  const cells = shown.map((row) => ({
    row,
    count: formatCount(row.count),
    share: shareText(row.count / total),
    failed: row.failures === null || row.failures === 0 ? '' : `${formatCount(row.failures)} failed`,
  }));
  const widths = widthsOf(shown, cells, width - 1);
  return cells.map(({ row, count, share, failed }, line) => {
    const isSelected = values.top + line === values.selected;
    const isAbsent = row.value === '';
    const name = isAbsent ? padCells(NOT_STATED, widths.value) : valueText(row.value, widths.value);
    const tone = isAbsent ? 'quiet' : 'plain';
    const head = `${name}${space(GAP)}${padCells(count, widths.count, 'right')}${space(1)}${padCells(share, SHARE_WIDTH, 'right')}`;
    const painted =
      isSelected && focus === 'values'
        ? theme.paintSelected(tone, head)
        : theme.paint(isSelected ? 'strong' : tone, head);
    const bar = widths.bar === 0 || isAbsent ? '' : space(GAP) + barText(row, most, widths.bar, theme);
    const failures = failed === '' ? '' : space(GAP) + theme.paint('failed', padCells(failed, widths.failed, 'right'));
    return theme.paint('accent', isSelected ? '▌' : ' ') + painted + bar + failures;
  });
}

/** Of an ARN or a path that is too long both ends: they begin alike, and end in what they name. */
function valueText(value: string, width: number): string {
  return value.length > MAX_WHOLE || !/[:/]/.test(value)
    ? padValue(value, width)
    : padCells(cutCells(sanitize(value), width, 'middle'), width);
}

const MAX_WHOLE = 2048;

type Cells = { readonly count: string; readonly failed: string };

const SHARE_WIDTH = 4;

/** The value gets what it needs before the bar gets more than little; a narrow screen goes without the bar. */
function widthsOf(shown: readonly FacetRow[], cells: readonly Cells[], width: number) {
  const count = Math.max(...cells.map((cell) => cell.count.length));
  const failed = Math.max(...cells.map((cell) => cell.failed.length));
  const fixed = GAP + count + 1 + SHARE_WIDTH + (failed === 0 ? 0 : GAP + failed);
  const wanted = Math.max(MIN_VALUE, ...shown.map(({ value }) => widthCells(cutValue(value, width))));
  const room = width - fixed;
  const hasBar = room >= MIN_VALUE + GAP + MIN_BAR;
  const value = Math.max(1, Math.min(wanted, hasBar ? room - GAP - MIN_BAR : room));
  return { value, count, failed, bar: hasBar ? Math.min(MAX_BAR, room - GAP - value) : 0 };
}

/** Failures first, in their own shade; a value that occurs has a bar of at least one cell. */
function barText({ count, failures }: FacetRow, most: number, width: number, theme: Theme): string {
  const full = Math.max(1, Math.round((count / most) * width));
  const failed = failures === null || failures === 0 ? 0 : Math.max(1, Math.round((failures / count) * full));
  const ok = full - Math.min(full, failed);
  return (
    theme.paint('failed', FAILED_BAR.repeat(full - ok)) + theme.paint('accent', OK_BAR.repeat(ok)) + space(width - full)
  );
}

/** `31%`; what is there is never 0. */
function shareText(share: number): string {
  const percent = share * 100;
  return percent < 1 ? '<1%' : `${percent >= 99.5 && share < 1 ? 99 : Math.round(percent)}%`;
}

function space(cells: number): string {
  return ' '.repeat(Math.max(0, cells));
}

/** What of the page a place on it is; lines and columns of the page from 0. */
export function facetsPlace(
  panel: FacetsPanel,
  columns: number,
  place: { readonly column: number; readonly line: number },
): { readonly list: FacetsPanel['focus']; readonly index: number } | null {
  const list = place.column < facetFieldsWidth(columns) - 2 ? 'fields' : 'values';
  const { top, height, total } = panel[list];
  const line = place.line - FACETS_TOP;
  const index = top + line;
  return line < 0 || line >= height || index >= total ? null : { list, index };
}
