import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTree } from '../../src/state/json-tree.ts';
import {
  findInTree,
  matchesInTree,
  moveTree,
  openTree,
  pathText,
  replaceTree,
  resizeTree,
  type TreeCommand,
  type TreeState,
  visibleRows,
} from '../../src/state/tree.ts';
import { treeWindow } from '../../src/state/tree-window.ts';

const RECORD = buildTree(
  JSON.stringify({
    eventVersion: '1.08', // 0
    userIdentity: {
      type: 'AssumedRole', // 2
      arn: 'arn:aws:sts::123456789012:assumed-role/Admin/alice', // 3
      sessionContext: {
        sessionIssuer: { userName: 'Admin' }, // 5, 6
        attributes: { mfaAuthenticated: 'true' }, // 7, 8
      },
    },
    eventName: 'TerminateInstances', // 9
    requestParameters: {
      instancesSet: { items: [{ instanceId: 'i-0ab' }, { instanceId: 'i-1cd' }] }, // 11; 12, 13; 14, 15
    },
    responseElements: {
      requestId: 'r-1', // 17
      instancesSet: { items: [{ instanceId: 'i-0ab', currentState: { code: 32 } }] }, // 18; 19, 20, 21
    },
    tlsDetails: { tlsVersion: 'TLSv1.3' }, // 22, 23
  }),
);

function screen(state: TreeState): readonly string[] {
  return treeWindow(state).map((line) =>
    `${line.isFocused ? '>' : ' '}${'  '.repeat(line.depth)}${line.marker} ${line.keyText} ${line.value}`.trimEnd(),
  );
}

/** Each command starts where the one before ended. */
function assertMovements(start: TreeState, table: readonly (readonly [TreeCommand, row: number])[]): TreeState {
  let state = start;
  table.forEach(([command, row], index) => {
    state = moveTree(state, command);
    expect([index, command, state.focused]).toEqual([index, command, row]);
  });
  return state;
}

const toRow = (row: number): TreeCommand => ({ kind: 'toRow', row });
const at = (row: number, height = 40) => moveTree(openTree(RECORD, height), toRow(row));

describe('openTree', () => {
  it('shows who and what fully open, the rest closed with a preview', () => {
    expect(screen(openTree(RECORD, 40))).toEqual([
      '>  eventVersion 1.08',
      ' ▾ userIdentity',
      '     type AssumedRole',
      '     arn arn:aws:sts::123456789012:assumed-role/Admin/alice',
      '   ▾ sessionContext',
      '     ▾ sessionIssuer',
      '         userName Admin',
      '     ▾ attributes',
      '         mfaAuthenticated true',
      '   eventName TerminateInstances',
      ' ▾ requestParameters',
      '   ▾ instancesSet.items',
      '     ▾ [0]',
      '         instanceId i-0ab',
      '     ▾ [1]',
      '         instanceId i-1cd',
      ' ▸ responseElements {requestId: r-1, instancesSet.items[0]: {…}}',
      ' ▸ tlsDetails {tlsVersion: TLSv1.3}',
    ]);
  });

  it('shows no more lines than there is room', () => {
    expect(screen(openTree(RECORD, 2))).toEqual(['>  eventVersion 1.08', ' ▾ userIdentity']);
    expect(screen(openTree(RECORD, 0))).toEqual([]);
  });

  it('is at peace with a text that is not JSON', () => {
    const state = openTree(buildTree('{"half'), 10);
    expect(screen(state)).toEqual([]);
    expect(moveTree(state, 'down')).toBe(state);
    expect(findInTree(state, 'x', 1)).toBe(state);
    expect(screen(replaceTree(state, RECORD))).toHaveLength(10);
    expect(screen(replaceTree(at(9), state.tree))).toEqual([]);
  });

  it('keeps strings apart from numbers and words that look alike', () => {
    const lines = treeWindow(openTree(buildTree('{"a":"true","b":true,"c":""}'), 5));
    expect(lines.map(({ valueText, value, kind }) => [valueText, value, kind])).toEqual([
      ['"true"', 'true', 'string'],
      ['true', 'true', 'literal'],
      ['""', '', 'string'],
    ]);
  });

  it('keeps a preview short whatever a container holds', () => {
    const items = Array.from({ length: 100_000 }, () => 1);
    const huge = buildTree(JSON.stringify({ a: items, b: { c: 'x'.repeat(1e6), d: '' }, e: { ['k'.repeat(1e6)]: 1 } }));
    const [a, b, e] = treeWindow(openTree(huge, 3));
    expect(a?.value).toMatch(/^\[1, 1, .*, …\]$/);
    expect(b?.value).toMatch(/^\{c: "x+, …\}$/);
    for (const line of [a, b, e]) expect(line?.value.length).toBeLessThan(500);
  });
});

describe('moveTree', () => {
  it('walks over what can be seen', () => {
    assertMovements(openTree(RECORD, 40), [
      ['up', 0],
      ['down', 1],
      ['down', 2],
      ['last', 22],
      ['down', 22],
      ['up', 16],
      ['up', 15],
      ['first', 0],
    ]);
  });

  it('closes, then goes to the parent; opens, then goes to the first child', () => {
    assertMovements(at(8), [
      ['close', 7],
      ['close', 7],
      ['close', 4],
      ['close', 4],
      ['close', 1],
      ['open', 2],
      ['open', 2],
      [toRow(4), 4],
      ['open', 4],
      ['open', 5],
      ['open', 6],
      [toRow(0), 0],
      ['close', 0],
    ]);
  });

  it('toggles a container and leaves a value alone', () => {
    const closed = assertMovements(at(1), [
      ['toggle', 1],
      ['down', 9],
      ['toggle', 9],
    ]);
    expect(visibleRows(closed)).toEqual([0, 1, 9, 10, 11, 12, 13, 14, 15, 16, 22]);
    assertMovements(closed, [
      ['up', 1],
      ['toggle', 1],
      ['down', 2],
    ]);
  });

  it('opens and closes siblings, shallow and deep', () => {
    expect(visibleRows(moveTree(at(12), 'closeSiblings'))).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 22,
    ]);
    const closed = moveTree(at(9), 'closeSiblings');
    expect(visibleRows(closed)).toEqual([0, 1, 9, 10, 16, 22]);
    // What was open inside is open again.
    expect(visibleRows(moveTree(closed, 'openSiblings'))).toEqual([
      ...Array.from({ length: 18 }, (_, row) => row),
      18,
      22,
      23,
    ]);
    const deep = moveTree(at(9), 'closeSiblingsDeep');
    expect(visibleRows(moveTree(deep, 'openSiblings'))).toEqual([0, 1, 2, 3, 4, 9, 10, 11, 16, 17, 18, 22, 23]);
    expect(visibleRows(moveTree(deep, 'openSiblingsDeep'))).toEqual(RECORD.rows.map((row) => row.index));
  });

  it('goes from sibling to sibling', () => {
    assertMovements(at(0), [
      ['nextSibling', 1],
      ['nextSibling', 9],
      ['nextSibling', 10],
      ['previousSibling', 9],
      ['previousSibling', 1],
      ['open', 2],
      ['previousSibling', 2],
      [toRow(4), 4],
      ['nextSibling', 4],
    ]);
  });

  it('goes to the same key anywhere, round the end, opening what hides it', () => {
    const opened = assertMovements(at(13), [
      ['nextSameKey', 15],
      ['nextSameKey', 19],
      ['nextSameKey', 13],
      ['previousSameKey', 19],
      ['previousSameKey', 15],
      [toRow(12), 12],
      ['nextSameKey', 14],
      ['nextSameKey', 18],
      [toRow(9), 9],
      ['nextSameKey', 9],
    ]);
    expect(visibleRows(opened)).toContain(19);
  });

  it('turns pages', () => {
    const state = assertMovements(openTree(RECORD, 6), [
      ['halfDown', 3],
      ['pageDown', 7],
      ['pageDown', 11],
      ['pageUp', 7],
      ['halfUp', 4],
      ['pageDown', 8],
      ['pageDown', 12],
      ['pageDown', 16],
      ['pageDown', 22],
      ['pageDown', 22],
    ]);
    expect(screen(state)).toHaveLength(6);
    expect(state.top).toBe(12);
  });

  it('keeps two lines in sight', () => {
    let state = openTree(RECORD, 6);
    for (let count = 0; count < 4; count++) state = moveTree(state, 'down');
    expect([state.focused, state.top]).toEqual([4, 1]);
    for (let count = 0; count < 2; count++) state = moveTree(state, 'up');
    expect([state.focused, state.top]).toEqual([2, 0]);
  });

  it('leaves a clicked line where it is, and centres one that is far away', () => {
    expect(moveTree(openTree(RECORD, 6), toRow(5))).toMatchObject({ focused: 5, top: 0 });
    expect(moveTree(openTree(RECORD, 6), toRow(12))).toMatchObject({ focused: 12, top: 9 });
    expect(moveTree(openTree(RECORD, 6), toRow(999))).toMatchObject({ focused: 22, top: 12 });
    expect(moveTree(openTree(RECORD, 40), toRow(21))).toMatchObject({ focused: 16 });
  });

  it('scrolls with the wheel, the focus staying where it can', () => {
    const scroll = (rows: number): TreeCommand => ({ kind: 'scroll', rows });
    const down = moveTree(openTree(RECORD, 6), scroll(3));
    expect(down).toMatchObject({ focused: 3, top: 3 });
    expect(moveTree(down, scroll(-3))).toMatchObject({ focused: 3, top: 0 });
    expect(moveTree(down, scroll(100))).toMatchObject({ focused: 12, top: 12 });
    expect(moveTree(openTree(RECORD, 40), scroll(3))).toMatchObject({ focused: 0, top: 0 });
  });

  it('shows a full pane again after what was above it closes', () => {
    const end = moveTree(openTree(RECORD, 6), 'last');
    const closed = moveTree(moveTree(end, 'closeSiblings'), 'up');
    expect(screen(closed)).toHaveLength(6);
    expect(closed.top).toBe(0);
  });
});

describe('resizeTree', () => {
  it('keeps the focus in sight', () => {
    expect(resizeTree(at(22), 5)).toMatchObject({ focused: 22, top: 13 });
    expect(resizeTree(at(22, 5), 40)).toMatchObject({ focused: 22, top: 0 });
  });
});

describe('findInTree', () => {
  it('looks in keys and decoded values, whatever the case, round the end, also where it is closed', () => {
    let state = openTree(RECORD, 40);
    const found: number[] = [];
    for (let count = 0; count < 5; count++) {
      state = findInTree(state, 'INSTANCEID', 1);
      found.push(state.focused);
    }
    expect(found).toEqual([13, 15, 19, 13, 15]);
    expect(findInTree(state, 'instanceid', -1).focused).toBe(13);
    expect(matchesInTree(RECORD, 'instanceId')).toEqual([13, 15, 19]);
    expect(matchesInTree(RECORD, 'i-0AB')).toEqual([13, 19]);
    expect(findInTree(openTree(buildTree('{"a":1,"b":"caf\\u00e9"}'), 5), 'café', 1).focused).toBe(1);
    expect(visibleRows(findInTree(openTree(RECORD, 40), 'tlsv1', 1))).toContain(23);
  });

  it('changes nothing where there is nothing to find', () => {
    const state = at(9);
    expect(findInTree(state, 'nowhere', 1)).toBe(state);
    expect(findInTree(state, '', 1)).toBe(state);
    expect(findInTree(state, 'TerminateInstances', -1)).toBe(state);
    expect(matchesInTree(RECORD, '')).toEqual([]);
  });
});

describe('replaceTree', () => {
  const record = (parts: Record<string, unknown>) =>
    buildTree(JSON.stringify({ eventVersion: '1.08', userIdentity: { type: 'Root' }, ...parts }));
  const terminate = (...ids: readonly string[]) =>
    record({ requestParameters: { instancesSet: { items: ids.map((instanceId) => ({ instanceId })) } } });
  const focusedPath = (state: TreeState) => {
    const row = state.tree.rows[state.focused];
    return row === undefined ? '' : pathText(row);
  };

  it('shows the same path on the same line, however the record is cut into rows', () => {
    const id = 'requestParameters.instancesSet.items[0].instanceId';
    let state = moveTree(findInTree(openTree(terminate('i-1'), 6), 'i-1', 1), { kind: 'scroll', rows: 1 });
    expect(focusedPath(state)).toBe(id);
    state = replaceTree(state, terminate('i-2', 'i-3'));
    expect(focusedPath(state)).toBe(id);
    state = replaceTree(state, record({}));
    expect(focusedPath(state)).toBe('eventVersion');
    state = replaceTree(state, record({ requestParameters: null }));
    expect(focusedPath(state)).toBe('requestParameters');
    state = replaceTree(state, terminate('i-4'));
    expect(focusedPath(state)).toBe(id);
  });

  it('keeps the line of the screen where the other record reaches', () => {
    const filler = (count: number) =>
      buildTree(`{${Array.from({ length: count }, (_, at) => `"f${at}":1`).join()},"x":1,"y":2,"z":3,"zz":4,"zzz":5}`);
    const state = moveTree(moveTree(openTree(filler(20), 6), 'last'), 'previousSibling');
    const line = state.focused - state.top;
    const next = replaceTree(state, filler(30));
    expect([focusedPath(next), next.focused - next.top]).toEqual(['zz', line]);
  });

  it('remembers what was opened and closed, past events that have no such path', () => {
    const tls = record({ tlsDetails: { tlsVersion: 'TLSv1.3' } });
    let state = openTree(tls, 20);
    state = moveTree(moveTree(state, 'last'), 'open');
    state = moveTree(moveTree(state, 'previousSibling'), 'close');
    expect(screen(state)).toEqual([
      '   eventVersion 1.08',
      '>▸ userIdentity {type: Root}',
      ' ▾ tlsDetails',
      '     tlsVersion TLSv1.3',
    ]);
    state = replaceTree(replaceTree(state, terminate('i-1')), tls);
    expect(screen(state)).toEqual([
      '   eventVersion 1.08',
      '>▸ userIdentity {type: Root}',
      ' ▾ tlsDetails',
      '     tlsVersion TLSv1.3',
    ]);
  });

  it('focuses the closed container around a path that is hidden', () => {
    const open = findInTree(openTree(terminate('i-1'), 20), 'i-1', 1);
    const closed = moveTree(moveTree(open, toRow(3)), 'close');
    expect(focusedPath(replaceTree(closed, terminate('i-1', 'i-2')))).toBe('requestParameters');
  });

  it('walks once over lists of thousands, however many of their items were opened', () => {
    const wide = record({ requestParameters: { items: Array.from({ length: 5000 }, (_, k) => ({ id: k, b: 1 })) } });
    const opened = moveTree(moveTree(moveTree(openTree(wide, 20), 'last'), 'close'), 'openSiblings');
    expect(opened.choices.size).toBe(2000);
    let reads = 0;
    const rows = new Proxy(wide.rows, {
      get: (target, key) => {
        reads++;
        return Reflect.get(target, key);
      },
    });
    const next = replaceTree(opened, { ...wide, rows });
    expect(screen(next)).toEqual(screen(opened));
    expect(reads).toBeLessThan(20 * rows.length);
  });

  it('of more choices than it keeps has the first ones, and forgets the oldest', () => {
    const wide = record({ requestParameters: { items: Array.from({ length: 2500 }, () => [{ id: 1, b: 2 }, 3]) } });
    const isOpenAt = (state: TreeState, path: string) => {
      const index = state.tree.rows.findIndex((row) => pathText(row) === path);
      return state.isOpen[index] === 1;
    };
    const inList = moveTree(moveTree(openTree(wide, 20), 'last'), 'close');
    const again = replaceTree(moveTree(inList, 'closeSiblings'), wide);
    expect(isOpenAt(again, 'requestParameters.items[1999]')).toBe(false);
    expect(isOpenAt(again, 'requestParameters.items[2000]')).toBe(true);
    const newest = replaceTree(moveTree(moveTree(again, 'first'), 'closeSiblings'), wide);
    expect(isOpenAt(newest, 'requestParameters')).toBe(false);
    expect(isOpenAt(newest, 'requestParameters.items[0]')).toBe(true);
    expect(isOpenAt(newest, 'requestParameters.items[1999]')).toBe(false);
  });

  it('does not keep the paths of a record nested for the sake of it', () => {
    const deep = buildTree(`{"requestParameters":${'{"a":[1,'.repeat(3000)}1${']}'.repeat(3000)}}`);
    const opened = moveTree(openTree(deep, 20), 'openSiblingsDeep');
    expect(opened.isOpen.every((flag, index) => (flag === 1) === (deep.rows[index]?.childCount ?? 0) > 0)).toBe(true);
    expect(opened.choices.size).toBeLessThan(100);
  });

  it('of members with the same name opens the first', () => {
    const twins = buildTree('{"x":{"a":{"b":1,"c":2}},"x":{"a":{"b":1,"c":2}}}');
    const next = replaceTree(moveTree(openTree(twins, 20, []), 'open'), twins);
    expect(screen(next)).toEqual(['>▾ x', '   ▸ a {b: 1, c: 2}', ' ▸ x {a: {…}}']);
  });
});

describe('pathText', () => {
  it.each([
    [
      '{"requestParameters":{"instancesSet":{"items":[{"instanceId":"i"}]}}}',
      'requestParameters.instancesSet.items[0].instanceId',
    ],
    ['{"tags":{"aws:cloudformation:stack-name":"x"}}', 'tags["aws:cloudformation:stack-name"]'],
    ['{"a":{"b.c":{"":[[1]]}}}', 'a["b.c"][""][0][0]'],
    ['{"a":{"say \\"x\\"":1}}', 'a["say \\"x\\""]'],
  ])('%s', (text, path) => {
    const row = buildTree(text).rows.at(-1);
    expect(row && pathText(row)).toBe(path);
  });
});

it('keeps the focus visible, in the pane, and the pane full, whatever happens', () => {
  const command: fc.Arbitrary<TreeCommand> = fc.oneof(
    fc.constantFrom<TreeCommand[]>(
      'down',
      'up',
      'halfDown',
      'halfUp',
      'pageDown',
      'pageUp',
      'first',
      'last',
      'close',
      'open',
      'toggle',
      'closeSiblings',
      'closeSiblingsDeep',
      'openSiblings',
      'openSiblingsDeep',
      'nextSibling',
      'previousSibling',
      'nextSameKey',
      'previousSameKey',
    ),
    fc.integer({ min: -5, max: 40 }).map(toRow),
    fc.integer({ min: -9, max: 9 }).map((rows): TreeCommand => ({ kind: 'scroll', rows })),
  );
  const change = fc.oneof(
    command.map((made) => (state: TreeState) => moveTree(state, made)),
    fc.nat(12).map((height) => (state: TreeState) => resizeTree(state, height)),
    fc.json({ maxDepth: 4 }).map((text) => (state: TreeState) => replaceTree(state, buildTree(text))),
    fc.constant((state: TreeState) => replaceTree(state, RECORD)),
    fc.constantFrom('i', 'a', 'nowhere').map((text) => (state: TreeState) => findInTree(state, text, 1)),
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 25 }), (changes) => {
      const state = changes.reduce((before, made) => made(before), openTree(RECORD, 8));
      const visible = visibleRows(state);
      const lines = treeWindow(state);
      expect(lines).toHaveLength(Math.min(state.height, visible.length));
      if (state.height > 0) expect(lines.filter((line) => line.isFocused)).toHaveLength(1);
      expect(visible).toContain(state.focused);
    }),
    { numRuns: 300 },
  );
});
