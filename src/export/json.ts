// Records leave as the text they came as: nothing here parses or prints JSON again, so key order, the spelling of
// numbers and odd keys survive. Texts hold no line break, so one record is one line in every shape.

/** A few hundred records' texts at a time. */
export type RecordTexts = AsyncIterable<readonly string[]>;

/** One record a line. */
export async function* ndjson(texts: RecordTexts): AsyncGenerator<string> {
  for await (const batch of texts) {
    if (batch.length > 0) yield `${batch.join('\n')}\n`;
  }
}

/** A JSON array, one record a line inside. */
export function jsonArray(texts: RecordTexts): AsyncGenerator<string> {
  return enclosed('[', texts, ']\n');
}

/** `{"Records":[…]}`, the shape of a delivered log file, one record a line inside. */
export function recordsFile(texts: RecordTexts): AsyncGenerator<string> {
  return enclosed('{"Records":[', texts, ']}\n');
}

async function* enclosed(head: string, texts: RecordTexts, tail: string): AsyncGenerator<string> {
  let isFirst = true;
  for await (const batch of texts) {
    if (batch.length === 0) continue;
    yield `${isFirst ? `${head}\n` : ',\n'}${batch.join(',\n')}`;
    isFirst = false;
  }
  yield isFirst ? head + tail : `\n${tail}`;
}
