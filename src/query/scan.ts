/** A place in the text of a query. */
export type Scanner = { readonly text: string; at: number };

/** A mistake in the text of a query: where (UTF-16 offsets) and why. Thrown within the parser only. */
export class Mistake extends Error {
  readonly from: number;
  readonly to: number;

  constructor(from: number, to: number, reason: string) {
    super(reason);
    this.from = from;
    this.to = to;
  }
}

export function skipSpaces(scanner: Scanner): void {
  while (scanner.at < scanner.text.length && isSpace(scanner.text.charAt(scanner.at))) scanner.at++;
}

export function isSpace(char: string): boolean {
  return /\s/.test(char);
}

/** True where no term starts: at the end, at | and at ). */
export function isEndOfTerm({ text, at }: Scanner): boolean {
  return at >= text.length || text[at] === '|' || text[at] === ')';
}

/** Reads to a space, a |, a parenthesis that groups, or `stop`. A pair without a space within belongs to what is read. */
export function readBare(scanner: Scanner, stop = ''): string {
  const from = scanner.at;
  while (scanner.at < scanner.text.length) {
    const char = scanner.text.charAt(scanner.at);
    if (char === ')' || char === '|' || char === stop || isSpace(char)) break;
    const end = char === '(' ? closing(scanner) : scanner.at;
    if (end < 0) break;
    scanner.at = end + 1;
  }
  return scanner.text.slice(from, scanner.at);
}

/** Where the parenthesis at the scanner is closed; -1 when a space or a | comes first. */
function closing({ text, at }: Scanner): number {
  if (lastClosings.text !== text) lastClosings = { text, ends: closings(text) };
  return lastClosings.ends.get(at) ?? -1;
}

/** Of the text asked about last: looking ahead from each of thousands of parentheses would take seconds. */
let lastClosings: { readonly text: string; readonly ends: ReadonlyMap<number, number> } = { text: '', ends: new Map() };

function closings(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  let open: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index);
    if (char === '(') open.push(index);
    else if (char === ')') {
      const from = open.pop();
      if (from !== undefined) ends.set(from, index);
    } else if (open.length > 0 && (char === '|' || isSpace(char))) open = [];
  }
  return ends;
}

/** Reads "…" from its opening quote on; \" and \\ stand for " and \. */
export function readQuoted(scanner: Scanner): string {
  const from = scanner.at++;
  let value = '';
  for (; scanner.at < scanner.text.length; scanner.at++) {
    const char = scanner.text.charAt(scanner.at);
    const next = scanner.text.charAt(scanner.at + 1);
    if (char === '"') {
      scanner.at++;
      return value;
    }
    if (char === '\\' && (next === '"' || next === '\\')) {
      value += next;
      scanner.at++;
    } else value += char;
  }
  throw new Mistake(from, scanner.at, 'this quote is not closed');
}

/** After a closing quote a term ends, or `stop` follows. */
export function expectEnd(scanner: Scanner, stop = ''): void {
  const char = scanner.text.charAt(scanner.at);
  if (isEndOfTerm(scanner) || isSpace(char) || (stop !== '' && char === stop)) return;
  throw new Mistake(scanner.at, scanner.at + 1, 'put a space after the closing quote');
}
