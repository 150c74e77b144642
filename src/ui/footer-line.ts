import { bindingsIn } from '../keys/bindings.ts';
import { blockedReason, type CommandId, hintOf } from '../keys/commands.ts';
import { keyLabel } from '../keys/key-labels.ts';
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

/** So many keys are told before the one of the palette, which stands further at the end. */
const BEFORE_PALETTE = 4;

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
  const others = items.filter(({ command }) => !KEPT.has(command));
  const palette = others.findIndex(({ command }) => command === 'app.palette');
  // By it everything is found that has no room here.
  if (palette > BEFORE_PALETTE) others.splice(BEFORE_PALETTE, 0, ...others.splice(palette, 1));
  const dropped = new Set<CommandId>();
  for (const item of others) {
    if (cells(item) > room) room = 0;
    if (room === 0) dropped.add(item.command);
    else room -= cells(item);
  }
  const shown = items.filter(({ command }) => !dropped.has(command));
  return ` ${shown.map(({ key, hint }) => `${theme.paint('accent', key)} ${theme.paint('quiet', hint)}`).join('  ')}`;
}
