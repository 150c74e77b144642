import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../src/query/parse.ts';
import { printQuery } from '../../src/query/print.ts';
import { listedAs, namingQuery, resourceQuery } from '../../src/query/resource-query.ts';

describe('resourceQuery', () => {
  test.each([
    ['i-0ab12cd34ef567890', "'i-0ab12cd34ef567890"],
    ['arn:aws:ec2:eu-west-1:111122223333:instance/i-0ab12cd34ef567890', "'i-0ab12cd34ef567890"],
    ['arn:aws:s3:::example-reports', "'example-reports"],
    ['arn:aws:iam::111122223333:user/bob', "resource:bob | 'arn:aws:iam::111122223333:user/bob"],
    ['bob', 'resource:bob,arn:*:bob,arn:*/bob'],
    ['production', 'resource:production,arn:*:production,arn:*/production'],
  ])('looks for a resource wherever it is named: %s', (name, text) => {
    expect(printQuery(resourceQuery(name))).toBe(text);
  });

  test.each(['', ' ', 'a*b?', 'x y:"z"', '\\', "'", '(', 'arn:aws:s3:::b/x y:"z"', '|', '-'])(
    'can be read back: %j',
    (name) => {
      for (const query of [resourceQuery(name), namingQuery(name), listedAs([name, 'other'])])
        expect(parseQuery(printQuery(query), { now: 0, zone: 'utc' }).error).toBeNull();
    },
  );
});
