import { PRESETS } from '../query/presets.ts';
import { openPalette, type PaletteItem } from '../state/palette-panel.ts';
import type { Explorer } from './explorer.ts';

export function openPalettePresets(explorer: Explorer): void {
  explorer.dispatch({ kind: 'panelOpened', panel: openPalette(presetItems()) });
}

export function presetItems(): readonly PaletteItem[] {
  return PRESETS.map(({ name, title, about }) => itemOf(`preset:${name}`, name, meaningOf(name, title, about)));
}

/** A title that only repeats the name would take the room of what it is about. */
function meaningOf(name: string, title: string, about: string): string {
  return title.toLowerCase() === name.replaceAll('-', ' ') ? about : `${title}: ${about}`;
}

/** An item that needs no argument and can always be taken. */
export function itemOf(id: string, word: string, title: string): PaletteItem {
  return { id, words: [word], argument: '', key: '', title, blocked: null };
}
