// The palette: what it offers where one is, and what Enter does.

import type { Place } from '../keys/binding.ts';
import { bindingsIn } from '../keys/bindings.ts';
import { blockedReason, COMMANDS, type CommandId } from '../keys/commands.ts';
import { keyLabel } from '../keys/key-labels.ts';
import { findPreset } from '../query/presets.ts';
import type { ListMove } from '../state/list.ts';
import { completed, openPalette, type PaletteItem, paletteChoice } from '../state/palette-panel.ts';
import { listSaved } from '../state/saved-queries.ts';
import type { Explorer } from './explorer.ts';
import { factsOf, placeOf } from './facts.ts';
import type { Host } from './host.ts';
import { showNoise } from './noise.ts';
import { openPage } from './open-page.ts';
import { itemOf, presetItems } from './palette-presets.ts';
import { COMMAND_WORDS, WORDS } from './palette-words.ts';

/** Nobody opens a palette to go down a line, or to open the palette. */
const LEFT_OUT = /^app\.palette$|\.(?:up|down)$/;
/** What a word or a preset does as well is one entry, with the name and the key. */
const SAME_AS: Readonly<Record<string, CommandId>> = {
  'word:denied': 'list.denied',
  'word:download': 'download.open',
  'preset:ssh': 'list.ssh',
};

export function openPaletteHere(explorer: Explorer): void {
  const { panel } = explorer.state;
  const over = panel?.kind === 'table' || panel?.kind === 'text' ? panel : null;
  explorer.dispatch({ kind: 'panelOpened', panel: openPalette(itemsFor(explorer), '', over) });
}

/** Back to the page that a palette was opened on, else to the list. */
export function closePanel(explorer: Explorer): void {
  const { panel } = explorer.state;
  const over = panel?.kind === 'palette' ? panel.over : null;
  explorer.dispatch(over === null ? { kind: 'panelClosed' } : { kind: 'panelOpened', panel: over });
}

export function movePalette(move: ListMove): (explorer: Explorer) => void {
  return (explorer) => explorer.dispatch({ kind: 'panelStepped', step: { panel: 'palette', kind: 'move', move } });
}

function itemsFor(explorer: Explorer): readonly PaletteItem[] {
  const { saved } = explorer.state.search;
  const words = WORDS.map(
    ({ words: own, argument, title, names }): PaletteItem => ({
      id: `word:${own[0]}`,
      words: own,
      argument,
      names,
      key: '',
      title,
      blocked: null,
    }),
  );
  const searches = listSaved(saved).map(({ name, text }) => itemOf(`saved:${name}`, name, `saved search: ${text}`));
  const forget = listSaved(saved).map(({ name }) =>
    itemOf(`forget:${name}`, `forget ${name}`, 'delete the saved search'),
  );
  const all = commandItems(explorer);
  const sameAs = (item: PaletteItem) => all.find(({ id }) => id === `command:${SAME_AS[item.id]}`);
  const same = new Set(Object.values(SAME_AS).map((id) => `command:${id}`));
  const commands = all.filter(({ id }) => !same.has(id));
  const [named, others] = [true, false].map((isNamed) =>
    commands.filter(({ words: own }) => own.length > 0 === isNamed),
  ) as [PaletteItem[], PaletteItem[]];
  // `noise` before `noise add`: what is longer is a part of what is shorter.
  const parts = words.filter(({ words: [word = ''] }) => word.includes(' '));
  const pages = words.filter((item) => !parts.includes(item));
  const taken = new Set<string>();
  // A word means one thing: what comes first has it, the rest is found by its kind and name.
  const items = [...pages, ...named, ...parts, ...searches, ...presetItems(), ...others, ...forget];
  return items.map((item) => {
    const own = item.words.map((word) => (taken.has(word.toLowerCase()) ? `${kindOf(item)} ${word}` : word));
    for (const word of own) taken.add(word.toLowerCase());
    return { ...item, key: item.key || (sameAs(item)?.key ?? ''), words: own };
  });
}

function kindOf({ id }: PaletteItem): string {
  return id.slice(0, id.indexOf(':'));
}

/** The commands that keys run here, then those that only a word reaches from here. */
function commandItems(explorer: Explorer): readonly PaletteItem[] {
  const state = { ...explorer.state, panel: null };
  const facts = factsOf(state);
  const place: Place = placeOf(state);
  const keys = new Map<CommandId, string>();
  for (const { command, keys: bound } of bindingsIn(place)) {
    if (!keys.has(command)) keys.set(command, keyLabel(bound[0] ?? ''));
  }
  const others = (Object.keys(COMMAND_WORDS) as CommandId[]).filter((id) => !keys.has(id));
  const ids = [...keys.keys(), ...others].filter((id) => !LEFT_OUT.test(id));
  return ids.map((id) => ({
    id: `command:${id}`,
    words: COMMAND_WORDS[id] ?? [],
    argument: '',
    key: keys.get(id) ?? '',
    title: COMMANDS[id].title,
    blocked: blockedReason(id, facts),
  }));
}

/** How a command is run; see perform.ts, whose table this is a part of. */
type Perform = (id: CommandId, explorer: Explorer, host: Host) => void;

/** Enter: the palette goes before the command runs, so that it runs where one was. */
export function takePalette(perform: Perform, explorer: Explorer, host: Host): void {
  const { panel } = explorer.state;
  if (panel?.kind !== 'palette') return;
  const refuse = (problem: string) =>
    explorer.dispatch({ kind: 'panelStepped', step: { panel: 'palette', kind: 'refuse', problem } });
  const choice = paletteChoice(panel);
  if (choice.kind === 'none') {
    refuse(choice.problem);
    return;
  }
  const { item, argument } = choice;
  if (item.blocked !== null) {
    refuse(item.blocked);
    return;
  }
  const word = WORDS.find(({ words }) => item.id === `word:${words[0]}`);
  if (isLacking(item, argument)) {
    const text = completed(item) + (word?.suggest?.(explorer) ?? '');
    explorer.dispatch({ kind: 'panelStepped', step: { panel: 'palette', kind: 'type', text } });
    return;
  }
  explorer.dispatch({ kind: 'panelClosed' });
  const problem = word === undefined ? runItem(item, perform, explorer, host) : word.run(argument, explorer, host);
  if (problem === null) return;
  explorer.dispatch({ kind: 'panelOpened', panel });
  refuse(problem);
}

function isLacking({ argument }: PaletteItem, given: string): boolean {
  return argument !== '' && !argument.startsWith('[') && given === '';
}

function runItem({ id }: PaletteItem, perform: Perform, explorer: Explorer, host: Host): string | null {
  const [kind, name] = [id.slice(0, id.indexOf(':')), id.slice(id.indexOf(':') + 1)];
  switch (kind) {
    case 'command':
      perform(name as CommandId, explorer, host);
      return null;
    case 'saved':
      explorer.replaceSearch(explorer.state.search.saved[name] ?? '');
      return null;
    case 'preset': {
      const preset = findPreset(name);
      // Its question was written over all events: what noise hides may be the answer.
      showNoise(explorer);
      explorer.replaceSearch(preset?.query ?? '');
      if (preset?.page !== undefined) openPage(explorer, preset.page, preset.by);
      return null;
    }
    case 'forget':
      return explorer.queries.delete(name);
    default:
      return null;
  }
}
