// The whole state of the explorer: one immutable value, from which the screen is drawn and what is lacking is fetched.

import type { LookupAttribute } from '../cloudtrail/lookup-attribute.ts';
import type { NoiseRules } from '../query/noise.ts';
import type { HistoryRange, LiveStatus, Scope } from '../sources/live-source.ts';
import type { TimeZoneChoice } from '../text/format.ts';
import type { Detail } from './detail.ts';
import { type Fold, NO_FOLD } from './fold.ts';
import type { Histogram } from './histogram.ts';
import { layOutPanes } from './lay-out-panes.ts';
import type { Layout } from './layout.ts';
import type { LeftTable } from './left-table.ts';
import type { Loading } from './loading.ts';
import { type Marks, NO_MARKS } from './marks.ts';
import { NO_DETAIL } from './no-detail.ts';
import { NO_NOISE, type Noise, type NoiseCount } from './noise.ts';
import { NO_OFFERS, type Offers } from './offers.ts';
import type { Panel } from './panel.ts';
import type { Picker } from './picker.ts';
import type { CodePrompts } from './prompt.ts';
import { historyOf } from './query-history.ts';
import { NO_RESULTS, type Results, resizeResults } from './results.ts';
import type { SavedQueries } from './saved-queries.ts';
import type { RegionsOfProfile } from './scope-choice.ts';
import { NO_SEARCH, type Search } from './search.ts';
import type { TimeMenu } from './time-menu.ts';
import type { Writing } from './writing.ts';

/** Named here and drawn by ui/theme.ts. */
export type ThemeName = 'dark' | 'light' | 'mono';

export type Overlay = {
  readonly kind: 'help' | 'loaded' | 'columns';
  /** Its first line on the screen; of `columns` the selected column. */
  readonly at: number;
};

/** What the header says about the events themselves. */
export type Overview = {
  readonly regions: readonly string[];
  readonly accounts: readonly string[];
  /** First and last eventTime of the list in ms since the epoch; null while not known. */
  readonly from: number | null;
  readonly to: number | null;
  /** Events of the list by time, for the one-line histogram; empty while not known. */
  readonly histogram: readonly number[];
};

/** `isOfEmpty`: it goes when the list gets events. */
export type Message = { readonly text: string; readonly isWarning: boolean; readonly isOfEmpty?: boolean };

export type AppState = {
  readonly columns: number;
  readonly rows: number;
  readonly layout: Layout;
  readonly focus: 'list' | 'detail';
  readonly overlay: Overlay | null;
  /** Over the list, or in its place. */
  readonly panel: Panel | null;
  /** A table that Esc leads back to; null: none. */
  readonly leftTable: LeftTable | null;
  /** The band over the list; null: closed. */
  readonly histogram: Histogram | null;
  /** Profiles or Regions being chosen, in place of the list. */
  readonly picker: Picker | null;
  readonly timeMenu: TimeMenu | null;
  /** Codes of MFA devices that are waited for. */
  readonly prompts: CodePrompts;
  /** What stands in place of the list while there are no credentials; see isOffering. */
  readonly offers: Offers;
  /** As in the settings, with what was chosen during this run. */
  readonly regionsOfProfile: RegionsOfProfile;
  /** The scope that the person chose during this run; null: none. */
  readonly chosenScope: Scope | null;
  readonly results: Results;
  readonly marks: Marks;
  readonly fold: Fold;
  readonly columnScroll: number;
  readonly search: Search;
  readonly detail: Detail;
  readonly loading: Loading;
  /** Event history of accounts and Regions; null while the source is another one, or not open yet. */
  readonly live: LiveStatus | null;
  /** What of the search the server has been asked for; null: nothing. */
  readonly attribute: LookupAttribute | null;
  /** An explicit span narrows every search; `recent`: everything that is loaded. */
  readonly range: HistoryRange;
  /** What the list leaves out besides; and how much that is, null while not known or not on. */
  readonly noise: Noise;
  readonly noiseCount: NoiseCount | null;
  /** A download, and how the last one has ended until that was seen. */
  readonly writing: Writing | null;
  readonly sourceLabel: string;
  readonly overview: Overview;
  /** Said in the status line until the next key. */
  readonly message: Message | null;
  readonly theme: ThemeName;
  /** Set by the person during this run, so worth remembering; null and false otherwise. */
  readonly chosenTheme: ThemeName | null;
  readonly zone: TimeZoneChoice;
  readonly isZoneChosen: boolean;
  readonly isMouseOn: boolean;
  /** Events that the list could hold, whatever the search. */
  readonly total: number;
  /** Events in the store: of other accounts and times too. */
  readonly loaded: number;
  /** As in the settings: ids of columns, and perhaps of some that only another trailx has. */
  readonly hiddenColumns: readonly string[];
};

export type AppOptions = {
  readonly columns: number;
  readonly rows: number;
  readonly theme: ThemeName;
  readonly zone: TimeZoneChoice;
  readonly isMouseOn: boolean;
  readonly detailSize: number;
  readonly lastQuery: string;
  /** Searches that were kept before this run, newest first; none by default. */
  readonly queryHistory?: readonly string[];
  readonly savedQueries?: SavedQueries;
  readonly hiddenColumns: readonly string[];
  /** The Regions last chosen, by profile; none by default. */
  readonly regionsOfProfile?: RegionsOfProfile;
  /** As in the settings; off by default. */
  readonly noise?: NoiseRules & Pick<Noise, 'isOn'>;
  readonly hasSource: boolean;
  /** What the source is called until it says so itself. */
  readonly sourceLabel: string;
};

const NO_OVERVIEW: Overview = { regions: [], accounts: [], from: null, to: null, histogram: [] };

/** What the first frame shows. Only the list is open: of all that has a place, it alone must be told how high it is. */
export function openApp(options: AppOptions): AppState {
  const opened: Omit<AppState, 'layout'> = {
    columns: options.columns,
    rows: options.rows,
    focus: 'list',
    overlay: null,
    panel: null,
    leftTable: null,
    histogram: null,
    picker: null,
    timeMenu: null,
    prompts: [],
    offers: NO_OFFERS,
    regionsOfProfile: options.regionsOfProfile ?? {},
    chosenScope: null,
    results: NO_RESULTS,
    marks: NO_MARKS,
    fold: NO_FOLD,
    columnScroll: 0,
    search: openQueries(options),
    detail: { ...NO_DETAIL, size: options.detailSize },
    loading: options.hasSource ? { kind: 'opening' } : { kind: 'nothing' },
    live: null,
    attribute: null,
    range: { kind: 'recent' },
    noise: { ...NO_NOISE, ...options.noise, isAlways: options.noise?.isOn ?? false },
    noiseCount: null,
    writing: null,
    sourceLabel: options.sourceLabel,
    overview: NO_OVERVIEW,
    message: null,
    theme: options.theme,
    chosenTheme: null,
    zone: options.zone,
    isZoneChosen: false,
    isMouseOn: options.isMouseOn,
    total: 0,
    loaded: 0,
    hiddenColumns: options.hiddenColumns,
  };
  const layout = layOutPanes(opened);
  const results = layout.isTooSmall ? opened.results : resizeResults(opened.results, layout.list.height);
  return { ...opened, layout, results };
}

function openQueries({ lastQuery, queryHistory = [], savedQueries = {} }: AppOptions): Search {
  // A trailx that kept no history kept the last search.
  const history = historyOf(queryHistory.includes(lastQuery) ? queryHistory : [lastQuery, ...queryHistory]);
  return { ...NO_SEARCH, recent: lastQuery === '' ? [] : [lastQuery], history, saved: savedQueries };
}
