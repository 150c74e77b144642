// A page of text to read, scroll and take away.

export type TextTone = 'plain' | 'quiet' | 'title' | 'accent' | 'warning' | 'strong';

/** Any text, sanitised and wrapped where it is drawn; `depth` indents it. */
export type TextLine = { readonly tone: TextTone; readonly text: string; readonly depth?: number };

export type TextPanel = {
  readonly kind: 'text';
  readonly title: string;
  readonly lines: readonly TextLine[];
  /** First line on the screen, of the lines as wrapped. */
  readonly at: number;
  /** What `y` takes to the clipboard; null: nothing. */
  readonly copy: { readonly what: string; readonly text: string } | null;
};

/** `last`: the furthest that it can be scrolled. */
export type TextStep = { readonly kind: 'scroll'; readonly rows: number; readonly last: number };

export function openText(title: string, lines: readonly TextLine[], copy: TextPanel['copy'] = null): TextPanel {
  return { kind: 'text', title, lines, at: 0, copy };
}

export function stepText(panel: TextPanel, { rows, last }: TextStep): TextPanel {
  return { ...panel, at: Math.max(0, Math.min(last, panel.at + rows)) };
}
