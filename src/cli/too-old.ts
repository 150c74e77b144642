import type { CachedSpan } from '../store/event-cache/event-cache.ts';
import { eventCacheFolder } from './event-cache-folder.ts';
import { DAY_MS, HISTORY_DAYS } from './history-range.ts';
import type { Options } from './options.ts';
import type { TimeLimits } from './request.ts';

/** Why nothing can be asked for: the whole time is older than what AWS keeps, and the cache, where events outlive that,
 *  has nothing of it either. Null: some of it can. */
export async function tooOldMistake(
  limits: TimeLimits,
  now: number,
  { useCache, insights }: Pick<Options, 'useCache' | 'insights'>,
  folder: string = eventCacheFolder(),
): Promise<string | null> {
  const earliest = now - HISTORY_DAYS * DAY_MS;
  const { since, until } = limits;
  if (until === null || until >= earliest) return null;
  const isWithin = ({ from, to }: CachedSpan) => from <= until && (since === null || to >= since);
  if (useCache && (await cachedSpans(folder, insights ? 'insight' : 'management')).some(isWithin)) return null;
  const date = `${new Date(earliest).toISOString().slice(0, 16)}Z`;
  return `AWS keeps ${HISTORY_DAYS} days of event history: nothing before ${date} can be asked for; log files hold it`;
}

/** Of every account and Region: which of them are meant is known only after AWS was asked. */
async function cachedSpans(folder: string, category: string): Promise<readonly CachedSpan[]> {
  const { cachedLanes, laneContents } = await import('../store/event-cache/cached-lanes.ts');
  try {
    const lanes = (await cachedLanes(folder)).filter((lane) => lane.category === category);
    return (await Promise.all(lanes.map(laneContents))).flatMap(({ spans }) => spans);
  } catch {
    // What cannot be listed gives no events.
    return [];
  }
}
