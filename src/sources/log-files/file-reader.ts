import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { createGunzip, gunzipSync } from 'node:zlib';
import { FileContent, TooLarge } from './file-content.ts';
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
  readonly ordinal: number;
  /** Bytes as stored. */
  readonly bytes: number;
  readonly events: number;
  /** Why it could not be read to its end, or at all. */
  readonly problem: string | null;
  /** In a folder, and neither JSON, gzip nor a console CSV. */
  readonly isOther: boolean;
};

/** What happens while a file is read. */
export type Watch = {
  readonly isCancelled: () => boolean;
  /** Called after each piece of a file that is read as a stream, and while a pipe is silent; `bytes` as stored, so far. */
  readonly onPiece: (bytes: number) => void;
};

/** Files up to this size are read and unpacked in one go; larger ones as a stream. */
const WHOLE_FILE_BYTES = 4 * 1024 * 1024;
const WHOLE_RAW_BYTES = 64 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;
/** What a call of inflate has unpacked when it comes upon damage is lost: damaged data is given to it in small pieces,
 *  so many to a file, and of at most so many bytes. */
const PIECES = 4096;
const MAX_PIECE_BYTES = 512;
const TRAILER_BYTES = 8;
/** How long a pipe that nobody writes to is waited for. */
const PIPE_WAIT_MS = 5000;
/** Between two looks at a pipe: the first for one in full flow, the last for one that is silent. */
const MIN_PAUSE_MS = 1;
const MAX_PAUSE_MS = 20;

/**
 * Reads one file, whatever is in it, into the reader's batches. Never rejects: what goes wrong is in the report.
 * `maxRawBytes` caps what a file may unpack to (a gzip bomb ends there, its records so far are kept).
 */
export async function readLogFile(
  task: FileTask,
  reader: RecordReader,
  maxRawBytes: number,
  watch: Watch,
): Promise<FileReport> {
  const { path, ordinal, isNamed } = task;
  const before = reader.events;
  reader.beginFile(ordinal);
  const content = new FileContent(reader, maxRawBytes);
  const feed = new Feed(content, watch);
  let problem: string | null = null;
  try {
    if (path === '-') await feed.stream(pipeChunks(0, false, feed));
    else if (!(await readPath(path, feed))) {
      return { path, ordinal, bytes: 0, events: 0, problem: isNamed ? 'not a file' : null, isOther: !isNamed };
    }
  } catch (error) {
    problem = reasonOf(error, maxRawBytes);
  }
  content.end();
  const events = reader.events - before;
  const isOther = problem === null && content.kind === 'other';
  if (isOther && isNamed) problem = content.otherReason;
  return {
    path,
    ordinal,
    bytes: feed.bytes,
    events,
    problem: problem ?? (watch.isCancelled() ? null : content.problem(events)),
    isOther: isOther && !isNamed,
  };
}

/** @returns false for what is no file. */
async function readPath(path: string, feed: Feed): Promise<boolean> {
  // O_NONBLOCK: opening a pipe nobody writes to would hang this thread for good. Opened once: a writer who sees a
  // pipe's reader leave is killed.
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(fd);
    if (stat.isFIFO()) await feed.stream(pipeChunks(fd, true, feed));
    else if (!stat.isFile()) return false;
    else if (stat.size > WHOLE_FILE_BYTES) await feed.file(stat.size, (at, length) => readAt(fd, at, length));
    else {
      const whole = readWhole(fd, stat.size);
      const raw = isGzip(whole) ? unpackWhole(whole) : whole;
      if (raw === null) await feed.file(whole.length, (at, length) => whole.subarray(at, at + length));
      else feed.whole(whole.length, raw);
    }
    return true;
  } finally {
    closeSync(fd);
  }
}

/** Takes a file's bytes as stored to its content, unpacked. */
class Feed {
  /** As stored, so far. */
  bytes = 0;
  readonly #content: FileContent;
  readonly #watch: Watch;

  constructor(content: FileContent, watch: Watch) {
    this.#content = content;
    this.#watch = watch;
  }

  get isStopped(): boolean {
    return this.#watch.isCancelled();
  }

  whole(bytes: number, raw: Buffer): void {
    this.bytes = bytes;
    this.#content.push(raw);
  }

  /** Says that time passes. */
  tell(): void {
    this.#watch.onPiece(this.bytes);
  }

  /** So many bytes that can be read again: damaged data is, in small pieces. */
  async file(bytes: number, read: (at: number, length: number) => Buffer): Promise<void> {
    try {
      await this.stream(pieces(bytes, CHUNK_BYTES, read));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'Z_DATA_ERROR') throw error;
      this.bytes = 0;
      const size = Math.min(MAX_PIECE_BYTES, Math.ceil(bytes / PIECES));
      await this.stream(pieces(bytes, size, read), this.#content.rawBytes);
    }
  }

  /** Less the first `skipped` bytes of what it unpacks to. */
  async stream(stored: Iterable<Buffer> | AsyncIterable<Buffer>, skipped = 0): Promise<void> {
    let left = skipped;
    for await (const chunk of unpacked(this.#counted(stored))) {
      if (this.isStopped) return;
      if (chunk.length > left) this.#content.push(left === 0 ? chunk : chunk.subarray(left));
      left = Math.max(0, left - chunk.length);
      if (this.#content.kind === 'other') return;
      this.tell();
    }
  }

  async *#counted(stored: Iterable<Buffer> | AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of stored) {
      this.bytes += chunk.length;
      yield chunk;
    }
  }
}

/** The first `size` bytes of an open file, or less where it has shrunk meanwhile. */
function readWhole(fd: number, size: number): Buffer {
  const buffer = Buffer.allocUnsafeSlow(size);
  let length = 0;
  while (length < size) {
    const read = readSync(fd, buffer, length, size - length, null);
    if (read === 0) break;
    length += read;
  }
  return buffer.subarray(0, length);
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

/** Gunzip's last bytes, the checksum, are a piece of their own: when it is wrong, all else has been unpacked. */
function* pieces(bytes: number, size: number, read: (at: number, length: number) => Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes; ) {
    const piece = read(at, Math.min(size, at < bytes - TRAILER_BYTES ? bytes - TRAILER_BYTES - at : bytes - at));
    if (piece.length === 0) return;
    yield piece;
    at += piece.length;
  }
}

function readAt(fd: number, at: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafeSlow(length);
  return buffer.subarray(0, readSync(fd, buffer, 0, length, at));
}

/** Standard input or a named pipe, read in this thread; a named pipe that stays silent is given up. */
async function* pipeChunks(fd: number, isNamed: boolean, feed: Feed): AsyncGenerator<Buffer> {
  const giveUpAt = Date.now() + PIPE_WAIT_MS;
  let hasData = false;
  let pauseMs = MIN_PAUSE_MS;
  while (!feed.isStopped) {
    const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    const length = readPipe(fd, chunk);
    if (length > 0) {
      hasData = true;
      pauseMs = MIN_PAUSE_MS;
      yield chunk.subarray(0, length);
      continue;
    }
    if (length === 0 && (hasData || !isNamed)) return;
    if (isNamed && !hasData && Date.now() > giveUpAt) throw new Silent();
    feed.tell();
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    pauseMs = Math.min(MAX_PAUSE_MS, pauseMs * 2);
  }
}

const NOTHING_YET = -1;

/** @returns bytes read, 0 at the end (or where nobody has opened a named pipe to write), NOTHING_YET. */
function readPipe(fd: number, buffer: Buffer): number {
  try {
    return readSync(fd, buffer, 0, buffer.length, null);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EOF') return 0;
    if (code === 'EAGAIN') return NOTHING_YET;
    throw error;
  }
}

class Silent extends Error {}

function reasonOf(error: unknown, maxRawBytes: number): string {
  if (error instanceof TooLarge) {
    return `holds more than ${maxRawBytes.toLocaleString('en-US')} bytes; read up to there (--max-file-size raises the limit)`;
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
