// --preset NAME: a preset of the program, or a query that the person saved in the explorer.

import { findPreset, PRESETS, type PresetPage } from '../query/presets.ts';
import { nearest } from '../text/nearest.ts';

/** Names of saved queries and their texts. */
export type SavedQueries = Readonly<Record<string, string>>;

export type FoundPreset =
  | { readonly kind: 'preset'; readonly query: string; readonly page: PresetPage }
  | { readonly kind: 'unknown'; readonly message: string };

/** By its name in any case; what a person saved goes before what the program has. */
export function presetQuery(name: string, saved: SavedQueries): FoundPreset {
  const sought = name.trim().toLowerCase();
  const own = Object.keys(saved).find((key) => key.toLowerCase() === sought);
  const preset: (PresetPage & { readonly query: string }) | undefined =
    own === undefined ? findPreset(sought) : { query: saved[own] ?? '' };
  if (preset === undefined) return { kind: 'unknown', message: unknown(name, Object.keys(saved)) };
  const { query, page, by } = preset;
  return { kind: 'preset', query, page: { page, by } };
}

function unknown(name: string, saved: readonly string[]): string {
  const names = PRESETS.map((preset) => preset.name);
  const near = nearest(name.trim(), [...saved, ...names]);
  return [
    `--preset: there is none called "${name}"${near === null ? '' : `; did you mean ${near}?`}`,
    `presets: ${names.join(', ')}`,
    ...(saved.length === 0 ? [] : [`saved queries: ${saved.join(', ')}`]),
  ].join('\n');
}
