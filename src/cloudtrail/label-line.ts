/** One line of what is told about an event: `Rate  41 a minute, usually 0.02`. `text` holds raw values. */
export type LabelLine = { readonly label: string; readonly text: string };

/** The lines that say something. */
export function statedLines(lines: readonly (LabelLine | null)[]): readonly LabelLine[] {
  return lines.filter((line) => line !== null && line.text !== '') as LabelLine[];
}

export function line(label: string, text: string): LabelLine {
  return { label, text };
}
