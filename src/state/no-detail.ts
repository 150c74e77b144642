// The detail pane before any event was opened: a module of its own, for a start needs it and none of what shows a record.

import type { Detail } from './detail.ts';
import { EMPTY_INPUT } from './text-input.ts';

const DEFAULT_SIZE = 0.4;

export const NO_DETAIL: Detail = {
  isOpen: false,
  size: DEFAULT_SIZE,
  record: null,
  tree: null,
  isRaw: false,
  note: '',
  head: [],
  rawLines: [],
  rawTop: 0,
  find: { isOpen: false, input: EMPTY_INPUT, text: '', matchCount: 0 },
  width: 0,
  height: 0,
};
