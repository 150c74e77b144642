// Every command of the explorer: one id, one title, when it can run. The help overlay, the footer and the key page of
// the guide are made from these tables and from bindings.ts, so a command that is not here does not exist.

import type { Command, Facts } from './command.ts';
import { DETAIL_COMMANDS } from './detail-commands.ts';
import { EVERYWHERE_COMMANDS } from './everywhere-commands.ts';
import { LINE_COMMANDS } from './line-commands.ts';
import { LIST_COMMANDS } from './list-commands.ts';
import { PAGE_COMMANDS } from './page-commands.ts';

export const COMMANDS = {
  ...EVERYWHERE_COMMANDS,
  ...LIST_COMMANDS,
  ...DETAIL_COMMANDS,
  ...LINE_COMMANDS,
  ...PAGE_COMMANDS,
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof COMMANDS;

/** Why a command cannot run now; null when it can. */
export function blockedReason(id: CommandId, facts: Facts): string | null {
  const command: Command = COMMANDS[id];
  return command.blocked?.(facts) ?? null;
}

/** The command's word in the footer; '' where it has none. */
export function hintOf(id: CommandId, facts: Facts): string {
  const { hint }: Command = COMMANDS[id];
  return typeof hint === 'function' ? hint(facts) : (hint ?? '');
}
