import { resolvePath } from './paths.ts';
import type { Query } from './query.ts';

/** Paths of the record (no fields of the table) that every match, or one side of an or, must have; each once, as they
 *  were written. What is left out by name need not be there. */
export function askedPaths(query: Query): readonly string[] {
  switch (query.kind) {
    case 'and':
    case 'or':
      return [...new Set(query.terms.flatMap(askedPaths))];
    case 'field':
    case 'present':
    case 'like':
    case 'compare':
      return resolvePath(query.path).kind === 'path' ? [query.path] : [];
    default:
      return [];
  }
}
