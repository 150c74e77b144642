import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ownName } from '../owner.ts';
import { Slices } from '../slices.ts';
import { type BatchEntry, packEntry, unpackEntry } from './batch-entry.ts';
import { entriesOf, entryOf, headLine, readHead } from './cache-file.ts';

export type FoundJournal =
  | { readonly kind: 'journal'; readonly entries: readonly BatchEntry[] }
  | { readonly kind: 'gone' }
  | { readonly kind: 'foreign'; readonly isNewer: boolean }
  | { readonly kind: 'damaged' };

/** Reads a journal, whoever writes it; an entry that is cut off is left out. @throws as the file system does. */
export async function readJournal(path: string): Promise<FoundJournal> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (bytes === null) return { kind: 'gone' };
  // Killed before the first line was whole.
  if (!bytes.includes(0x0a)) return { kind: 'journal', entries: [] };
  const opened = readHead(bytes);
  if (opened.kind !== 'readable') return opened;
  const { contents, end } = entriesOf(bytes, opened.start);
  if (end === 'damaged') return { kind: 'damaged' };
  const entries: BatchEntry[] = [];
  const slices = new Slices();
  for (const content of contents) {
    const entry = await unpackEntry(content, opened.fields).catch(() => null);
    if (entry === null) return { kind: 'damaged' };
    entries.push(entry);
    await slices.next();
  }
  return { kind: 'journal', entries };
}

/** What one process writes about a lane: an entry is there whole or not at all. */
export class Journal {
  readonly #folder: string;
  readonly #name: string;
  readonly #handle: FileHandle;
  #bytes: number;

  private constructor(folder: string, handle: FileHandle, name: string, bytes: number) {
    this.#folder = folder;
    this.#handle = handle;
    this.#name = name;
    this.#bytes = bytes;
  }

  static async create(folder: string): Promise<Journal> {
    const name = `${ownName()}.journal`;
    const handle = await open(join(folder, name), 'wx', 0o600);
    try {
      const head = headLine({ kind: 'journal' });
      await handle.writeFile(head);
      return new Journal(folder, handle, name, head.length);
    } catch (error) {
      await handle.close();
      await rm(join(folder, name), { force: true }).catch(() => {});
      throw error;
    }
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @throws as the file system does; the journal is then as it was before. */
  async append(entry: BatchEntry): Promise<void> {
    const bytes = entryOf(await packEntry(entry));
    try {
      await this.#handle.writeFile(bytes);
    } catch (error) {
      await this.#handle.truncate(this.#bytes).catch(() => {});
      throw error;
    }
    this.#bytes += bytes.length;
  }

  /** Ends it: nobody's from now on, whoever comes next may pack it. */
  async close(): Promise<void> {
    await this.#handle.close();
    await rename(join(this.#folder, this.#name), join(this.#folder, `${ownName(0)}.journal`));
  }

  async remove(): Promise<void> {
    await this.#handle.close();
    await rm(join(this.#folder, this.#name), { force: true });
  }
}
