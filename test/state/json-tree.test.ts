import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PathSegment, segmentsText } from '../../src/state/json-path.ts';
import { MAX_NODES } from '../../src/state/json-scan.ts';
import { buildTree, findNearest, type JsonRow, type JsonTree } from '../../src/state/json-tree.ts';

/** Each row as a line: depth, name, what it holds. */
function picture(tree: JsonTree): readonly string[] {
  return tree.rows.map((row) => {
    const shown = row.childCount > 0 ? `${row.kind} of ${row.childCount}` : row.valueText;
    return `${'  '.repeat(row.depth)}${row.keyText}: ${shown}`;
  });
}

const RECORD = `{"eventVersion":"1.08","userIdentity":{"type":"AssumedRole","sessionContext":{"attributes":{"mfaAuthenticated":"false"}}},
  "requestParameters": {"instancesSet":{"items":[{"instanceId":"i-0ab12cd34ef567890"},{"instanceId":"i-1"}]}}, "responseElements":null,
  "empty":{}, "none":[ ]}`;

describe('buildTree', () => {
  it('makes a row of each member, and one row of containers that only hold each other', () => {
    expect(picture(buildTree(RECORD))).toEqual([
      'eventVersion: "1.08"',
      'userIdentity: object of 2',
      '  type: "AssumedRole"',
      '  sessionContext.attributes: object of 1',
      '    mfaAuthenticated: "false"',
      'requestParameters: object of 1',
      '  instancesSet.items: array of 2',
      '    [0]: object of 1',
      '      instanceId: "i-0ab12cd34ef567890"',
      '    [1]: object of 1',
      '      instanceId: "i-1"',
      'responseElements: null',
      'empty: {}',
      'none: [ ]',
    ]);
    expect(picture(buildTree('{"requestParameters":{"instancesSet":{"items":[{"instanceId":"i-1"}]}}}'))).toEqual([
      'requestParameters: object of 1',
      '  instancesSet.items[0]: object of 1',
      '    instanceId: "i-1"',
    ]);
  });

  it('knows where everything hangs', () => {
    const { rows } = buildTree('{"a":{"b":1,"c":[10,20]},"d":2}');
    const links = rows.map((row) => [
      row.keyText,
      row.parent,
      row.firstChild,
      row.previousSibling,
      row.nextSibling,
      row.lastDescendant,
    ]);
    expect(links).toEqual([
      ['a', -1, 1, -1, 5, 4],
      ['b', 0, -1, -1, 2, 1],
      ['c', 0, 3, 1, -1, 4],
      ['[0]', 2, -1, -1, 4, 3],
      ['[1]', 2, -1, 3, -1, 4],
      ['d', -1, -1, 0, -1, 5],
    ]);
    expect(rows[4]?.path).toEqual(['a', 'c', 1]);
  });

  it('keeps the spelling of numbers, and strings both as written and decoded', () => {
    const { rows } = buildTree(
      '{"a":1.688560107857E9,"b":12345678901234567890,"c":-0.0,"d":"tab\\t\\u00e9 \\"x\\"","e":true}',
    );
    expect(rows.map((row) => row.valueText)).toEqual([
      '1.688560107857E9',
      '12345678901234567890',
      '-0.0',
      '"tab\\t\\u00e9 \\"x\\""',
      'true',
    ]);
    expect(rows.map((row) => row.kind)).toEqual(['number', 'number', 'number', 'string', 'literal']);
    expect(rows[3]?.value).toBe('tab\té "x"');
    expect(rows[0]?.value).toBe('1.688560107857E9');
  });

  it('keeps duplicate keys, odd keys and __proto__', () => {
    const tree = buildTree(
      '{"a":1,"a":2,"__proto__":{"x":3},"constructor":4,"":5,"a.b":{"c d":{"e":[[6]]}},"\\u0061":7}',
    );
    expect(picture(tree)).toEqual([
      'a: 1',
      'a: 2',
      '__proto__: object of 1',
      '  x: 3',
      'constructor: 4',
      ': 5',
      'a.b: object of 1',
      '  ["c d"].e[0]: array of 1',
      '    [0]: 6',
      'a: 7',
    ]);
  });

  it('shows what is not an object too', () => {
    expect(picture(buildTree('[1,[2]]'))).toEqual(['[0]: 1', '[1]: array of 1', '  [0]: 2']);
    expect(picture(buildTree(' "text" '))).toEqual([': "text"']);
    expect(buildTree('5').rows[0]).toMatchObject({ path: [], key: null, keyText: '', valueText: '5' });
    expect(picture(buildTree('{}'))).toEqual([': {}']);
  });

  it.each([
    ['', 0, 'the record ends too early'],
    ['{"a":1', 6, 'expected "," or "}"'],
    ['{"a":1,}', 7, 'expected a key in double quotes'],
    ['{"a" 1}', 5, 'expected ":" after a key'],
    ['[1,]', 3, 'expected a value'],
    ['[1 2]', 3, 'expected "," or "]"'],
    ['{"a":"b', 5, 'a string does not end'],
    ['{"a":"\\"', 5, 'a string does not end'],
    ['{"a":"\\x"}', 5, 'a string with a wrong escape or a raw control character'],
    ['{"a":"\n"}', 5, 'a string with a wrong escape or a raw control character'],
    ['{"a":01}', 6, 'expected "," or "}"'],
    ['{} x', 3, 'more text after the end of the record'],
    ['nul', 0, 'expected a value'],
  ])('says where and why %j is no record', (text, at, reason) => {
    expect(buildTree(text)).toEqual({ text, rows: [], error: { at, reason } });
  });

  it('takes a string of 10 MB, and numbers and white space as long', () => {
    const long = 'x\\n'.repeat(3_400_000);
    expect(buildTree(`{"a":"${long}","b":1}`).rows[0]?.value).toHaveLength(6_800_000);
    expect(buildTree(`{"a":${'1'.repeat(10_000_000)}}`).rows[0]?.valueText).toHaveLength(10_000_000);
    expect(buildTree(`{${' '.repeat(10_000_000)}}`).rows).toHaveLength(1);
    expect(buildTree(`{"a":"${'\\\\'.repeat(5_000_000)}"}`).rows[0]?.value).toHaveLength(5_000_000);
  });

  it('takes any nesting', () => {
    const deep = buildTree(`${'{"a":1,"b":'.repeat(1000)}null${'}'.repeat(1000)}`);
    expect(deep.rows).toHaveLength(2000);
    expect(deep.rows.at(-1)).toMatchObject({ depth: 999, keyText: 'b' });
    expect(deep.rows.at(-1)?.path).toEqual(Array(1000).fill('b'));
    expect(buildTree(`${'['.repeat(100_000)}${']'.repeat(100_000)}`).rows.length).toBeGreaterThan(10_000);
    expect(buildTree('['.repeat(100_000)).error?.reason).toBe('the record ends too early');
  });

  it('gives up on a record with more values than anybody looks at', () => {
    expect(buildTree(`[${'1,'.repeat(MAX_NODES)}1]`).error?.reason).toBe('too many values to show as a tree');
  });

  it('agrees with JSON.parse on every text', () => {
    const json = fc.json({ maxDepth: 6 });
    const damaged = fc
      .tuple(json, fc.nat(60), fc.constantFrom('', ',', '"', '}', ']', '\\', '1', ' ', 'e', '\u0001'))
      .map(([text, at, piece]) => text.slice(0, at) + piece + text.slice(at + 1));
    fc.assert(
      fc.property(fc.oneof(json, damaged), (text) => {
        const tree = buildTree(text);
        if (tree.error !== null) expect(() => JSON.parse(text)).toThrow();
        else expect(lastOfEach(flatten(tree))).toEqual(lastOfEach(leavesOf(JSON.parse(text))));
      }),
      { numRuns: 500 },
    );
  });
});

describe('JSON in a string', () => {
  const rowsOf = (value: unknown) => buildTree(JSON.stringify({ p: { s: value, z: 1 } })).rows;
  const told = (value: unknown) =>
    rowsOf(value).map(({ keyText, depth, kind, textRow }) => [keyText, depth, kind, textRow]);
  const policy = { Statement: [{ Effect: 'Allow', Action: ['a:b', 'c:d'] }] };

  it('hangs below the string, whose text it is of', () => {
    expect(told(JSON.stringify(policy, null, 2))).toEqual([
      ['p', 0, 'object', -1],
      ['s', 1, 'string', -1],
      ['Statement[0]', 2, 'object', 1],
      ['Effect', 3, 'string', 1],
      ['Action', 3, 'array', 1],
      ['[0]', 4, 'string', 1],
      ['[1]', 4, 'string', 1],
      ['z', 1, 'number', -1],
    ]);
    const [p, string, statement] = rowsOf(JSON.stringify(policy));
    expect(string).toMatchObject({
      content: 'object',
      childCount: 1,
      lastDescendant: 6,
      nextSibling: 7,
      firstChild: 2,
    });
    expect(string?.value).toBe(JSON.stringify(policy));
    expect(statement).toMatchObject({ parent: 1, content: null, path: ['p', 's', 'Statement', 0] });
    expect(p).toMatchObject({ lastDescendant: 7, childCount: 2 });
  });

  it('URL-encoded too, and in another string', () => {
    expect(told(encodeURIComponent(JSON.stringify(policy)))).toEqual(told(JSON.stringify(policy)));
    expect(told(JSON.stringify({ inner: JSON.stringify({ a: '[1]' }) })).slice(1, -1)).toEqual([
      ['s', 1, 'string', -1],
      ['inner', 2, 'string', 1],
      ['a', 3, 'string', 2],
      ['[0]', 4, 'number', 3],
    ]);
  });

  it('is not opened without end', () => {
    let text = '{"bottom":1}';
    for (let level = 0; level < 8; level++) text = JSON.stringify({ down: text });
    const rows = rowsOf(text);
    expect(rows.map(({ keyText }) => keyText)).toEqual(['p', 's', 'down', 'down', 'down', 'down', 'z']);
    expect(rows[5]).toMatchObject({ kind: 'string', childCount: 0, content: null });
  });

  it.each([
    ['{}'],
    ['[]'],
    ['{"half'],
    ['[INFO] started'],
    ['"a string"'],
    ['1'],
    ['%7B%22half'],
    ['%7B%ZZ'],
    ['%7b'],
    ['[1] and more'],
    [''],
    ['['.repeat(300_000)],
  ])('%s is a text', (value) => {
    expect(told(value)).toEqual([
      ['p', 0, 'object', -1],
      ['s', 1, 'string', -1],
      ['z', 1, 'number', -1],
    ]);
  });

  it('together with the record holds no more rows than a record may', () => {
    const list = JSON.stringify(Array.from({ length: 100_000 }, () => 1));
    const { rows, error } = buildTree(JSON.stringify([list, list, list, list]));
    expect(error).toBeNull();
    expect(rows.length).toBe(4 + 200_000);
  });
});

describe('findNearest', () => {
  const one = buildTree('{"r":{"set":{"items":[{"id":"i-1"}]}}}');
  const two = buildTree('{"r":{"set":{"items":[{"id":"i-1"},{"id":"i-2"}]}}}');
  const name = (row: JsonRow | undefined) => row?.path.join('/');

  it.each([
    [['r', 'set', 'items', 0, 'id'], 'r/set/items/0/id', 'r/set/items/0/id'],
    [['r', 'set'], 'r/set/items/0', 'r/set/items'],
    [['r', 'set', 'items', 1, 'id'], 'r', 'r/set/items/1/id'],
    [['r', 'set', 'items', 0, 'name'], 'r/set/items/0', 'r/set/items/0'],
    [['r', 'other'], 'r', 'r'],
    [['x'], undefined, undefined],
    [[], undefined, undefined],
  ] as const)('%j', (path: readonly PathSegment[], inOne, inTwo) => {
    expect(name(findNearest(one, path))).toBe(inOne);
    expect(name(findNearest(two, path))).toBe(inTwo);
  });

  it('finds every row by its path', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const tree = buildTree(text);
        // JSON.parse made fc.json's objects, so no key is there twice.
        for (const row of tree.rows) if (row.path.length > 0) expect(findNearest(tree, row.path)).toBe(row);
      }),
    );
  });
});

type Leaf = readonly [path: readonly PathSegment[], value: unknown];

/** JSON.parse moves keys that look like indices to the front, and of equal keys keeps the last. */
function lastOfEach(leaves: readonly Leaf[]): ReadonlyMap<string, unknown> {
  return new Map(leaves.map(([path, value]) => [JSON.stringify(path), value]));
}

function flatten(tree: JsonTree): readonly Leaf[] {
  const own = tree.rows.filter(
    ({ textRow, childCount, kind }) => textRow < 0 && (childCount === 0 || kind === 'string'),
  );
  return own.map((row) => [row.path, JSON.parse(row.valueText)]);
}

function leavesOf(value: unknown, path: readonly PathSegment[] = []): readonly Leaf[] {
  if (value === null || typeof value !== 'object') return [[path, value]];
  const isArray = Array.isArray(value);
  const members = Object.entries(value);
  if (members.length === 0) return [[path, value]];
  return members.flatMap(([key, member]) => leavesOf(member, [...path, isArray ? Number(key) : key]));
}

describe('a path as text', () => {
  it('means any element of a list where that is wanted, and leaves keys alone that look like places in one', () => {
    const path = ['requestParameters', 'x[0]', 0, 'y'];
    expect(segmentsText(path)).toBe('requestParameters["x[0]"][0].y');
    expect(segmentsText(path, true)).toBe('requestParameters["x[0]"][].y');
  });
});
