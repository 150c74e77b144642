// What PutEventSelectors leaves a trail to record, as far as it is less than an analyst counts on.

import { memberOf, severalOf, textIn } from './any-case.ts';
import { textOf } from './json-value.ts';

/** 'no management events', 'management events: reads only'; '' where neither is stated. */
export function trailLossOf(request: unknown): string {
  const plain = severalOf(memberOf(request, 'eventSelectors'));
  const advanced = severalOf(memberOf(request, 'advancedEventSelectors')).map(fieldsOf);
  if (plain.length === 0 && advanced.length === 0) return '';
  // Management events are in where a plain selector does not leave them out, and where an advanced one asks for them.
  const reads = [
    ...plain
      .filter((selector) => textIn(selector, 'includeManagementEvents').toLowerCase() !== 'false')
      .map((selector) => textIn(selector, 'readWriteType').toLowerCase()),
    ...advanced
      .filter((fields) =>
        fields.some(({ field, equals }) => field === 'eventcategory' && equals.includes('management')),
      )
      .map((fields) => {
        const equals = fields.find(({ field }) => field === 'readonly')?.equals ?? [];
        return equals.length !== 1 ? 'all' : equals[0] === 'true' ? 'readonly' : 'writeonly';
      }),
  ];
  if (reads.length === 0) return 'no management events';
  if (reads.every((kind) => kind === 'readonly')) return 'management events: reads only';
  return reads.every((kind) => kind === 'writeonly') ? 'management events: writes only' : '';
}

type Field = { readonly field: string; readonly equals: readonly string[] };

function fieldsOf(selector: unknown): readonly Field[] {
  return severalOf(memberOf(selector, 'fieldSelectors')).map((one) => ({
    field: textIn(one, 'field').toLowerCase(),
    equals: [memberOf(one, 'equals')].flat().map((value) => textOf(value).toLowerCase()),
  }));
}
