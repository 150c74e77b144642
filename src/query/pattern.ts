// A field's value in the search language is a pattern: `*` any run of characters, `?` any one; a backslash before
// `*`, `?` or `\` makes it an ordinary character, before anything else it is one itself. Every pattern becomes a
// regular expression of RE2 (DuckDB's), which matches in linear time: no glob a person can type is a bomb.

/** Each `*` multiplies the states of the matcher; nobody needs more. */
export const MAX_WILDCARDS = 32;

export type PatternPart = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'run' | 'one' };

/** Splits a pattern into its ordinary text and its wildcards; neighbouring `*` count once. */
export function patternParts(pattern: string): readonly PatternPart[] {
  const parts: PatternPart[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') parts.push({ kind: 'text', text });
    text = '';
  };
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern.charAt(index);
    const next = pattern.charAt(index + 1);
    if (char === '\\' && (next === '*' || next === '?' || next === '\\')) {
      text += next;
      index++;
    } else if (char === '*') {
      flush();
      if (parts.at(-1)?.kind !== 'run') parts.push({ kind: 'run' });
    } else if (char === '?') {
      flush();
      parts.push({ kind: 'one' });
    } else {
      text += char;
    }
  }
  flush();
  return parts;
}

/** The pattern that matches exactly this text (whatever its case): for "only this value". */
export function literalPattern(value: string): string {
  return value.replace(/[\\*?]/g, '\\$&');
}

/** The text a pattern without wildcards stands for; null when it has wildcards. */
export function plainText(pattern: string): string | null {
  const parts = patternParts(pattern);
  if (parts.some((part) => part.kind !== 'text')) return null;
  return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}

/** A test for a handful of short texts of our own; what comes from records goes to RE2, which no pattern holds up. */
export function isGlobMatch(pattern: string, text: string): boolean {
  const parts = patternParts(pattern);
  // reached[at]: the parts so far match the first `at` characters.
  let reached = Array.from({ length: text.length + 1 }, (_, at) => at === 0);
  for (const part of parts) {
    reached = reached.map((_, at) => {
      if (part.kind === 'run') return reached.slice(0, at + 1).includes(true);
      if (part.kind !== 'text') return at > 0 && reached[at - 1] === true;
      const start = at - part.text.length;
      return start >= 0 && reached[start] === true && text.slice(start, at).toLowerCase() === part.text.toLowerCase();
    });
  }
  return reached.at(-1) === true;
}

/** RE2 source for a pattern. `any` is what a wildcard may stand for: '.' or a class that leaves a separator out. */
export function patternSource(pattern: string, any = '.'): string {
  return patternParts(pattern)
    .map((part) => (part.kind === 'text' ? escapeRegex(part.text) : part.kind === 'run' ? `${any}*` : any))
    .join('');
}

/** Text as RE2 source that matches only itself. Control characters go in as \x{…}: RE2 takes them, its dumps do not. */
export function escapeRegex(text: string): string {
  return text
    .replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
    .replace(/\p{Cc}/gu, (char) => `\\x{${char.charCodeAt(0).toString(16)}}`);
}
