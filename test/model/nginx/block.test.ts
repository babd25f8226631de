import { expect, test } from 'vitest';
import { buildBlock, eachBlock } from '../../../src/model/nginx/block.ts';
import { noIncludes } from '../../../src/model/nginx/layout.ts';
import { parseNginx } from '../../../src/syntax/nginx/parse.ts';

test('blocks nested deeper than any stack reaches do no harm', () => {
  const text = `${'location / { '.repeat(20_000)}${'}'.repeat(20_000)}`;
  const { directives } = parseNginx({ path: '/x', file: 'x', text, encoding: 'utf8' });
  const depth = [...eachBlock(buildBlock('server', directives, noIncludes))].length;
  expect(depth).toBeGreaterThan(200);
  expect(depth).toBeLessThan(1000);
});
