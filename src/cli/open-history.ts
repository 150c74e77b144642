import type { LookupAttribute } from '../cloudtrail/lookup-attribute.ts';
import type { HistoryRange, LiveSource, Scope } from '../sources/live-source.ts';
import type { EventCache } from '../store/event-cache/event-cache.ts';
import type { DebugLog } from './debug-log.ts';
import { eventCacheFolder } from './event-cache-folder.ts';

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

/** Makes the source, which begins to work when it is started; the SDK is loaded only then. */
export async function openHistory({ useCache, debug, ...wish }: HistoryWish): Promise<LiveSource> {
  const { createEventHistory } = await import('../sources/event-history/event-history.ts');
  const notices: string[] = [];
  const onNotice = (line: string) => {
    notices.push(line);
    debug.log('history.notice', { line });
  };
  return createEventHistory({
    ...wish,
    isAttributeAlone: wish.attribute !== null,
    cache: useCache ? await openCache(wish.env, onNotice) : null,
    notices: () => notices,
    debug: (what, details) => debug.log(`history.${what}`, details as Readonly<Record<string, unknown>>),
  });
}

async function openCache(env: HistoryWish['env'], onNotice: (line: string) => void): Promise<EventCache> {
  const [{ openEventCache }, { shownPath }] = await Promise.all([
    import('../store/event-cache/open-event-cache.ts'),
    import('../sources/aws/shared-files.ts'),
  ]);
  const folder = eventCacheFolder();
  // As a person writes it: the line has little room.
  return openEventCache({ folder, onNotice: (line) => onNotice(line.replaceAll(folder, shownPath(folder, env))) });
}
