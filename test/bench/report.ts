// One line for each thing measured: the value, what it is held to, and whether it keeps that.

export type Line = {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 's' | 'MB' | 'files/s' | 'events/s' | 'ratio' | 'count' | 'skipped';
  /** None: only told, not held to anything. */
  readonly budget?: { readonly most: number } | { readonly least: number };
  /** What it is compared with, in words, e.g. "node -e 0 takes 45 ms". */
  readonly note?: string;
};

export function printTitle(title: string): void {
  process.stdout.write(`\n${title}\n`);
}

export function printLine({ what, value, unit, budget, note }: Line): void {
  const held =
    budget === undefined
      ? ''
      : 'most' in budget
        ? `${value <= budget.most ? 'ok    ' : 'MISSED'} ≤ ${format(budget.most, unit)}`
        : `${value >= budget.least ? 'ok    ' : 'MISSED'} ≥ ${format(budget.least, unit)}`;
  process.stdout.write(`  ${what.padEnd(52)} ${format(value, unit).padStart(14)}  ${held.padEnd(24)} ${note ?? ''}\n`);
}

function format(value: number, unit: Line['unit']): string {
  if (unit === 'skipped') return unit;
  if (unit === 'count') return String(value);
  if (unit === 'ratio') return `${value.toFixed(2)} ×`;
  return `${value.toFixed(value < 100 && unit !== 'MB' ? 1 : 0)} ${unit}`;
}
