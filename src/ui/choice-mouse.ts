// The mouse in what one chooses by. A first click goes to a row, one on the row under the cursor does what its key does.

import type { MouseInput } from '../keys/mouse.ts';
import type { ListState } from '../state/list.ts';
import { isOffering, offersOf } from '../state/offers.ts';
import type { Explorer } from './explorer.ts';
import { offersTop } from './offer-lines.ts';
import { CHOICES_TOP } from './picker-lines.ts';
import { themeNamed } from './theme.ts';

const WHEEL_ROWS = 3;
/** What is in place of the list begins below the header. */
const PAGE_Y = 1;

/** True where the mouse belongs to a choice, whether or not it did something there. */
export function clickChoice(mouse: MouseInput, explorer: Explorer): boolean {
  const { state, chooser } = explorer;
  const { picker, timeMenu, overlay } = state;
  if (state.prompts.length > 0) return true;
  const list = picker?.list ?? timeMenu?.list;
  const isClick = mouse.kind === 'press' && mouse.button === 'left';
  if (list !== undefined) {
    if (mouse.kind === 'wheel') chooser.move({ kind: 'scroll', rows: mouse.wheel * WHEEL_ROWS });
    const index = list.top + mouse.row - PAGE_Y - CHOICES_TOP;
    if (!isClick || !isOnRow(list, index)) return true;
    if (index !== list.selected) chooser.move({ kind: 'to', index });
    else if (picker === null) chooser.apply();
    else explorer.dispatch({ kind: 'pickerStepped', step: { kind: 'toggle' } });
    return true;
  }
  if (overlay !== null || !isOffering(state)) return false;
  const offer = mouse.row - PAGE_Y - offersTop(state, themeNamed(state.theme));
  if (!isClick || offersOf(explorer.state.live)[offer] === undefined) return true;
  if (offer === state.offers.at) chooser.takeOffer();
  else explorer.dispatch({ kind: 'offersStepped', step: { kind: 'to', offer } });
  return true;
}

function isOnRow({ total, top, height }: ListState, index: number): boolean {
  return index >= top && index < Math.min(total, top + height);
}
