import { PRESETS } from '../query/presets.ts';
import { openPalette, type PaletteItem } from '../state/palette-panel.ts';
import type { Explorer } from './explorer.ts';

export function openPalettePresets(explorer: Explorer): void {
  explorer.dispatch({ kind: 'panelOpened', panel: openPalette(presetItems()) });
}

export function presetItems(): readonly PaletteItem[] {
  return PRESETS.map(({ name, title, about }) => itemOf(`preset:${name}`, name, `${title}: ${about}`));
}

/** An item that needs no argument and can always be taken. */
export function itemOf(id: string, word: string, title: string): PaletteItem {
  return { id, words: [word], argument: '', key: '', title, blocked: null };
}
