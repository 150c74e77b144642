// The cell of `resource` holds every name, id and ARN of the event.

import { RESOURCE_SEPARATOR } from './fields.ts';

/** The one that the list shows comes first; none where the record names none. */
export function resourcesIn(cell: string): readonly string[] {
  return cell === '' ? [] : cell.split(RESOURCE_SEPARATOR);
}
