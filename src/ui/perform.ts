// What each command does. The table is complete by type: a command without an entry does not compile.

import { blockedReason, type CommandId } from '../keys/commands.ts';
import type { Query } from '../query/query.ts';
import type { Action } from '../state/actions.ts';
import { loginIn } from '../state/live.ts';
import { pageHeight } from '../state/panel.ts';
import { selectedEvent } from '../state/results.ts';
import { lastSearch } from '../state/search.ts';
import { countByPath } from './by-page.ts';
import { compareMarked, compareStep, copyCell, filterByCell, openCompared } from './compare.ts';
import { moveUnderLine, takeCompletion } from './completer.ts';
import { chooseInDownload, completeInDownload, downloadStep, openDownloadHere } from './download-keys.ts';
import type { Explorer } from './explorer.ts';
import {
  closeFacets,
  moveFacets,
  narrowByFacet,
  otherFacetList,
  showFacets,
  stepsFacets,
  takeFacet,
} from './facets-keys.ts';
import { backOf, factsOf, levelOf } from './facts.ts';
import { openRow, scrollLeft, switchFold } from './fold-keys.ts';
import {
  moveHistogram,
  nextPane,
  stepsHistogram,
  switchHistogram,
  zoomIn,
  zoomOut,
  zoomWhole,
} from './histogram-keys.ts';
import { clearMarks, goToMarked, markAll, openNote, toggleMark } from './marks-keys.ts';
import { setNoise } from './noise.ts';
import { overlayEnd, overlayHeight } from './overlay-lines.ts';
import { movePalette, openPaletteHere, takePalette } from './palette.ts';
import { copyText, moveTable, scrollText, takeLine, takeMenuItem, takeTableRow } from './panel-keys.ts';
import { narrowByValue, openPivots, pivot, showSshAccess, toggleFailures } from './pivots.ts';
import { THEME_NAMES } from './theme.ts';

/** What only the terminal's side can do. */
export type Host = {
  /** Puts text on the terminal's clipboard; what went wrong, or null. */
  readonly copy: (text: string) => string | null;
  readonly quit: (exitCode: number) => void;
  readonly suspend: () => void;
  readonly redraw: () => void;
  readonly setMouse: (isOn: boolean) => void;
  /** Steps aside, runs the command in the terminal, comes back; settles with what went wrong, or null. */
  readonly run: (command: readonly string[]) => Promise<string | null>;
};

export const EXIT_INTERRUPTED = 130;

const FAILURES: Query = { kind: 'present', path: 'error' };

/** Runs a command, or says why it cannot run now. */
export function perform(id: CommandId, explorer: Explorer, host: Host): void {
  const reason = blockedReason(id, factsOf(explorer.state));
  if (reason !== null) explorer.dispatch({ kind: 'said', text: reason });
  else HANDLERS[id](explorer, host);
}

type Handler = (explorer: Explorer, host: Host) => void;

const does =
  (action: Action): Handler =>
  (explorer) =>
    explorer.dispatch(action);

const HANDLERS: Readonly<Record<CommandId, Handler>> = {
  'app.help': does({ kind: 'overlayOpened', overlay: 'help' }),
  'app.loaded': does({ kind: 'overlayOpened', overlay: 'loaded' }),
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

  'list.up': does({ kind: 'listMoved', move: 'up' }),
  'list.down': does({ kind: 'listMoved', move: 'down' }),
  'list.pageUp': does({ kind: 'listMoved', move: 'pageUp' }),
  'list.pageDown': does({ kind: 'listMoved', move: 'pageDown' }),
  'list.halfUp': does({ kind: 'listMoved', move: 'halfUp' }),
  'list.halfDown': does({ kind: 'listMoved', move: 'halfDown' }),
  'list.top': does({ kind: 'listMoved', move: 'first' }),
  'list.bottom': does({ kind: 'listMoved', move: 'last' }),
  'list.open': openRow,
  'list.fold': switchFold,
  'marks.toggle': toggleMark,
  'marks.note': openNote,
  'marks.compare': (explorer) => void explorer.opening(compareMarked(explorer)),
  'marks.only': does({ kind: 'onlyMarkedSwitched' }),
  'marks.all': markAll,
  'marks.clear': clearMarks,
  'marks.next': (explorer) => goToMarked(explorer, 1),
  'marks.previous': (explorer) => goToMarked(explorer, -1),
  'list.search': does({ kind: 'searchOpened' }),
  'list.lastQuery': (explorer) => explorer.replaceSearch(lastSearch(explorer.state.search) ?? ''),
  'list.noise': (explorer) => setNoise(explorer, { kind: 'toggle' }),
  'list.only': openPivots('only'),
  'list.not': openPivots('not'),
  'list.failures': toggleFailures,
  'list.denied': (explorer) => explorer.tables?.open('denied'),
  'list.ssh': showSshAccess,
  'pivot.around': pivot('around'),
  'pivot.session': pivot('session'),
  'pivot.who': pivot('who'),
  'pivot.key': pivot('key'),
  'pivot.address': pivot('address'),
  'pivot.resource': pivot('resource'),
  'pivot.agent': pivot('agent'),
  'pivot.name': pivot('name'),
  'list.earlierQuery': (explorer) => explorer.queries.step(1),
  'list.laterQuery': (explorer) => explorer.queries.step(-1),
  'facets.open': (explorer) => showFacets(explorer),
  'histogram.switch': switchHistogram,
  'histogram.left': moveHistogram(-1, false),
  'histogram.right': moveHistogram(1, false),
  'histogram.anchor': stepsHistogram({ kind: 'anchor' }),
  'histogram.brushLeft': moveHistogram(-1, true),
  'histogram.brushRight': moveHistogram(1, true),
  'histogram.zoomIn': zoomIn,
  'histogram.zoomOut': zoomOut,
  'histogram.whole': zoomWhole,
  'list.nextFailure': (explorer) => void explorer.finder.goToNext(FAILURES, 1, 'failure'),
  'list.previousFailure': (explorer) => void explorer.finder.goToNext(FAILURES, -1, 'failure'),
  'list.nextWrite': (explorer) => void explorer.finder.goToNext(explorer.finder.writesQuery(), 1, 'write'),
  'list.previousWrite': (explorer) => void explorer.finder.goToNext(explorer.finder.writesQuery(), -1, 'write'),
  'list.nextOfSession': (explorer) => goToSession(explorer, 1),
  'list.previousOfSession': (explorer) => goToSession(explorer, -1),
  'list.columnsLeft': scrollLeft,
  'list.columnsRight': does({ kind: 'columnsScrolled', step: 1 }),
  'list.columns': does({ kind: 'overlayOpened', overlay: 'columns' }),

  'choose.profiles': (explorer) => void explorer.chooser.openProfiles(),
  'choose.regions': (explorer) => void explorer.chooser.openRegions(),
  'choose.time': (explorer) => explorer.chooser.openTimes(),
  'live.login': (explorer, host) => void logIn(explorer, host),

  'detail.up': does({ kind: 'detailMoved', move: 'up' }),
  'detail.down': does({ kind: 'detailMoved', move: 'down' }),
  'detail.pageUp': does({ kind: 'detailMoved', move: 'pageUp' }),
  'detail.pageDown': does({ kind: 'detailMoved', move: 'pageDown' }),
  'detail.halfUp': does({ kind: 'detailMoved', move: 'halfUp' }),
  'detail.halfDown': does({ kind: 'detailMoved', move: 'halfDown' }),
  'detail.top': does({ kind: 'detailMoved', move: 'first' }),
  'detail.bottom': does({ kind: 'detailMoved', move: 'last' }),
  'detail.close': does({ kind: 'treeMoved', command: 'close' }),
  'detail.open': does({ kind: 'treeMoved', command: 'open' }),
  'detail.toggle': does({ kind: 'treeMoved', command: 'toggle' }),
  'detail.closeSiblings': does({ kind: 'treeMoved', command: 'closeSiblings' }),
  'detail.closeSiblingsDeep': does({ kind: 'treeMoved', command: 'closeSiblingsDeep' }),
  'detail.openSiblings': does({ kind: 'treeMoved', command: 'openSiblings' }),
  'detail.openSiblingsDeep': does({ kind: 'treeMoved', command: 'openSiblingsDeep' }),
  'detail.nextSibling': does({ kind: 'treeMoved', command: 'nextSibling' }),
  'detail.previousSibling': does({ kind: 'treeMoved', command: 'previousSibling' }),
  'detail.nextSameKey': does({ kind: 'treeMoved', command: 'nextSameKey' }),
  'detail.previousSameKey': does({ kind: 'treeMoved', command: 'previousSameKey' }),
  'detail.find': does({ kind: 'findOpened' }),
  'detail.findNext': does({ kind: 'foundAgain', step: 1 }),
  'detail.findPrevious': does({ kind: 'foundAgain', step: -1 }),
  'detail.raw': does({ kind: 'rawToggled' }),
  'detail.only': (explorer) => narrowByValue(explorer, false),
  'detail.not': (explorer) => narrowByValue(explorer, true),
  'detail.countBy': countByPath,

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

  'find.keep': does({ kind: 'findKept' }),
  'find.cancel': does({ kind: 'findClosed' }),
  'find.empty': (explorer) => {
    explorer.dispatch({ kind: 'findEdited', edit: 'end' });
    explorer.dispatch({ kind: 'findEdited', edit: 'clearToStart' });
  },

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

  'panel.close': does({ kind: 'panelClosed' }),
  'line.take': takeLine,
  'line.empty': does({ kind: 'panelStepped', step: { panel: 'line', kind: 'empty' } }),
  'menu.take': takeMenuItem,
  'menu.down': does({ kind: 'panelStepped', step: { panel: 'menu', kind: 'move', rows: 1 } }),
  'menu.up': does({ kind: 'panelStepped', step: { panel: 'menu', kind: 'move', rows: -1 } }),
  'facets.take': takeFacet,
  'facets.only': narrowByFacet(false),
  'facets.not': narrowByFacet(true),
  'facets.other': otherFacetList,
  'facets.values': stepsFacets({ kind: 'focus', to: 'values' }),
  'facets.fields': stepsFacets({ kind: 'focus', to: 'fields' }),
  'facets.filter': stepsFacets({ kind: 'filter' }),
  'facets.down': moveFacets('down'),
  'facets.up': moveFacets('up'),
  'facets.pageDown': moveFacets('pageDown'),
  'facets.pageUp': moveFacets('pageUp'),
  'facets.top': moveFacets('first'),
  'facets.bottom': moveFacets('last'),
  'facets.close': closeFacets,
  'facetFilter.keep': stepsFacets({ kind: 'endFilter', isKept: true }),
  'facetFilter.cancel': stepsFacets({ kind: 'endFilter', isKept: false }),
  'facetFilter.empty': stepsFacets({ kind: 'empty' }),
  'download.open': (explorer) => openDownloadHere(explorer),
  'download.take': (explorer) => void explorer.downloads.take(false),
  'download.replace': (explorer) => void explorer.downloads.take(true),
  'download.nextField': downloadStep({ kind: 'field', step: 1 }),
  'download.previousField': downloadStep({ kind: 'field', step: -1 }),
  'download.nextChoice': chooseInDownload(1),
  'download.previousChoice': chooseInDownload(-1),
  'download.complete': completeInDownload,
  'download.empty': downloadStep({ kind: 'empty' }),
  'yank.open': (explorer) => explorer.yank.open(),
  'palette.take': takePalette,
  'palette.complete': does({ kind: 'panelStepped', step: { panel: 'palette', kind: 'complete' } }),
  'palette.down': movePalette('down'),
  'palette.up': movePalette('up'),
  'palette.pageDown': movePalette('pageDown'),
  'palette.pageUp': movePalette('pageUp'),
  'palette.empty': does({ kind: 'panelStepped', step: { panel: 'palette', kind: 'type', text: '' } }),
  'compare.open': openCompared,
  'compare.switch': compareStep({ kind: 'switch' }),
  'compare.only': (explorer) => filterByCell(explorer, false),
  'compare.not': (explorer) => filterByCell(explorer, true),
  'compare.copy': copyCell,
  'compare.right': compareStep({ kind: 'column', step: 1 }),
  'compare.left': compareStep({ kind: 'column', step: -1 }),
  'compare.down': compareStep({ kind: 'move', move: 'down' }),
  'compare.up': compareStep({ kind: 'move', move: 'up' }),
  'compare.pageDown': compareStep({ kind: 'move', move: 'pageDown' }),
  'compare.pageUp': compareStep({ kind: 'move', move: 'pageUp' }),
  'compare.top': compareStep({ kind: 'move', move: 'first' }),
  'compare.bottom': compareStep({ kind: 'move', move: 'last' }),
  'table.take': takeTableRow,
  'table.down': moveTable('down'),
  'table.up': moveTable('up'),
  'table.pageDown': moveTable('pageDown'),
  'table.pageUp': moveTable('pageUp'),
  'table.top': moveTable('first'),
  'table.bottom': moveTable('last'),
  'text.copy': copyText,
  'text.down': (explorer) => scrollText(explorer, 1),
  'text.up': (explorer) => scrollText(explorer, -1),
  'text.pageDown': (explorer) => scrollText(explorer, pageHeight(explorer.state) - 1),
  'text.pageUp': (explorer) => scrollText(explorer, 1 - pageHeight(explorer.state)),
  'text.top': (explorer) => scrollText(explorer, Number.NEGATIVE_INFINITY),
  'text.bottom': (explorer) => scrollText(explorer, Number.POSITIVE_INFINITY),

  'overlay.up': (explorer) => scrollOverlay(explorer, -1),
  'overlay.down': (explorer) => scrollOverlay(explorer, 1),
  'overlay.pageUp': (explorer) => scrollOverlay(explorer, -overlayHeight(explorer.state)),
  'overlay.pageDown': (explorer) => scrollOverlay(explorer, overlayHeight(explorer.state)),
  'overlay.top': (explorer) => scrollOverlay(explorer, Number.NEGATIVE_INFINITY),
  'overlay.bottom': (explorer) => scrollOverlay(explorer, Number.POSITIVE_INFINITY),
  'overlay.close': does({ kind: 'overlayClosed' }),
  'columns.toggle': does({ kind: 'columnToggled' }),
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
  'clear search': (explorer) => explorer.replaceSearch(''),
  'stop writing': (explorer) => explorer.downloads.stop(),
  'stop reading': (explorer) => explorer.stopReading(),
  'stop loading': (explorer) => explorer.stopReading(),
};

/** Scrolls a page of lines that is open over the list, or moves in it where one selects: by the keys and the wheel. */
export function scrollOverlay(explorer: Explorer, rows: number): void {
  explorer.dispatch({ kind: 'overlayScrolled', rows, last: overlayEnd(explorer.state) });
}

/** A role's session is its session key, and where the record states none (or another shape of caller made the call)
 *  whoever the list shows. */
function goToSession(explorer: Explorer, step: 1 | -1): void {
  const cells = selectedEvent(explorer.state.results)?.cells;
  const field = cells === undefined ? undefined : (['key', 'arn', 'who'] as const).find((id) => cells[id] !== '');
  if (cells === undefined || field === undefined) {
    explorer.dispatch({ kind: 'said', text: 'the record does not state who called' });
    return;
  }
  void explorer.finder.goToNext(explorer.finder.fieldQuery(field, cells[field]), step, 'event of this session');
}

/** Runs what the message names; whatever came of it, the source tries again. */
async function logIn(explorer: Explorer, host: Host): Promise<void> {
  const command = loginIn(explorer.state.live);
  if (command === null) return;
  const problem = await host.run(command);
  if (problem !== null) explorer.dispatch({ kind: 'said', text: problem, isWarning: true });
  explorer.live?.source.refresh();
}
