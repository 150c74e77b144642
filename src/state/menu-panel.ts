// A few choices with a key each, over the list: what is under the cursor stays in sight. A letter takes its choice at
// once; the arrows and Enter are for whoever reads first.

export type MenuSubject = 'yank' | 'only' | 'not' | 'resource';

export type MenuItem = {
  /** One character, unique among the items. */
  readonly key: string;
  readonly label: string;
  /** What it would take or do, e.g. the value; '' where there is nothing to add. May come from a record. */
  readonly note: string;
  /** What the subject's handler is given. */
  readonly id: string;
  /** Why it cannot be taken now; null when it can. */
  readonly blocked: string | null;
};

export type MenuPanel = {
  readonly kind: 'menu';
  readonly subject: MenuSubject;
  readonly title: string;
  readonly items: readonly MenuItem[];
  /** Index of the item under the cursor. */
  readonly at: number;
};

export type MenuStep =
  | { readonly kind: 'move'; readonly rows: number }
  /** More is known of the same items. */
  | { readonly kind: 'fill'; readonly items: readonly MenuItem[] };

export function openMenu(subject: MenuSubject, title: string, items: readonly MenuItem[]): MenuPanel {
  const at = items.findIndex(({ blocked }) => blocked === null);
  return { kind: 'menu', subject, title, items, at: Math.max(0, at) };
}

export function stepMenu(panel: MenuPanel, step: MenuStep): MenuPanel {
  if (step.kind === 'fill') return { ...panel, items: step.items };
  return { ...panel, at: Math.max(0, Math.min(panel.items.length - 1, panel.at + step.rows)) };
}
