import { CALLER_FIELDS } from '../cloudtrail/person.ts';

/** SQL for the columns that make a caller. */
export const CALLER_COLUMNS = CALLER_FIELDS.map((field) => `f_${field}`).join(', ');
