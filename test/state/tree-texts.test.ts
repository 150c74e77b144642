// Texts that the tree opens: JSON in strings, long strings, base64; and what is copied and searched for in them.

import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cells, STORED_FIELDS } from '../../src/cloudtrail/fields.ts';
import { compileQuery } from '../../src/query/compile.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { printQuery } from '../../src/query/print.ts';
import { segmentsText } from '../../src/state/json-path.ts';
import { buildTree, type JsonRow } from '../../src/state/json-tree.ts';
import { rawLineOf } from '../../src/state/raw-json.ts';
import { recordPath, rowKey, rowTerm, rowText } from '../../src/state/row-value.ts';
import {
  findInTree,
  matchesInTree,
  moveTree,
  openTree,
  replaceTree,
  resizeTree,
  type TreeCommand,
  type TreeState,
  visibleRows,
} from '../../src/state/tree.ts';
import { treeWindow } from '../../src/state/tree-window.ts';
import { openEventsDatabase } from '../query/events-database.ts';
import { CLOCK } from '../query/queries.ts';

const NO_CELLS = Object.fromEntries(STORED_FIELDS.map((field) => [field, ''])) as Cells;
const SCRIPT = '#!/bin/bash\n\tsystemctl stop auditd\n';
const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');
const POLICY = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }] };

const treeOf = (requestParameters: unknown, more: object = {}) =>
  buildTree(JSON.stringify({ requestParameters, ...more }));
const open = (requestParameters: unknown, width = 40) => resizeTree(openTree(treeOf(requestParameters), 60), 60, width);

function screen(state: TreeState): readonly string[] {
  return treeWindow(state).map((line) =>
    `${line.isFocused ? '>' : ' '}${'  '.repeat(line.depth)}${line.marker} ${line.keyText === '' ? '' : `${line.keyText} `}${line.value}`.trimEnd(),
  );
}

const move = (state: TreeState, ...commands: readonly TreeCommand[]) => commands.reduce(moveTree, state);
const focused = ({ tree, focused }: TreeState) => tree.rows[focused] as JsonRow;

describe('a long string', () => {
  const LONG = 'one two three four five six seven eight nine ten';
  const closed = move(open({ text: LONG, after: 1 }), 'down');

  test('unfolds into its lines, walks over them, and folds', () => {
    expect(screen(closed)).toEqual([' ▾ requestParameters', `>  ▸ text ${LONG}`, '     after 1']);
    const opened = move(closed, 'open');
    expect(screen(opened)).toEqual([
      ' ▾ requestParameters',
      '>  ▾ text',
      `       ${LONG.slice(0, 34)}`.trimEnd(),
      `       ${LONG.slice(34)}`,
      '     after 1',
    ]);
    expect(focused(move(opened, 'open'))).toMatchObject({ kind: 'line', value: LONG.slice(0, 34) });
    expect(focused(move(opened, 'nextSibling'))).toMatchObject({ keyText: 'after' });
    expect(screen(move(opened, 'open', 'down', 'close', 'close'))).toEqual(screen(closed));
    expect(screen(move(opened, 'toggle', 'toggle'))).toEqual(screen(opened));
  });

  test('at the end of the pane moves up, as far as it needs', () => {
    const members = { ...Object.fromEntries(Array.from({ length: 9 }, (_, k) => [`k${k}`, k])), text: LONG };
    const low = (height: number) => moveTree(resizeTree(open(members), height), 'last');
    expect(screen(move(low(5), 'open'))).toEqual([
      '     k7 7',
      '     k8 8',
      '>  ▾ text',
      `       ${LONG.slice(0, 34)}`.trimEnd(),
      `       ${LONG.slice(34)}`,
    ]);
    expect(screen(move(low(2), 'open'))[0]).toBe('>  ▾ text');
  });

  test('is broken anew at another width, and a line leads back to its text', () => {
    const line = move(closed, 'open', 'down');
    const wide = resizeTree(line, 60, 52);
    expect(focused(wide)).toMatchObject({ kind: 'string', keyText: 'text' });
    expect(screen(wide).slice(2, 4)).toEqual([`       ${LONG.slice(0, 46)}`, `       ${LONG.slice(46)}`]);
  });

  test('stays open at its path from record to record, where it is long', () => {
    const opened = move(closed, 'open');
    const next = replaceTree(opened, treeOf({ text: LONG.toUpperCase() }));
    expect(screen(next)).toHaveLength(4);
    expect(screen(replaceTree(next, treeOf({ text: 'short' })))).toEqual([' ▾ requestParameters', '>    text short']);
    expect(screen(replaceTree(move(opened, 'toggle'), treeOf({ text: LONG })))).toHaveLength(2);
  });

  test('is found once, wherever its lines are broken', () => {
    const opened = move(closed, 'open', 'last');
    expect(matchesInTree(opened.tree, 'seven eight')).toHaveLength(1);
    expect(focused(findInTree(opened, 'seven eight', 1))).toMatchObject({ keyText: 'text' });
  });

  test('that fits has nothing to open, whatever its escapes; one of several lines has', () => {
    const fits = move(open({ text: 'a\\b"c' }), 'down');
    expect(screen(fits)[1]).toBe('>    text a\\b"c');
    expect(move(fits, 'open')).toBe(fits);
    expect(move(fits, 'toggle')).toBe(fits);
    expect(screen(move(open({ text: 'a\nb\n' }), 'down', 'open')).slice(2)).toEqual(['       a', '       b']);
  });

  test('of any characters is shown whole, sanitised, within the pane', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 60, maxLength: 400 }),
        fc.integer({ min: 12, max: 90 }),
        (text, width) => {
          const state = move(open({ text }, width), 'down', 'open');
          for (const line of treeWindow(state)) expect(line.kind !== 'line' || !/\p{Cc}/u.test(line.value)).toBe(true);
          expect(rowText(state.tree, focused(move(state, 'open')))).toBe(text);
        },
      ),
    );
  });

  test('of megabytes opens as far as anybody reads', () => {
    const state = move(open({ text: 'x'.repeat(8_000_000) }), 'down', 'open');
    expect(state.tree.rows.length).toBeLessThan(6000);
    expect(state.tree.rows.at(-1)?.value).toBe('… and 7,830,000 more characters: y copies the whole text');
  });

  test('among ten thousand rows leaves all others as they were', () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, k) => [`k${k}`, { a: k }]));
    const state = move(open({ many, text: LONG }), 'first', { kind: 'toRow', row: 1 }, 'nextSibling');
    const before = visibleRows(state).length;
    expect(visibleRows(move(state, 'open'))).toHaveLength(before + 2);
  });
});

describe('base64', () => {
  test.each([
    ['text', base64(SCRIPT)],
    ['gzip', base64(gzipSync(SCRIPT))],
  ])('%s opens as what it says', (_, userData) => {
    const state = move(open({ userData }), 'down', 'toggle');
    expect(screen(state).slice(2)).toEqual(['       #!/bin/bash', '           systemctl stop auditd']);
    const line = move(state, 'open', 'down');
    expect(rowText(line.tree, focused(line))).toBe(SCRIPT);
    expect(rowKey(line.tree, focused(line))).toBe('userData');
    expect(rowText(state.tree, focused(state))).toBe(userData);
    expect(matchesInTree(state.tree, 'AUDITD')).toHaveLength(1);
  });

  test('that cannot be unpacked opens as it is', () => {
    const broken = base64(gzipSync(SCRIPT.repeat(9))).slice(0, 40);
    const state = move(open({ userData: broken }), 'down', 'open');
    expect(screen(state)[2]).toBe(`       ${broken.slice(0, 34)}`);
  });
});

describe('JSON in a string', () => {
  test('that is small is open with what it is in; one that is not opens whole', () => {
    const small = open({ policyDocument: JSON.stringify(POLICY) });
    expect(screen(small)).toEqual([
      '>▾ requestParameters',
      '   ▾ policyDocument',
      '       Version 2012-10-17',
      '     ▾ Statement[0]',
      '         Effect Allow',
      '         Action s3:Get*',
      '         Resource *',
    ]);
    const Statement = Array.from({ length: 9 }, () => POLICY.Statement[0]);
    const large = move(open({ policyDocument: JSON.stringify({ Statement }) }), 'down');
    expect(screen(large).slice(1)).toEqual(['>  ▸ policyDocument {Statement: […]}']);
    expect(screen(move(large, 'open'))).toHaveLength(2 + 1 + 9 * 4);
  });

  test('is found, copied and closed like any other part', () => {
    const state = findInTree(open({ policyDocument: encodeURIComponent(JSON.stringify(POLICY)) }), 's3:get', 1);
    const row = focused(state);
    expect([row.keyText, rowText(state.tree, row), rowKey(state.tree, row)]).toEqual(['Action', 's3:Get*', 'Action']);
    expect(segmentsText(recordPath(state.tree, row))).toBe('requestParameters.policyDocument');
    expect(screen(move(state, 'close', 'close', 'close', 'close')).slice(1)).toEqual([
      '>  ▸ policyDocument {Version: 2012-10-17, Statement[0]: {…}}',
    ]);
  });

  test('is on one line of the raw JSON', () => {
    const { tree } = open({ a: { policyDocument: JSON.stringify(POLICY), b: 1 } });
    expect(tree.rows.map((row) => [row.keyText, rawLineOf(tree, row.index)])).toEqual([
      ['requestParameters', 1],
      ['a', 2],
      ['policyDocument', 3],
      ['Version', 3],
      ['Statement[0]', 3],
      ['Effect', 3],
      ['Action', 3],
      ['Resource', 3],
      ['b', 4],
    ]);
  });
});

describe('= on a part of a text', () => {
  const nested = JSON.stringify({ message: JSON.stringify({ user: 'C:\\users\\bob', note: 'a "b"' }) });
  const records = [
    { requestParameters: { policyDocument: JSON.stringify(POLICY) } },
    { requestParameters: { policyDocument: encodeURIComponent(JSON.stringify({ ...POLICY, Id: 'ä ö' })) } },
    { requestParameters: { policyDocument: JSON.stringify({ Statement: { Action: 's3:GetObject' } }) } },
    { requestParameters: { policyDocument: nested } },
    {
      requestParameters: {
        policyDocument: '{"Statement": {"Effect" : "Deny", "Sid": "AllowNobody", "Action": ["s3:GetObject"]}}',
      },
    },
    { requestParameters: { policyDocument: JSON.stringify({ Statement: { Sid: 'Deny', Resource: '*' } }) } },
  ];

  test('finds the events whose text has it', async () => {
    const texts = records.map((record) => JSON.stringify(record));
    const database = await openEventsDatabase(texts.map((raw) => ({ time: null, cells: NO_CELLS, raw })));
    const found: Record<string, readonly number[]> = {};
    for (const [record, text] of texts.entries()) {
      const tree = buildTree(text);
      for (const row of tree.rows.filter(
        ({ textRow, kind, value }) => textRow >= 0 && kind === 'string' && value.length > 0,
      )) {
        const asked = rowTerm(tree, row);
        if (asked.kind === 'blocked') continue;
        const { query } = parseQuery(printQuery(asked.term), CLOCK);
        if (query === null) throw new Error('no query');
        found[`${record} ${row.keyText} ${row.value}`] = await database.rowsWhere(
          compileQuery(query, { fuzzy: new Map() }),
        );
      }
    }
    database.close();
    expect(found).toMatchObject({
      // The same word elsewhere, or encoded in another way, is another text.
      '0 Effect Allow': [0],
      '0 Resource *': [0, 5],
      '1 Effect Allow': [1],
      '1 Id ä ö': [1],
      '2 Action s3:GetObject': [2],
      '3 user C:\\users\\bob': [3],
      '3 note a "b"': [3],
      '4 Effect Deny': [4],
      '4 [0] s3:GetObject': [2, 4],
      '5 Sid Deny': [5],
    });
  });

  test('has the key and the quotes as the text spells them; without a key it says so', () => {
    const asked = (text: string, value: string) => {
      const tree = treeOf({ p: text });
      const row = tree.rows.find((each) => each.textRow >= 0 && each.value === value);
      const term = row === undefined ? null : rowTerm(tree, row);
      return term?.kind === 'term' ? [printQuery(term.term), term.note] : term;
    };
    expect(asked('{"Effect" : "Deny"}', 'Deny')).toEqual([
      'requestParameters.p:"*\\"Effect\\" : \\"Deny\\"*"',
      undefined,
    ]);
    expect(asked(encodeURIComponent('{"Effect":"Deny"}'), 'Deny')).toEqual([
      'requestParameters.p:*%22Effect%22%3A%22Deny%22*',
      undefined,
    ]);
    const anywhere = 'this text, anywhere in that of requestParameters.p';
    expect(asked('{"a":["b","Deny"]}', 'Deny')).toEqual(['requestParameters.p:*"Deny"*', anywhere]);
    expect(asked('{"\\u0041":"Deny"}', 'Deny')).toEqual(['requestParameters.p:*"Deny"*', anywhere]);
  });

  test('says why it cannot ask for the rest', () => {
    const tree = treeOf({ p: JSON.stringify({ a: 1, b: [1], c: ['', 1], d: 'x'.repeat(20_000) }) });
    const reasons = tree.rows.slice(2).map((row) => {
      const asked = rowTerm(tree, row);
      return asked.kind === 'blocked' ? asked.reason : printQuery(asked.term);
    });
    const words =
      'it is in the text of requestParameters.p, of which the search knows the words only: = on one of its texts';
    const cannot = 'it is in the text of requestParameters.p, which cannot be searched for this';
    expect(reasons).toEqual([words, words, words, words, cannot, words, cannot]);
  });

  test('of a line asks for the whole text', () => {
    const state = move(open({ userData: base64(SCRIPT) }), 'down', 'open', 'open');
    const asked = rowTerm(state.tree, focused(state));
    expect(asked.kind === 'term' && printQuery(asked.term)).toBe(`requestParameters.userData:${base64(SCRIPT)}`);
  });
});

test('whatever is opened and moved to, the cursor stays in sight and every row has its place', () => {
  const text = fc.oneof(
    fc.lorem({ maxCount: 30 }),
    fc.json(),
    fc.json().map(encodeURIComponent),
    fc.lorem({ maxCount: 20 }).map(base64),
    fc.constant('a\nb'),
  );
  const members = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.oneof(text, fc.jsonValue()), {
    noNullPrototype: true,
  });
  const step = fc.oneof(
    { arbitrary: fc.constantFrom<TreeCommand>('open', 'toggle', 'down', 'up'), weight: 6 },
    fc.constantFrom<TreeCommand>('close', 'last', 'first', 'closeSiblings', 'openSiblingsDeep', 'closeSiblingsDeep'),
    fc.constantFrom<TreeCommand>('nextSameKey', 'previousSameKey', 'nextSibling', 'pageDown', 'halfUp'),
    fc.record({ width: fc.integer({ min: 1, max: 70 }), height: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ members }),
  );
  fc.assert(
    fc.property(members, fc.array(step, { maxLength: 40 }), (first, steps) => {
      let state = open(first, 30);
      for (const each of steps) {
        if (typeof each === 'object' && 'members' in each) state = replaceTree(state, treeOf(each.members));
        else if (typeof each === 'object' && 'width' in each) state = resizeTree(state, each.height, each.width);
        else state = moveTree(state, each);
        const { tree, isOpen } = state;
        expect(isOpen).toHaveLength(tree.rows.length);
        expect(treeWindow(state).some((line) => line.isFocused)).toBe(true);
        for (const row of tree.rows) {
          expect(tree.rows[row.index]).toBe(row);
          expect(row.kind !== 'line' || tree.rows[row.textRow] === tree.rows[row.parent]).toBe(true);
          expect(row.childCount === 0).toBe(row.firstChild < 0);
          expect(isOpen[row.index] === 1 && row.childCount === 0).toBe(false);
        }
      }
    }),
  );
});
