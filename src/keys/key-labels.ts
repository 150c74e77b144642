/** A key's name as people write it: `Ctrl-D`, `PgDn`, `↵`. */
export function keyLabel(key: string): string {
  const named = LABELS[key];
  if (named !== undefined) return named;
  const control = /^ctrl\+(.)$/.exec(key)?.[1];
  return control === undefined ? key : `Ctrl-${control.toUpperCase()}`;
}

const LABELS: Readonly<Record<string, string>> = {
  enter: '↵',
  escape: 'Esc',
  tab: 'Tab',
  'shift+tab': 'Shift-Tab',
  space: 'Space',
  up: '↑',
  down: '↓',
  left: '←',
  'shift+left': 'Shift-←',
  'shift+right': 'Shift-→',
  backspace: 'Backspace',
  right: '→',
  pageUp: 'PgUp',
  pageDown: 'PgDn',
  home: 'Home',
  end: 'End',
  f1: 'F1',
};
