import { expect, test } from 'vitest';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';
import { nearPathHint } from '../../src/load/near-path.ts';

const fs = memoryFileSystem({
  '/repo/sites-available/shop': 'server {}',
  '/repo/sites-available/blog': 'server {}',
  '/repo/no502.yaml': '',
});

test.each([
  ['sites-available/shpo', 'sites-available/shop'],
  ['sites-avalable/shop', 'sites-available/shop'],
  ['./sites-avalable/shpo', './sites-available/shop'],
  ['../repo/site-available', '../repo/sites-available'],
  ['/rpeo/sites-available/blog/', '/repo/sites-available/blog/'],
  ['no502.yml', 'no502.yaml'],
  ['sites', 'sites-available'],
])('%s may mean %s', (given, meant) => {
  expect(nearPathHint(fs, '/repo', given)).toBe(`; did you mean "${meant}"?`);
});

test.each(['wiki', 'sites-available/wiki', 'no502.yaml/x', '', '/', '..', 'sites-available'])(
  '%j is near to nothing, or there',
  (given) => expect(nearPathHint(fs, '/repo', given)).toBe(''),
);
