// An event cache as months of use leave it: written through the cache itself, of records like those of the corpus.

import { BatchBuilder } from '../../src/sources/log-files/batch-builder.ts';
import { RecordReader } from '../../src/sources/log-files/record-reader.ts';
import { PEOPLE } from '../../src/sources/sample/company.ts';
import { Random } from '../../src/sources/sample/random.ts';
import type { Batch } from '../../src/store/batch.ts';
import { openEventCache } from '../../src/store/event-cache/open-event-cache.ts';
import { cut, fill, type Template } from './template.ts';

const DAY = 86_400_000;
const DAYS = 89;
/** Younger events are never called complete. */
const SETTLED = 20 * 60_000;

export type CacheShape = {
  readonly account: string;
  readonly regions: readonly string[];
  readonly eventsPerRegion: number;
  /** Events that are written at a time: 50 as they come from AWS; thousands where only the result counts. */
  readonly pageEvents?: number;
};

/** Writes into the cache folder what `shape` says, spread over 89 days before `now`; `records` are the sample's. */
export async function writeCachedHistory(
  folder: string,
  records: readonly string[],
  { account, regions, eventsPerRegion, pageEvents = Number.POSITIVE_INFINITY }: CacheShape,
  now: number,
): Promise<void> {
  const people = PEOPLE.map((person) => person.name);
  const templates = records.map((record) => cut(record, people)).filter(({ isGlobal }) => !isGlobal);
  const cache = openEventCache({ folder, onNotice: (line) => process.stderr.write(`${line}\n`) });
  const random = new Random(20260520);
  const newest = Math.floor((now - SETTLED) / 1000) * 1000;
  const oldest = newest - DAYS * DAY;
  const timeOf = (event: number) => newest - Math.floor((event / eventsPerRegion) * DAYS * 86_400) * 1000;
  for (const region of regions) {
    const lane = await cache.lane({ partition: 'aws', account, region, category: 'management' });
    const builder = new BatchBuilder();
    const reader = new RecordReader(builder);
    const full: Batch[] = [];
    reader.onFull = () => void full.push(builder.take());
    for (let event = 0; event < eventsPerRegion; event++) {
      reader.beginAt(2 ** 40 - event);
      const filling = { random, time: timeOf(event), region, account, events: eventsPerRegion * regions.length };
      reader.text(fill(random.pick(templates) as Template, filling), { user: '', resources: [] });
      if (builder.count >= pageEvents) full.push(builder.take());
      for (const batch of full.splice(0)) await lane.write(batch, []);
    }
    if (builder.count > 0) full.push(builder.take());
    await lane.write(full.pop() ?? null, [{ from: oldest, to: newest, attribute: null }]);
  }
  await cache.close();
}
