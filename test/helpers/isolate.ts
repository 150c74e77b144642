// Vitest setup file: gives every test file a home of its own, before the file imports anything.

import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { isolatedEnvironment } from './environment.ts';

const root = process.env.TRAILX_TEST_ROOT;
if (root === undefined) throw new Error('run the tests with `npm test` or `npm run test:only -- test/some/folder`');
Object.assign(process.env, isolatedEnvironment(mkdtempSync(join(root, 'home-'))));
