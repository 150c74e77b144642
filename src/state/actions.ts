// Everything that can happen to the explorer: what a person does, and in the past tense what has come of it.

import type { LookupAttribute } from '../cloudtrail/lookup-attribute.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import type { Parsed, QueryError } from '../query/query.ts';
import type { HistoryRange, LiveStatus, Scope } from '../sources/live-source.ts';
import type { Progress, SourceReport } from '../sources/source.ts';
import type { Result } from '../store/result.ts';
import type { Overlay, Overview, ThemeName } from './app-state.ts';
import type { CompletionStep } from './completion-list.ts';
import type { DetailMove } from './detail.ts';
import type { FoldStep } from './fold.ts';
import type { HistogramStep } from './histogram.ts';
import type { LeftTable } from './left-table.ts';
import type { ListMove } from './list.ts';
import type { MarksStep } from './marks.ts';
import type { Noise, NoiseCount } from './noise.ts';
import type { OffersStep } from './offers.ts';
import type { Panel, PanelStep } from './panel.ts';
import type { PickerRow, PickerStep, PickerSubject } from './picker.ts';
import type { SavedQueries } from './saved-queries.ts';
import type { TextCommand } from './text-input.ts';
import type { TimeStep } from './time-menu.ts';
import type { TreeCommand } from './tree.ts';
import type { Writing } from './writing.ts';

export type Action =
  | { readonly kind: 'resized'; readonly columns: number; readonly rows: number }
  | { readonly kind: 'readingStarted'; readonly label: string; readonly now: number }
  | { readonly kind: 'progressed'; readonly progress: Progress; readonly now: number }
  | { readonly kind: 'readingStopped' }
  | { readonly kind: 'readingEnded'; readonly report: SourceReport; readonly now: number }
  | { readonly kind: 'readingFailed'; readonly reason: string }
  /** An account's event history, as far as it is loaded. */
  | { readonly kind: 'liveChanged'; readonly status: LiveStatus; readonly now: number }
  /** What of the search the server has been asked for over all that it has; null: nothing. */
  | { readonly kind: 'attributeAsked'; readonly attribute: LookupAttribute | null }
  | { readonly kind: 'rangeChosen'; readonly range: HistoryRange }
  | { readonly kind: 'noiseChanged'; readonly noise: Noise }
  /** What noise hides of the list's question. */
  | { readonly kind: 'noiseCounted'; readonly count: NoiseCount }
  /** `loaded`: as in AppState; unless given, as before. */
  | { readonly kind: 'totalChanged'; readonly total: number; readonly loaded?: number }
  | { readonly kind: 'overviewArrived'; readonly overview: Partial<Overview> }
  /** `position`: where the selected event is in it; null starts at the newest. `newer`: events above the newest that
   *  was seen; none unless given. */
  | {
      readonly kind: 'resultArrived';
      readonly result: Result;
      readonly position: number | null;
      readonly newer?: number;
    }
  /** A new search begins at its newest match, unless the person moves before it has answered. */
  | { readonly kind: 'newestWanted' }
  | { readonly kind: 'searchFailed'; readonly reason: string }
  | { readonly kind: 'eventsArrived'; readonly events: readonly TrailEvent[] }
  /** What is new about events of the list is known now. */
  | { readonly kind: 'firstsFound'; readonly events: readonly TrailEvent[] }
  /** The persons behind events of the list are known now, or others than before. */
  | { readonly kind: 'peopleFound'; readonly events: readonly TrailEvent[] }
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
  /** No event has a path that the search `text` asks for; null: there are some of each. */
  | { readonly kind: 'pathDoubted'; readonly text: string; readonly doubt: QueryError | null }
  | { readonly kind: 'searchKept' }
  | { readonly kind: 'searchCancelled' }
  /** A search from outside the line. */
  | { readonly kind: 'searchReplaced' }
  | { readonly kind: 'completionsStepped'; readonly step: CompletionStep }
  /** Tab in the search line, on the completion under the highlight. */
  | { readonly kind: 'completionTaken' }
  /** What a fuzzy word stood for, under the highlight, is not meant. */
  | { readonly kind: 'matchDropped' }
  /** To a place in the history of searches. */
  | { readonly kind: 'historyMoved'; readonly at: number }
  | { readonly kind: 'queryForgotten'; readonly text: string }
  | { readonly kind: 'savedChanged'; readonly saved: SavedQueries }
  | { readonly kind: 'overlayOpened'; readonly overlay: Overlay['kind'] }
  | { readonly kind: 'overlayClosed' }
  | { readonly kind: 'overlayScrolled'; readonly rows: number; readonly last: number }
  /** The column selected in the overlay of columns. */
  | { readonly kind: 'columnToggled' }
  | MarksStep
  | FoldStep
  | { readonly kind: 'panelOpened'; readonly panel: Panel }
  | { readonly kind: 'panelStepped'; readonly step: PanelStep }
  | { readonly kind: 'panelClosed' }
  /** For the events of one of its rows. */
  | { readonly kind: 'tableLeft'; readonly left: LeftTable }
  | { readonly kind: 'histogramOpened' }
  | { readonly kind: 'histogramStepped'; readonly step: HistogramStep }
  | { readonly kind: 'histogramClosed' }
  | { readonly kind: 'pickerOpened'; readonly subject: PickerSubject; readonly picked: readonly string[] }
  | { readonly kind: 'pickerFilled'; readonly subject: PickerSubject; readonly rows: readonly PickerRow[] }
  | { readonly kind: 'pickerFailed'; readonly subject: PickerSubject; readonly reason: string }
  | { readonly kind: 'pickerStepped'; readonly step: PickerStep }
  | { readonly kind: 'pickerClosed' }
  /** By the person, so it is remembered. */
  | { readonly kind: 'scopeChosen'; readonly scope: Scope }
  | { readonly kind: 'timeMenuOpened'; readonly now: number; readonly event: number | null }
  | { readonly kind: 'timeMenuStepped'; readonly step: TimeStep }
  | { readonly kind: 'timeMenuClosed' }
  /** Credentials wait for the code of an MFA device. */
  | { readonly kind: 'codeAsked'; readonly id: number; readonly serial: string; readonly profile: string }
  | { readonly kind: 'codeEdited'; readonly edit: TextCommand }
  | { readonly kind: 'codeAnswered'; readonly id: number }
  | { readonly kind: 'offersStepped'; readonly step: OffersStep }
  /** Another source takes the place of the event history. */
  | { readonly kind: 'liveClosed' }
  /** Of a download. */
  | { readonly kind: 'writingChanged'; readonly writing: Writing | null }
  | { readonly kind: 'themeChanged'; readonly theme: ThemeName }
  | { readonly kind: 'zoneChanged' }
  | { readonly kind: 'mouseSwitched' }
  /** `isOfEmpty`: true only of an empty list; it goes when events come. */
  | { readonly kind: 'said'; readonly text: string; readonly isWarning?: boolean; readonly isOfEmpty?: boolean }
  | { readonly kind: 'hushed' };
