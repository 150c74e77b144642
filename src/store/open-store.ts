import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createFuzzyMatcher } from '../query/fuzzy-client.ts';
import { Duck } from './duck.ts';
import { EventStore } from './event-store.ts';
import type { Store } from './store.ts';
import { makeTempFolder, removeTempFolder } from './temp-folder.ts';

export type OpenStoreOptions = {
  /** Where the temporary folder is made; the system's by default. */
  readonly tempParent?: string;
  /** DuckDB's own cap, in its spelling. */
  readonly memoryLimit?: string;
};

/** Opens an empty store. Its files live in a folder of their own and go with `close()` (or with the next start). */
export async function openStore(options: OpenStoreOptions = {}): Promise<Store> {
  const folder = makeTempFolder(options.tempParent);
  try {
    const duck = await Duck.open({
      threads: String(Math.max(2, availableParallelism())),
      memory_limit: options.memoryLimit ?? '1GB',
      temp_directory: join(folder, 'spill'),
      // Nothing is ever fetched: what is not built in does not exist.
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      preserve_insertion_order: 'true',
      // Counting by a field with up to so many bits of values looks them up in an array: half the time of a hash table.
      perfect_ht_threshold: '20',
      // From a third of a million events on it would compress the table from time to time while a batch is appended, on
      // this thread: keys waited for 80 ms. Without it a million events take 40 MB more, and are searched as quickly.
      checkpoint_threshold: '1TB',
    });
    const remove = (): void => removeTempFolder(folder);
    process.once('exit', remove);
    return await EventStore.create(duck, folder, createFuzzyMatcher(), () => {
      process.off('exit', remove);
      remove();
    });
  } catch (error) {
    removeTempFolder(folder);
    throw error;
  }
}
