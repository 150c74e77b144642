import { join } from 'node:path';
import type { CacheLane } from './event-cache.ts';

/** `aws/111122223333/eu-west-1/management`: where a lane lies in the cache folder. */
export function laneFolder({ partition, account, region, category }: CacheLane): string {
  return join(...[partition, account, region, category].map(asName));
}

/** Names come from files and servers: nothing in them may lead elsewhere. */
function asName(text: string): string {
  const name = text.replace(/[^\w-]/g, '_');
  return name === '' ? '_' : name;
}
