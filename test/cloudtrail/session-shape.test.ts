import { expect, test } from 'vitest';
import { whoShape } from '../../src/cloudtrail/session-shape.ts';

test.each([
  ['report-export/export-1779262800', 'report-export/export-*'],
  ['web/i-0d94be17a3c2f5b68', 'web/i-*'],
  ['ci/GitHubActions-run_4711', 'ci/GitHubActions-run_*'],
  ['job/5f0c1c3e-8a7b-4c2d-9e1f-001122334455', 'job/*-*-*-*-*'],
  ['ssm/bob-kljpesu4cce2cenivefuoscxbw', 'ssm/bob-*'],
])('%s is %s', (who, shape) => expect(whoShape(who)).toBe(shape));

test.each([
  'Admin/alice',
  'Admin/bob2',
  'Admin/jane.7@example.com',
  'alice',
  'root',
  'lambda.amazonaws.com',
  '444455556666',
  'job/deadbeef',
  '',
])('%s stays', (who) => expect(whoShape(who)).toBe(who));
