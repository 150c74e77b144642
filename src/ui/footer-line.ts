import { bindingsIn, keyLabel } from '../keys/bindings.ts';
import { blockedReason, hintOf } from '../keys/commands.ts';
import type { AppState } from '../state/app-state.ts';
import { widthCells } from '../text/width.ts';
import { factsOf, placeOf } from './facts.ts';
import type { Theme } from './theme.ts';

/** Keys that are never dropped, in the order they stand at the end. */
const KEPT = new Set([
  'app.back',
  'app.help',
  'app.quit',
  'panel.close',
  'picker.cancel',
  'path.cancel',
  'code.cancel',
]);

/** The keys that do something now: `↵ open  / search  e failure   ? help`, dropped from the right where it is narrow. */
export function footerLine(state: AppState, theme: Theme): string {
  const facts = factsOf(state);
  const items = bindingsIn(placeOf(state))
    .filter(({ command }) => hintOf(command, facts) !== '' && blockedReason(command, facts) === null)
    .map(({ keys, command }) => ({ command, key: keyLabel(keys[0] ?? ''), hint: hintOf(command, facts) }));
  const cells = ({ key, hint }: { readonly key: string; readonly hint: string }) =>
    widthCells(key) + widthCells(hint) + 3;
  let room = state.columns - 1;
  for (const item of items) if (KEPT.has(item.command)) room -= cells(item);
  const shown = items.filter((item) => {
    if (KEPT.has(item.command)) return true;
    if (cells(item) > room) {
      room = 0;
      return false;
    }
    room -= cells(item);
    return true;
  });
  return ` ${shown.map(({ key, hint }) => `${theme.paint('accent', key)} ${theme.paint('quiet', hint)}`).join('  ')}`;
}
