// A key, what it runs, and where.

import type { CommandId } from './commands.ts';

/** What has the keys. In lines one types into (see isLine) a letter is a letter. */
export type Place =
  | 'list'
  /** The list while something waits for a login. */
  | 'login'
  /** In place of the list where there are no credentials. */
  | 'offers'
  /** The list with the histogram over it, which has the arrows. */
  | 'histogram'
  | 'detail'
  | 'overlay'
  | 'columns'
  | 'search'
  | 'find'
  | 'picker'
  | 'times'
  | 'code'
  | 'path'
  /** Panels over the list (state/panel.ts), by their kinds. */
  | 'line'
  | 'menu'
  | 'compare'
  | 'palette'
  /** The form of a download: on one of its choices, or in one of its lines. */
  | 'download'
  | 'downloadLine'
  | 'facets'
  /** The line that narrows the values of the facets. */
  | 'facetFilter'
  | 'table'
  | 'text';

export type Binding = {
  /** Names as keypress.ts gives them; the first is the one that the footer shows. */
  readonly keys: readonly string[];
  readonly command: CommandId;
};

export const bind = (command: CommandId, ...keys: readonly string[]): Binding => ({ keys, command });
