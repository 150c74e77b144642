import { closeSync, constants, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { createGunzip, gunzipSync } from 'node:zlib';
import { FileContent } from './file-content.ts';
import type { RecordReader } from './record-reader.ts';

export type FileTask = {
  readonly path: string;
  /** Place in the reading order. */
  readonly ordinal: number;
  /** Named on the command line: what is no log file is then an error, not passed over. */
  readonly isNamed: boolean;
};

export type FileReport = {
  readonly path: string;
  /** Bytes as stored. */
  readonly bytes: number;
  readonly events: number;
  /** Why it could not be read to its end, or at all. */
  readonly problem: string | null;
  /** In a folder, and neither JSON, gzip nor a console CSV. */
  readonly isOther: boolean;
};

/** Files up to this size are read and unpacked in one go; larger ones as a stream. */
const WHOLE_FILE_BYTES = 4 * 1024 * 1024;
const WHOLE_RAW_BYTES = 64 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;
/** How long a pipe that nobody writes to is waited for. */
const PIPE_WAIT_MS = 5000;

/**
 * Reads one file, whatever is in it, into the reader's batches. Never rejects: what goes wrong is in the report.
 * `maxRawBytes` caps what a file may unpack to (a gzip bomb ends there, its records so far are kept).
 */
export async function readLogFile(
  task: FileTask,
  reader: RecordReader,
  maxRawBytes: number,
  isCancelled: () => boolean,
): Promise<FileReport> {
  const before = reader.events;
  reader.beginFile(task.ordinal);
  const content = new FileContent(reader);
  let bytes = 0;
  let problem: string | null = null;
  try {
    const whole = task.path === '-' ? null : readWhole(task.path);
    if (whole === 'other')
      return { path: task.path, bytes, events: 0, problem: task.isNamed ? 'not a file' : null, isOther: true };
    if (whole !== null) {
      bytes = whole.length;
      const raw = isGzip(whole) ? unpackWhole(whole) : whole;
      if (raw === null || raw.length > maxRawBytes)
        bytes = await streamInto(content, task.path, maxRawBytes, isCancelled);
      else content.push(raw, true);
    } else bytes = await streamInto(content, task.path, maxRawBytes, isCancelled);
  } catch (error) {
    problem = reasonOf(error, maxRawBytes);
  }
  const events = reader.events - before;
  const isOther = problem === null && content.kind === 'other';
  if (isOther && task.isNamed) problem = 'neither JSON, gzip nor a console CSV';
  return {
    path: task.path,
    bytes,
    events,
    problem: problem ?? content.problem(events),
    isOther: isOther && !task.isNamed,
  };
}

/** A small file's bytes; null when it is to be streamed; 'other' for what is no file. */
function readWhole(path: string): Buffer | null | 'other' {
  // O_NONBLOCK: opening a pipe nobody writes to would hang this thread for good.
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(fd);
    if (stat.isFIFO()) return null;
    if (!stat.isFile()) return 'other';
    if (stat.size > WHOLE_FILE_BYTES) return null;
    const buffer = Buffer.allocUnsafeSlow(stat.size);
    let length = 0;
    while (length < buffer.length) {
      const read = readSync(fd, buffer, length, buffer.length - length, null);
      if (read === 0) break;
      length += read;
    }
    return buffer.subarray(0, length);
  } finally {
    closeSync(fd);
  }
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Null when it does not unpack cleanly or is too large: the stream then gets what can be had. */
function unpackWhole(bytes: Buffer): Buffer | null {
  // The last four bytes say how long the data is: one buffer of that size instead of many small ones joined.
  const length = bytes.length < 18 ? 0 : bytes.readUInt32LE(bytes.length - 4);
  const chunkSize = Math.max(1024, Math.min(length + 16, WHOLE_RAW_BYTES));
  try {
    return gunzipSync(bytes, { maxOutputLength: WHOLE_RAW_BYTES, chunkSize });
  } catch {
    return null;
  }
}

class TooLarge extends Error {}
class Silent extends Error {}

async function streamInto(
  content: FileContent,
  path: string,
  maxRawBytes: number,
  isCancelled: () => boolean,
): Promise<number> {
  let bytes = 0;
  async function* stored(): AsyncGenerator<Buffer> {
    for await (const chunk of openChunks(path)) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  // One chunk is held back, so that the last one is known to be the last.
  let held: Buffer | null = null;
  let total = 0;
  try {
    for await (const chunk of unpacked(stored())) {
      if (isCancelled()) break;
      total += chunk.length;
      if (total > maxRawBytes) throw new TooLarge();
      if (held !== null) content.push(held, false);
      held = chunk;
      if (content.kind === 'other') break;
    }
  } finally {
    content.push(held ?? Buffer.alloc(0), true);
  }
  return bytes;
}

async function* unpacked(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await chunks.next();
    if (next.done) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  if (!isGzip(head)) {
    if (head.length > 0) yield head;
    yield* chunks;
    return;
  }
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  const feed = (async () => {
    gunzip.write(head);
    for await (const chunk of chunks) {
      if (!gunzip.write(chunk)) await new Promise((resolve) => gunzip.once('drain', resolve));
      if (gunzip.destroyed) return;
    }
    gunzip.end();
  })().catch((error) => gunzip.destroy(error));
  try {
    yield* gunzip;
    await feed;
  } finally {
    gunzip.destroy();
  }
}

async function* openChunks(path: string): AsyncGenerator<Buffer> {
  if (path === '-') yield* pipeChunks(0, false);
  else {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    if (fstatSync(fd).isFIFO()) {
      try {
        yield* pipeChunks(fd, true);
      } finally {
        closeSync(fd);
      }
    } else yield* createReadStream(path, { fd, highWaterMark: CHUNK_BYTES });
  }
}

/** Standard input or a named pipe, read in this thread; a named pipe that stays silent is given up. */
async function* pipeChunks(fd: number, isNamed: boolean): AsyncGenerator<Buffer> {
  const giveUpAt = Date.now() + PIPE_WAIT_MS;
  let hasData = false;
  for (;;) {
    const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    let length: number;
    try {
      length = readSync(fd, chunk, 0, chunk.length, null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return;
      if (code !== 'EAGAIN') throw error;
      if (isNamed && !hasData && Date.now() > giveUpAt) throw new Silent();
      await new Promise((resolve) => setTimeout(resolve, 10));
      continue;
    }
    if (length === 0) {
      if (!isNamed || hasData) return;
      if (Date.now() > giveUpAt) throw new Silent();
      await new Promise((resolve) => setTimeout(resolve, 10));
      continue;
    }
    hasData = true;
    yield chunk.subarray(0, length);
  }
}

function reasonOf(error: unknown, maxRawBytes: number): string {
  if (error instanceof TooLarge) {
    return `unpacks to more than ${maxRawBytes.toLocaleString('en-US')} bytes; read up to there (--max-file-size raises the limit)`;
  }
  if (error instanceof Silent) return 'a pipe that nobody writes to';
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return 'no such file (it may have been removed meanwhile)';
    case 'EACCES':
    case 'EPERM':
      return 'no permission to read it';
    case 'EISDIR':
      return 'a folder';
    case 'ELOOP':
      return 'a symbolic link that leads to itself';
    case 'ENXIO':
      return 'not a file';
    case 'Z_BUF_ERROR':
      return 'the gzip data breaks off in the middle';
    case 'Z_DATA_ERROR':
      return `the gzip data is damaged (${message})`;
    default:
      return message;
  }
}
