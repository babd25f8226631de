import { expect, test } from 'vitest';
import { buildBlock, eachBlock } from '../../../src/model/nginx/block.ts';
import { noIncludes } from '../../../src/model/nginx/layout.ts';
import { parseNginx } from '../../../src/syntax/nginx/parse.ts';
import { hostOf } from '../host-of.ts';

test('blocks nested deeper than any stack reaches do no harm', () => {
  const text = `${'location / { '.repeat(20_000)}${'}'.repeat(20_000)}`;
  const { directives } = parseNginx({ path: '/x', file: 'x', text, encoding: 'utf8' });
  const depth = [...eachBlock(buildBlock('server', directives, noIncludes))].length;
  expect(depth).toBeGreaterThan(200);
  expect(depth).toBeLessThan(1000);
});

test('a directive between includes is the one that stands there', async () => {
  const { nginx } = await hostOf({
    'etc/nginx/none.conf': '# Nothing.\n',
    'etc/nginx/one.conf': 'add_header X 1;\n',
    'etc/nginx/three.conf': 'add_header X 1;\nadd_header X 2;\nadd_header X 3;\n',
    'etc/nginx/conf.d/site.conf': `server {
    add_header X first;
    include none.conf;
    include three.conf;
    add_header X same;
    add_header X same;
    include missing/*.conf;
    include one.conf;
    add_header X same;
    include none.conf;
}
`,
  });
  const [server] = nginx?.servers ?? [];
  const written = server?.block.directives.map(({ source, start, end }) => [
    source.path,
    source.text.slice(0, start).split('\n').length,
    source.text.slice(start, end),
  ]);
  const [site, one, three] = ['conf.d/site', 'one', 'three'].map((name) => `/etc/nginx/${name}.conf`);
  expect(written).toEqual([
    [site, 2, 'add_header X first;'],
    [three, 1, 'add_header X 1;'],
    [three, 2, 'add_header X 2;'],
    [three, 3, 'add_header X 3;'],
    [site, 5, 'add_header X same;'],
    [site, 6, 'add_header X same;'],
    [one, 1, 'add_header X 1;'],
    [site, 9, 'add_header X same;'],
  ]);
});
