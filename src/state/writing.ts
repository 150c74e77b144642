// A file that is being written behind the list, and how that has ended.

export type Writing =
  | { readonly kind: 'running'; readonly name: string; readonly done: number; readonly total: number }
  /** Said until a key is pressed, but for so long that it can be read: then it is `isSeen`. */
  | { readonly kind: 'ended'; readonly text: string; readonly isWarning: boolean; readonly isSeen: boolean };

/** Whether Esc and D have to do with a file on its way. */
export function isWriting(writing: Writing | null): boolean {
  return writing?.kind === 'running';
}

/** A key was pressed. */
export function hushWriting(writing: Writing | null): Writing | null {
  return writing?.kind === 'ended' && writing.isSeen ? null : writing;
}
