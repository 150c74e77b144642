// What the commands do that are about the whole screen or the source.

import type { EVERYWHERE_COMMANDS } from '../keys/everywhere-commands.ts';
import { loginIn } from '../state/live.ts';
import type { Explorer } from './explorer.ts';
import { backOf, levelOf } from './facts.ts';
import { nextPane } from './histogram-keys.ts';
import { does, EXIT_INTERRUPTED, type Handler, type Host } from './host.ts';
import { openPaletteHere } from './palette.ts';
import { THEME_NAMES } from './theme.ts';

export const EVERYWHERE_HANDLERS: Readonly<Record<keyof typeof EVERYWHERE_COMMANDS, Handler>> = {
  'app.help': does({ kind: 'overlayOpened', overlay: 'help' }),
  'app.palette': openPaletteHere,
  'app.back': back,
  'live.loadAll': (explorer) => {
    if (explorer.live === null) {
      explorer.dispatch({ kind: 'overlayOpened', overlay: 'loaded' });
      return;
    }
    explorer.live.loadAll();
  },
  'live.follow': (explorer) => {
    const isFollowing = !(explorer.state.live?.isFollowing ?? false);
    explorer.live?.source.setFollowing(isFollowing);
    // Whoever wants newer events does not want them held back.
    if (isFollowing) explorer.live?.source.setPaused(false);
    explorer.dispatch({ kind: 'said', text: isFollowing ? 'following: newer events come on top' : 'not following' });
  },
  'live.refresh': (explorer) => {
    explorer.live?.source.refresh();
    explorer.live?.say('asking for what is new');
  },
  'live.pause': (explorer) => explorer.live?.source.setPaused(!(explorer.state.live?.isPaused ?? false)),
  'app.quit': (explorer, host) => {
    const { state } = explorer;
    if (state.detail.isOpen || state.histogram !== null) goBack(explorer, levelOf(state));
    else if (explorer.downloads.mayQuit()) host.quit(0);
  },
  'app.interrupt': (_, host) => host.quit(EXIT_INTERRUPTED),
  'app.suspend': (_, host) => host.suspend(),
  'app.redraw': (_, host) => host.redraw(),
  'app.theme': (explorer) => {
    const next = THEME_NAMES[(THEME_NAMES.indexOf(explorer.state.theme) + 1) % THEME_NAMES.length];
    explorer.dispatch({ kind: 'themeChanged', theme: next ?? 'dark' });
    explorer.dispatch({ kind: 'said', text: `theme: ${explorer.state.theme}` });
  },
  'app.zone': (explorer) => {
    explorer.dispatch({ kind: 'zoneChanged' });
    explorer.dispatch({ kind: 'said', text: explorer.state.zone === 'utc' ? 'times in UTC' : 'times in local time' });
  },
  'app.mouse': (explorer, host) => {
    explorer.dispatch({ kind: 'mouseSwitched' });
    const { isMouseOn } = explorer.state;
    host.setMouse(isMouseOn);
    explorer.dispatch({ kind: 'said', text: isMouseOn ? 'mouse on' : 'mouse off: the terminal selects text' });
  },
  'pane.next': nextPane,
  'pane.grow': does({ kind: 'detailResized', step: 1 }),
  'pane.shrink': does({ kind: 'detailResized', step: -1 }),
  'choose.profiles': (explorer) => void explorer.chooser.openProfiles(),
  'choose.regions': (explorer) => void explorer.chooser.openRegions(),
  'choose.time': (explorer) => explorer.chooser.openTimes(),
  'live.login': (explorer, host) => void logIn(explorer, host),
  'app.loaded': does({ kind: 'overlayOpened', overlay: 'loaded' }),
};

function back(explorer: Explorer): void {
  goBack(explorer, backOf(explorer.state));
}

function goBack(explorer: Explorer, what: ReturnType<typeof backOf>): void {
  if (what === null || !ASKS.includes(what)) explorer.dispatch({ kind: 'hushed' });
  if (what !== null) BACKS[what](explorer);
}

/** What a second Esc answers: the first one's question stays. */
const ASKS: readonly ReturnType<typeof backOf>[] = ['stop writing', 'stop reading', 'stop loading'];

const BACKS: Readonly<Record<NonNullable<ReturnType<typeof backOf>>, (explorer: Explorer) => void>> = {
  'leave raw': (explorer) => explorer.dispatch({ kind: 'rawToggled' }),
  'to the list': (explorer) => explorer.dispatch({ kind: 'focusMoved', to: 'list' }),
  'close histogram': (explorer) => explorer.dispatch({ kind: 'histogramClosed' }),
  'close detail': (explorer) => explorer.dispatch({ kind: 'detailClosed' }),
  'all events': (explorer) => explorer.dispatch({ kind: 'onlyMarkedSwitched' }),
  'back to the table': backToTable,
  'clear search': (explorer) => explorer.replaceSearch(''),
  'stop writing': (explorer) => explorer.downloads.stop(),
  'stop reading': (explorer) => explorer.stopReading(),
  'stop loading': (explorer) => explorer.stopReading(),
};

/** To the row that was opened, over the search as it was then. */
function backToTable(explorer: Explorer): void {
  const { leftTable } = explorer.state;
  if (leftTable === null) return;
  const { panel, before } = leftTable;
  explorer.applyText(before.text, { row: before.row });
  explorer.dispatch({ kind: 'searchReplaced' });
  explorer.dispatch({ kind: 'panelOpened', panel });
}

/** Runs what the message names; whatever came of it, the source tries again. */
async function logIn(explorer: Explorer, host: Host): Promise<void> {
  const command = loginIn(explorer.state.live);
  if (command === null) return;
  const problem = await host.run(command);
  if (problem !== null) explorer.dispatch({ kind: 'said', text: problem, isWarning: true });
  explorer.live?.source.refresh();
}
