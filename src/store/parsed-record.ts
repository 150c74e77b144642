/** A record as JSON.parse reads it; null where it is none. */
export function parsedRecord(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
