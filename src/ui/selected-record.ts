// The record of the selected event, for pages of text about it.

import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { selectedEvent } from '../state/results.ts';
import type { Explorer } from './explorer.ts';
import { messageOf } from './fetcher.ts';

export type SelectedRecord = { readonly event: TrailEvent; readonly record: unknown };

/** Null: there is none, or it cannot be read, which has been said. */
export async function selectedRecord(explorer: Explorer): Promise<SelectedRecord | null> {
  const { state, store } = explorer;
  const shown = state.detail.record;
  const isInDetail = state.detail.isOpen && state.focus === 'detail' && shown !== null;
  const event = isInDetail ? shown.event : selectedEvent(state.results);
  if (event === null || store === null) return null;
  if (shown?.event.row === event.row) return { event, record: shown.value };
  try {
    return { event, record: JSON.parse(await store.record(event.row)) };
  } catch (error) {
    explorer.dispatch({ kind: 'said', text: `the record cannot be read: ${messageOf(error)}`, isWarning: true });
    return null;
  }
}
