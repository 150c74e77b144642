import { join } from 'node:path';
import envPaths from 'env-paths';
import type { LookupAttribute } from '../cloudtrail/lookup-attribute.ts';
import type { HistoryRange, LiveSource, Scope } from '../sources/live-source.ts';
import type { DebugLog } from './debug-log.ts';

/** What is wanted of event history. */
export type HistoryWish = {
  readonly scope: Scope;
  readonly range: HistoryRange;
  /** The server picks out the events that have this; null: all of them. */
  readonly attribute: LookupAttribute | null;
  readonly useCache: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly debug: DebugLog;
};

/** Makes the source; the SDK is loaded only when it is started. */
export async function openHistory(wish: HistoryWish): Promise<LiveSource> {
  const TODO = '../sources/event-history/event-history.ts';
  const { createEventHistory } = await import(TODO);
  return createEventHistory(wish);
}

/** The user's folder for the event cache, e.g. ~/.cache/trailx/events. */
export function eventCacheFolder(): string {
  return join(envPaths('trailx', { suffix: '' }).cache, 'events');
}
