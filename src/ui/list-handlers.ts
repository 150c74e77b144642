// What the commands of the list and of the histogram do.

import type { LIST_COMMANDS } from '../keys/list-commands.ts';
import type { Query } from '../query/query.ts';
import { selectedEvent } from '../state/results.ts';
import { lastSearch } from '../state/search.ts';
import { compareMarked } from './compare.ts';
import { openDownloadHere } from './download-keys.ts';
import type { Explorer } from './explorer.ts';
import { showFacets } from './facets-keys.ts';
import { openRow, scrollLeft, switchFold } from './fold-keys.ts';
import { moveHistogram, stepsHistogram, switchHistogram, zoomIn, zoomOut, zoomWhole } from './histogram-keys.ts';
import { does, type Handler } from './host.ts';
import { clearMarks, goToMarked, markAll, openNote, toggleMark } from './marks-keys.ts';
import { setNoise } from './noise.ts';
import { openOfEvent, openPage } from './open-page.ts';
import { openPivots, pivot, showSshAccess, toggleFailures } from './pivots.ts';
import { openResources } from './resource-keys.ts';

const FAILURES: Query = { kind: 'present', path: 'error' };

export const LIST_HANDLERS: Readonly<Record<keyof typeof LIST_COMMANDS, Handler>> = {
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
  'list.denied': (explorer) => openPage(explorer, 'denied'),
  'list.ssh': showSshAccess,
  'session.open': openOfEvent('session'),
  'related.open': openOfEvent('related'),
  'pivot.around': pivot('around'),
  'pivot.session': pivot('session'),
  'pivot.who': pivot('who'),
  'pivot.key': pivot('key'),
  'pivot.address': pivot('address'),
  'pivot.resource': openResources,
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
  'download.open': (explorer) => openDownloadHere(explorer),
  'yank.open': (explorer) => explorer.yank.open(),
};

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
