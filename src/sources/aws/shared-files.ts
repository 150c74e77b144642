// The shared config and credentials files of the AWS tools. Read by ourselves rather than by the SDK, because it hides
// what it cannot read, keeps a file in memory for ever, and looks only at the profile that AWS_PROFILE names.
// Format: https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html

import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseConfig, parseCredentials, type Section } from './shared-file-text.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export type SharedFiles = {
  readonly configPath: string;
  readonly credentialsPath: string;
  /** Both files together, what the credentials file says first. */
  readonly profiles: ReadonlyMap<string, Section>;
  readonly ssoSessions: ReadonlyMap<string, Section>;
  readonly services: ReadonlyMap<string, Section>;
  /** Sections of the config file that would be profiles if they said so: `[prod]` for `[profile prod]`. */
  readonly strays: readonly string[];
  /** What could not be read, one line each, with file and line; never what the line holds, for it may be a secret. */
  readonly problems: readonly string[];
  /** A file is there, and nothing of it could be read. */
  readonly isUnreadable: boolean;
};

const MAX_BYTES = 64 * 2 ** 20;
const READ_TIMEOUT_MS = 10_000;

/** Where the two files are; they need not exist. */
export function sharedFilePaths(env: Environment): { readonly config: string; readonly credentials: string } {
  const home = env.HOME || env.USERPROFILE || homedir();
  const absolute = (path: string) => (path.startsWith('~/') ? join(home, path.slice(2)) : path);
  return {
    config: absolute(env.AWS_CONFIG_FILE || join(home, '.aws', 'config')),
    credentials: absolute(env.AWS_SHARED_CREDENTIALS_FILE || join(home, '.aws', 'credentials')),
  };
}

/** A path as a person writes it. */
export function shownPath(path: string, env: Environment): string {
  const home = env.HOME || env.USERPROFILE || homedir();
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}

/** Reads what can be read. Never throws: files that do not exist are empty, everything else is among the problems. */
export async function readSharedFiles(env: Environment): Promise<SharedFiles> {
  const paths = sharedFilePaths(env);
  const [config, credentials] = await Promise.all([textOf(paths.config), textOf(paths.credentials)]);
  const fromConfig = parseConfig(config.text, shownPath(paths.config, env));
  const fromCredentials = parseCredentials(credentials.text, shownPath(paths.credentials, env));
  const profiles = new Map(fromConfig.profiles);
  for (const [name, section] of fromCredentials.profiles) {
    profiles.set(name, new Map([...(profiles.get(name) ?? []), ...section]));
  }
  return {
    configPath: paths.config,
    credentialsPath: paths.credentials,
    profiles,
    ssoSessions: fromConfig.ssoSessions,
    services: fromConfig.services,
    strays: fromConfig.strays,
    problems: [...config.problems, ...fromConfig.problems, ...credentials.problems, ...fromCredentials.problems],
    isUnreadable: config.isUnreadable || credentials.isUnreadable,
  };
}

type FileText = { readonly text: string; readonly problems: readonly string[]; readonly isUnreadable: boolean };

const NOTHING: FileText = { text: '', problems: [], isUnreadable: false };

async function textOf(path: string): Promise<FileText> {
  const unreadable = (reason: string): FileText => ({
    text: '',
    problems: [`cannot read ${path}: ${reason}`],
    isUnreadable: true,
  });
  try {
    const stats = await stat(path);
    const reason = whyNotRead(stats);
    if (reason !== null) return unreadable(reason);
    // /dev/null is the usual way to have no file at all.
    if (stats.isCharacterDevice()) return NOTHING;
    return decoded(await readFile(path, { signal: AbortSignal.timeout(READ_TIMEOUT_MS) }), path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return NOTHING;
    if (code === 'EACCES' || code === 'EPERM') return unreadable('permission denied');
    return unreadable(
      error instanceof Error && error.name === 'AbortError' ? 'it takes too long' : String(code ?? error),
    );
  }
}

function whyNotRead(stats: Stats): string | null {
  if (stats.isDirectory()) return 'it is a folder';
  if (stats.size > MAX_BYTES) return 'it is larger than 64 MB';
  if (stats.isFile() || stats.isFIFO() || stats.isCharacterDevice()) return null;
  return 'it is not a file';
}

/** Notepad and PowerShell write UTF-16 or put a mark before UTF-8. */
function decoded(bytes: Buffer, path: string): FileText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { ...NOTHING, text: new TextDecoder('utf-16le').decode(bytes) };
  try {
    return { ...NOTHING, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { ...NOTHING, text: new TextDecoder('utf-8').decode(bytes), problems: [`${path} is not UTF-8 throughout`] };
  }
}
