// What stands over the list, one at a time: pages in place of it (a table, a text), and what covers a few of its lines
// (a menu, a line to type into). Each kind has a file of its own: its state, its steps, and how it takes a size.

import type { AppState } from './app-state.ts';
import { type ComparePanel, type CompareStep, resizeCompare, stepCompare } from './compare-panel.ts';
import { type DownloadPanel, type DownloadStep, stepDownload } from './download-panel.ts';
import { type FacetsPanel, type FacetsStep, facetField, resizeFacets, stepFacets } from './facets-panel.ts';
import { type LinePanel, type LineStep, stepLine } from './line-panel.ts';
import { type MenuPanel, type MenuStep, stepMenu } from './menu-panel.ts';
import { type PalettePanel, type PaletteStep, resizePalette, stepPalette } from './palette-panel.ts';
import { resizeTable, stepTable, type TablePanel, type TableStep } from './table-panel.ts';
import { stepText, type TextPanel, type TextStep } from './text-panel.ts';

export type Panel =
  | DownloadPanel
  | FacetsPanel
  | LinePanel
  | MenuPanel
  | PalettePanel
  | TablePanel
  | TextPanel
  | ComparePanel;

/** `panel`: the kind that it is meant for; another kind's is nobody's, as an answer that comes too late. */
export type PanelStep =
  | ({ readonly panel: 'download' } & DownloadStep)
  | ({ readonly panel: 'facets' } & FacetsStep)
  | ({ readonly panel: 'line' } & LineStep)
  | ({ readonly panel: 'menu' } & MenuStep)
  | ({ readonly panel: 'palette' } & PaletteStep)
  | ({ readonly panel: 'table' } & TableStep)
  | ({ readonly panel: 'text' } & TextStep)
  | ({ readonly panel: 'compare' } & CompareStep);

export function stepPanel(panel: Panel | null, step: PanelStep): Panel | null {
  if (panel === null || panel.kind !== step.panel) return panel;
  switch (step.panel) {
    case 'download':
      return stepDownload(panel as DownloadPanel, step);
    case 'facets':
      return stepFacets(panel as FacetsPanel, step);
    case 'line':
      return stepLine(panel as LinePanel, step);
    case 'menu':
      return stepMenu(panel as MenuPanel, step);
    case 'palette':
      return stepPalette(panel as PalettePanel, step);
    case 'table':
      return stepTable(panel as TablePanel, step);
    case 'text':
      return stepText(panel as TextPanel, step);
    case 'compare':
      return stepCompare(panel as ComparePanel, step);
  }
}

/** Lines that a page has: the screen without header, search line, status and footer. */
export function pageHeight({ rows, layout }: Pick<AppState, 'rows' | 'layout'>): number {
  return Math.max(1, rows - 3 - (layout.isTooSmall ? 0 : layout.search.height));
}

/** The panel as it fits a page of `height` lines. */
export function resizePanel(panel: Panel, height: number, columns: number): Panel {
  if (panel.kind === 'facets') return resizeFacets(panel, height);
  if (panel.kind === 'palette') return resizePalette(panel, height);
  if (panel.kind === 'compare') return resizeCompare(panel, height);
  return panel.kind === 'table' ? resizeTable(panel, height, columns) : panel;
}

/** Whether the panel takes the list's place; else it covers a few lines of it. */
export function isPage({ kind }: Panel): boolean {
  return kind === 'compare' || kind === 'facets' || kind === 'table' || kind === 'text';
}

/** What its cursor moves over has come, or cannot be had. */
export function hasRows(panel: Panel | null): boolean {
  switch (panel?.kind) {
    case 'table':
      return panel.stage !== 'loading';
    case 'facets':
      return panel.focus === 'fields' || panel.facets.has(facetField(panel)) || panel.problem !== '';
    default:
      return true;
  }
}
