/** The lines `kept` (ascending) of newline-ended lines. */
export function keepLines(lines: Uint8Array, kept: Int32Array): Uint8Array {
  const buffer = Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength);
  const parts: Buffer[] = [];
  let line = 0;
  let start = 0;
  for (const wanted of kept) {
    for (; line < wanted; line++) start = buffer.indexOf(0x0a, start) + 1;
    const end = buffer.indexOf(0x0a, start) + 1;
    parts.push(buffer.subarray(start, end));
    start = end;
    line++;
  }
  return Buffer.concat(parts);
}

/** Numbers `from`, `from` + 1 … that stand at `at`, `at` + 1 … of the list they are a part of. */
export type Run = { readonly from: number; readonly at: number; readonly count: number };

/** An ascending list of numbers as runs of neighbours. */
export function runsOf(kept: Int32Array): readonly Run[] {
  const runs: Run[] = [];
  let start = 0;
  for (let k = 1; k <= kept.length; k++) {
    if (k < kept.length && kept[k] === (kept[k - 1] as number) + 1) continue;
    runs.push({ from: kept[start] as number, at: start, count: k - start });
    start = k;
  }
  return runs;
}
