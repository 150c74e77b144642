// :policy — an IAM policy of the calls in the marked events, or in the list: what a role has used, or was refused.

import { type NamedParts, namedParts } from '../cloudtrail/iam-named-parts.ts';
import { type ActionUse, type Policy, policyFor } from '../cloudtrail/iam-policy.ts';
import { isDeniedCode } from '../cloudtrail/outcome.ts';
import { resourcesIn } from '../cloudtrail/resource-cell.ts';
import type { AppState } from '../state/app-state.ts';
import { openText, type TextLine, type TextPanel } from '../state/text-panel.ts';
import type { Group, Groups } from '../store/analysis.ts';
import type { Result } from '../store/result.ts';
import type { Store } from '../store/store.ts';
import { countOf, formatCount } from '../text/format.ts';

/** Kinds of calls looked at: a policy of more could not be read. */
const MAX_GROUPS = 2000;
const INDENT = 2;

const NO_EVENTS =
  'There are no events in the list, so there is nothing that a policy could allow. Esc closes the page.';
const NO_ACTIONS = 'No IAM policy allows or denies any of these calls.';
const ALL_DENIED = 'The policy would allow what was refused: each of these calls was denied. :denied says why.';
const APART = 'What was denied stands apart below, and is not copied; :denied says why it was.';

export const POLICY_TITLE = 'IAM policy of these calls';

/** Rejects with AbortError, or as the store does. */
export async function policyPage(store: Store, state: AppState, signal: AbortSignal): Promise<TextPanel> {
  const marked = [...state.marks.byRow].filter(([, { isMarked }]) => isMarked).map(([row]) => row);
  const result = marked.length > 0 ? store.pick(marked) : state.results.result;
  if (result === null) return openText(POLICY_TITLE, [{ tone: 'plain', text: 'There are no events yet.' }]);
  const by = ['source', 'name', 'resource', 'account', 'region', 'error'] as const;
  const found = await store.groups(result, by, { limit: MAX_GROUPS, signal });
  const whole = result.folded?.whole ?? result;
  const parts = await partsOf(store, found.groups, signal);
  return pageOf(found, parts, whole, marked.length > 0);
}

/** What the newest record of each group names: its cells say names, but not what has them. Undefined where it cannot
 *  be read. */
async function partsOf(
  store: Store,
  groups: readonly Group[],
  signal: AbortSignal,
): Promise<readonly (NamedParts | undefined)[]> {
  const byRow = new Map<number, NamedParts | undefined>();
  try {
    const newest = store.pick(groups.map(({ row }) => row));
    for await (const texts of store.records(newest, { signal })) {
      for (const text of texts) byRow.set(newest.rows[byRow.size] ?? -1, partsIn(text));
      await new Promise(setImmediate);
    }
  } catch {
    // The page says how many were not read; the calls are in it all the same.
    signal.throwIfAborted();
  }
  return groups.map(({ row }) => byRow.get(row));
}

function partsIn(text: string): NamedParts | undefined {
  try {
    return namedParts(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function pageOf(
  { groups, distinct }: Groups,
  parts: readonly (NamedParts | undefined)[],
  { total }: Result,
  isMarked: boolean,
): TextPanel {
  const {
    policy,
    denied: refused,
    unmapped,
    notes,
  } = policyFor(groups.map((group, i) => ({ ...useOf(group), parts: parts[i] })));
  const failed = groups.reduce((sum, group) => sum + group.failures, 0);
  const denied = groups.reduce(
    (sum, { cells: { error = '' }, failures }) => sum + (isDeniedCode(error) ? failures : 0),
    0,
  );
  const left = distinct - groups.length;
  const over = `${countOf(total, isMarked ? 'marked event' : 'event of the list', isMarked ? undefined : 'events of the list')}`;
  const about: TextLine[] = [{ tone: 'quiet', text: `of ${over}` }];
  if (failed > 0) {
    const parts = [
      ...(denied > 0 ? [`${formatCount(denied)} ${denied === 1 ? 'was' : 'were'} denied`] : []),
      ...(failed > denied ? [`${formatCount(failed - denied)} failed otherwise`] : []),
    ];
    const otherwise = failed > denied ? ' What failed otherwise needed its permission all the same.' : '';
    about.push({ tone: 'warning', text: `Of these ${parts.join(' and ')}.${otherwise}` });
  }
  const unread = parts.filter((part) => part === undefined).length;
  if (unread > 0) {
    const text = `${countOf(unread, 'record')} could not be read: their calls are limited by ids and ARNs alone.`;
    about.push({ tone: 'warning', text });
  }
  if (left > 0) {
    const text = `Only the ${formatCount(groups.length)} most frequent kinds of calls are in it; ${formatCount(left)} are not. A narrower search takes all.`;
    about.push({ tone: 'warning', text });
  }
  const blank: TextLine = { tone: 'plain', text: '' };
  const section = (title: string, texts: readonly string[]): readonly TextLine[] =>
    texts.length === 0
      ? []
      : [blank, { tone: 'title', text: title }, ...texts.map((text): TextLine => ({ tone: 'plain', text, depth: 1 }))];
  // Where all was denied, what was refused is what the page was opened for.
  const isAllDenied = policy.Statement.length === 0 && refused.Statement.length > 0;
  const main = isAllDenied ? refused : policy;
  const apart = isAllDenied ? [] : refused.Statement;
  if (isAllDenied) about.push({ tone: 'warning', text: ALL_DENIED });
  else if (apart.length > 0) {
    const actions = (statements: Policy['Statement']) => new Set(statements.flatMap(({ Action }) => Action));
    const all = actions([...policy.Statement, ...apart]).size;
    const inPolicy = actions(policy.Statement);
    const only = [...actions(apart)].filter((action) => !inPolicy.has(action)).length;
    const actionsDenied = `${formatCount(only)} of ${countOf(all, 'action')} ${only === 1 ? 'was' : 'were'} only ever denied.`;
    const text = only === 0 ? 'On some resources actions were only ever denied.' : actionsDenied;
    about.push({ tone: 'warning', text: `${text} ${APART}` });
  }
  const json = JSON.stringify(main, null, INDENT);
  const isEmpty = main.Statement.length === 0;
  const body: readonly TextLine[] = isEmpty
    ? [blank, { tone: 'plain', text: total === 0 ? NO_EVENTS : NO_ACTIONS }]
    : [blank, ...json.split('\n').map(jsonLine)];
  const denials: readonly TextLine[] =
    apart.length === 0
      ? []
      : [
          blank,
          { tone: 'title', text: 'Denied: not in the policy' },
          ...JSON.stringify(apart, null, INDENT).split('\n').map(jsonLine),
        ];
  return openText(
    POLICY_TITLE,
    [
      ...about,
      ...body,
      ...denials,
      ...section('Before it is used', notes),
      ...section(
        'Not in it',
        unmapped.map(({ what, why }) => `${what}: ${why}`),
      ),
    ],
    isEmpty ? null : { what: isAllDenied ? 'the policy of what was denied' : 'the policy', text: json },
  );
}

function useOf({ cells, count }: Group): ActionUse {
  const { source = '', name = '', resource = '', account = '', region = '', error = '' } = cells;
  return {
    source,
    name,
    resources: resourcesIn(resource),
    account,
    region,
    isDenied: isDeniedCode(error),
    isSample: count > 1,
  };
}

/** Leading spaces would be lost where the line is wrapped. */
function jsonLine(line: string): TextLine {
  const text = line.trimStart();
  return { tone: 'strong', text, depth: (line.length - text.length) / INDENT + 1 };
}
