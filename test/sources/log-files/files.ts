import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export type Folder = {
  readonly path: string;
  /** Writes a file, in folders made for it where its name holds slashes. @returns its path. */
  readonly write: (content: string | Uint8Array, name?: string) => string;
};

/** An empty folder that goes with the tests. */
export function makeFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'files-'));
  let files = 0;
  const write = (content: string | Uint8Array, name = `file-${files++}.json`): string => {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
  return { path, write };
}
