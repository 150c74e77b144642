// What events can be counted by: fields that are stored, the family of user agents, and any path of the record.

import { FIELDS, findField, type StoredFieldId } from '../cloudtrail/fields.ts';
import { RECORD_PATHS } from '../cloudtrail/record-paths.ts';
import { MAX_STEPS, type PathStep, parsePath, resolvePath } from './paths.ts';

export type CountColumn =
  | { readonly kind: 'stored'; readonly field: StoredFieldId }
  | { readonly kind: 'family' }
  | { readonly kind: 'path'; readonly steps: readonly PathStep[] };

export type NoColumn = { readonly kind: 'problem'; readonly reason: string };

/** More columns could not be read. */
const MAX_NAMES = 5;

/** Names that are offered, without ids that no two events share; any other path works as well. */
export const COUNT_NAMES: readonly string[] = [
  ...FIELDS.filter(({ kind, id }) => kind !== 'time' && kind !== 'record' && id !== 'first' && id !== 'person').map(
    ({ id }) => id,
  ),
  ...RECORD_PATHS.filter((path) => findField(path.replaceAll('[]', '')) === undefined),
];

/** What a name counts by, or why nothing can be counted by it. */
export function countColumn(name: string): CountColumn | NoColumn {
  const target = resolvePath(name);
  if (target.kind === 'unknown') {
    const { near } = target;
    const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'a path begins as requestParameters.… does';
    return problem(`there is no field ${name}; ${hint}`);
  }
  if (target.kind === 'path') {
    if (target.steps.length > MAX_STEPS) return problem(`this path is too long: at most ${MAX_STEPS} keys`);
    return { kind: 'path', steps: target.steps };
  }
  const { field } = target;
  if (field.kind === 'record') return { kind: 'path', steps: parsePath(field.path) ?? [] };
  if (field.kind === 'time') return problem('nothing is counted by time here: the histogram (i) does that');
  if (field.id === 'first') return problem('nothing is counted by what is new: :rare lists it');
  if (field.id === 'person') return problem('nothing is counted by person here: :people lists them');
  return field.kind === 'derived' ? { kind: 'family' } : { kind: 'stored', field: field.id as StoredFieldId };
}

/** Names between spaces or commas: `who ip`, `who, requestParameters.tags."a key"`; each is taken once. */
export function readCountNames(text: string): { readonly kind: 'names'; readonly names: readonly string[] } | NoColumn {
  const names = [...new Set(text.match(/(?:"(?:[^"\\]|\\.)*"|[^\s,])+/g))];
  if (names.length === 0) return problem('say by what: who, ip, requestParameters.instanceType');
  if (names.length > MAX_NAMES) return problem(`at most ${MAX_NAMES} columns: leave out ${names[MAX_NAMES]}`);
  for (const name of names) {
    const column = countColumn(name);
    if (column.kind === 'problem') return column;
  }
  return { kind: 'names', names };
}

function problem(reason: string): NoColumn {
  return { kind: 'problem', reason };
}
