// What the keys and the wheel do in a page of lines that is open over the list.

import type { Explorer } from './explorer.ts';
import { overlayEnd } from './overlay-lines.ts';

/** Scrolls it, or moves in it where one selects. */
export function scrollOverlay(explorer: Explorer, rows: number): void {
  explorer.dispatch({ kind: 'overlayScrolled', rows, last: overlayEnd(explorer.state) });
}
