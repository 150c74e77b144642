// A file is written whole or not at all: into a new file beside the target (same folder, so the same file system),
// which takes the target's name when everything is in it. Whoever looks at the target sees the old state or the
// complete new one, never half of it, and a failed or interrupted export leaves no trace.

import { randomBytes } from 'node:crypto';
import { constants, rmSync, type Stats } from 'node:fs';
import { access, type FileHandle, link, lstat, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ioReason } from './io-reason.ts';
import { type Output, OutputError } from './output.ts';

export type WriteFileOptions = {
  /** Replace a file that exists. */
  readonly force: boolean;
};

export type FileOutput = Output & {
  /** Where the bytes go until `commit`, for a writer that opens files itself (DuckDB). */
  readonly temporaryPath: string;
};

type Target = {
  /** As the user wrote it, for messages. */
  readonly label: string;
  /** What takes the new file's place: the file a symbolic link leads to, not the link. */
  readonly path: string;
  /** Permission bits of the file to be replaced; null for a new one, which gets what umask leaves. */
  readonly mode: number | null;
  /** A device or a FIFO: written straight into, for nothing could take its place. */
  readonly isSpecial: boolean;
};

/** Rejects with OutputError if `path` cannot be written; creates nothing. For a clear answer before long work. */
export async function checkWritable(path: string, options: WriteFileOptions): Promise<void> {
  await findTarget(path, options);
}

/** Opens `path` for writing. Rejects with OutputError where it exists (without `force`), is a folder or cannot be written. */
export async function openFileOutput(path: string, options: WriteFileOptions): Promise<FileOutput> {
  const target = await findTarget(path, options);
  return target.isSpecial ? await openSpecial(target) : await openBeside(target, options);
}

async function findTarget(path: string, { force }: WriteFileOptions): Promise<Target> {
  const failed = (reason: string) => new OutputError(`cannot write ${path}: ${reason}`);
  const found = await statOrNull(path).catch((error) => {
    throw failed(ioReason(error));
  });
  if (found?.isDirectory() || /[/\\]$/.test(path)) throw failed('it is a folder; name a file in it');
  if (found !== null && !found.isFile()) {
    if (found.isSocket()) throw failed('it is a socket');
    return { label: path, path, mode: null, isSpecial: true };
  }
  // A symbolic link that leads nowhere has no stat, but the name is taken.
  const isTaken = found !== null || (await lstat(path).catch(() => null)) !== null;
  if (isTaken && !force) throw failed('it exists already; --force replaces it');
  const real = found === null ? resolve(path) : await realpath(path);
  const folder = dirname(real);
  await access(folder, constants.W_OK).catch((error) => {
    throw failed(error.code === 'ENOENT' ? `there is no folder ${dirname(path)}` : `${ioReason(error)} (${folder})`);
  });
  return { label: path, path: real, mode: found === null ? null : found.mode & 0o777, isSpecial: false };
}

async function statOrNull(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function openSpecial(target: Target): Promise<FileOutput> {
  const handle = await open(target.path, 'w').catch((error) => {
    throw new OutputError(`cannot write ${target.label}: ${ioReason(error)}`);
  });
  const close = async () => {
    await handle.close();
  };
  return {
    temporaryPath: target.path,
    write: (chunk) => writeAll(handle, chunk, target),
    commit: close,
    abandon: close,
  };
}

async function openBeside(target: Target, { force }: WriteFileOptions): Promise<FileOutput> {
  // A name of 255 bytes is the longest there is; the beginning is enough to recognise it by.
  const name = Buffer.from(basename(target.path))
    .subarray(0, 200)
    .toString('latin1')
    .replace(/[^\w.-]/g, '_');
  const temporaryPath = join(dirname(target.path), `.${name}.${process.pid}-${randomBytes(4).toString('hex')}.part`);
  const failed = (error: unknown) => new OutputError(`cannot write ${target.label}: ${ioReason(error)}`);
  const handle = await open(temporaryPath, 'wx', target.mode ?? 0o666).catch((error) => {
    throw failed(error);
  });
  // `process.exit` on a second Ctrl-C runs no promise any more.
  const removeNow = () => rmSync(temporaryPath, { force: true });
  process.once('exit', removeNow);
  let isOpen = true;
  const close = async () => {
    if (isOpen) await handle.close();
    isOpen = false;
  };
  const abandon = async () => {
    await close().catch(() => {});
    removeNow();
    process.off('exit', removeNow);
  };
  const commit = async () => {
    try {
      if (target.mode !== null) await handle.chmod(target.mode);
      await handle.sync();
      await close();
      await (force ? rename(temporaryPath, target.path) : takeFreeName(temporaryPath, target.path));
      process.off('exit', removeNow);
    } catch (error) {
      await abandon();
      throw failed(error);
    }
  };
  return { temporaryPath, write: (chunk) => writeAll(handle, chunk, target), commit, abandon };
}

async function writeAll(handle: FileHandle, chunk: string | Uint8Array, target: Target): Promise<void> {
  try {
    await handle.appendFile(chunk);
  } catch (error) {
    throw new OutputError(`cannot write ${target.label}: ${ioReason(error)}`);
  }
}

/** Renames only if nobody took the name meanwhile: a hard link fails where rename would replace. */
async function takeFreeName(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // File systems without hard links (FAT, some network mounts): the next best check.
    if (code === 'EEXIST' || (await lstat(to).catch(() => null)) !== null) throw error;
    await rename(from, to);
    return;
  }
  await unlink(from);
}
