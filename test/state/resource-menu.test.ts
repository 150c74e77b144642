import { describe, expect, test } from 'vitest';
import { type Cells, RESOURCE_SEPARATOR, STORED_FIELDS } from '../../src/cloudtrail/fields.ts';
import { openResourceMenu, resourceChoices } from '../../src/state/resource-menu.ts';

const NOTHING = Object.fromEntries(STORED_FIELDS.map((field) => [field, ''])) as Cells;
const INSTANCE = 'i-0ab12cd34ef567890';

function choices(...names: readonly string[]): readonly string[] {
  return resourceChoices({ row: 0, time: null, cells: { ...NOTHING, resource: names.join(RESOURCE_SEPARATOR) } });
}

describe('the menu of an event’s resources', () => {
  test('lists each once, however it is spelled, the best label first', () => {
    const arn = `arn:aws:ec2:eu-west-1:111122223333:instance/${INSTANCE}`;
    expect(choices(INSTANCE, arn, 'vol-12345678', 'arn:aws:s3:::b/*', 'b')).toEqual([
      ...[INSTANCE, 'vol-12345678', 'arn:aws:s3:::b/*'],
    ]);
    expect(choices()).toEqual([]);
  });

  test('calls accounts accounts, and lists them last: they are whom something is shared with', () => {
    const [shared, root] = ['444455556666', 'arn:aws:iam::999900001111:root'];
    expect(choices(shared, 'snap-12345678', root)).toEqual(['snap-12345678', shared, root]);
    const { items } = openResourceMenu(choices(shared, 'snap-12345678', root), 20);
    expect(items.map(({ label }) => label)).toEqual(['snapshot', 'account', 'account']);
  });

  test('has a key for each that there are lines for, and tells of the rest', () => {
    const names = Array.from({ length: 64 }, (_, k) => `name-of-${k}`);
    const { items, title } = openResourceMenu(names, 50);
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
    expect(items.slice(0, 3).map(({ key }) => key)).toEqual(['r', '1', '2']);
    expect(items.map(({ key }) => key)).not.toContain('j');
    expect(title).toContain(`${64 - items.length} more`);
    expect(openResourceMenu(names, 0).items).toHaveLength(1);
  });

  test('says what kind each is, as far as its id or ARN tells', () => {
    const names = [
      INSTANCE,
      'arn:aws:s3:::b',
      'arn:aws:s3:::b/k',
      'arn:aws:iam::111122223333:role/x/Admin',
      'web',
      'arn:',
    ];
    expect(openResourceMenu(names, 20).items.map(({ label }) => label)).toEqual([
      ...['instance', 'bucket', 'object', 'role', 'name or id', 'ARN'],
    ]);
  });
});
