// JSON.parse turns 12345678901234567890 into ...7000 and 1.688560107857E9 into 1688560107.857; an export says what the
// record says. Numbers that would come out otherwise are kept as raw JSON (ECMAScript 2026, in Node since 21).

/** A number as the text spells it. */
type RawNumber = { readonly rawJSON: string };

type ExactJson = {
  parse(text: string, revive: (key: string, value: unknown, context: { readonly source?: string }) => unknown): unknown;
  rawJSON(text: string): RawNumber;
  isRawJSON(value: unknown): value is RawNumber;
};

const EXACT = JSON as unknown as ExactJson;

/** White space between tokens is gone, so these begin right after the punctuation. Finding one in vain costs only time. */
const DELICATE = /[:,[]-?\d+(?:[.eE]|\d{15})/;

/** The value of a JSON text, its numbers exact. In one with thousands of lists within one another, which no call of AWS
 *  makes, they are what JSON.parse takes them for: it has no stack left to ask about each. */
export function parseExact(text: string): unknown {
  if (!DELICATE.test(text)) return JSON.parse(text);
  try {
    return EXACT.parse(text, (_, value, { source }) =>
      typeof value === 'number' && source !== undefined && String(value) !== source ? EXACT.rawJSON(source) : value,
    );
  } catch (error) {
    if (error instanceof RangeError) return JSON.parse(text);
    throw error;
  }
}

/** The spelling of a number that `parseExact` kept; null for anything else. */
export function exactNumber(value: unknown): string | null {
  return EXACT.isRawJSON(value) ? value.rawJSON : null;
}
