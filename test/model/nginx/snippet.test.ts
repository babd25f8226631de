import { expect, test } from 'vitest';
import { hostOf } from '../host-of.ts';

const site = (name: string): string =>
  `server { server_name ${name}; include snippets/php.conf; location /${name} { root /srv; include snippets/php.conf; } }\n`;

test('what a snippet brings is the same wherever it is included, however deep it stands', async () => {
  const { nginx } = await hostOf({
    'etc/nginx/snippets/php.conf':
      'location ~ \\.php$ { if ($a) { return 404; } fastcgi_pass unix:/run/php/x.sock; }\n',
    'etc/nginx/conf.d/sites.conf': ['a', 'b', 'c'].map(site).join(''),
  });
  const passes = nginx?.passes.filter(({ word }) => word.value === 'unix:/run/php/x.sock') ?? [];
  expect(passes).toHaveLength(6);
  expect(new Set(passes.map(({ directive }) => directive)).size).toBe(1);
  expect(new Set(passes.map(({ block }) => block)).size).toBe(6);
  const returns = passes.flatMap(({ block }) => block.blocks.flatMap(({ directives }) => directives));
  expect(returns).toHaveLength(6);
  expect(new Set(returns).size).toBe(1);
  const [first] = passes;
  expect(first?.directive).toBe(first?.location.block.directive?.block?.[1]);
});
