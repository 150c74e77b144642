import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasLivingOwner, ownName } from '../owner.ts';

const NAME = 'lock';

/**
 * The right to pack and merge a lane, or to whatever else `name` stands for in a folder. @returns what gives it back;
 * null: somebody else has it.
 * Should two ever take a dead process's lock at once, events are packed twice and the store leaves the copies out.
 */
export async function lockLane(folder: string, name: string = NAME): Promise<(() => Promise<void>) | null> {
  const path = join(folder, name);
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = await open(path, 'wx', 0o600);
      await handle.writeFile(ownName());
      await handle.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const [owner, found] = await Promise.all([readFile(path, 'utf8').catch(() => ''), stat(path).catch(() => null)]);
    // Empty: its owner has just made it, or was killed at that very moment.
    const isFresh = found !== null && Date.now() - found.mtimeMs < 10_000;
    if (owner === '' ? isFresh : hasLivingOwner(owner, found?.mtimeMs ?? 0)) return null;
    const stale = join(folder, `${ownName()}.tmp`);
    await rename(path, stale).catch(() => {});
    await rm(stale, { force: true });
  }
  return null;
}
