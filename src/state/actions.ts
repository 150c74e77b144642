// Everything that can happen to the explorer: what a person does, and in the past tense what has come of it.

import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import type { Parsed } from '../query/query.ts';
import type { HistoryRange, LiveStatus } from '../sources/live-source.ts';
import type { Progress, SourceReport } from '../sources/source.ts';
import type { Result } from '../store/result.ts';
import type { Overlay, Overview, ThemeName } from './app.ts';
import type { DetailMove } from './detail.ts';
import type { ListMove } from './list.ts';
import type { TextCommand } from './text-input.ts';
import type { TreeCommand } from './tree.ts';

export type Action =
  | { readonly kind: 'resized'; readonly columns: number; readonly rows: number }
  | { readonly kind: 'readingStarted'; readonly label: string; readonly now: number }
  | { readonly kind: 'progressed'; readonly progress: Progress; readonly now: number }
  | { readonly kind: 'readingStopped' }
  | { readonly kind: 'readingEnded'; readonly report: SourceReport; readonly now: number }
  | { readonly kind: 'readingFailed'; readonly reason: string }
  /** An account's event history, as far as it is loaded. */
  | { readonly kind: 'liveChanged'; readonly status: LiveStatus; readonly now: number }
  | { readonly kind: 'rangeChosen'; readonly range: HistoryRange }
  | { readonly kind: 'totalChanged'; readonly total: number }
  | { readonly kind: 'overviewArrived'; readonly overview: Partial<Overview> }
  /** `position`: where the selected event is in it; null starts at the newest. */
  | { readonly kind: 'resultArrived'; readonly result: Result; readonly position: number | null }
  /** A new search begins at its newest match, unless the person moves before it has answered. */
  | { readonly kind: 'newestWanted' }
  | { readonly kind: 'searchFailed'; readonly reason: string }
  | { readonly kind: 'eventsArrived'; readonly events: readonly TrailEvent[] }
  | { readonly kind: 'recordArrived'; readonly event: TrailEvent; readonly text: string }
  | { readonly kind: 'listMoved'; readonly move: ListMove }
  | { readonly kind: 'columnsScrolled'; readonly step: 1 | -1 }
  | { readonly kind: 'detailOpened' }
  | { readonly kind: 'detailClosed' }
  | { readonly kind: 'detailResized'; readonly step: 1 | -1 }
  | { readonly kind: 'focusMoved'; readonly to: 'list' | 'detail' }
  | { readonly kind: 'detailMoved'; readonly move: DetailMove }
  | { readonly kind: 'treeMoved'; readonly command: TreeCommand }
  | { readonly kind: 'rawToggled' }
  | { readonly kind: 'findOpened' }
  | { readonly kind: 'findEdited'; readonly edit: TextCommand }
  | { readonly kind: 'findKept' }
  | { readonly kind: 'findClosed' }
  | { readonly kind: 'foundAgain'; readonly step: 1 | -1 }
  | { readonly kind: 'searchOpened' }
  | { readonly kind: 'searchEdited'; readonly edit: TextCommand }
  | { readonly kind: 'searchParsed'; readonly text: string; readonly parsed: Parsed }
  | { readonly kind: 'searchKept' }
  | { readonly kind: 'searchCancelled' }
  /** A search from outside the line. */
  | { readonly kind: 'searchReplaced' }
  | { readonly kind: 'overlayOpened'; readonly overlay: Overlay['kind'] }
  | { readonly kind: 'overlayClosed' }
  | { readonly kind: 'overlayScrolled'; readonly rows: number; readonly last: number }
  /** The column selected in the overlay of columns. */
  | { readonly kind: 'columnToggled' }
  | { readonly kind: 'themeChanged'; readonly theme: ThemeName }
  | { readonly kind: 'zoneChanged' }
  | { readonly kind: 'mouseSwitched' }
  | { readonly kind: 'said'; readonly text: string; readonly isWarning?: boolean }
  | { readonly kind: 'hushed' };
