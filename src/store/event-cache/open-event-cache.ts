import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Duck } from '../duck.ts';
import { Accounts } from './accounts.ts';
import type { CacheLane, EventCache, EventCacheOptions, LaneCache } from './event-cache.ts';
import { Lane } from './lane-cache.ts';
import { laneFolder } from './lane-path.ts';
import { cacheTrouble, type NoticeKind } from './trouble.ts';
import { Turns } from './turns.ts';

/** Opens the cache in `folder`; nothing is read before a lane is asked for. Never throws. */
export function openEventCache({ folder, onNotice }: EventCacheOptions): EventCache {
  const said = new Set<NoticeKind>();
  const tell = (kind: NoticeKind, line: string): void => {
    // Of one cause there is one line, however many lanes meet it.
    if (said.has(kind)) return;
    said.add(kind);
    onNotice(line);
  };
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    tell('trouble', cacheTrouble(folder, 'cannot be made', error));
  }
  const lanes = new Map<string, Promise<Lane>>();
  const accounts = new Accounts(folder, (error) => tell('trouble', cacheTrouble(folder, 'cannot be written', error)));
  const turns = new Turns();
  let duck: Promise<Duck> | null = null;
  /** Only packing needs a database: most runs never open it. */
  const openDuck = (): Promise<Duck> => {
    duck ??= Duck.open({
      threads: '2',
      memory_limit: '256MB',
      temp_directory: '',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      preserve_insertion_order: 'true',
    });
    return duck;
  };
  return {
    lane: (lane: CacheLane): Promise<LaneCache> => {
      const path = join(folder, laneFolder(lane));
      const opened = lanes.get(path) ?? Lane.open({ folder: path, onNotice: tell, duck: openDuck, turns });
      lanes.set(path, opened);
      return opened;
    },
    accountOf: (fingerprint) => accounts.accountOf(fingerprint),
    rememberAccount: (fingerprint, account) => accounts.remember(fingerprint, account),
    close: async () => {
      for (const lane of lanes.values()) await (await lane).close();
      if (duck !== null) await (await duck).close();
      duck = null;
    },
  };
}
