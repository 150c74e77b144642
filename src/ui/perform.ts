// Runs commands. The tables are complete by type: a command without an entry does not compile.

import { blockedReason, type CommandId } from '../keys/commands.ts';
import { DETAIL_HANDLERS } from './detail-handlers.ts';
import { EVERYWHERE_HANDLERS } from './everywhere-handlers.ts';
import type { Explorer } from './explorer.ts';
import { factsOf } from './facts.ts';
import type { Handler, Host } from './host.ts';
import { LINE_HANDLERS } from './line-handlers.ts';
import { LIST_HANDLERS } from './list-handlers.ts';
import { PAGE_HANDLERS } from './page-handlers.ts';
import { takePalette } from './palette.ts';

/** Runs a command, or says why it cannot run now. */
export function perform(id: CommandId, explorer: Explorer, host: Host): void {
  const facts = factsOf(explorer.state);
  const reason = blockedReason(id, facts);
  // Whoever was too early sees when it is time.
  if (reason !== null) explorer.dispatch({ kind: 'said', text: reason, isOfEmpty: !facts.hasEvents });
  else HANDLERS[id](explorer, host);
}

const HANDLERS: Readonly<Record<CommandId, Handler>> = {
  ...EVERYWHERE_HANDLERS,
  ...LIST_HANDLERS,
  ...DETAIL_HANDLERS,
  ...LINE_HANDLERS,
  ...PAGE_HANDLERS,
  'palette.take': (explorer, host) => takePalette(perform, explorer, host),
};
