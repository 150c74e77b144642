import { join } from 'node:path';
import envPaths from 'env-paths';

/** The user's folder for the cache of event history, e.g. ~/.cache/trailx/events. */
export function eventCacheFolder(): string {
  return join(envPaths('trailx', { suffix: '' }).cache, 'events');
}
