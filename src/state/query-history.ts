// The searches that were kept, of this run and of those before it: `[` and `]` go through them. What one comes back to
// stays in its place, so that the way on is the same as the way back; another search joins as the newest.

export const MAX_HISTORY = 100;

export type QueryHistory = {
  /** As they were typed, newest first, each once; never the empty one. */
  readonly texts: readonly string[];
  /** The one that is on; -1: none of them. */
  readonly at: number;
};

export const NO_HISTORY: QueryHistory = { texts: [], at: -1 };

export function historyOf(texts: readonly string[]): QueryHistory {
  return { texts: [...new Set(texts)].filter((text) => text !== '').slice(0, MAX_HISTORY), at: -1 };
}

/** `text` is searched for and kept. */
export function rememberQuery(history: QueryHistory, text: string): QueryHistory {
  if (text === '') return history.at === -1 ? history : { ...history, at: -1 };
  if (history.texts[history.at] === text) return history;
  const others = history.texts.filter((other) => other !== text);
  return { texts: [text, ...others].slice(0, MAX_HISTORY), at: 0 };
}

/** The search before the one that is on (1), or the one after it (-1); null where there is none. */
export function neighbourQuery({ texts, at }: QueryHistory, step: 1 | -1): { text: string; at: number } | null {
  const text = at + step < 0 ? undefined : texts[at + step];
  return text === undefined ? null : { text, at: at + step };
}

/** Without a text that no longer means anything. */
export function forgetQuery({ texts, at }: QueryHistory, text: string): QueryHistory {
  const on = texts[at];
  const rest = texts.filter((other) => other !== text);
  return { texts: rest, at: on === undefined ? -1 : rest.indexOf(on) };
}
