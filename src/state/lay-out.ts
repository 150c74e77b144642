import type { AppState } from './app-state.ts';
import { resizeDetail } from './detail.ts';
import { layOutPanes } from './lay-out-panes.ts';
import type { Layout } from './layout.ts';
import { pageHeight, resizePanel } from './panel.ts';
import { resizePicker } from './picker.ts';
import { resizeResults } from './results.ts';
import { resizeTimeMenu } from './time-menu.ts';

/** Places follow from the rest of the state, so they are worked out after every action and nowhere else. */
export function layOut(state: AppState): AppState {
  const { rows, detail } = state;
  const layout = layOutPanes(state);
  if (layout.isTooSmall) return { ...state, layout };
  const results = layout.list.height > 0 ? resizeResults(state.results, layout.list.height) : state.results;
  const resized = layout.detail.height > 0 ? resizeDetail(detail, layout.detail.width, layout.detail.height) : detail;
  const choices = Math.max(1, rows - LINES_AROUND_CHOICES);
  const picker = state.picker && resizePicker(state.picker, choices);
  const timeMenu = state.timeMenu && resizeTimeMenu(state.timeMenu, choices);
  const panel = state.panel && resizePanel(state.panel, pageHeight({ rows, layout }), state.columns);
  const isSame = isSameLayout(state.layout, layout);
  const isChoosingSame = picker === state.picker && timeMenu === state.timeMenu && panel === state.panel;
  if (isSame && results === state.results && resized === detail && isChoosingSame) return state;
  return { ...state, layout: isSame ? state.layout : layout, results, detail: resized, picker, timeMenu, panel };
}

/** Of the screen: header, status and footer; of a picker or the time menu: title, typed line, column titles, and what
 *  Enter does. */
const LINES_AROUND_CHOICES = 7;

function isSameLayout(a: Layout, b: Layout): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
