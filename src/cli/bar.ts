const CELLS = 20;

/** A share from 0 to 1 as `█████░░░…  31%`. */
export function bar(share: number): string {
  const known = Number.isFinite(share) ? Math.max(0, Math.min(1, share)) : 0;
  const full = Math.round(known * CELLS);
  return `${'█'.repeat(full)}${'░'.repeat(CELLS - full)} ${String(Math.floor(known * 100)).padStart(3)}%`;
}
