import { describe, expect, test } from 'vitest';
import { recordOfConsoleRow } from '../../src/cloudtrail/console-csv.ts';
import { STORED_FIELDS } from '../../src/cloudtrail/fields.ts';
import type { TrailEvent } from '../../src/cloudtrail/trail-event.ts';
import {
  type Detail,
  find,
  moveDetail,
  nextSize,
  openFind,
  resizeDetail,
  SIZES,
  showRecord,
  toggleRaw,
} from '../../src/state/detail.ts';
import { detailHead } from '../../src/state/detail-head.ts';
import { buildTree } from '../../src/state/json-tree.ts';
import { NO_DETAIL } from '../../src/state/no-detail.ts';
import { indentJson, rawLineOf } from '../../src/state/raw-json.ts';
import { treeWindow } from '../../src/state/tree-window.ts';
import { widthCells } from '../../src/text/width.ts';

const CELLS = Object.fromEntries(STORED_FIELDS.map((field) => [field, ''])) as TrailEvent['cells'];
const EVENT: TrailEvent = { row: 1, time: 0, cells: CELLS };
const DENIED = {
  eventName: 'TerminateInstances',
  eventSource: 'ec2.amazonaws.com',
  awsRegion: 'eu-west-1',
  userIdentity: { type: 'Root', accountId: '111122223333' },
  errorCode: 'AccessDenied',
  errorMessage: 'You may not do this',
  requestParameters: { instancesSet: { items: [{ instanceId: 'i-0ab12cd34ef567890' }] } },
};

function show(value: unknown, width = 60, height = 40): Detail {
  return showRecord(resizeDetail({ ...NO_DETAIL, isOpen: true }, width, height), EVENT, JSON.stringify(value));
}

const keys = (state: Detail) => (state.tree === null ? [] : treeWindow(state.tree).map((line) => line.keyText));

describe('head', () => {
  test('says the error first, why it was denied, the sentence, then answers the four questions', () => {
    const lines = detailHead(DENIED, 60, 60);
    expect(lines[0]).toEqual({ kind: 'error', text: 'AccessDenied: You may not do this' });
    const kinds = lines.map(({ kind }) => kind);
    expect(kinds.indexOf('denial')).toBe(1);
    expect(kinds.indexOf('sentence')).toBeGreaterThan(kinds.lastIndexOf('denial'));
    const answers = lines.filter(({ kind, text }) => /^(yes|no|not stated)$/.test(kind) && !text.startsWith(' '));
    expect(answers).toHaveLength(4);
  });

  test.each([2, 3, 5, 8, 12, 20, 40])('leaves at least half of %i lines to the tree', (height) => {
    expect(detailHead(DENIED, 50, height).length).toBeLessThanOrEqual(Math.max(1, Math.floor(height / 2)));
  });

  test.each([1, 7, 26, 80])('is never wider than %i cells, whatever the record holds', (width) => {
    const hostile = {
      eventName: '日本語'.repeat(50),
      errorCode: '\u001b[2J',
      errorMessage: `${'é'.repeat(500)} \u202e`,
    };
    for (const { text } of detailHead(hostile, width, 60)) {
      expect(widthCells(text)).toBeLessThanOrEqual(width);
      expect(text).not.toMatch(/\p{Cc}|\u202e/u);
    }
  });

  test.each([null, 1, 'text', [], {}])('a record that is %j has one too', (value) => {
    expect(detailHead(value, 60, 20).length).toBeGreaterThan(0);
  });
});

const SESSION = {
  eventVersion: '1.11',
  userIdentity: {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLE:alice',
    arn: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/alice',
    accountId: '111122223333',
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: {
      sessionIssuer: { type: 'Role', userName: 'AWSReservedSSO_Admin_0123456789abcdef' },
      attributes: { mfaAuthenticated: 'false', creationDate: '2026-05-19T08:00:00Z' },
    },
  },
  eventTime: '2026-05-19T14:00:00Z',
  eventSource: 'ec2.amazonaws.com',
  eventName: 'TerminateInstances',
  awsRegion: 'eu-west-1',
  sourceIPAddress: '203.0.113.9',
  userAgent: 'aws-cli/2',
  requestParameters: { instancesSet: { items: [{ instanceId: 'i-0ab12cd34ef567890' }] }, force: true },
  responseElements: null,
  eventID: 'e-1',
};

describe('identity card', () => {
  const texts = (width: number, height: number, treeLines?: number) =>
    detailHead(SESSION, width, height, treeLines).map(({ text }) => text);

  test('in few lines says the question, then what matters, the key last', () => {
    expect(texts(80, 12)).toContain('Role session: yes · Admin/alice · without MFA · key ASIAEXAMPLE');
    expect(texts(40, 12).join(' ')).toContain('Role session: yes · Admin/alice · without MFA · key ASIAEXAMPLE');
    expect(texts(80, 16)).toContain('By an AWS service: not stated');
  });

  test('wraps, and takes the lines that the tree leaves', () => {
    expect(texts(40, 30, 30)).not.toContain('            role or federated user?');
    const full = texts(40, 30, 4);
    expect(full).toContain('            role or federated user?');
    expect(full.join(' ')).not.toContain('…');
  });

  test('a row of the console CSV says on a line of its own what it lacks', () => {
    const row = ['alice', '', '2024-08-18T11:48:43Z', 'ec2.amazonaws.com', 'CreateTags', 'eu-west-1', '203.0.113.9'];
    const head = detailHead(JSON.parse(recordOfConsoleRow(row)), 40, 17);
    expect(head.map(({ text }) => text)).toContain('console CSV: no requestParameters');
  });
});

describe('what is in sight when the detail opens', () => {
  const opened = (height: number) => {
    const state = show(SESSION, 80, height);
    return { shown: keys(state), state };
  };

  test('all from the top, where it fits', () => {
    const { shown, state } = opened(47);
    expect(shown[0]).toBe('eventVersion');
    expect(shown).toEqual(expect.arrayContaining(['userIdentity', 'requestParameters', 'force']));
    expect(state.tree?.tree.rows[state.tree.focused]?.keyText).toBe('requestParameters');
  });

  test('else all parameters, and above them as much as there is room for', () => {
    const { shown } = opened(24);
    expect(shown.at(-1)).toBe('force');
    expect(shown.indexOf('requestParameters')).toBeGreaterThan(0);
  });

  test('parameters that are higher than the pane begin on its first line', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, k) => [`p${k}`, k]));
    expect(keys(show({ ...SESSION, requestParameters: many }, 80, 24))[0]).toBe('requestParameters');
  });
});

describe('record', () => {
  test('the raw JSON opens at the line of the cursor', () => {
    const state = find(show(SESSION, 80, 12), 'sessionIssuer', 1);
    const raw = toggleRaw(state);
    expect(raw.rawLines.slice(raw.rawTop, raw.rawTop + 3).at(-1)).toContain('"sessionIssuer"');
    const later = toggleRaw(find(show(SESSION, 80, 12), 'responseElements', 1));
    expect(later.rawLines.slice(later.rawTop).some((line) => line.includes('"responseElements"'))).toBe(true);
  });

  test('every row of a tree knows its line in the raw JSON', () => {
    const tree = buildTree(JSON.stringify(SESSION));
    const lines = indentJson(JSON.stringify(SESSION));
    for (const row of tree.rows) {
      const [segment] = row.ownSegments;
      if (typeof segment === 'string') expect(lines[rawLineOf(tree, row.index)]).toContain(JSON.stringify(segment));
    }
  });

  test('opens the tree at userIdentity and requestParameters', () => {
    expect(keys(show(DENIED))).toContain('instancesSet.items[0]');
    expect(keys(show(DENIED))).toContain('instanceId');
  });

  test('a text that is not JSON is shown raw and says why there is no tree', () => {
    const state = showRecord(resizeDetail(NO_DETAIL, 40, 10), EVENT, '{"a":');
    expect(state.tree?.tree.error).not.toBeNull();
    expect(toggleRaw(state).rawLines).not.toHaveLength(0);
  });

  test('raw lines keep the spelling and are broken at the width', () => {
    const text = '{"n":1.688560107857E9,"big":12345678901234567890,"long":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}';
    const state = toggleRaw(showRecord(resizeDetail(NO_DETAIL, 20, 10), EVENT, text));
    expect(state.rawLines.join('').replaceAll(' ', '')).toBe(text);
    expect(Math.max(...state.rawLines.map(widthCells))).toBeLessThanOrEqual(20);
    const narrower = resizeDetail(state, 10, 10);
    expect(Math.max(...narrower.rawLines.map(widthCells))).toBeLessThanOrEqual(10);
  });

  test('the raw view scrolls within its lines', () => {
    const state = toggleRaw(show({ list: Array.from({ length: 100 }, (_, k) => k) }, 40, 10));
    const last = state.rawLines.length - 10;
    const table = [
      ['down', 1],
      ['pageDown', 9],
      ['halfDown', 14],
      ['up', 13],
      ['last', last],
      ['down', last],
      ['first', 0],
      ['up', 0],
    ] as const;
    let moved = state;
    for (const [move, top] of table) {
      moved = moveDetail(moved, move);
      expect([move, moved.rawTop]).toEqual([move, top]);
    }
  });
});

test('find counts the rows and goes to the next one, and stays where there is none', () => {
  const state = find(show(DENIED), 'INSTANCEID', 1);
  expect(state.find.matchCount).toBe(1);
  expect(state.tree?.tree.rows[state.tree.focused]?.keyText).toBe('instanceId');
  const missing = find(state, 'nowhere', 1);
  expect(missing.find.matchCount).toBe(0);
  expect(missing.tree).toBe(state.tree);
});

test('the line of the next find is empty; the last one is kept for n', () => {
  const open = openFind(find(show(DENIED), 'INSTANCEID', 1));
  expect(open.find).toMatchObject({ isOpen: true, text: 'INSTANCEID', input: { text: '', cursor: 0 } });
});

test('sizes go up and down through all of SIZES and stop at the ends', () => {
  let size: number | null = 0;
  const seen: number[] = [];
  for (size = nextSize(size, 1); size !== null; size = nextSize(size, 1)) seen.push(size);
  expect(seen).toEqual(SIZES);
  expect(nextSize(SIZES[0] as number, -1)).toBeNull();
  expect(nextSize(0.45, -1)).toBe(0.4);
});
