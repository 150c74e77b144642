// A record may hold thousands of lists within one another: JSON.parse takes them, JSON.stringify runs out of stack.

/** The JSON of a parsed value, however deep; key order and, of numbers kept as raw JSON, the spelling stay. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch (error) {
    if (error instanceof RangeError) return deepJsonText(value);
    throw error;
  }
}

/** What is still to be written: a value, or text as it stands. */
type Piece = { readonly value: unknown } | string;

function deepJsonText(value: unknown): string {
  const text: string[] = [];
  const left: Piece[] = [{ value }];
  for (let piece = left.pop(); piece !== undefined; piece = left.pop()) {
    if (typeof piece === 'string') text.push(piece);
    else if (!isOpened(piece.value)) text.push(JSON.stringify(piece.value));
    else {
      const pieces = piecesOf(piece.value);
      for (let k = pieces.length - 1; k >= 0; k--) left.push(pieces[k] as Piece);
    }
  }
  return text.join('');
}

function piecesOf(value: object): readonly Piece[] {
  if (Array.isArray(value))
    return ['[', ...value.flatMap((item, k) => (k === 0 ? [{ value: item }] : [',', { value: item }])), ']'];
  const members = Object.entries(value).flatMap(([key, member], k) => [
    `${k === 0 ? '' : ','}${JSON.stringify(key)}:`,
    { value: member },
  ]);
  return ['{', ...members, '}'];
}

/** Raw JSON is an object without a prototype; those of JSON.parse have one. */
function isOpened(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) !== null;
}
