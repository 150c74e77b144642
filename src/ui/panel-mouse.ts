// The mouse in the panels over the list.

import type { MouseInput } from '../keys/mouse.ts';
import type { ListMove } from '../state/list.ts';
import { isPage } from '../state/panel.ts';
import { tableTop } from '../state/table-panel.ts';
import { mouseInCompare } from './compare.ts';
import { mouseInDownload } from './download-keys.ts';
import type { Explorer } from './explorer.ts';
import { mouseInFacets } from './facets-keys.ts';
import type { Host } from './host.ts';
import { PALETTE_TOP } from './palette-lines.ts';
import { scrollText, takeMenuKey, takeTableRow } from './panel-keys.ts';
import { coverTop, menuTop } from './panel-lines.ts';
import { perform } from './perform.ts';

const WHEEL_ROWS = 3;

/** True where a panel has the screen, whether or not the mouse did something there. */
export function clickPanel(mouse: MouseInput, explorer: Explorer, host: Host): boolean {
  const { panel, layout, overlay } = explorer.state;
  if (panel === null || overlay?.kind === 'help' || layout.isTooSmall) return false;
  const pageTop = 1 + layout.search.height;
  const isClick = mouse.kind === 'press' && mouse.button === 'left';
  switch (panel.kind) {
    case 'compare':
      mouseInCompare(mouse, mouse.row - pageTop, panel, explorer);
      return true;
    case 'download':
      mouseInDownload(mouse, mouse.row - coverTop(explorer.state), panel, explorer);
      return true;
    case 'facets':
      mouseInFacets(mouse, mouse.row - pageTop, panel, explorer);
      return true;
    case 'table': {
      const { list } = panel;
      if (mouse.kind === 'wheel') {
        const move = { kind: 'scroll', rows: mouse.wheel * WHEEL_ROWS } as const;
        explorer.dispatch({ kind: 'panelStepped', step: { panel: 'table', kind: 'move', move } });
      }
      const index = list.top + mouse.row - pageTop - tableTop(panel);
      if (!isClick || index < list.top || index >= Math.min(list.total, list.top + list.height)) return true;
      if (index === list.selected) takeTableRow(explorer);
      else
        explorer.dispatch({
          kind: 'panelStepped',
          step: { panel: 'table', kind: 'move', move: { kind: 'to', index } },
        });
      return true;
    }
    case 'palette': {
      const { list } = panel;
      const moved = (move: ListMove) =>
        explorer.dispatch({ kind: 'panelStepped', step: { panel: 'palette', kind: 'move', move } });
      if (mouse.kind === 'wheel') moved({ kind: 'scroll', rows: mouse.wheel * WHEEL_ROWS });
      const index = list.top + mouse.row - coverTop(explorer.state) - PALETTE_TOP;
      if (!isClick || index < list.top || index >= Math.min(list.total, list.top + list.height)) return true;
      moved({ kind: 'to', index });
      perform('palette.take', explorer, host);
      return true;
    }
    case 'text':
      if (mouse.kind === 'wheel') scrollText(explorer, mouse.wheel * WHEEL_ROWS);
      return true;
    case 'menu': {
      // A line of ─, the title, then the items.
      const line = mouse.row - coverTop(explorer.state) - 2;
      const item = line < 0 ? undefined : panel.items[menuTop(panel, explorer.state.rows) + line];
      if (isClick && item !== undefined) takeMenuKey(item.key, explorer, host);
      return true;
    }
    case 'line':
      return !isPage(panel);
  }
}
