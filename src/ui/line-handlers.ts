// What the commands do of lines one types into, and of lists that are narrowed by typing.

import type { LINE_COMMANDS } from '../keys/line-commands.ts';
import { moveUnderLine, takeCompletion } from './completer.ts';
import { does, type Handler } from './host.ts';
import { takeLine } from './panel-keys.ts';

export const LINE_HANDLERS: Readonly<Record<keyof typeof LINE_COMMANDS, Handler>> = {
  'search.keep': does({ kind: 'searchKept' }),
  'search.cancel': (explorer) => explorer.cancelSearch(),
  'search.empty': (explorer) => {
    explorer.dispatch({ kind: 'searchEdited', edit: 'end' });
    explorer.dispatch({ kind: 'searchEdited', edit: 'clearToStart' });
    explorer.applyInput();
  },
  'search.complete': takeCompletion,
  'search.dropMatch': (explorer) => {
    explorer.dispatch({ kind: 'matchDropped' });
    explorer.applyInput();
  },
  'search.nextCompletion': does({ kind: 'completionsStepped', step: { kind: 'move', step: 1 } }),
  'search.previousCompletion': does({ kind: 'completionsStepped', step: { kind: 'move', step: -1 } }),
  'search.up': (explorer) => moveUnderLine(explorer, 'up'),
  'search.down': (explorer) => moveUnderLine(explorer, 'down'),
  'search.pageUp': (explorer) => moveUnderLine(explorer, 'pageUp'),
  'search.pageDown': (explorer) => moveUnderLine(explorer, 'pageDown'),
  'picker.apply': (explorer) => explorer.chooser.apply(),
  'picker.toggle': does({ kind: 'pickerStepped', step: { kind: 'toggle' } }),
  'picker.all': does({ kind: 'pickerStepped', step: { kind: 'all' } }),
  'picker.none': does({ kind: 'pickerStepped', step: { kind: 'none' } }),
  'picker.down': (explorer) => explorer.chooser.move('down'),
  'picker.up': (explorer) => explorer.chooser.move('up'),
  'picker.pageDown': (explorer) => explorer.chooser.move('pageDown'),
  'picker.pageUp': (explorer) => explorer.chooser.move('pageUp'),
  'picker.empty': (explorer) => explorer.chooser.empty(),
  'picker.zone': does({ kind: 'zoneChanged' }),
  'picker.cancel': (explorer) => explorer.chooser.cancel(),
  'code.answer': (explorer) => explorer.chooser.answerCode(),
  'code.cancel': (explorer) => explorer.chooser.refuseCode(),
  'code.empty': (explorer) => {
    explorer.dispatch({ kind: 'codeEdited', edit: 'end' });
    explorer.dispatch({ kind: 'codeEdited', edit: 'clearToStart' });
  },
  'offers.take': (explorer) => explorer.chooser.takeOffer(),
  'offers.down': does({ kind: 'offersStepped', step: { kind: 'move', rows: 1 } }),
  'offers.up': does({ kind: 'offersStepped', step: { kind: 'move', rows: -1 } }),
  'path.open': (explorer) => explorer.chooser.openPath(),
  'path.complete': (explorer) => void explorer.chooser.completePath(),
  'path.empty': does({ kind: 'offersStepped', step: { kind: 'empty' } }),
  'path.cancel': does({ kind: 'offersStepped', step: { kind: 'closePath' } }),
  'line.take': takeLine,
  'line.empty': does({ kind: 'panelStepped', step: { panel: 'line', kind: 'empty' } }),
};
