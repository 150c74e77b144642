import type { AppState } from '../state/app-state.ts';
import { selectedTableRow } from '../state/table-panel.ts';
import { cutValue } from '../text/cell.ts';
import { countOf } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import { wrapWords } from '../text/wrap.ts';
import { emptyLiveTexts, type TonedText } from './empty-live.ts';
import { allNoiseText } from './noise-text.ts';
import type { Theme } from './theme.ts';

const INDENT = '  ';
/** Of one paragraph. */
const MAX_LINES = 4;
/** Cells of a search, which may be long: it stands in the line above as well. */
const MAX_TOLD = 400;

/** Why there are no rows, over what that was looked for, and what to do. */
export function emptyListLines(state: AppState, width: number, theme: Theme): readonly string[] {
  const noise = allNoiseText(state);
  const marked = noMarkedText(state);
  const texts: readonly TonedText[] =
    marked !== ''
      ? [['plain', marked]]
      : noise !== ''
        ? [['plain', noise]]
        : state.live === null
          ? [['quiet', reasonOf(state)]]
          : emptyLiveTexts(state, state.live);
  const needs = neededText(state);
  const room = Math.max(1, width - 2 * INDENT.length);
  return [...texts, ...needs].flatMap(([tone, text]) => [
    '',
    ...wrapWords(sanitize(text), room, MAX_LINES).map((line) => INDENT + theme.paint(tone, line)),
  ]);
}

/** What a page lacks, and where it is: where nothing was found for the row of the page that says so. */
function neededText({ leftTable, results, search }: AppState): readonly TonedText[] {
  if (leftTable?.query !== search.applied || results.shown === null || results.list.total > 0) return [];
  const needs = selectedTableRow(leftTable.panel)?.lookUp?.needs;
  return needs === undefined ? [] : [['plain', `${needs}.`]];
}

/** Where only marked events are listed, and none of them is among what is asked for. */
function noMarkedText({ marks, results, search }: AppState): string {
  if (!marks.isOnly || results.list.total > 0) return '';
  const what = marks.count === 1 ? 'The marked event is' : `None of the ${countOf(marks.count, 'marked event')} is`;
  const not = marks.count === 1 ? ' not' : '';
  const where = search.applied === '' ? 'in this list' : `among what matches ${cutValue(search.applied, MAX_TOLD)}`;
  return `${what}${not} ${where}. Esc lists all events again.`;
}

function reasonOf({ loading, search, results, total, loaded, range }: AppState): string {
  // Also while the rows of another answer are on their way.
  if (results.shown === null || results.list.total > 0 || search.stage === 'columns') return '';
  const isReading = loading.kind === 'reading' || loading.kind === 'opening';
  const isOfTime = range.kind === 'span' && loaded > total;
  if (total === 0 && isOfTime)
    return `None of ${countOf(loaded, 'event')}${isReading ? ' read so far' : ''} happened in the time chosen. t chooses another.`;
  if (total > 0) {
    const over = `${countOf(total, 'event')}${isOfTime ? ' of the time chosen' : ''}${isReading ? ' read so far' : ''}`;
    if (search.stage === 'records')
      return `No match in names and values of ${over}; the records are still being searched.`;
    const why = search.doubt === null ? '' : `: ${cutValue(search.doubt.reason, MAX_TOLD)}`;
    return `No match for ${cutValue(search.applied, MAX_TOLD)} in ${over}${why}. Esc goes back${isOfTime ? ', t chooses another time' : ''}.`;
  }
  if (isReading) return 'No events yet.';
  if (loading.kind !== 'done') return 'No events.';
  const { problems, passedOver, wasCancelled, daysOutside } = loading.report;
  if (wasCancelled) return 'Reading was stopped before any event was read.';
  const others = passedOver.digests + passedOver.notifications + passedOver.otherFiles + passedOver.otherValues;
  if (problems.length > 0) return `No events: ${countOf(problems.length, 'file')} could not be read. L lists them.`;
  if (daysOutside > 0) {
    const verb = daysOutside === 1 ? 'was' : 'were';
    return `No events in it: ${countOf(daysOutside, 'day folder')} outside --since/--until ${verb} not opened.`;
  }
  if (others === 0) return 'No events in it.';
  const what = countOf(others, 'file or value of another kind was', 'files or values of other kinds were');
  return `No events: ${what} passed over. L tells more.`;
}
