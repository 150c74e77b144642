// :explain — what the search means, term by term, and what each of them costs.

import { knownSpelling } from '../cloudtrail/event-names.ts';
import { explainQuery } from '../query/explain.ts';
import type { AppState } from '../state/app-state.ts';
import { rulesText } from '../state/noise.ts';
import { openText, type TextLine, type TextPanel } from '../state/text-panel.ts';
import type { Store } from '../store/store.ts';
import { countOf, formatTime } from '../text/format.ts';

export function explainPage(state: AppState, store: Pick<Store, 'total' | 'distinctCount'>): TextPanel {
  const { search, results, zone, live } = state;
  const timeText = (ms: number) =>
    `${formatTime(ms, { zone, style: 'date-time' })} ${zone === 'utc' ? 'UTC' : 'local time'}`;
  const explained = explainQuery(search.query, {
    events: store.total,
    distinct: (field) => store.distinctCount(field),
    understood: results.result?.understood ?? [],
    spelling: live === null ? null : knownSpelling,
    timeText,
  });
  const lines = explained.flatMap(({ depth, term, meaning, cost }): readonly TextLine[] => [
    { tone: 'accent', text: term, depth: depth + 1 },
    { tone: 'plain', text: meaning, depth: depth + 2 },
    ...(cost === '' ? [] : [{ tone: 'quiet', text: cost, depth: depth + 2 } as const]),
  ]);
  const empty: TextLine = { tone: 'plain', text: 'There is no search: the list holds every event.', depth: 1 };
  const besides = besidesLines(state, timeText);
  const copy = search.applied === '' ? null : { what: 'the search', text: search.applied };
  return openText(
    search.applied === '' ? 'What is searched for' : `What is searched for: ${search.applied}`,
    [
      ...(search.applied === '' ? [empty] : lines),
      ...(besides.length === 0 ? [] : [{ tone: 'plain', text: '' } as const, ...besides]),
      { tone: 'plain', text: '' },
      { tone: 'quiet', text: `over ${countOf(store.total, 'event')} loaded` },
    ],
    copy,
  );
}

/** What narrows the list though it is not in the line. */
function besidesLines({ range, noise }: AppState, timeText: (ms: number) => string): readonly TextLine[] {
  const lines: TextLine[] = [];
  if (range.kind === 'span') {
    const to = range.to === null ? '' : ` until ${timeText(range.to)}`;
    lines.push({ tone: 'plain', text: `from ${timeText(range.from)}${to}, by t`, depth: 1 });
  }
  if (noise.isOn) lines.push({ tone: 'plain', text: `without noise, by n: ${rulesText(noise)}`, depth: 1 });
  return lines.length === 0 ? [] : [{ tone: 'title', text: 'Beside the search' }, ...lines];
}
