import { type ReactNode, useMemo } from 'react';
import type { AppState } from '../state/app-state.ts';
import type { Area } from '../state/layout.ts';
import { columnsOf, spanOf } from '../state/list-columns.ts';
import { EventList } from './EventList.tsx';
import { emptyListLines } from './empty-list.ts';
import type { Theme } from './theme.ts';

type ListPaneProps = {
  readonly state: AppState;
  /** Of the rows, without the line of titles. */
  readonly area: Area;
  readonly isActive: boolean;
  readonly theme: Theme;
};

/** The list as the state has it. */
export function ListPane({ state, area, isActive, theme }: ListPaneProps): ReactNode {
  const { results, columnScroll, zone, overview, hiddenColumns, live } = state;
  const hasRegions = overview.regions.length > 1;
  const hasAccounts = overview.accounts.length > 1;
  const isInsights = live?.scope.isInsights ?? false;
  const span = spanOf(overview);
  // Made anew only when other columns are wanted: every row is painted again then.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the overview counts by these alone
  const columns = useMemo(
    () => columnsOf({ overview, hiddenColumns, live }),
    [hasRegions, hasAccounts, span, hiddenColumns, isInsights],
  );
  return (
    <EventList
      results={results}
      marks={state.marks.byRow}
      opened={state.fold.opened}
      columns={columns}
      columnScroll={columnScroll}
      width={area.width}
      height={area.height}
      isActive={isActive}
      theme={theme}
      zone={zone}
      emptyLines={emptyListLines(state, area.width, theme)}
    />
  );
}
